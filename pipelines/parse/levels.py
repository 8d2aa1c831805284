"""The levels at which a procedure is carried out: a set, whatever words and order a source has for it."""

from collections.abc import Mapping

from catalogue.model.quality import Problem
from pipelines.parse.closed_list import match
from pipelines.parse.words import Parsed, excerpt, said

KNOWN = {
    "Cấp bộ": "ministry",
    "Bộ": "ministry",
    "Bộ, ngành": "ministry",
    "Cấp trung ương": "ministry",
    "Trung ương": "ministry",
    "Cấp tỉnh": "provincial",
    "Tỉnh": "provincial",
    "Tỉnh, thành phố": "provincial",
    "Cấp tỉnh/thành phố": "provincial",
    "Cấp huyện": "district",
    "Huyện": "district",
    "Quận, huyện": "district",
    "Cấp quận/huyện": "district",
    "Cấp xã": "communal",
    "Xã": "communal",
    "Xã, phường": "communal",
    "Xã, phường, thị trấn": "communal",
    "Cấp xã/phường/thị trấn": "communal",
    "Cơ quan khác": "other",
    "Khác": "other",
}


def levels(text: str, known: Mapping[str, str] = KNOWN) -> Parsed[list[str]]:
    """The sorted set of levels that a text names; a word that is no level is said, never taken for one."""
    found = match(said(text), known)
    problems = tuple(Problem("level_unknown", "levels", excerpt(words)) for words in found.unknown)
    return Parsed(sorted(found.values), problems)
