"""Partners of whoever acts: 会同A、B, 联合A, 与A共同…."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from .role_subjects import actor
from .spans import Flow
from .units import Register, UnitFound, all_units, named, split_list

# an entry has fewer partners
_MANY = 40
_VERBS = (
    "组织(?!部|局|处|办)|开展|举办|举行|召开|在|于|将|对(?!外|台)|为(?!民)|会同|联合(?!会|国|工|办)|共同|负责|牵头|主办|承办|协办|协助|配合|参与|"
    "继续|全面|具体|按|做好|制定|建立|邀请|要(?!闻)|应(?!急|用|对)|面向|通过|深入|适时|分别|携手|合作(?!社|交流|局|中心|办)|启动|推出|开设|发布|编制|向|"
    "围绕|利用|依托|选派|推动|等|进行"
)
# partners that name nobody in particular
_NOBODY = re.compile(
    r"(?:新闻|主流|各|有关|相关|市级|省级|区级|县级|社会|其他|各级|多家|上述)*(?:部门|单位|媒体|企业|机构|组织|高校|院校|团体|行业)$"
)
_PARTNERS = re.compile(
    r"(?P<cue>会同|联合(?!开展|举|召|组织|会|发|印|体|国|制|执|惩|检|行|整|办|下|攻|党|实|推|宣)|携手|联手|(?<![参加])与(?=.{2,40}(?:共同|联合|合作|共建|建立|携手)))"
)


def partners(flow: Flow, register: Register) -> list[UnitFound]:
    """Return the partners of 会同A、B组织…, 联合A及B，…, 与A共同…, and before 会同 whoever acts."""
    found: list[UnitFound] = []
    done = 0
    for match in islice(_PARTNERS.finditer(flow.text), _MANY):
        listed = partner_list(flow, match.end(), register) if match.start() >= done else None
        if listed is None:
            continue
        done = match.end() + len(listed)
        acts = actor(flow, match.start(), register) if match["cue"] != "与" else []
        others = named(listed, "partner", match["cue"], register, confidence=0.9)
        found += acts + [replace(unit, role="other") if _NOBODY.match(unit.name) else unit for unit in others]
    return found


def partner_list(flow: Flow, start: int, register: Register) -> Flow | None:
    """Return the shortest run of names from start on that a verb or the clause ends."""
    stop = re.search(r"[，。；：“”\n]", flow.text[start : start + 90])
    limit = start + (stop.start() if stop else min(90, len(flow.text) - start))
    ends = [limit, *(start + verb.start() for verb in re.finditer(_VERBS, flow.text[start:limit]))]
    for end in sorted(set(ends)):
        texts = [flow.text[start:end][a:b] for a, b in split_list(flow.cut(start, end))]
        if all_units(texts, register):
            return flow.cut(start, end)
    return None
