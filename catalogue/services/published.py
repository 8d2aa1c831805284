"""Published figures: the register, each beside what the ledger computes, made anew from its items, in its series."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from catalogue.errors import NotFound
from catalogue.model.actor import NOBODY, Actor, Right
from catalogue.model.figure import Figure, Kind, Relation, pair_relation, relation, share, total_relation
from catalogue.model.figure_change import Difference
from catalogue.model.period import Moment
from catalogue.model.published import TOLD, Published, State
from catalogue.reference import BaseChange, FigureSeries, PublishedFigure, PublishedSum, Reference
from catalogue.services import figure_members, figures, snapshots
from catalogue.services.installation import Installation
from catalogue.working_days import civil_day


@dataclass(frozen=True)
class Comparison:
    """A published figure beside what the ledger computes for the same day, by what was known then."""

    published: Published
    as_of: date
    computed: Figure
    relation: Relation


@dataclass(frozen=True)
class Reproduction:
    """A published figure made anew: `then` by what was known when it was published, and why today's view differs.

    `frozen`: numerator and denominator as the snapshot holds them; None where others printed the figure.
    """

    comparison: Comparison
    difference: Difference
    frozen: tuple[int, int | None] | None

    @property
    def then(self) -> Figure:
        return self.difference.before

    @property
    def now(self) -> Figure:
        return self.difference.after

    @property
    def is_reproduced(self) -> bool:
        """Whether the items still give what was frozen, or printed."""
        published = self.comparison.published
        expected = self.frozen or (published.told, published.denominator)
        return expected == (self.then.numerator, self.then.denominator)


@dataclass(frozen=True)
class Point:
    """One figure of a series; `old_bases`: its percentage on every base before the one it stands on."""

    published: Published
    relation: Relation | None
    old_bases: tuple[tuple[int, Decimal], ...]
    change: BaseChange | None  # the base changed with this figure


@dataclass(frozen=True)
class Series:
    """The figures of a series, oldest first."""

    entry: FigureSeries
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Sum:
    """A printed total with its parts, and how they relate."""

    entry: PublishedSum
    relation: Relation

    @property
    def together(self) -> int:
        return sum(part.value for part in self.entry.parts)

    @property
    def gap(self) -> int:
        """By how much the parts are more (or less) than the total."""
        return self.together - self.entry.total


def register(
    installation: Installation, *, actor: Actor = NOBODY, moment: Moment | None = None
) -> list[Published]:
    """Every figure that was printed, as reference data tell it or as the Office froze it, newest day first, those without
    a day last. Drafts are for those who may publish figures."""
    reference = installation.reference
    found = [_from_reference(row, reference) for row in reference.published_figures]
    may_see_drafts = actor.has(Right.PUBLISH_FIGURES)
    found += [
        one
        for one in snapshots.everything(installation, moment or installation.moment())
        if may_see_drafts or one.state in TOLD
    ]
    return sorted(found, key=lambda one: one.as_of or date.min, reverse=True)


def get(
    installation: Installation, figure_id: str, *, actor: Actor = NOBODY, moment: Moment | None = None
) -> Published:
    """A published figure by its id.

    Raises: NotFound.
    """
    known = register(installation, actor=actor, moment=moment)
    found = next((one for one in known if one.id == figure_id), None)
    if found is None:
        raise NotFound("published_unknown", id=figure_id[:60])
    return found


def last(installation: Installation, measure: str, moment: Moment) -> Comparison | None:
    """What was published last of a measure for a day up to as_of, as known at the moment; None where nothing was."""
    told = [
        (one.as_of, one)
        for one in of_measure(installation, measure, moment=moment)
        if one.as_of is not None and one.as_of <= moment.as_of and one.state is not State.CORRECTED
    ]
    if not told:
        return None
    return compare(installation, max(told, key=lambda one: one[0])[1])


def of_measure(
    installation: Installation, measure: str, *, actor: Actor = NOBODY, moment: Moment | None = None
) -> list[Published]:
    """What was published of a measure and not taken back, newest day first: also what a later one corrects, and drafts for
    those who may publish figures."""
    gone = (State.WITHDRAWN, State.DROPPED)
    known = register(installation, actor=actor, moment=moment)
    return [one for one in known if one.measure == measure and one.state not in gone]


def compare(installation: Installation, published: Published) -> Comparison | None:
    """What the ledger computes for the day of a published figure, by what was known then; None where it does not.

    Where it holds nothing to count on that day, it does not: nothing recorded is not 0.
    """
    moment = moment_of(installation, published)
    if published.measure is None or moment is None:
        return None
    figure = figures.compute(installation, published.measure, moment, since=published.period_from)
    if not figure.numerator and not (figure.denominator if figure.kind is Kind.SHARE else moment.revision):
        return None
    return Comparison(published, moment.as_of, figure, _relation(published, figure))


def relation_of(installation: Installation, published: Published) -> Relation | None:
    """The relation that a list shows: to what the ledger computes, else of the print to its own numbers."""
    found = compare(installation, published)
    return found.relation if found else published.own_relation


def findings(installation: Installation, published: Published) -> tuple[Relation, ...]:
    """Everything that relates a figure to its numbers: the relation of `relation_of`, then what its pair and its series add."""
    found = relation_of(installation, published)
    pair = complement(installation, published)
    more: list[Relation] = [pair[1]] if pair and pair[1] is Relation.COMPLEMENT_INCONSISTENT else []
    changes = installation.reference.published_base_changes
    if any((one.series, one.on) == (published.series, published.as_of) for one in changes):
        more.append(Relation.BASE_CHANGED)
    return tuple([found, *more] if found else more)


def reproduce(
    installation: Installation, published: Published, *, moment: Moment | None = None
) -> Reproduction | None:
    """Compute a published figure from its items, as known then and as known at a moment (default: now).

    None where the ledger does not cover it.
    """
    then = moment_of(installation, published)
    found = compare(installation, published)
    if found is None or then is None or published.measure is None:
        return None
    now = moment or installation.moment()
    difference = figure_members.difference(
        installation, published.measure, then, replace(then, known_at=now.known_at, revision=now.revision),
        since=published.period_from,
    )  # fmt: skip
    snapshot = published.snapshot
    return Reproduction(found, difference, (snapshot.numerator, snapshot.denominator) if snapshot else None)


def moment_of(installation: Installation, published: Published) -> Moment | None:
    """The two clocks of a published figure; None where no source gives its day."""
    if published.as_of is None:
        return None
    if published.snapshot is not None:
        return Moment(published.as_of, published.known_at, published.snapshot.revision)
    return installation.moment(published.as_of, published.known_at)


def citable_at(installation: Installation, moment: Moment) -> tuple[date, bool]:
    """The day to cite as known_at for what is seen at a moment, and whether nothing can still be added to it.

    Without a known_at it is the day of the last recording: from the next day on, that day gives the same for good.
    """
    if moment.known_at is not None:
        return moment.known_at, moment.known_at < installation.today
    row = installation.database.row("revision/last")
    assert row is not None
    day = civil_day(row["recorded_at"]) if row["recorded_at"] else installation.today
    return day, day < installation.today


def complement(installation: Installation, published: Published) -> tuple[Published, Relation] | None:
    """The figure that gives the rest of the same whole, and how the two printed shares agree; None where there is none."""
    known = [_from_reference(row, installation.reference) for row in installation.reference.published_figures]
    other = next(
        (one for one in known if one.complement_of == published.id or one.id == published.complement_of), None
    )
    if other is None or published.printed_percent is None or other.printed_percent is None:
        return None
    one, two = published.own_relation, other.own_relation
    if one is None or two is None:
        return None
    return other, pair_relation(published.printed_percent, one, other.printed_percent, two)


def series(installation: Installation, series_id: str) -> Series:
    """A series with its figures and the changes of its base.

    Raises: NotFound.
    """
    reference = installation.reference
    entry = next((one for one in reference.figure_series if one.id == series_id), None)
    if entry is None:
        raise NotFound("series_unknown", id=series_id[:60])
    rows = [row for row in reference.published_figures if row.series == series_id]
    changes = [one for one in reference.published_base_changes if one.series == series_id]
    points = []
    for row in sorted(rows, key=lambda row: str(row.as_of)):
        published = _from_reference(row, reference)
        by_then = [one for one in changes if published.as_of is not None and one.on <= published.as_of]
        old = tuple(
            (one.old, share(published.numerator, one.old))
            for one in by_then
            if one.old is not None and published.numerator is not None
        )
        change = next((one for one in by_then if one.on == published.as_of), None)
        points.append(Point(published, relation_of(installation, published), old, change))
    return Series(entry, tuple(points))


def sums(installation: Installation, figure_id: str | None = None) -> list[Sum]:
    """The printed totals with parts; only those in which a figure is the total or a part where one is named."""
    return [
        Sum(one, _total(one))
        for one in installation.reference.published_sums
        if figure_id is None or figure_id in (one.figure, *(part.figure for part in one.parts))
    ]


def _total(entry: PublishedSum) -> Relation:
    return total_relation(
        entry.total,
        [part.value for part in entry.parts],
        parts_complete=entry.parts_complete,
        parts_are_sets=entry.parts_are_sets,
    )


def _relation(published: Published, figure: Figure) -> Relation:
    differs = published.told != figure.numerator or (
        published.denominator is not None and published.denominator != figure.denominator
    )
    if differs:
        return Relation.MISMATCH
    if figure.kind is Kind.COUNT:
        return Relation.EXACT
    return relation(published.printed_percent, figure.numerator, figure.denominator, published.of_target)


def _from_reference(row: PublishedFigure, reference: Reference) -> Published:
    measure = row.measure or row.id
    source = reference.source(row.source)
    return Published(
        id=row.id,
        kind=row.kind,
        area=row.area,
        label_vi=row.label_vi,
        label_en=row.label_en,
        source_vi=source.title_vi,
        source_en=source.title_en,
        measure=measure if any(one.measure == measure for one in figures.MEASURES) else None,
        comparator=row.comparator,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        denominator_basis=row.denominator_basis,
        printed_percent=row.printed_percent if row.printed_percent is not None else row.percent,
        of_target=row.of_target,
        complement_of=row.complement_of,
        series=row.series,
        phase=row.phase,
        unit=row.unit,
        period_from=row.period_from,
        as_of=row.as_of,
        as_of_basis=row.as_of_basis,
        as_of_precision=row.as_of_precision,
        known_at=row.known_at,
        known_at_basis=row.known_at_basis,
        printed=row.printed,
        reported_by=row.reported_by,
        publication=row.publication,
        note=row.note,
    )
