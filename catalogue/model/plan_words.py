"""The words of an annex as facts: days, agencies, measures with before and after, documents to be amended."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue.text import clean, fold, words

_BEFORE_DAY = re.compile(
    r"^(?:(?:hoan thanh|thuc hien|trong|truoc|den|han|thoi han|cham nhat|ngay|het|cuoi)\s+)+"
)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{1,2}) thang (\d{1,2}) nam (\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2})(?:[/.-]| nam )(\d{4})")
_QUARTER = re.compile(r"quy (iv|i{1,3}|[1-4])(?:[/., -]+| nam )(?:nam )?(\d{4})")
_YEAR = re.compile(r"(?:nam )?(\d{4})")
_STANDING = re.compile(r"(?:nhiem vu |thuc hien )*(?:(?:thuong xuyen|lien tuc)[\s,;]*(?:va )?)+")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

_ARROW = re.compile(r"\s*(?:->|–>|→|=>|⇒)\s*")
_FROM_TO = re.compile(r"^từ\s+(.+?)\s+(?:xuống còn|xuống|thành|còn|sang)\s+(.+)$", re.IGNORECASE)
_POINT = re.compile(r"^(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s+")
_EVERYBODY = re.compile(r"(cac|mot so|nhung) ")
_GOES_ON = re.compile(r"[-–:(→=]|(?:tu|cho|ve|xuong|con)\b")
_SENTENCE = re.compile(r"(?<=[^\d\W])[.;](?=\s)")  # not the points of numbers
_SHORTEST_CLAUSE = 40
_CLEAR_WORDS = 3
_TRIM = " .;:,-–"

_TYPES = {
    "bo luat": "law", "luat": "law", "phap lenh": "ordinance", "nghi dinh": "decree", "nghi quyet": "resolution",
    "quyet dinh": "decision", "thong tu lien tich": "circular", "thong tu": "circular", "chi thi": "directive",
    "thong bao": "notice", "cong van": "letter",
}  # fmt: skip
_TYPE_NAMES = {
    "law": "Luật", "ordinance": "Pháp lệnh", "decree": "Nghị định", "resolution": "Nghị quyết", "decision": "Quyết định",
    "circular": "Thông tư", "directive": "Chỉ thị", "notice": "Thông báo", "letter": "Công văn",
}  # fmt: skip
_NUMBERED = re.compile(r"\b\d+(?:\.\d+)?/(?:\d{4}/)?[A-ZĐ]{1,}", re.IGNORECASE)
_CHANGES = ("sửa đổi", "bổ sung", "thay thế", "bãi bỏ")


@dataclass(frozen=True)
class Measure:
    """One measure that a row promises."""

    type: str
    before_text: str | None = None
    after_text: str | None = None
    explanation: str | None = None


@dataclass(frozen=True)
class Instrument:
    """A document that carries a row out, by the title it will have."""

    type: str
    title: str

    @property
    def key(self) -> str:
        """The same for one title in two spellings."""
        return " ".join(words(self.title))


@dataclass(frozen=True)
class Vocabulary:
    """How people call the measures: words -> code; which the programme allows; which need an explanation."""

    measures: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    to_explain: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Promise:
    """The measures of a row, what was not understood, and whether one text had to serve several of them."""

    measures: tuple[Measure, ...] = ()
    unknown: tuple[str, ...] = ()
    is_shared: bool = False


def day_in(text: str) -> date | None:
    """The last day of the day, month, quarter or year that a text names; None when it is not understood."""
    said = _BEFORE_DAY.sub("", fold(clean(text)).strip(_TRIM))
    try:
        if found := _ISO_DAY.fullmatch(said):
            return date(*map(int, found.groups()))
        if found := _DAY.fullmatch(said):
            day, month, year = (int(part) for part in found.groups() if part)
            return date(year, month, day)
        if found := _QUARTER.fullmatch(said):
            quarter = _QUARTERS.get(found[1]) or int(found[1])
            return _month_end(int(found[2]), quarter * 3)
        if found := _MONTH.fullmatch(said):
            return _month_end(int(found[2]), int(found[1]))
        if found := _YEAR.fullmatch(said):
            return date(int(found[1]), 12, 31)
    except ValueError:
        return None
    return None


def is_standing(text: str) -> bool:
    """Whether a text says of a task that it never ends ("thường xuyên", "thường xuyên, liên tục")."""
    return _STANDING.fullmatch(fold(clean(text)).strip(_TRIM)) is not None


def title_of(task: str, most: int = 160) -> str:
    """A short title of a task: its first sentence, else what stands before a comma, never a part of a word."""
    said = clean(task)
    first = _SENTENCE.split(said, maxsplit=1)[0]
    if len(said) <= most or len(first) <= most:
        return (said if len(said) <= most else first).rstrip(_TRIM)
    head = first[: most + 1]
    clause = head.rfind(", ")
    if clause < _SHORTEST_CLAUSE:
        clause = head.rfind(" ") if " " in head else most
    return head[:clause].rstrip(_TRIM) + "…"


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError(month)
    return date(year, month, monthrange(year, month)[1])


def agencies_in(
    text: str, named: Callable[[str], str | None]
) -> tuple[tuple[str, ...], tuple[tuple[str, bool], ...]]:
    """The agencies of a text, and what is no agency: (text, whether it means everybody concerned)."""
    found: list[str] = []
    unknown: list[tuple[str, bool]] = []
    for part in _parts(text):
        if _EVERYBODY.match(fold(part)) and not named(part):
            unknown.append((part, True))
            continue
        pieces = [piece.strip(_TRIM) for piece in part.split(",") if piece.strip(_TRIM)]
        while pieces:
            lengths = range(len(pieces), 0, -1)  # a name may hold commas itself: the longest first
            codes = ((length, named(", ".join(pieces[:length]))) for length in lengths)
            length, code = next(((length, code) for length, code in codes if code), (1, None))
            if code:
                found.append(code)
            elif _EVERYBODY.match(fold(pieces[0])):
                unknown.append((", ".join(pieces), True))
                break
            else:
                unknown.append((pieces[0], False))
            pieces = pieces[length:]
    return tuple(dict.fromkeys(found)), tuple(unknown)


def measures_in(
    measures: str, content: str, before: str, after: str, explanation: str, vocabulary: Vocabulary
) -> Promise:
    """The measures of a row with their before and after; where no cell names them, the content may."""
    said = _parts(measures) or _parts(content)
    found: list[Measure] = []
    unknown: list[str] = []
    for part in said:
        known = _measure(part, vocabulary)
        if known is not None:
            found.append(_changed(known[0], known[1]))
        elif not measures and found:  # the content goes on
            text = "; ".join(filter(None, (found[-1].after_text, part)))
            found[-1] = replace(found[-1], after_text=text)
        else:
            unknown.append(part)
    if not measures and not content and len(vocabulary.allowed) == 1:
        found = [Measure(vocabulary.allowed[0])]
    is_shared = False
    if measures and content and found:
        texts = _parts(content)
        if len(texts) == len(found):
            found = [_filled(one, *_split(text)) for one, text in zip(found, texts, strict=True)]
        else:
            is_shared = len(found) > 1
            found[0] = _filled(found[0], *_split(content))
    if found and (before or after):
        is_shared = is_shared or len(found) > 1
        found[0] = _filled(found[0], before or None, after or None)
    found = [
        replace(
            one, explanation=explanation or (one.after_text if one.type in vocabulary.to_explain else None)
        )
        for one in found
    ]
    return Promise(tuple(found), tuple(unknown), is_shared)


def instruments_in(text: str) -> tuple[Instrument, ...]:
    """The documents of a text, each once; one that is named by its number is amended by another of its kind."""
    titles: list[str] = []
    for part in _parts(text):
        if titles and _type(part) == "other":
            titles[-1] += f" {part}"  # a title broken over lines
        else:
            titles.append(part)
    return tuple({one.key: one for one in map(_instrument, titles)}.values())


def _instrument(text: str) -> Instrument:
    title = re.sub(r"^dự thảo\s+", "", text, flags=re.IGNORECASE)
    kind = _type(title)
    title = title[:1].upper() + title[1:]
    is_change = any(word in title.lower()[:40] for word in _CHANGES)
    if kind != "other" and _NUMBERED.search(title) and not is_change:
        title = f"{_TYPE_NAMES[kind]} sửa đổi, bổ sung {title}"
    return Instrument(kind, title)


def _type(title: str) -> str:
    said = " ".join(words(re.sub(r"^dự thảo\s+", "", title, flags=re.IGNORECASE)))
    return next((kind for start, kind in _TYPES.items() if f"{said} ".startswith(f"{start} ")), "other")


def _parts(text: str) -> list[str]:
    found = (_POINT.sub("", part.strip()).strip(_TRIM) for part in re.split(r"[;\n]", text))
    return [part for part in found if part]


def _measure(part: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The measure that a text begins with, and the rest of it.

    A short word counts only where it stands for itself: "Bãi bỏ yêu cầu nộp bản sao" abolishes no procedure.
    """
    tokens = part.split()
    for length in range(min(len(tokens), 12), 0, -1):
        said = tuple(words(" ".join(tokens[:length])))
        code = vocabulary.measures.get(said)
        rest = " ".join(tokens[length:])
        is_parted = not rest or tokens[length - 1][-1] in ":," or bool(_GOES_ON.match(fold(rest)))
        if code and (is_parted or len(said) >= _CLEAR_WORDS):
            return code, rest.strip(_TRIM)
    return None


def _changed(kind: str, text: str) -> Measure:
    before, after = _split(text)
    return Measure(kind, before, after)


def _split(text: str) -> tuple[str | None, str | None]:
    sides = _ARROW.split(text, maxsplit=1)
    if len(sides) == 2:
        return sides[0] or None, sides[1] or None
    if found := _FROM_TO.match(text):
        return found[1], found[2]
    return None, text or None


def _filled(measure: Measure, before: str | None, after: str | None) -> Measure:
    """The measure with a text more; what its own cell said stands first."""
    return replace(
        measure,
        before_text="; ".join(filter(None, (measure.before_text, before))) or None,
        after_text="; ".join(filter(None, (measure.after_text, after))) or None,
    )
