"""A criterion that scores what must not be scored is refused by the rule's name; ordinary work is not."""

import pytest

from reports.evaluation.guard import APPS, RELIEF, refusal

REFUSED = {
    "获得市领导批示": RELIEF,
    "领导肯定性批示每件加2分": RELIEF,
    "市领导点赞": RELIEF,
    "信息被市级采用篇数": RELIEF,
    "在市级以上媒体刊发信息、简报": RELIEF,
    "报送信息不少于10条": RELIEF,
    "经验做法被推广": RELIEF,
    "稿件录用": RELIEF,
    "召开质量月专题会议": RELIEF,
    "研讨会次数": RELIEF,
    "印发文件数量": RELIEF,
    "制定配套制度": RELIEF,
    "学习笔记篇数": RELIEF,
    "活动照片不少于10张": RELIEF,
    "工作留痕资料": RELIEF,
    "每周上传图 片": RELIEF,
    "系统登录次数": APPS,
    "登陆平台": APPS,
    "每日打卡": APPS,
    "在线时长排名": APPS,
    "公众号阅读量": APPS,
    "ＡＰＰ积分": APPS,
    "小程序安装率": APPS,
    "市领导签批肯定": RELIEF,
    "调研报告获分管副市长阅示": RELIEF,
    "新闻媒体宣传报道次数": RELIEF,
    "工作动态被市质强办采纳": RELIEF,
    "工作简报编发情况": RELIEF,
    "召开动员部署会不少于1次": RELIEF,
    "出台专项文件": RELIEF,
    "报送活动图像资料": RELIEF,
    "钉钉群在线率": APPS,
    "公众号粉丝数": APPS,
    "群内接龙回复及时": APPS,
}


@pytest.mark.parametrize(("words", "rule"), REFUSED.items())
def test_what_must_not_be_scored_is_known_and_its_rule_is_named(words, rule):
    found = refusal(words)
    assert found is not None and found.rule == rule


@pytest.mark.parametrize(
    "words",
    ["按时报送活动总结", "活动成效", "任务完成", "群众满意度", "整改问题完成率", "质量提升项目进展",
     "企业走访覆盖面", "组织质量宣传咨询活动", "工作方案切实可行", "联络员及时反馈", "培训合格率",
     "视频监控系统在重点工地的覆盖率", "食品安全信息公示上报率", "积分制管理的诚信企业评价结果公开",
     "执法检查问题处置", "活动影响力",],
)  # fmt: skip
def test_ordinary_work_is_scored(words):
    assert refusal(words, "由评委酌情打分，说明理由") is None


def test_the_note_is_looked_at_too():
    assert refusal("工作成效", "以获得领导批示为准").name == "领导批示"
