"""Targets and where each stands on a day: by the ledger where it counts them, else by what was published last."""

from dataclasses import dataclass
from decimal import Decimal

from catalogue.errors import NotFound
from catalogue.model.pace import NoPace, Pace, Window
from catalogue.model.period import Moment
from catalogue.model.target import Doubt, Goal, Reading, Status, judge
from catalogue.reference import Programme, PublishedFigure, Source, Target
from catalogue.reference.checks import shows
from catalogue.reference.entries import TargetReading
from catalogue.services import figures, pace
from catalogue.services.installation import Installation


@dataclass(frozen=True)
class Standing:
    """One target by one value. `numerator`/`denominator`: where the value is a share whose numbers are known.

    `programme`: whose ledger counts it, with the `pace` over the window; `published`: else the figure printed last, found
    through `shown_by`.
    """

    target: Target
    source: Source
    status: Status
    doubt: Doubt | None
    reading: Reading | None = None
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    programme: Programme | None = None
    pace: Pace | NoPace | None = None
    shown_by: TargetReading | None = None
    published: PublishedFigure | None = None


def standings(installation: Installation, moment: Moment) -> list[Standing]:
    """Every target, in the order of the file; one with values of several bodies has a line for each."""
    return [
        line for target in installation.reference.targets for line in _lines(installation, target, moment)
    ]


def standing(
    installation: Installation, target_id: str, moment: Moment, window: Window | None = None
) -> list[Standing]:
    """The lines of one target, its pace over a window (default: the usual one). Raises NotFound."""
    target = next((one for one in installation.reference.targets if one.id == target_id), None)
    if target is None:
        raise NotFound("target_not_found", id=target_id)
    return _lines(installation, target, moment, window)


def history(installation: Installation, reading: TargetReading, moment: Moment) -> list[PublishedFigure]:
    """What was printed of a reading by the moment, the oldest first.

    Not what the Office froze here: those are measures, and a target of a measure is counted by the ledger.
    """
    told = [one for one in installation.reference.published_figures if _is_told(one, reading, moment)]
    return sorted(told, key=lambda one: (one.as_of or moment.as_of, one.id))


def percent(figure: PublishedFigure) -> Decimal | None:
    """The share that a published figure says: by its two numbers where they are printed, else as printed."""
    if figure.numerator is not None and figure.denominator:
        return Decimal(figure.numerator) * 100 / Decimal(figure.denominator)
    return figure.percent if figure.percent is not None else figure.printed_percent


def _lines(
    installation: Installation, target: Target, moment: Moment, window: Window | None = None
) -> list[Standing]:
    programme = next((one for one in installation.reference.programmes if one.target == target.id), None)
    if programme is not None:
        return [_counted(installation, target, programme, moment, window)]
    if not target.shown_by:
        return [_judged(installation, target, moment)]
    return [_printed(installation, target, reading, moment) for reading in target.shown_by]


def _counted(
    installation: Installation, target: Target, programme: Programme, moment: Moment, window: Window | None
) -> Standing:
    stages = figures.stages(installation, programme.code, moment)
    done, base = stages["done"], stages["assigned"] - stages["standing"]
    window = window or pace.usual_window(installation, programme.kind, moment)
    walked = pace.over(installation, programme.kind, moment, window, target.value)
    reading = Reading(Decimal(done) * 100 / base, moment.as_of) if base else None
    return _judged(
        installation, target, moment, reading, programme=programme, pace=walked,
        numerator=done if base else None, denominator=base or None,
    )  # fmt: skip


def _printed(installation: Installation, target: Target, shown_by: TargetReading, moment: Moment) -> Standing:
    figure = next(reversed(history(installation, shown_by, moment)), None)
    reading = None
    if figure is not None and figure.as_of is not None:
        value = Decimal(figure.rank) if target.unit == "rank" and figure.rank else percent(figure)
        if value is not None:
            reading = Reading(value, figure.as_of, figure.comparator, shown_by.is_same)
    return _judged(
        installation, target, moment, reading, shown_by=shown_by, published=figure,
        numerator=figure.numerator if figure else None, denominator=figure.denominator if figure else None,
    )  # fmt: skip


def _judged(
    installation: Installation,
    target: Target,
    moment: Moment,
    reading: Reading | None = None,
    *,
    numerator: int | Decimal | None = None,
    denominator: int | Decimal | None = None,
    programme: Programme | None = None,
    pace: Pace | NoPace | None = None,
    shown_by: TargetReading | None = None,
    published: PublishedFigure | None = None,
) -> Standing:
    source = installation.reference.source(target.source)
    goal = Goal(target.value, target.comparator, target.deadline, source.published_on)
    status, doubt = judge(goal, reading, moment.as_of, pace if isinstance(pace, Pace) else None)
    return Standing(
        target, source, status, doubt, reading, numerator, denominator, programme, pace, shown_by, published
    )


def _is_told(figure: PublishedFigure, reading: TargetReading, moment: Moment) -> bool:
    return (
        figure.kind != "target"
        and figure.as_of is not None
        and figure.as_of <= moment.as_of
        and (moment.known_at is None or figure.known_at is None or figure.known_at <= moment.known_at)
        and shows(figure, reading.figure)
    )
