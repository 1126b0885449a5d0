"""What no evaluation may score: the rules that protect those below from it, and the words they are known by.

《整治形式主义为基层减负若干规定》 (public since August 2025): no points for leaders' remarks or published information,
no judging by meetings held, papers issued, photos. 国办函〔2026〕12号: no ranking by sign-ins, points or time online.
"""

import re
import unicodedata
from typing import NamedTuple

RELIEF = "《整治形式主义为基层减负若干规定》"
APPS = "国办函〔2026〕12号"


class Forbidden(NamedTuple):
    """A kind of thing that must not be scored: how it is known, what it is called, which rule says so."""

    known_by: re.Pattern[str]
    name: str
    rule: str


def forbidden(pattern: str, name: str, rule: str) -> Forbidden:
    """One row of the table below."""
    return Forbidden(re.compile(pattern, re.IGNORECASE), name, rule)


COUNTED = r"(?:次数|数量|篇数|份数|件数|条数|张数|个数|频次|多少|数$|≥|不少于|每.{0,6}得|每.{0,6}加)"
PUBLISHED = r"(?:采用|采纳|编发|录用|刊发|刊登|刊载|发表|上报|报送|转发|推广)"
WRITINGS = r"(?:(?<!全)(?<!用)(?<!回)信息|稿件|文章|简报|动态|经验(?:做法)?|报道)"
KINDS = (
    forbidden(r"批示|签批|阅示|圈阅|(?:领导|负责)(?:同志)?的?(?:肯定|表扬|点赞)", "领导批示", RELIEF),
    forbidden(
        rf"{WRITINGS}.{{0,8}}(?:{PUBLISHED}|篇|条|次)|{PUBLISHED}.{{0,8}}{WRITINGS}", "刊发文章信息、经验做法", RELIEF
    ),
    forbidden(
        rf"(?:会议|开会|例会|专题会|研讨会|动员会|座谈会|部署会|推进会).{{0,8}}{COUNTED}|(?:召开|组织).{{0,6}}会议",
        "会议次数",
        RELIEF,
    ),
    forbidden(
        rf"(?:文件|发文|印发|方案|制度|台账|学习笔记|工作笔记).{{0,8}}{COUNTED}|(?:印发|下发|出台|制定).{{0,6}}(?:文件|制度)",
        "发文数量",
        RELIEF,
    ),
    forbidden(r"照片|图片|图像|相片|影像|视频(?!监控)|截图|留痕", "照片、留痕", RELIEF),
    forbidden(
        r"登[录陆]|打卡|签到|在线时长|活跃(?:度|率)|点击|点赞|浏览量|阅读量|转发量|关注(?:数|量)"
        r"|阅读数|粉丝|注册用户|接龙|在线率|下载(?:数|量|率)|安装率|积分(?!制)",
        "登录、在线时长",
        APPS,
    ),
)


def refusal(*texts: str) -> Forbidden | None:
    """What of these words must not be scored.

    Arguments: name and note of a criterion, or the reason of points added. Returns: the kind; None where nothing is.
    """
    words = "\n".join("".join(unicodedata.normalize("NFKC", text).split()) for text in texts)
    return next((kind for kind in KINDS if kind.known_by.search(words)), None)
