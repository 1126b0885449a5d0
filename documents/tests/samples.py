"""Documents of an invented city, one of each form, as an office would write them."""

from __future__ import annotations

import datetime
from dataclasses import replace

from documents.outline import Annex, Attendance, Document, Imprint, Masthead, Table, from_text

DAY = datetime.date(2024, 8, 28)
OFFICE = "临江市质量强市工作领导小组办公室"
SHORT = "临江市质量强市办公室"
NUMBER = "临质强办〔2024〕3号"
BODY = """\
为深入贯彻落实《质量强国建设纲要》，牢固树立质量第一意识，根据上级统一部署，市质量强市工作领导小组办公室决定在全市组织开展2024年“质量月”活动，现将有关事项通知如下。
一、活动主题
以“以质取胜、共建共享”为主题，推动全社会形成人人重视质量、人人创造质量、人人享受质量的浓厚氛围，不断增强人民群众的获得感、幸福感——质量发展为了人民，质量发展依靠人民。
二、重点活动
（一）质量开放日活动。组织检验检测机构、重点企业向社会开放实验室和生产线，邀请学生、社区居民、媒体记者走进质量现场。（市市场监管局牵头，各县区配合）
（二）质量提升行动。围绕智能家电、特色食品、绿色建材等重点产业，组织专家深入企业开展质量问诊，帮助企业解决技术难题。
1.走进百家企业。每个县区走访企业不少于20家，形成问题清单、任务清单、责任清单，9月25日前报送市质强办。
2.开展质量技术培训。举办首席质量官培训班2期，培训人数不少于200人次；举办标准化知识讲座3场。
（1）培训对象为规模以上工业企业质量管理人员，重点培训卓越绩效、精益管理、质量成本分析等先进质量管理方法。
（2）培训时间为2024年9月上旬，具体安排另行通知；培训不收取任何费用，食宿统一安排、费用自理。
（三）质量文化建设。张贴“质量月”海报不少于100张，悬挂横幅不少于10条，在主要路段、商圈、公共交通工具上播放公益广告。
三、工作要求
（一）加强组织领导。各单位要高度重视，明确责任部门和联络员，于2024年9月5日前将联络员名单报送市质强办。
（二）注重活动实效。坚决反对形式主义，严格落实中央八项规定及其实施细则精神，勤俭节约、务求实效，切实减轻基层负担。
（三）及时总结报送。各单位请于2024年10月15日前将活动总结、典型案例和不少于3张活动照片通过质量月系统报送市质强办。
"""
SCHEDULE = Table(
    head=(("序号", "活动名称", "责任单位", "完成时限"),),
    rows=(
        ("1", "“质量月”启动仪式", "市质强办、市市场监管局", "9月1日"),
        ("2", "质量开放日", "市市场监管局", "9月20日前"),
        ("3", "首席质量官培训班", "市工业和信息化局", "9月15日前"),
        ("4", "工程质量观摩", "市住房和城乡建设局", "9月25日前"),
    ),
)


def notice() -> Document:
    """A notice with every element of the head, two annexes, note and imprint."""
    return Document(
        form="document",
        masthead=Masthead((OFFICE,), copy_number="18", secrecy="秘密", term="1年", urgency="特急"),
        number="临质强办[2024]第003号",
        title="临江市质量强市工作领导小组办公室关于深入开展2024年“质量月”活动的通知",
        addressees=("各县（区）人民政府", "市质量强市工作领导小组各成员单位", "各有关企业、行业协会"),
        body=from_text(BODY),
        annexes=(
            Annex("2024年“质量月”重点活动安排表", (SCHEDULE,)),
            Annex("临江市2024年“质量月”活动联络员登记表及各单位报送活动总结、典型案例、活动照片的要求。"),
        ),
        signature=(SHORT,),
        date=DAY,
        notes=("联系人：李某某，电话：0000-0000000",),
        imprint=Imprint(
            (
                "市委办公室",
                "市人大常委会办公室",
                "市政府办公室",
                "市政协办公室",
                "省质量强省工作领导小组办公室",
            ),
            OFFICE,
            DAY,
        ),
    )


def plain_notice() -> Document:
    """A notice without seal, annexes and note."""
    return replace(notice(), sealed=False, annexes=(), notes=(), masthead=Masthead((OFFICE,)), signature=(OFFICE,))


def long() -> Document:
    """A page full of text."""
    sentence = "质量是人类生产生活的重要保障，提高质量是全社会的共同责任"
    return Document(form="sheet", title="长文", body=from_text(sentence * 60 + "。"))


def joint() -> Document:
    """A notice of three bodies with a seal each."""
    bodies = ("临江市市场监督管理局", "临江市教育局", "临江市总工会")
    return replace(
        notice(),
        masthead=Masthead(bodies),
        signature=bodies,
        annexes=(),
        title="关于联合开展质量知识竞赛的通知",
    )


def upward() -> Document:
    """A request to a superior with three signers."""
    masthead = Masthead(("临江市市场监督管理局",), signers=("张某某", "王某", "赵某某"))
    return replace(notice(), masthead=masthead, title="关于申请质量月专项经费的请示", annexes=(), notes=())


def letter() -> Document:
    """A letter."""
    return replace(
        plain_notice(),
        form="letter",
        masthead=Masthead(("临江市市场监督管理局",), copy_number="7", urgency="加急"),
        title="关于商请协助开展质量开放日活动的函",
        addressees=("市教育局",),
    )


def minutes() -> Document:
    """Minutes of a meeting."""
    return replace(
        plain_notice(),
        form="minutes",
        masthead=Masthead(("临江市质量强市工作领导小组会议",)),
        number="〔2024〕2号",
        title="研究部署2024年“质量月”活动",
        addressees=(),
        signature=(),
        date=None,
        attendance=(
            Attendance("出席", "张某某、王某某、李某某、赵某某、孙某某、周某某、吴某某、郑某某、钱某某、冯某某"),
            Attendance("请假", "陈某某"),
        ),
    )


def bulletin() -> Document:
    """A bulletin with the office's own masthead."""
    return replace(
        plain_notice(),
        form="bulletin",
        masthead=Masthead(("临江质量月简报",), issue="第3期"),
        title="我市“质量月”活动全面启动",
        addressees=(),
    )


def order() -> Document:
    """An order."""
    return replace(
        plain_notice(), form="order", masthead=Masthead(("临江市人民政府",)), number="第5号", title="",
        addressees=(), signature=("市长　张某某",),
        body=from_text("现公布《临江市质量奖管理办法》，自2024年10月1日起施行。"),
    )  # fmt: skip


ALL = {
    "document": notice,
    "unsealed": plain_notice,
    "joint": joint,
    "upward": upward,
    "letter": letter,
    "minutes": minutes,
    "bulletin": bulletin,
    "order": order,
}
