"""What a chapter is about, told by the words of its heading."""

from __future__ import annotations

import re

_KINDS: tuple[tuple[str, str], ...] = (
    ("guiding_ideology", r"指导思想|总体(?:要求|思路)$"),
    (
        "criteria",
        r"^(?:征集|作品|申报|推荐|报送|投稿|参赛|材料|评选|报名|案例|调研|考察|检查|督查|抽查|考核|评审|评价|会议|培训|座谈|参会|观摩)(?:的)?(?:内容|要求|方式|范围|对象|条件|标准|程序|时间|数量|办法|类别|议程|日程)|"
        r"^(?!活动|工作|主要|具体|重点|宣传|任务|行动|实施|方案|服务|培训|比赛|竞赛)[\u4e00-\u9fff]{2}(?:内容|标准|程序|条件|对象|范围)$|"
        r"^(?:参会|参赛|参加|参训|与会)(?:人员|对象|范围|单位)|^(?:会议)?(?:议程|日程)",
    ),
    (
        "content",
        r"(?:活动|工作|主要|具体|重点)?(?:内容|安排)(?:及|和|与|、)(?:有关|相关|具体|工作)?(?:要求|分工|时间|措施|步骤)",
    ),
    ("theme", r"主题$|^(?:活动)?主题(?!日)"),
    ("slogans", r"口号|标语|宣传(?:用语|语|词)"),
    ("logo", r"标识|徽标|会标"),
    (
        "period",
        r"^(?:活动|宣传|开展|实施|举办|征集)?(?:时间|时段|期限)(?:安排|(?:和|、|及|与)(?:地点|主题|范围))?$|^(?:活动)?起止时间|^(?:活动|宣传)时间(?=\d)",
    ),
    ("contacts", r"联系(?:人|方式|电话)"),
    ("interviews", r"采访安排|^时间安排$"),
    ("focal_point", r"重点$|(?:活动|工作|宣传)重点"),
    ("goal", r"目标"),
    ("org", r"^组织(?:领导|机构|形式|架构|体系)$|工作机构|领导小组"),
    ("requirement", r"要求$|保障$|保障措施|组织(?:保障|实施|领导)|^要求|注意事项|有关事项|工作纪律|^几点"),
    ("steps", r"步骤|阶段|进度|实施安排|时间安排"),
    ("task", r"任务|分工"),
    ("measure", r"措施|举措"),
    (
        "content",
        r"思路$|内容|主题日|活动(?:安排|项目|计划|方案|形式|组织|清单|列表|载体)|(?:主要|重点|系列|专项|配套|具体)(?:活动|工作|项目)|活动$|行动$|方式$|工作安排",
    ),
)
_COMPILED = tuple((kind, re.compile(form)) for kind, form in _KINDS)
# a longer heading is a sentence that happens to hold such a word
_LONGEST = 24
_GOALS = re.compile(r"目标$")
_SUPPORT = re.compile(
    r"组织领导|领导|保障|法制|财政|经费|政策|宣传教育|宣传|评价|考核|督查|督察|检查|机制|责任|落实|协调|监督"
)


def kind_of(heading: str) -> str:
    """Return the kind of a chapter: guiding_ideology, theme, content, task, requirement …; "" when no word tells."""
    if len(heading) > _LONGEST:
        return ""
    return next((kind for kind, form in _COMPILED if form.search(heading)), "")


def kind_of_group(headings: list[str], *, nested: bool) -> str:
    """Return the kind of a run of headings whose chapter heading was lost: goals, measures or requirements."""
    if sum(_GOALS.search(heading) is not None for heading in headings) * 2 > len(headings):
        return "goal"
    if nested:
        return "measure"
    if sum(_SUPPORT.search(heading) is not None for heading in headings) * 2 > len(headings):
        return "requirement"
    return ""
