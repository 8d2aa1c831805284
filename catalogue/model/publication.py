"""A publication decision as it is registered: what it says beside its annex, and what keeps it from being registered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue.errors import Issue
from catalogue.model import annex
from catalogue.model.annex import LONGEST_TEXT, Extent, Line, Standing
from catalogue.model.document import ISSUER_BY_TYPE, number_key
from catalogue.text import clean

BASIS_TYPES = ("circular", "decree", "law", "ordinance", "resolution", "decision", "other")


@dataclass(frozen=True)
class Cited:
    """Another document that the decision names."""

    number: str = ""
    issued_on: date | None = None
    issuer: str | None = None


@dataclass(frozen=True)
class Basis(Cited):
    """A legal document (VBQPPL) whose procedures the decision publishes."""

    type: str = "circular"
    in_force_on: date | None = None

    @property
    def issued_by(self) -> str | None:
        """The agency given, else the one that issues documents of this type."""
        return self.issuer or ISSUER_BY_TYPE.get(self.type)


@dataclass(frozen=True)
class Superseded(Cited):
    """An earlier decision that it abolishes; `note`: which contents, where only a part."""

    extent: Extent = Extent.WHOLE
    note: str = ""


@dataclass(frozen=True)
class Draft:
    """A decision as a person enters it."""

    issuer: str | None = None
    number: str = ""
    issued_on: date | None = None
    title: str = ""
    in_force_on: date | None = None
    signer_name: str = ""
    signer_position: str | None = None
    bases: tuple[Basis, ...] = ()
    mirrors: tuple[Cited, ...] = ()
    supersedes: tuple[Superseded, ...] = ()
    entered_on: date | None = None
    posted_on: date | None = None
    lines: tuple[Line, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that the annex touches."""
        return tuple(dict.fromkeys(code for line in self.lines for code in line.codes))


@dataclass(frozen=True)
class Surroundings:
    """What a draft is judged against; `signer_kinds`: the kinds of agencies whose decisions the signer may sign."""

    today: date
    standing: Standing = field(default_factory=Standing)
    signer_kinds: frozenset[str] = frozenset()
    needs_assignment: bool = False
    agency_kinds: Mapping[str, str] = field(default_factory=dict)


def cleaned(draft: Draft) -> Draft:
    """The draft with every text in the one normal form of the store."""
    return replace(
        draft,
        number=clean(draft.number),
        title=clean(draft.title),
        signer_name=clean(draft.signer_name),
        bases=tuple(replace(one, number=clean(one.number)) for one in draft.bases),
        mirrors=tuple(replace(one, number=clean(one.number)) for one in draft.mirrors),
        supersedes=tuple(
            replace(one, number=clean(one.number), note=clean(one.note)) for one in draft.supersedes
        ),
        lines=tuple(annex.cleaned(line) for line in draft.lines),
    )


def problems(draft: Draft, around: Surroundings) -> tuple[Issue, ...]:
    """What is wrong with a draft: errors keep it from being registered, warnings are to be looked at.

    `sheet` is the part of the form (bases, mirrors, supersedes, lines), `row` the place in it, `column` the field.
    """
    return (
        *_of_decision(draft, around),
        *_of_signer(draft, around),
        *_of_bases(draft),
        *_of_mirrors(draft, around),
        *_of_superseded(draft),
        *annex.problems(draft.lines, around.standing),
    )


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether anything keeps the decision from being registered."""
    return any(issue.severity == "error" for issue in issues)


def _of_decision(draft: Draft, around: Surroundings) -> Iterator[Issue]:
    for name in ("issuer", "number", "issued_on", "title", "in_force_on", "signer_position"):
        if not getattr(draft, name):
            yield Issue("field_missing", column=name)
    for name in ("number", "title", "signer_name"):
        if len(getattr(draft, name)) > LONGEST_TEXT:
            yield Issue("text_too_long", column=name, value=str(len(getattr(draft, name))))
    signed = draft.issued_on
    if signed and signed > around.today:
        yield Issue("signed_in_future", column="issued_on", value=signed.isoformat())
    if signed and draft.in_force_on and draft.in_force_on < signed:
        yield Issue("in_force_before_issue", column="in_force_on", value=draft.in_force_on.isoformat())
    yield from day_problems(
        signed, {"entered_on": draft.entered_on, "posted_on": draft.posted_on}, around.today
    )


def day_problems(signed: date | None, days: Mapping[str, date | None], today: date) -> Iterator[Issue]:
    """What was done with a decision was done after its signature, and not in days to come."""
    for name, day in days.items():
        if day and signed and day < signed:
            yield Issue("day_before_signature", column=name, value=day.isoformat())
        if day and day > today:
            yield Issue("day_not_come", column=name, value=day.isoformat())


def _of_signer(draft: Draft, around: Surroundings) -> Iterator[Issue]:
    """Decree 63/2010/NĐ-CP, Article 13: who is competent to publish."""
    kind = around.standing.issuer_kind
    if draft.signer_position and kind:
        if kind not in around.signer_kinds:
            yield Issue("signer_not_competent", column="signer_position")
        elif around.needs_assignment:
            yield Issue("signer_needs_assignment", "warning", column="signer_position")


def _of_cited(part: str, cited: Sequence[Cited], draft: Draft, required: Sequence[str]) -> Iterator[Issue]:
    own = (number_key(draft.number), draft.issued_on, draft.issuer)
    seen = set()
    for row, one in enumerate(cited, start=1):
        for name in required:
            if not getattr(one, name):
                column = "issuer" if name == "issued_by" else name
                yield Issue("field_missing", sheet=part, row=row, column=column)
        if one.issued_on and draft.issued_on and one.issued_on > draft.issued_on:
            day = one.issued_on.isoformat()
            yield Issue("cited_after_decision", sheet=part, row=row, column="issued_on", value=day)
        identity = (number_key(one.number), one.issued_on, one.issuer)
        if one.number and identity in seen:
            yield Issue("cited_twice", sheet=part, row=row, column="number", value=one.number)
        if one.number and identity == own:
            yield Issue("cites_itself", sheet=part, row=row, column="number", value=one.number)
        seen.add(identity)


def _of_bases(draft: Draft) -> Iterator[Issue]:
    required = ("type", "number", "issued_on", "issued_by", "in_force_on")
    yield from _of_cited("bases", draft.bases, draft, required)
    if not draft.bases:
        yield Issue("no_basis", "warning", sheet="bases")
    for row, basis in enumerate(draft.bases, start=1):
        if basis.issued_on and basis.in_force_on and basis.in_force_on < basis.issued_on:
            day = basis.in_force_on.isoformat()
            yield Issue("in_force_before_issue", sheet="bases", row=row, column="in_force_on", value=day)


def _of_mirrors(draft: Draft, around: Surroundings) -> Iterator[Issue]:
    yield from _of_cited("mirrors", draft.mirrors, draft, ("number", "issued_on", "issuer"))
    if draft.mirrors and around.standing.issuer_kind not in (None, "province"):
        yield Issue("mirror_of_no_province", sheet="mirrors")
    for row, mirror in enumerate(draft.mirrors, start=1):
        if mirror.issuer and around.agency_kinds.get(mirror.issuer) == "province":
            yield Issue("mirrored_province", sheet="mirrors", row=row, column="issuer")


def _of_superseded(draft: Draft) -> Iterator[Issue]:
    yield from _of_cited("supersedes", draft.supersedes, draft, ("number", "issued_on", "issuer"))
    for row, one in enumerate(draft.supersedes, start=1):
        if one.extent is Extent.PART and not one.note:
            yield Issue("part_not_said", sheet="supersedes", row=row, column="note")
