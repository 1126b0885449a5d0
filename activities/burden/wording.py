"""Words that make work without asking for a thing: reports on carrying out, papers of one's own, passing on."""

import re
from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.burden import grounds, mends
from activities.burden.asked import Asked
from activities.burden.texts import texts_of
from activities.finding import Finding, Mend, Rule, mark, place
from campaigns.models import Notice

NEAR = r"[^，。；：\n《》]"
"""Anything in the same clause."""
HAND_IN = "(?:报送|上报|报告|反馈|汇报|抄报|报至|报我|报市|报省|报国)"
CARRIED_OUT = "(?:贯彻落实|贯彻执行|学习贯彻|传达学习|贯彻|落实|执行)(?:的)?情况"
PATTERNS: tuple[tuple[re.Pattern[str], Promise, Rule], ...] = (
    (
        re.compile(rf"{HAND_IN}{NEAR}{{0,16}}{CARRIED_OUT}|{CARRIED_OUT}{NEAR}{{0,24}}{HAND_IN}"),
        gettext_lazy("asks for a report on how it is carried out"),
        grounds.REPORTS,
    ),
    (
        re.compile(
            rf"(?:制定|制订|出台|研究制定|印发){NEAR}{{0,12}}"
            r"(?:配套文件|配套政策|配套措施|实施细则|实施方案|实施意见|贯彻意见|分工方案)"
        ),
        gettext_lazy("asks for a paper of each unit's own"),
        grounds.REPORTS,
    ),
    (
        re.compile(rf"(?:层层|逐级|及时|立即|迅速|请|认真){NEAR}{{0,6}}转发|层层{NEAR}{{0,4}}(?:部署|传达|动员|开会)"),
        gettext_lazy("has it passed on from level to level"),
        grounds.PASSED_ON,
    ),
    (
        re.compile(rf"(?:附|提供|报送|上传|提交){NEAR}{{0,14}}(?:照片|图片|影像|视频)"),
        gettext_lazy("asks for photos or videos"),
        grounds.PHOTOS,
    ),
    (
        re.compile("打卡|积分排名|在线时长"),
        gettext_lazy("counts presence or points"),
        grounds.CLOCKING,
    ),
)
QUOTED = re.compile(r"《[^》\n]*》")
"""Titles of papers: what they say is not said here."""


def wording(asked: Asked) -> Iterator[Finding]:
    """Each clause of the text, or of an annex in words, that says such a thing; each once."""
    notice = asked.notice
    seen = set()
    for title, text in texts_of(notice):
        for pattern, what, rule in PATTERNS:
            for found in pattern.finditer(QUOTED.sub(lambda title: "〇" * len(title[0]), text)):
                clause = text[slice(*mends.clause_around(text, *found.span()))].strip()
                if clause not in seen:
                    seen.add(clause)
                    yield said(notice, clause, title, (what, rule))


def said(notice: Notice, clause: str, annex: str, why: tuple[Promise, Rule]) -> Finding:
    """The finding about one clause; what stands in the body of a notice that is still written can be struck."""
    values = {"clause": clause, "what": why[0], "annex": annex}
    text = _("“%(clause)s” %(what)s.") if not annex else _("“%(clause)s” (annex “%(annex)s”) %(what)s.")
    mend: tuple[Mend, ...] = ()
    if notice.is_written and not annex:
        mend = (Mend(_("Strike these words"), mends.strike(notice, clause)),)
    where = place("campaigns:annexes" if annex else "campaigns:editor", notice.pk)
    return Finding(f"burden:words:{mark(annex, clause)}", text % values, where=where, mends=mend, rule=why[1])
