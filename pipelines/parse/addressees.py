"""Who may ask for a procedure: the portal's closed list, two values of which have commas inside."""

from collections.abc import Iterable

from catalogue.model.quality import Problem
from pipelines.parse.closed_list import match
from pipelines.parse.words import Parsed, excerpt, said

KNOWN = (
    "Công dân Việt Nam",
    "Người Việt Nam định cư ở nước ngoài",
    "Người nước ngoài",
    "Người nước ngoài cư trú tại Việt Nam",
    "Cán bộ, công chức, viên chức",
    "Đảng viên",
    "Doanh nghiệp",
    "Doanh nghiệp Việt Nam",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Hợp tác xã",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Tổ chức Đảng",
    "Tổ chức nước ngoài",
)


def addressees(text: str, known: Iterable[str] = KNOWN) -> Parsed[list[str]]:
    """The addressees that a text names; words that the list does not know are kept as they stand and said."""
    words = said(text)
    found = match(words, {name: name for name in known})
    if not found.unknown:
        return Parsed(list(found.values))
    problems = tuple(Problem("addressee_unknown", "addressees", excerpt(name)) for name in found.unknown)
    return Parsed([*found.values, *found.unknown], problems)
