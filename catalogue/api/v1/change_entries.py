"""What changed between two versions of a procedure, as entries of one shape."""

import re
from typing import Literal, Self

import orjson
from pydantic import Field, JsonValue

from catalogue.api.answers import Part
from catalogue.model.change import (
    Change,
    ForceChanged,
    LevelsChanged,
    PaperAdded,
    PaperDropped,
    WayAdded,
    WayDropped,
    part_of,
)
from catalogue.model.diff import Summary

Kind = Literal[
    "text_changed", "spelling_changed", "list_changed", "bases_changed", "levels_changed", "sector_changed",
    "force_changed", "decision_changed", "sets_changed", "case_renamed", "paper_dropped", "paper_added",
    "paper_changed", "way_dropped", "way_added", "time_changed", "fee_changed", "note_changed", "rewritten",
    "disclosed", "withheld",
]  # fmt: skip


class ChangeEntry(Part):
    """One change. `old` and `new` are what the part said: text, number, list or the entry itself; null is unknown or none."""

    kind: Kind = Field(
        description="`disclosed` and `withheld`: the part became known or unknown; nothing is said to have changed."
    )
    part: str | None = Field(
        description="The part of the record; null: the procedure as a whole.", examples=["dossier"]
    )
    case: str | None = Field(None, description="The case of the dossier that a paper belongs to.")
    ways: list[str | None] = Field([], description="The ways of filing that it is about.")
    old: JsonValue = None
    new: JsonValue = None

    @classmethod
    def of(cls, change: Change) -> Self:
        """A typed change as an entry."""
        told = orjson.loads(orjson.dumps(change, default=_plain))
        return cls.model_validate(
            {
                "kind": re.sub(r"(?<!^)(?=[A-Z])", "_", type(change).__name__).lower(),
                "part": part_of(change),
                "case": told.get("case"),
                "ways": told.get("ways") or ([told["way"]] if "way" in told else []),
                **_sides(change, told),
            }
        )


class ChangeSummary(Part):
    """The changes in numbers; null where the changes do not share one."""

    papers_dropped: int
    papers_added: int
    time: float | None = Field(description="New minus old time limit.", examples=[-5])
    time_unit: str | None = Field(examples=["ngày làm việc"])
    fee_vnd: int | None = Field(description="New minus old fee, in đồng.", examples=[-50000])

    @classmethod
    def of(cls, summary: Summary) -> Self:
        """A summary as it is told."""
        return cls(
            papers_dropped=summary.papers_dropped,
            papers_added=summary.papers_added,
            time=None if summary.time is None else float(summary.time),
            time_unit=summary.time_unit,
            fee_vnd=summary.fee_vnd,
        )


def _sides(change: Change, told: dict[str, JsonValue]) -> dict[str, JsonValue]:
    match change:
        case LevelsChanged():
            return {"old": told["dropped"], "new": told["added"]}
        case ForceChanged():
            return {"old": not change.in_force, "new": change.in_force}
        case PaperDropped():
            return {"old": told["name"], "new": None}
        case PaperAdded():
            return {"old": None, "new": told["paper"]}
        case WayDropped():
            return {"old": told["way"], "new": None}
        case WayAdded():
            return {"old": None, "new": told["channel"]}
        case _:
            return {"old": told.get("old"), "new": told.get("new")}


def _plain(value: object) -> object:
    """What JSON has no type for: exact numbers as text, sets as lists."""
    return sorted(value) if isinstance(value, frozenset) else str(value)
