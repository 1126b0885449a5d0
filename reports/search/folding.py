"""How texts and what is looked for are brought together: only what is seen, of one width, brackets alike.

〔2015〕, [2015], （2015） and ［2015］ are one, ２０１５ is 2015, white space parts nothing. What is kept and what is
typed pass through the same table, character by character, so a place in the folded text is a place in the text.
"""

from documents.text import one_bracket

SECTION = "\f"
"""What parts the sections of a text: nothing is found across it."""
MOST = 200_000
"""Characters of one text that are looked through."""
TYPED, WORDS = 100, 6
"""The most characters that are looked for, and the most words."""


class Folding(dict[int, str]):
    """What becomes of each character, found out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = found = "\n" if chr(code) == SECTION else one_bracket(chr(code))
        return found


TABLE = Folding()


def fold(text: str) -> str:
    """The text as it is looked through."""
    return text.translate(TABLE)[:MOST]


def places(text: str) -> list[int]:
    """For each character of the folded text the place of the one it came from."""
    return [place for place, sign in enumerate(text) for _each in TABLE[ord(sign)]]


def words_of(typed: str) -> tuple[str, ...]:
    """The words of what was typed, folded, each once; what has neither letter nor digit is no word."""
    words = [fold(word) for word in typed.replace(SECTION, " ").split()]
    return tuple(dict.fromkeys(word for word in words if any(sign.isalnum() for sign in word)))[:WORDS]


def grams(folded: str) -> set[str]:
    """Each two characters that stand side by side, and each alone."""
    found = {folded[place : place + 2] for place in range(len(folded) - 1)}
    return {gram for gram in found if "\n" not in gram} | (set(folded) - {"\n"})


def asked_of(word: str) -> list[str]:
    """What of :func:`grams` a text has to have in order to have the word."""
    return list(dict.fromkeys(word[place : place + 2] for place in range(len(word) - 1))) or [word]
