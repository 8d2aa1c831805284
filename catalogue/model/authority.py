"""Who decides: a level and, where it is named, an agency or a body inside it; in what form the decision is given away."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalogue.text import clean, fold


class Level(StrEnum):
    """Levels of decision from the centre down; `other` is an authority outside them."""

    MINISTRY = "ministry"
    PROVINCIAL = "provincial"
    DISTRICT = "district"
    COMMUNAL = "communal"
    OTHER = "other"


class Form(StrEnum):
    """In what form a decision is given away (Law on the Organisation of Local Government, Articles 12 to 14)."""

    PHAN_QUYEN = "phan_quyen"  # by law
    PHAN_CAP = "phan_cap"  # by a legal document
    UY_QUYEN = "uy_quyen"  # in the name of who keeps the authority
    PHAN_DINH = "phan_dinh"  # drawn anew between levels


class Direction(StrEnum):
    """Which way a decision moves; `up`: to a higher place, to one beside it, or nowhere."""

    DOWN = "down"
    WITHIN = "within"
    OUTSIDE = "outside"
    UP = "up"


@dataclass(frozen=True)
class Authority:
    """Who decides. `agency`: one of the agencies of the reference data; `body`: a body in the words of the document."""

    level: Level
    agency: str | None = None
    body: str | None = None


@dataclass(frozen=True)
class Transfer:
    """One decision given away: by whom, to whom, in what form."""

    form: Form
    giver: Authority
    taker: Authority

    @property
    def direction(self) -> Direction:
        """Which way the decision moves."""
        return direction(self.giver, self.taker, self.form)


AgencyNamed = Callable[[str], tuple[str, str] | None]

_FORMS = {
    "phan quyen": Form.PHAN_QUYEN,
    "phan cap": Form.PHAN_CAP,
    "uy quyen": Form.UY_QUYEN,
    "phan dinh": Form.PHAN_DINH,
}
FORM_WORDS = {
    Form.PHAN_QUYEN: "Phân quyền",
    Form.PHAN_CAP: "Phân cấp",
    Form.UY_QUYEN: "Ủy quyền",
    Form.PHAN_DINH: "Phân định thẩm quyền",
}
LEVEL_WORDS = {
    Level.MINISTRY: "Cấp bộ",
    Level.PROVINCIAL: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNAL: "Cấp xã",
    Level.OTHER: "Cơ quan khác",
}
_OF_KIND = {"province": Level.PROVINCIAL, "other": Level.OTHER}
_TITLE = re.compile(
    r"(bộ trưởng|thống đốc|chủ nhiệm|thủ trưởng|chủ tịch|tổng giám đốc|tổng(?= thanh tra))\s+(.+)",
    re.IGNORECASE,
)
_PARTED = re.compile(
    r"\s*(?:,|;|\(|\s[-–]\s|(?<!\w)trực thuộc(?!\w)|(?<!\w)thuộc(?!\w)|(?<!\w)của(?!\w))\s*", re.IGNORECASE
)
_MINISTRY_WITHIN = re.compile(r"(?<=\s)bộ\s", re.IGNORECASE)
_CENTRE = re.compile(r"(?:chính phủ|thủ tướng|quốc hội|ủy ban thường vụ quốc hội|chủ tịch nước)\b")
# Read in this order, each taken out of the text once it is read: a district-level town (thị xã) is no commune (xã).
_SAID: tuple[tuple[str, Level | None], ...] = (
    (
        r"(?:thành phố|tp\.?) (?:trực )?thuộc (?:tỉnh|thành phố)(?:,? thành phố)?(?: trực thuộc (?:trung ương|tw))?",
        Level.DISTRICT,
    ),
    (r"(?:tỉnh\s*(?:,|và)?\s*)?(?:thành phố|tp\.?) trực thuộc (?:trung ương|tw)", Level.PROVINCIAL),
    (r"hợp tác xã|thông tấn xã|xã hội|cơ quan|địa phương|bộ đội|cán bộ|nội bộ|toàn bộ|bộ phận", None),
    (r"cấp (?:bộ|trung ương)", Level.MINISTRY),
    (r"cấp tỉnh|(?<!cơ )(?<!trụ )sở(?! giao dịch)", Level.PROVINCIAL),
    (r"cấp huyện|thị xã", Level.DISTRICT),
    (r"cấp (?:xã|cơ sở)|thị trấn", Level.COMMUNAL),
    (r"tỉnh", Level.PROVINCIAL),
    (r"huyện|quận", Level.DISTRICT),
    (r"xã|phường|đặc khu", Level.COMMUNAL),
)
# Where no level is said: the kind of body tells it. The first that is found holds.
_BODIES: tuple[tuple[str, Level], ...] = (
    (r"^bộ chỉ huy", Level.PROVINCIAL),
    (r"bộ trưởng|bộ", Level.MINISTRY),
    (r"tổng cục|^cục(?: trưởng)?|^vụ(?: trưởng)?|^cảng vụ", Level.MINISTRY),
    (
        r"hải quan|^(?:chi cục|cơ quan) thuế|^thuế|kho bạc",
        Level.OTHER,
    ),  # run from the centre, outside the levels
    (
        r"^(?:trưởng )?phòng (?:cảnh sát|quản lý xuất nhập cảnh|công chứng|đăng ký kinh doanh)",
        Level.PROVINCIAL,
    ),
    (r"^(?:trưởng )?phòng|^hạt kiểm lâm", Level.DISTRICT),
    (r"^chi cục|^ban quản lý (?:các )?khu|địa phương", Level.PROVINCIAL),
    (
        r"^(?:các )?(?:cơ quan khác|cơ quan đại diện|đại sứ quán|cơ sở|trường|bệnh viện|viện|hội|hiệp hội|tổ chức|doanh nghiệp"
        r"|đơn vị sự nghiệp)",
        Level.OTHER,
    ),
)
_PLAIN = re.compile(
    r"\b(?:ubnd|uy ban nhan dan|co quan khac|co quan ngang bo|co quan|chinh quyen|dia phuong|truc thuoc|trung uong|tw|thuoc"
    r"|cap|cac|tinh|thanh pho|tp|quan|huyen|thi xa|thi tran|xa|phuong|dac khu|co so|bo|nganh|va)\b|[^0-9a-z]"
)


def form_named(text: str) -> Form | None:
    """The form that a cell of an annex names ("Phân cấp cho UBND cấp tỉnh"); None when it names none, or several."""
    said = fold(clean(text))
    found = {form for words, form in _FORMS.items() if re.search(rf"\b{words}\b", said)}
    return found.pop() if len(found) == 1 else None


def authority_named(text: str, agency_named: AgencyNamed) -> Authority | None:
    """Who is meant by the words of an annex ("Bộ Y tế", "UBND cấp tỉnh", "Sở Y tế"); None when no one level can be told.

    `agency_named`: (code, kind) of the agency that a text names. What is more than the plain level stays as the body.
    """
    said = clean(text).strip(" .;")
    if not said:
        return None
    head, colon, rest = said.partition(":")
    rest = clean(rest)
    if colon and rest and (level := level_named(head)) and _is_plain(head):
        found = _agency_in(rest, agency_named)
        return Authority(level, found[0], found[2]) if found else Authority(level, None, rest)
    found = _agency_in(said, agency_named)
    if found:
        code, kind, body = found
        level = level_of(kind)
        own = _said_level(body or "")
        if own in (None, level):
            return Authority(level, code, body)
        return (
            None if level is Level.MINISTRY else Authority(own, None, said)
        )  # two places, or one within a province
    level = level_named(said)
    if level is None:
        return None
    return Authority(level, body=None if _is_plain(said) else said)


def level_of(kind: str) -> Level:
    """The level at which an agency of a kind of the reference data decides."""
    return _OF_KIND.get(kind, Level.MINISTRY)


def authority_words(one: Authority, agency_named: AgencyNamed, name_of: Callable[[str], str]) -> str:
    """Words that `authority_named` reads back as the same authority; `name_of`: the name of an agency."""
    name = name_of(one.agency) if one.agency else None
    inner = ", ".join(filter(None, (one.body, name)))
    plain = [f"{one.body} {name}"] if one.body and name else []
    plain += [inner] if inner else []
    ways = (words for words in plain if authority_named(words, agency_named) == one)
    level = LEVEL_WORDS[one.level]
    return next(ways, f"{level}: {inner}" if inner else level)


def direction(giver: Authority, taker: Authority, form: Form | None = None) -> Direction:
    """Which way a decision moves: within one level to a named body or agency of it, outside the levels either way.

    Another agency of the level may only be authorised (Law on the Organisation of Local Government, Article 14).
    """
    above, below = _rank(giver), _rank(taker)
    if above is None or (below is None and taker.level is Level.OTHER):
        return Direction.WITHIN if giver.level is taker.level else Direction.OUTSIDE
    if above == below:
        is_of_it = taker.body or (taker.agency and (giver.agency is None or form is Form.UY_QUYEN))
        return Direction.WITHIN if is_of_it and taker != giver else Direction.UP
    return Direction.DOWN if below is not None and above < below else Direction.UP


def is_same_place(giver: Authority, taker: Authority) -> bool:
    """Whether the taker names nobody else: the level, the agency unless it names none, and the body."""
    return giver.level is taker.level and giver.body == taker.body and taker.agency in (None, giver.agency)


def _rank(one: Authority) -> int | None:
    """The Government above the ministries, then down; an agency of the centre that is no ministry stands with them."""
    if one.level is not Level.OTHER:
        return list(Level).index(one.level)
    if one.agency:
        return 0
    return -1 if one.body and _CENTRE.match(one.body.lower()) else None


def level_named(text: str) -> Level | None:
    """The one level that a text names, in words or by the kind of body; None where it names none or several."""
    said = clean(text).lower()
    if _CENTRE.match(said):
        return Level.OTHER
    if (found := _levels(said)) is not None:
        return found[0] if len(found) == 1 else None
    for pattern, level in _BODIES:
        if _search(pattern, said):
            return level
    return None


def _said_level(text: str) -> Level | None:
    found = _levels(text.lower())
    return found[0] if found else None


def _levels(said: str) -> list[Level] | None:
    """The levels that a text says in words: of what stands before "thuộc" first; None where it says none."""
    marks: dict[str, Level] = {}
    for pattern, level in _SAID:
        mark = f" {chr(0x2460 + len(marks))} " if level else " "
        said, times = re.subn(_bounded(pattern, said), mark, said)
        if times and level:
            marks[mark.strip()] = level
    for part in re.split(r"\bthuộc\b|\bcủa\b|\bthuoc\b|\bcua\b", said):
        found = list(dict.fromkeys(level for mark, level in marks.items() if mark in part))
        if found:
            return found
    return None


def _search(pattern: str, said: str) -> bool:
    return re.search(_bounded(pattern, said), said) is not None


def _bounded(pattern: str, said: str) -> str:
    """The pattern as whole words; a text without any diacritics is read without them."""
    return rf"\b(?:{fold(pattern) if said.isascii() else pattern})(?!\w)"


def _agency_in(said: str, agency_named: AgencyNamed) -> tuple[str, str, str | None] | None:
    """The agency that a text names, its kind, and the body or office within it."""
    if found := agency_named(said):
        return *found, None
    if (title := _TITLE.fullmatch(said)) and (found := agency_named(title[2])):
        return *found, "Tổng Thanh tra" if fold(title[1]) == "tong" else title[1]
    for body, name in _cuts(said):
        if body and (found := agency_named(name.rstrip(") "))):
            return *found, body.rstrip(" ,;-–(")
    return None


def _cuts(said: str) -> Iterator[tuple[str, str]]:
    """Where a body may end and the agency that it belongs to begin."""
    for cut in _PARTED.finditer(said):
        yield said[: cut.start()], said[cut.end() :]
    for cut in _MINISTRY_WITHIN.finditer(said):
        yield said[: cut.start()], said[cut.start() :]


def _is_plain(text: str) -> bool:
    """Whether the words say a level and nothing more."""
    return not _PLAIN.sub("", fold(text)).strip()
