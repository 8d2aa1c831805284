"""The documents a procedure rests on, from a table whose borders were lost: title and number, one right after the other.

A number stands in its own cell where it touches the title before it (`…bảo hiểm y tế146/2018/NĐ-CPLuật …`); with a
space before it (`Nghị định số 08/2015/NĐ-CP …`) it is part of a title, whose own number follows. No number is better
than a wrong one: where a title may have lost its number, or holds the words of two documents, it is kept without.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalogue.model.quality import Problem
from pipelines.parse.words import Parsed, excerpt, paragraphs

LegalBasis = dict[str, Any]

HEADING = re.compile(r"\s*Tên văn bản pháp lýMã văn bản")

_ISSUERS = (
    *("BTC", "BCA", "BXD", "BGTVT", "BKHĐT", "BLĐTBXH", "BNV", "BCT", "BYT", "BKHCN", "BQP", "BNG", "BTP"),
    *("BNNPTNT", "BNN&PTNT", "BNN", "BNNMT", "BTNMT", "BVHTTDL", "BTTTT", "BGDĐT", "BDTTG", "UBDT", "BHXH"),
    *("NHNN", "TTCP", "VPCP", "TTg", "CP", "TANDTC", "VKSNDTC", "KTNN", "TCHQ", "TCT", "UBCK"),
    *("UBND", "HĐND", "HĐTP", "CTN", "VPQH"),
)
_ASSEMBLY = r"QH(?:1[0-6]|[89])|UBTVQH(?:1[0-6]|[89])"
_ISSUER = f"(?:{'|'.join(map(re.escape, sorted(_ISSUERS, key=len, reverse=True)))}|{_ASSEMBLY})"
_SIGN = rf"(?:{_ASSEMBLY}|(?:TTLT|VBHN|NĐ|ND|NQ|QĐ|CT|TT|HD|PL|KH|TB|L)[-/]{_ISSUER}(?:-{_ISSUER})*)"
_NUMBER = re.compile(rf"(?P<figures>\d{{1,3}}\.\d{{1,2}}|\d+)/(?:(?P<year>(?:19|20)\d\d)/)?{_SIGN}")
_NUMBER_APART = re.compile(rf"(?<!\d){_NUMBER.pattern}")
_KINDS = (
    r"(?:Bộ luật|Bộ Luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị)"
)
_KIND = re.compile(rf"(?<=[^\s(“\"'/-]){_KINDS}(?=[\s\d])")
_KIND_BEFORE = re.compile(rf"(?:{_KINDS}(?:\s*[Ss]ố\s*:?|\s*:)?|Số\s*:?)\s+\Z")
_OPENING = re.compile(rf"{_KINDS}\s*(?:số)?\s*:?\s*(?P<number>{_NUMBER.pattern})")
_SHORT = re.compile(r"\d+/(?:19|20)\d\d(?![\d/])")
_DAY = r"(?P<day>\d{1,2})(?:\s*/\s*(?P<month>\d{1,2})\s*/\s*|\s+tháng\s+(?P<month_>\d{1,2})\s+năm\s+)(?P<year>(?:19|20)\d\d)"
_KIND_LENGTH = 40
_LONGEST = 4  # figures of a number that also says its year


def number_in(text: str) -> str | None:
    """The number of a document where a text is one, or one behind the kind of the document; else None."""
    words = paragraphs(text)
    match = re.fullmatch(rf"(?:{_KINDS}\s*(?:số)?\s*:?\s*)?(?P<number>{_NUMBER.pattern})", words)
    return match["number"] if match else None


def own_date(title: str, number: str) -> date | None:
    """The day of a document where its title begins with its number and its day; no other day in it is its own."""
    match = re.match(
        rf"(?:{_KINDS}\s*)?(?:số)?\s*:?\s*{re.escape(number)}\s*,?(?:\s+của\s+[^\d,.;]{{1,60}}?)?,?\s*ngày\s+{_DAY}",
        title,
    )
    said = re.search(r"/((?:19|20)\d\d)/", number)
    if match is None or (said and said[1] != match["year"]):
        return None
    try:
        return date(int(match["year"]), int(match["month"] or match["month_"]), int(match["day"]))
    except ValueError:
        return None


def legal_bases(text: str) -> Parsed[list[LegalBasis]]:
    """The documents in their order, with number and day where they are certain."""
    heading = HEADING.match(text)
    table = text[heading.end() :] if heading else text
    if not paragraphs(table):
        return Parsed([])
    reading = _Reading(table)
    for token in _tokens(table):
        reading.take(token)
    reading.finish()
    return Parsed(reading.found, tuple(dict.fromkeys(reading.problems)))


@dataclass(frozen=True)
class _Token:
    """A number in the text; `begin` is behind the year of a title that it touches, None where that is not certain."""

    text: str
    start: int
    begin: int | None
    end: int


@dataclass
class _Reading:
    """A table read from left to right: `start` is where the title that is being read begins.

    `is_doubtful`: a number touches a word of it, and yet the words go on behind the number; `searched`: up to where
    kinds of documents have been looked for.
    """

    table: str
    start: int = 0
    is_doubtful: bool = False
    searched: int = 0
    found: list[LegalBasis] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, token: _Token) -> None:
        """One number: the end of an entry, or a part of the title that is being read."""
        kind = _KIND_BEFORE.search(self.table, max(self.start, token.start - _KIND_LENGTH), token.start)
        named_from = kind.start() if kind else token.start
        self._split_at_kinds(named_from)
        if not self.table[self.start : named_from].strip():
            self._short_number(token)
            return
        if kind and _touches(self.table, named_from):
            if self._ends_cell(token):
                self._with_number(token, named_from)
            else:
                self._without_number(named_from)
                self._short_number(token)
            return
        begin = token.begin
        touches = begin is not None and (begin > token.start or _touches(self.table, begin))
        is_named = token.text in self.table[self.start : token.start]
        if begin is not None and touches and (self._ends_cell(token) or is_named):
            self._with_number(token, begin)
            return
        self.is_doubtful |= touches and not self.table.startswith(token.text, token.end)
        self._short_number(token)

    def finish(self) -> None:
        """What is left behind the last number has none."""
        self._split_at_kinds(len(self.table))
        self._without_number(len(self.table))

    def _split_at_kinds(self, end: int) -> None:
        """A kind of document that touches the word before it begins a title: what stands before has no number."""
        for kind in list(_KIND.finditer(self.table, max(self.start + 1, self.searched), end)):
            self._without_number(kind.start())
        self.searched = end

    def _ends_cell(self, token: _Token) -> bool:
        """Whether nothing that belongs to the same title follows a number: the next title does, or the end."""
        if self.table.startswith(token.text, token.end):
            return False
        after = self.table[token.end : token.end + 20]
        beginning = after.lstrip()[:1]
        if not beginning:
            return True
        return after[0].isalnum() or after[0] in '-“"' or (after[0].isspace() and beginning.isupper())

    def _with_number(self, token: _Token, title_end: int) -> None:
        title = paragraphs(self.table[self.start : title_end])
        number = token.text
        opening = _OPENING.match(title)
        if self.is_doubtful or (opening and _identity(opening["number"]) != _identity(number)):
            self._without_number(token.end)
            return
        self.found.append(_entry(title, number))
        self.start = token.end

    def _without_number(self, end: int) -> None:
        title = paragraphs(self.table[self.start : end])
        self.start, self.is_doubtful = end, False
        if title:
            opening = _OPENING.match(title)
            self.found.append(_entry(title, opening["number"] if opening else ""))
            self.problems.append(Problem("legal_bases_unclear", "legal_bases", excerpt(title)))

    def _short_number(self, token: _Token) -> None:
        """A title that is its number, with the number once more but without its sign: `Nghị định số 46/2020/NĐ-CP46/2020`."""
        short = _SHORT.match(self.table, token.end)
        title = self.table[self.start : token.end]
        if short and token.text.startswith(f"{short[0]}/") and number_in(title) == token.text:
            self.found.append(_entry(paragraphs(title), token.text))
            self.start = short.end()


def _entry(title: str, number: str) -> LegalBasis:
    issued_on = own_date(title, number) if number else None
    text = f"{title} ({number})" if number not in title else title
    entry = {"text": text, "number": number, "issued_on": issued_on and issued_on.isoformat()}
    return {key: value for key, value in entry.items() if value}


def _identity(number: str) -> tuple[str, ...]:
    """What two spellings of one number share: `190/2025/QH15` and `190/2025/NQ-QH15`."""
    return tuple(part.lstrip("0") for part in number.split("/") if part[:1].isdigit())


def _tokens(table: str) -> Iterator[_Token]:
    position = 0
    while match := _NUMBER.match(table, position) or _NUMBER_APART.search(table, position):
        figures = match["figures"]
        begin: int | None = match.start()
        if figures.isdigit() and len(figures) > (_LONGEST if match["year"] else _LONGEST + 1):
            before = table[max(0, match.start() - 1) : match.start()]
            follows_year = before in (" ", "/") and re.match(r"(?:19|20)\d\d", figures)
            begin = match.start() + 4 if follows_year else None
        yield _Token(
            match[0] if begin is None else table[begin : match.end()], match.start(), begin, match.end()
        )
        position = match.end()


def _touches(table: str, place: int) -> bool:
    """Whether a number or kind touches the word before it or begins a line; `số43/2023/TT-BTC` is a slip in a title."""
    before = table[max(0, place - 3) : place]
    if before.endswith("\n"):
        return True
    return (
        bool(before)
        and not before[-1].isspace()
        and before[-1] not in "(“\"'/-"
        and not before.lower().endswith("số")
    )
