"""Where an activity takes place: 在X举行, 地点：X, 参观X."""

from __future__ import annotations

import re

from .spans import Flow, Span

_HOLD = "组织|举行|举办|召开|开展|联合|启动|设立|设置|现场|统一|隆重|正式|集中|进行|发放|举|开设|免费|面向"
_FORMS = (
    re.compile(
        r"(?:^|\n)(?:\([^()]{1,3}\)|\d[.、])?(?:活动|会议|培训)?(?:地点|会场)\n(?P<v>[^。；，\n()]{2,40}(?:\([^()\n]*\))?)(?=[。\n]|$)"
    ),
    re.compile(r"(?:^|[。；，\n(])(?:活动)?(?:地点|场所|会场)：(?P<v>[^。；，\n()]{2,40}(?:\([^()]*\))?)"),
    re.compile(
        rf"(?:(?<![存实潜现所正内])在(?![建职校线用册])|(?<![位定由关基对等至])于)(?P<v>(?!\d|[一二三四五六七八九十]+月)[^，。；：\n]{{2,40}}?)(?={_HOLD})"
    ),
    re.compile(
        r"在(?P<v>[^，。；：\n]{2,30}(?:中心|馆|厅|广场|学院|大学|公司|会堂|剧院|酒店|宾馆|礼堂|公园|基地|区|县|镇|街道))(?=，)"
    ),
    re.compile(r"(?<=[^观到])参观(?P<v>[^，。；：\n]{4,60}?)(?=等[^，。]{0,12}[，。；]|[，。；]|$)"),
    re.compile(r"(?:走进|(?<![得达受感看遇等直])到|赴)(?P<v>[^的，。；：\n]{4,40}?)(?:参观|观摩|体验|考察)"),
)
_ABSTRACT = re.compile(
    r"^(?:学校|企业|社区|农村|校园|商场|工地|基层|一线)$|^(?:全[国省市区县社]|各|“?质量月|社会|此|这|本|前|我|其|企业|职工|群众|现有|原有|活动|重[点要]|\d)|"
    r"(?:中|上|下|内|方面|期间|时|后|前|过程|基础|范围|领域|之际|条件|月份?|日|行业|系统|范畴|[初底末旬])$|(?:展览|展板|展品|成果展|图片展|影片|专题片|录像|案例|纪录片|档案|成就展|展示|栏目|专栏|平台|公众号|网站|网|报|手机|电视台?|媒体|微信|客户端)$|^(?:自行|自定|待定|另行|各自|各单位|暂定|自主)|(?:自行安排|自定|待定|另行通知|自主安排)$|学习|质量管理|意识"
)


def find_venue(flow: Flow) -> tuple[str, Span] | None:
    """Return the first place named as venue, as printed, and its span."""
    hits: list[tuple[bool, int, tuple[int, int]]] = []
    for rank, form in enumerate(_FORMS):
        for match in form.finditer(flow.text):
            place = match["v"]
            if not _ABSTRACT.search(place) and place.count("“") == place.count("”"):
                hits.append((rank > 3, match.start(), match.span("v")))
                break
    if not hits:
        return None
    _, _, (start, end) = min(hits)
    return flow.value(start, end), flow.span(start, end)
