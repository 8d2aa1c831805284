"""Whether a record is whole: the parts of Article 8(2) of Decree 63/2010/NĐ-CP, as amended by Decree 48/2013/NĐ-CP.

Eight parts every procedure must have; four more only where the procedure calls for them, so that one which is not
given may not apply: it is told, and never counted as missing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]

MANDATORY = ("name", "steps", "channels", "dossier", "time", "addressees", "implementing", "results")
CONDITIONAL = ("form", "result_form", "requirements", "fee")

_FORM = re.compile(r"\bmẫu\b", re.IGNORECASE)


@dataclass(frozen=True)
class Completeness:
    """Which parts a record gives, in the decree's order."""

    given: tuple[str, ...]
    missing: tuple[str, ...]
    conditional: tuple[str, ...]  # those of the four that are given

    @property
    def score(self) -> int:
        """How many of the eight are given."""
        return len(self.given)

    @property
    def is_complete(self) -> bool:
        """Whether none of the eight is missing."""
        return not self.missing


def completeness(content: Content) -> Completeness:
    """The parts that a content (see `model.content`) gives."""
    return Completeness(
        given=tuple(part for part in MANDATORY if _GIVEN[part](content)),
        missing=tuple(part for part in MANDATORY if not _GIVEN[part](content)),
        conditional=tuple(part for part in CONDITIONAL if _GIVEN[part](content)),
    )


def _papers(content: Content) -> list[Mapping[str, Any]]:
    return [paper for case in content.get("dossier") or () for paper in case.get("papers") or ()]


def _of_a_channel(*names: str) -> Callable[[Content], bool]:
    return lambda content: any(
        channel.get(name) not in (None, "", []) for channel in content.get("channels") or () for name in names
    )


# A part is given where its words are, even where they could not be read as a number and a unit.
_GIVEN: dict[str, Callable[[Content], bool]] = {
    **{
        part: lambda content, part=part: bool(content.get(part))  # type: ignore[misc]
        for part in ("name", "steps", "addressees", "implementing", "results", "requirements")
    },
    "channels": _of_a_channel("way"),
    "dossier": lambda content: bool(_papers(content)),
    "time": _of_a_channel("time_value", "time_text"),
    "fee": _of_a_channel("fees"),
    "form": lambda content: any(paper.get("form") for paper in _papers(content)),
    "result_form": lambda content: any(_FORM.search(result) for result in content.get("results") or ()),
}
