"""Who decides: a level and, where it is named, an agency or a body inside it; in what form the decision is given away."""

from collections.abc import Callable
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


_FORMS = {
    "phan quyen": Form.PHAN_QUYEN,
    "phan cap": Form.PHAN_CAP,
    "uy quyen": Form.UY_QUYEN,
    "phan dinh": Form.PHAN_DINH,
    "phan dinh tham quyen": Form.PHAN_DINH,
}
# The words by which documents name a level, the longest first; "ubnd" and "ủy ban nhân dân" mean the same.
_WORDS: tuple[tuple[str, Level], ...] = (
    ("cap huyen", Level.DISTRICT),
    ("quan, huyen", Level.DISTRICT),
    ("huyen", Level.DISTRICT),
    ("cap xa", Level.COMMUNAL),
    ("xa, phuong", Level.COMMUNAL),
    ("xa", Level.COMMUNAL),
    ("phuong", Level.COMMUNAL),
    ("cap tinh", Level.PROVINCIAL),
    ("tinh, thanh pho", Level.PROVINCIAL),
    ("tinh", Level.PROVINCIAL),
    ("dia phuong", Level.PROVINCIAL),
    ("so", Level.PROVINCIAL),
    ("thu tuong", Level.OTHER),
    ("chinh phu", Level.OTHER),
    ("cap bo", Level.MINISTRY),
    ("bo", Level.MINISTRY),
    ("cuc", Level.MINISTRY),
    ("tong cuc", Level.MINISTRY),
    ("vu", Level.MINISTRY),
)
_BARE = frozenset(
    {
        "ubnd", "uy ban nhan dan", "chu tich ubnd", "chu tich uy ban nhan dan", "cap", "cac", "bo truong",
        "bo, nganh", "cac bo",
    }
)  # fmt: skip
_PREFIXES = (("phong", Level.DISTRICT), ("chi cuc", Level.PROVINCIAL), ("ban quan ly", Level.PROVINCIAL))


def form_named(text: str) -> Form | None:
    """The form that a cell of an annex names; None when it names none."""
    return _FORMS.get(fold(text))


def authority_named(text: str, agency_named: Callable[[str], tuple[str, str] | None]) -> Authority | None:
    """Who is meant by the words of an annex ("Bộ Y tế", "UBND cấp tỉnh", "Sở Y tế"); None when no level can be told.

    `agency_named`: (code, kind) of the agency that a text names. What is more than the plain level stays as the body.
    """
    said = clean(text)
    if not said:
        return None
    head, _, rest = said.partition(":")
    if rest and (level := _level(fold(head))):
        inner = clean(rest)
        found = agency_named(inner)
        return Authority(level, found[0] if found else None, None if found else inner)
    found = agency_named(said)
    if found:
        code, kind = found
        level = {"province": Level.PROVINCIAL, "other": Level.OTHER}.get(kind, Level.MINISTRY)
        return Authority(level, code)
    level = _level(fold(said))
    if level is None:
        return None
    return Authority(level, body=None if _is_plain(fold(said), level) else said)


def _level(folded: str) -> Level | None:
    for prefix, level in _PREFIXES:
        if folded.startswith(prefix):
            return level
    padded = f" {folded} "
    for word, level in _WORDS:
        if f" {word} " in padded or f" {word}," in padded:
            return level
    return None


def _is_plain(folded: str, level: Level) -> bool:
    """Whether the words say the level and nothing more."""
    rest = f" {folded} "
    for word, of_level in _WORDS:
        if of_level is level:
            rest = rest.replace(f" {word} ", " ")
    return not rest.strip() or rest.strip() in _BARE
