"""What a batch of item updates says: for each kind of claim its fields, as the form on screen has them."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from catalogue.api.questions import Identifier, iso_day
from catalogue.model.claim import LONGEST_TEXT, ClaimKind, fields
from catalogue.services.item_reports import Update

MOST_UPDATES = 500
MOST_FILES = 20  # of one update
MOST_CONTENTS = 50  # of one batch: it holds them all at once

Digest = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{64}$",
        examples=["8a6335e1d939deef0b12bab1b1f985e8c37fa649635398f128c5af15c08b91f9"],
    ),
]
_Whole = Annotated[Identifier, Field(strict=True)]
_Day = Annotated[date | None, BeforeValidator(iso_day)]
_Text = Annotated[str | None, Field(max_length=LONGEST_TEXT)]


class _Update(BaseModel):
    """What is not said stays as it was in a draft or returned claim; null clears it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item_id: _Whole = Field(description="An item that the agency answers for.")
    item_revision: _Whole = Field(
        description="`item_revision` of the item or claim as it was read: what others changed since is a conflict."
    )
    files: list[Digest] = Field(
        default_factory=list,
        max_length=MOST_FILES,
        description="The sha256 of each file that proves it, sent by PUT before; a file may serve many updates.",
    )

    def as_update(self, kind: ClaimKind) -> Update:
        """The update as services take it."""
        said = {name: getattr(self, name) for name in fields(kind) if name in self.model_fields_set}
        return Update(
            item_id=self.item_id,
            kind=kind,
            item_revision=self.item_revision,
            said={
                name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()
            },
            document_id=getattr(self, "document_id", None),
            files=tuple(self.files),
        )


class _OfDocument(_Update):
    """What a document proves."""

    number: _Text = Field(None, description="Số, ký hiệu.", examples=["07/2024/TT-BYT"])
    issued_on: _Day = Field(None, description="The day of its signature.", examples=["2024-03-15"])


class Approved(_OfDocument):
    """The plan was approved by a document of its own."""

    kind: Literal[ClaimKind.APPROVED]
    note: _Text = Field(None, description="Not required.")


class Enacted(_OfDocument):
    """An instrument that the item needs was issued."""

    kind: Literal[ClaimKind.ENACTED]
    document_id: _Whole | None = Field(
        None,
        description="Which of the item's `documents`; may be left out where the item waits for one only.",
    )
    in_force_on: _Day = Field(None, description="From when it is in force.", examples=["2024-03-20"])
    note: _Text = Field(None, description="Not required.")


class Published(_OfDocument):
    """A publication decision names the procedure."""

    kind: Literal[ClaimKind.PUBLISHED]
    note: _Text = Field(None, description="Not required.")


class Completed(_OfDocument):
    """A task that needs no instrument was carried out; its document is not required."""

    kind: Literal[ClaimKind.COMPLETED]
    done_on: _Day = Field(None, description="The day on which it was done.")
    note: _Text = Field(None, description="Not required.")


class Extension(_OfDocument):
    """A later deadline is asked for, with the document that allows it."""

    kind: Literal[ClaimKind.EXTENSION]
    new_deadline: _Day = Field(None, description="Later than the current deadline.")
    reason: _Text = Field(None, description="Why the current deadline cannot be met.")


class Obstacle(_Update):
    """The four questions: when, cut or not, why not, stuck where. Needs no file."""

    kind: Literal[ClaimKind.OBSTACLE]
    expected_on: _Day = Field(None, description="When it can be done.")
    decision: _Text = Field(None, description="Cut or not.")
    reason: _Text = Field(None, description="Why it is not cut.")
    stuck_at: _Text = Field(None, description="At which document, agency or step it is stuck.")


class Difference(_Update):
    """Why the catalogue's record shows something else than was promised. Needs no file."""

    kind: Literal[ClaimKind.DIFFERENCE]
    explanation: _Text = Field(None, description="The explanation.")


class Batch(BaseModel):
    """Updates that are all taken in, or none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    submit: bool = Field(
        True,
        strict=True,
        description="Send them to the Government Office; false keeps drafts, which may be incomplete and are sent by the "
        "same updates with true.",
    )
    updates: list[
        Annotated[
            Approved | Enacted | Published | Completed | Extension | Obstacle | Difference,
            Field(discriminator="kind"),
        ]
    ] = Field(min_length=1, max_length=MOST_UPDATES)

    @model_validator(mode="after")
    def _holds_not_too_much(self) -> Self:
        if len({digest for one in self.updates for digest in one.files}) > MOST_CONTENTS:
            raise PydanticCustomError("files_many", "too many files", {"limit": MOST_CONTENTS})
        return self

    def as_updates(self) -> Sequence[Update]:
        """The updates as services take them, in their order."""
        return [one.as_update(one.kind) for one in self.updates]
