"""What must agree between published figures, their series, the changes of their bases, and totals with parts."""

from itertools import pairwise

from catalogue.reference.checks import known, unique
from catalogue.reference.entries import (
    BaseChange,
    FigureSeries,
    PublishedFigure,
    PublishedSum,
    Source,
    Target,
)
from catalogue.reference.sections import Section


def check_series(
    series: Section[FigureSeries],
    changes: Section[BaseChange],
    figures: Section[PublishedFigure],
    targets: Section[Target],
    sources: Section[Source],
) -> None:
    """Series, complements and base changes name what exists, and no base moves unsaid. Raises BadReferenceData."""
    unique(series, "id", lambda row: row.id)
    ids = {row.id for row in series.rows}
    by_id = {row.id: row for row in figures.rows}
    for index, one in series:
        known(series, index, "target", one.target, {row.id for row in targets.rows})
        known(series, index, "beside", one.beside, ids)
    for index, figure in figures:
        known(figures, index, "series", figure.series, ids)
        known(figures, index, "complement_of", figure.complement_of, by_id)
        if figure.series is not None and figure.as_of is None:
            raise figures.refuse("a figure of a series needs as_of", index, "series")
        twin = by_id.get(figure.complement_of or "")
        if twin is not None and (twin.denominator, twin.as_of) != (figure.denominator, figure.as_of):
            raise figures.refuse(f"{twin.id} has another base or day", index, "complement_of")
    for index, change in changes:
        known(changes, index, "series", change.series, ids)
        known(changes, index, "source", change.source, {row.id for row in sources.rows})
        if (change.reason_vi is None) != (change.reason_en is None):
            raise changes.refuse("a reason is given in both languages or in none", index, "reason_vi")
    _check_bases(series, changes, figures)


def _check_bases(
    series: Section[FigureSeries], changes: Section[BaseChange], figures: Section[PublishedFigure]
) -> None:
    moved = {}
    for index, one in series:
        points = sorted(
            ((place, row) for place, row in figures if row.series == one.id),
            key=lambda point: str(point[1].as_of),
        )
        if not points:
            raise series.refuse(f"no figure belongs to {one.id}", index, "id")
        for (_, before), (place, after) in pairwise(points):
            if before.denominator != after.denominator:
                moved[one.id, before.denominator, after.denominator, after.as_of] = place
    for index, change in changes:
        if moved.pop((change.series, change.old, change.new, change.on), None) is None:
            raise changes.refuse("no two figures of the series show this change", index, "to")
    for (_, old, new, _), place in moved.items():
        reason = f"the base changes from {old} to {new}: say so in published_series.yml"
        raise figures.refuse(reason, place, "denominator")


def check_sums(
    sums: Section[PublishedSum], figures: Section[PublishedFigure], sources: Section[Source]
) -> None:
    """Totals and parts that name a figure have its value. Raises BadReferenceData."""
    unique(sums, "id", lambda row: row.id)
    by_id = {row.id: row for row in figures.rows}
    for index, one in sums:
        known(sums, index, "source", one.source, {row.id for row in sources.rows})
        known(sums, index, "figure", one.figure, by_id)
        if (one.as_of is None) != (one.as_of_basis is None):
            raise sums.refuse("as_of and as_of_basis go together", index, "as_of")
        if one.figure and one.total != told(by_id[one.figure]):
            raise sums.refuse(f"{one.figure} has another value", index, "total")
        for position, part in enumerate(one.parts):
            known(sums, index, "figure", part.figure, by_id)
            if part.figure and part.value != told(by_id[part.figure]):
                raise sums.refuse(f"{part.figure} has another value", index, "parts", position, "value")


def told(figure: PublishedFigure) -> object:
    """The number that a source gives: the numerator of a share, the value of anything else."""
    return figure.value if figure.value is not None else figure.numerator
