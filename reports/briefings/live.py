"""The live draft as the office reads it: every figure a link to what is behind it, what needs a look named."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from campaigns.models import Campaign, NoticeKind
from reports.briefings.facts import Fact
from reports.briefings.filling import CASES, PROBLEMS, Piece, pieces, unknown
from reports.briefings.moment import Stood
from reports.briefings.passages import Line, case_lines, chosen, is_changed, problem_lines, sentences
from reports.models import Briefing, Composition, Quote

ALIKE = 0.9
"""From here on a sentence is last year's once more."""
LONG = 12
"""Characters of a sentence that says more than a phrase of office."""
DIGITS = re.compile(r"\d[\d,.，]*")


@dataclass(frozen=True)
class Shown:
    """A line of the draft: its words and figures; the page of its source where it quotes somebody."""

    pieces: list[Piece]
    line: Line | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of the first level."""
        return bool(self.pieces) and bool(re.match("[一二三四五六七八九十]+、", self.pieces[0].text))


def shown(composition: Composition, stood: Stood, known: Mapping[str, Fact]) -> list[Shown]:
    """The text as it will be printed, with links in the place of marks."""
    found: list[Shown] = []
    for line in composition.text.splitlines():
        if line.strip() == f"【{CASES}】":
            found += [Shown([Piece(each.text)], each) for each in case_lines(chosen(composition), stood.at)]
        elif line.strip() == f"【{PROBLEMS}】":
            record = known["未报送单位"].source
            found += [Shown([Piece(each.text)], each) for each in problem_lines(composition, stood, record)]
        else:
            found.append(Shown(pieces(line, known)))
    return found


def doubts(composition: Composition, known: Mapping[str, Fact]) -> list[tuple[str, str]]:
    """What the office should look at before it freezes: in words, and where; an empty address is this page."""
    text = "\n".join((composition.text, composition.foreword, composition.closing))
    found = [(_("Nothing is called 【%(name)s】.") % {"name": name}, "") for name in unknown(text, known)]
    return [*found, *corrected(composition), *repeated(composition)]


def corrected(composition: Composition) -> Iterator[tuple[str, str]]:
    """Passages that the unit worded otherwise since they were chosen."""
    for row in composition.quotes.select_related("assignment__unit", "problem"):
        if is_changed(row):
            said = _("%(unit)s has corrected what is quoted: “%(quoted)s”")
            values = {"unit": row.assignment.unit, "quoted": row.quoted[:60]}
            yield said % values, row.assignment.get_absolute_url()


def repeated(composition: Composition) -> Iterator[tuple[str, str]]:
    """Sentences of the problems and of the text that stood in an earlier year's paper, figures apart."""
    earlier = earlier_sentences(composition.campaign)
    if not earlier:
        return
    for sentence in own_sentences(composition):
        bare = DIGITS.sub("", sentence)
        for year, said, other in earlier:
            if Indel.normalized_similarity(bare, other, score_cutoff=ALIKE):
                told = _("Repeated from %(year)d: “%(sentence)s” (then: “%(before)s”)")
                yield told % {"year": year, "sentence": sentence, "before": said}, ""
                break


def own_sentences(composition: Composition) -> list[str]:
    """What the office wrote itself."""
    texts = [row for problem in composition.problems.all() for row in (problem.text, problem.cause, problem.next_step)]
    own = [composition.text, *texts, *(row.text for row in chosen(composition))]
    found = (sentence for text in own for sentence in sentences(text))
    return [each for each in dict.fromkeys(found) if len(each) >= LONG and "【" not in each]


def earlier_sentences(campaign: Campaign) -> list[tuple[int, str, str]]:
    """Year, sentence, and the sentence without figures, of the papers of earlier campaigns of the office."""
    editions = Briefing.objects.filter(campaign__host=campaign.host_id, campaign__year__lt=campaign.year)
    texts = [
        (year, content.get("paper", {}).get("text", ""))
        for year, content in editions.order_by("-id").values_list("campaign__year", "content")[:3]
    ]
    before = Campaign.objects.filter(host=campaign.host_id, year__lt=campaign.year)
    for row in before.order_by("-year")[:3]:
        papers = row.notices.filter(kind__in=(NoticeKind.CIRCULAR, NoticeKind.BULLETIN), issued_at__isnull=False)
        texts += [(row.year, body) for body in papers.values_list("body", flat=True)]
    pairs = {(year, sentence) for year, text in texts for sentence in sentences(text) if len(sentence) >= LONG}
    return [(year, sentence, DIGITS.sub("", sentence)) for year, sentence in sorted(pairs, reverse=True)]


def marked(rows: list[Quote]) -> list[tuple[Quote, bool]]:
    """Passages, each with whether the unit has corrected it since."""
    return [(row, is_changed(row)) for row in rows]
