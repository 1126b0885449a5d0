"""Words of reporting: verbs that hand something in, persons to be named, cut-offs, kinds of filing."""

from __future__ import annotations

import re

_TO_A_HOUSE = (
    "(?:(?<![配赠护放运输欢传报])送|(?<![印颁开研激启萌触引诱奖签批分散自转下收])发)(?=[^，。；：、\n()]{1,14}"
    "(?:部|局|委|办|处|科|室|院|中心|所|站|公司|组|协会|总队|支队|大队|邮箱)(?:[，。；、(]|$|备案|汇总))"
)
"""A bare 送 or 发 hands something in where whoever gets it follows and the words end with him."""
REPORT = (
    r"(?:报送至|报送到|报送给|报送|上报至|(?<!确定)(?<!拟)上报|报备|报至|报到|填报|呈报|反馈至|反馈给|反馈(?!表|单)|提交至|提交到|提交给|提交|递交|交至|发送至|发送到|发送|发至|寄送|寄至|"
    r"传至|传真至|传真到|传真给|传真|上传至|上传到|邮寄至|邮寄到|寄到|寄\(送\)[至到]|送\(寄\)[至到]|寄往|发(?=(?:指定|电子|工作)?邮箱|[A-Za-z0-9])|补报至|补报|回传|函复|函告|告知|回复|备案(?!表)|通报|返回|汇总(?!表)|送至|送到|送交|交到|上交至|上交|交回|交(?=[^流通易接办叉往付谈代底差替通界会汇给与由，。；、管])|发到|"
    r"报名(?![表费者人方条范须名信材回申登])|送(?=[省市县区州厅局委办学院校公处科])|"
    r"(?<=前)提供(?=[^，。；]{0,20}(?:简介|材料|资料|名单|电子版|照片|清单|稿件|文稿|总结|报告))|"
    rf"{_TO_A_HOUSE}|录入(?=[^，。；]{{0,16}}(?:平台|系统))|"
    r"(?<![上汇简日海快专申周月年晚墙板喜捷画])报(?=[^道刊告废名送备价考批社销警表上到至给喜请纸业数])|报$)"
)
REPORT_VERB = re.compile(f"(?<![将把]){REPORT}(?:(?:或者?|并|及|和|、)?{REPORT})*")
NAMES_SOMEBODY = re.compile(
    r"(?:确定|明确|指定|选派|选定|推荐|推选)(?:[一二两三四五六七八九十\d]{1,3}[名位个])?(?:专人(?:担任|作为|为|任))?(?P<item>[^，。；将]{0,12}?"
    r"(?:联络员|联络人|联系人|负责人|责任人|信息员|通讯员|候选人|代表)(?:名单)?(?:\([^()]{1,12}\))?)(?!负责|将|对接|组织|参加)"
)
CONTACT_VERB = re.compile(r"与(?P<to>[^，。；：]{2,20}?)(?:进行)?(?:联系|对接|沟通)")
CALLS = re.compile("征集|投稿|报名|申报|推荐|评选|受理|收稿|来稿|征稿|提交|报送|反馈|上报")
CUT_OFF = re.compile(r"(?:截止|截至|截稿|最迟|不迟于|不晚于)(?:时间|日期|日)?(?:为|是|：|到|至|于)*$")
_KINDS = (
    ("nominee_list", r"名单|联络员(?!.*表)|人员$"),
    ("registration", r"回执|登记表|报名|此表|附表|表格|申请表|推荐表"),
    ("summary", r"总结|综合情况|小结|评估报告|情况报告"),
    ("plan", r"方案|计划|安排"),
    ("case", r"案例"),
    ("progress", r"进展|进度|情况"),
    ("material", r"材料|资料|照片|图片|视频|作品|信息|动态|报道"),
)


def kind_of_filing(name: str) -> str:
    """Return what a filing of this name is: summary, plan, case, nominee_list, registration, … or other."""
    return next((kind for kind, form in _KINDS if re.search(form, name)), "other")
