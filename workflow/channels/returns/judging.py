"""Whether an address is no good, or only this mail, or only this week."""

import re

from workflow.channels.channel import Cause

STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
"""An enhanced status code (RFC 3463)."""
CODE = re.compile(r"(?<![\d.])[45]\d\d[ -]")
FULL = re.compile(
    r"mailbox (is )?full|quota|insufficient storage|(邮箱|信箱|空间|容量)\S{0,6}满|超出\S{0,6}(容量|空间|配额)", re.I
)
UNWANTED = re.compile(
    r"spam|policy|block(ed|list)|blacklist|denied|content|too large|size|垃圾|拦截|黑名单|频率|过大|违规", re.I
)
NOBODY = re.compile(
    r"(user|account|recipient|mailbox|address|domain|host)\S* ([^.]{0,40} )?"
    r"(unknown|not found|not exist|unavailable|disabled|inactive|rejected|invalid)"
    r"|unknown (user|recipient)|no such|invalid (recipient|address)|does(n't| not) exist|no mailbox"
    r"|不存在|查无|无此|无效|停用|注销|禁用|冻结|找不到",
    re.I,
)
NOBODY_BY_STATUS = re.compile(r"^5\.(1\.([0-46]|10)|2\.1|4\.[14])$")
UNWANTED_BY_STATUS = re.compile(r"^5\.(1\.[78]|2\.3|3\.4|[67]\.\d+)$")
FULL_BY_STATUS = re.compile(r"^5\.2\.2$")


def cause_of(status: str, words: str) -> Cause:
    """Why it came back. The words count before a status that says nothing (5.0.0), and only a clear word shuts an
    address: nobody must go unheard because of a full mailbox.

    Arguments: a status code, perhaps empty; what the server said.
    """
    found = STATUS.search(words) if not status or status.startswith("5.0") else STATUS.search(status)
    code = found[1] if found else ""
    if code.startswith("4") or FULL_BY_STATUS.match(code) or FULL.search(words):
        return Cause.RETURNED
    if NOBODY_BY_STATUS.match(code):
        return Cause.ADDRESS
    if UNWANTED_BY_STATUS.match(code) or UNWANTED.search(words):
        return Cause.CONTENT
    return Cause.ADDRESS if NOBODY.search(words) else Cause.RETURNED


def telling_line(text: str) -> str:
    """The line of a letter in which the other server speaks; empty where there is none.

    Below it many list everything that could be the reason, which says nothing of this one.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    with_code = (line for line in lines if CODE.search(f"{line} ") or STATUS.search(line))
    with_words = (line for line in lines if FULL.search(line) or NOBODY.search(line))
    return next(with_code, None) or next(with_words, "")
