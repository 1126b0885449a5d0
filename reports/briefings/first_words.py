"""What the text of a briefing begins with: the shape such papers have, with figures that fill themselves."""

from reports.models import BriefingKind

TITLES = {
    BriefingKind.CONSOLIDATED: "关于{campaign}开展情况的通报",
    BriefingKind.BULLETIN: "{campaign}进展情况",
}
CONSOLIDATED = """现将{campaign}开展情况通报如下。
一、总体情况
（一）活动开展情况。活动以“【活动主题】”为主题，于【开展时间】开展，共安排活动【活动项数】，【参加单位数】单位承担任务。
（二）总结报送情况。截至【截止时间】，活动总结【总结报送情况】；【审核情况】。本通报所列数据只计已审核的总结。
（三）工作数据。据已审核的活动总结汇总，各单位【数据汇总】。
二、主要做法
【典型做法】
三、存在的问题
【存在问题】
四、下一步工作要求
（一）补齐材料。尚未报送活动总结的单位（【未报送单位】）要尽快报送；退回待补正的单位（【退回补正单位】）要按意见补正。
（二）整改问题。各单位要对照本通报所列问题查找原因、明确措施，责任落实到人。
（三）巩固成效。各单位要把行之有效的做法转为日常工作，学习借鉴典型做法。
按时报送全部材料的单位：【按时报送单位】。"""
BULLETIN = """截至【截止时间】，{campaign}进展情况如下。
一、总体进展
本次活动以“【活动主题】”为主题，共安排活动【活动项数】，【参加单位数】单位承担任务。各单位应报送材料【应报材料】，已报送【已报材料】，报送率【材料报送率】。
二、主要做法
【典型做法】
三、需要注意的问题
【存在问题】
四、下一步安排
各单位要抓紧实施已安排的活动，按期报送材料。"""
TEXTS = {BriefingKind.CONSOLIDATED: CONSOLIDATED, BriefingKind.BULLETIN: BULLETIN}


def title_of(kind: str, campaign: str) -> str:
    """The title such a paper begins with. Arguments: its kind; the title of the campaign."""
    return TITLES[BriefingKind(kind)].format(campaign=campaign)[:200]


def text_of(kind: str, campaign: str) -> str:
    """The text it begins with. Braces of the title are words."""
    return TEXTS[BriefingKind(kind)].replace("{campaign}", campaign)
