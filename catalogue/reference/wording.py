"""What letters and reports say, with the places `{…}` that are filled in; staff correct it in letters.yml or on screen."""

from collections.abc import Mapping
from string import Formatter
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from catalogue.reference.entries import Entry, Text

PLACES = frozenset(
    {
        "agency", "day", "overdue", "due_soon", "stalled", "returned", "returned_days", "period", "reply_by",
    }
)  # fmt: skip
PARTS = ("opening", "overdue", "stalled", "due_soon", "returned", "missing_return", "request", "closing")
LONGEST_PART = 4000

Said = Annotated[str, StringConstraints(max_length=LONGEST_PART)]


class House(Entry):
    """Who sends the papers."""

    issuer: Text
    place: Text
    superior: Text | None = None


class Signed(Entry):
    """The end of a paper: its number's second half, who signs, who receives it."""

    number: Annotated[str, StringConstraints(pattern=r"^/\S+$")]
    authority: Annotated[tuple[Text, ...], Field(min_length=1)]
    signer: Text | None = None
    recipients: Annotated[tuple[Text, ...], Field(min_length=1)]


class ReportWording(Signed):
    """The month's report."""

    to: Text


class ReminderWording(Signed):
    """The reminder letter (công văn đôn đốc), part by part."""

    about: Annotated[Text, StringConstraints(max_length=LONGEST_PART)]
    opening: Said
    overdue: Said
    stalled: Said
    due_soon: Said
    returned: Said
    missing_return: Said
    request: Said
    closing: Said
    reply_working_days: Annotated[int, Field(ge=1, le=60)]
    returned_days: Annotated[int, Field(ge=0, le=365)]

    @field_validator("about", *PARTS)
    @classmethod
    def _known_places(cls, text: str) -> str:
        if fault := place_fault(text):
            raise ValueError(fault)
        return text


def place_fault(text: str) -> str | None:
    """What is wrong with the places of a text: a brace that stands alone, or a name that nothing fills."""
    try:
        found = list(Formatter().parse(text))
    except ValueError:
        return "a brace stands alone; write {{ or }} for a brace itself"
    for _, name, form, conversion in found:
        if name is not None and (name not in PLACES or form or conversion):
            return f"nothing fills {{{name}}}; known are {', '.join(sorted(PLACES))}"
    return None


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; the names were checked before, and nothing but plain names is read."""
    return "".join(
        before + (values[name] if name is not None else "") for before, name, _, _ in Formatter().parse(text)
    )
