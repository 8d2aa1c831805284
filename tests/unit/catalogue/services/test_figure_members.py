"""Every measure opens to what it counts, above and below the line, and a difference adds up member by member."""

from datetime import date

import pytest

from catalogue.errors import NotFound
from catalogue.model.figure import Kind
from catalogue.services import figure_history, figure_members, figures
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

DAY = date(2024, 2, 29)


@pytest.mark.parametrize("known_at", [None, DAY])
@pytest.mark.parametrize("measure", [one.measure for one in figures.MEASURES])
def test_a_measure_counts_its_members(demo: Installation, measure: str, known_at: date | None) -> None:
    moment = demo.moment(DAY, known_at)
    figure = figures.compute(demo, measure, moment)
    found = figure_members.members(demo, measure, moment)
    assert found["member"].is_unique().all()
    assert int(found["in_numerator"].sum()) == figure.numerator
    assert int(found["in_denominator"].sum()) == (figure.denominator or 0)
    if figure.kind is Kind.SHARE:
        assert not found.filter("in_numerator", ~found["in_denominator"]).height
    named = figure_members.named(demo, measure, moment)
    assert named.height == found.height
    assert named["name"].null_count() == 0


@pytest.mark.parametrize("measure", [one.measure for one in figures.MEASURES])
def test_what_was_recorded_since_explains_a_difference(demo: Installation, measure: str) -> None:
    before, after = demo.moment(DAY, DAY), demo.moment(DAY)
    found = figure_members.difference(demo, measure, before, after)
    assert found.before.numerator + sum(one.numerator for one in found) == found.after.numerator
    assert found.adds_up, [one for one in found if not one.is_explained]
    back = figure_members.difference(demo, measure, after, before)
    assert back.adds_up
    assert (back.numerator, back.denominator) == (-found.numerator, -found.denominator)
    nothing = figure_members.difference(demo, measure, before, before)
    assert (nothing.changes, nothing.numerator, nothing.adds_up) == ((), 0, True)


def test_a_late_enactment_names_its_document_and_when_it_was_recorded(demo: Installation) -> None:
    found = figure_members.difference(demo, "simplification.done", demo.moment(DAY, DAY), demo.moment(DAY))
    assert len(found.changes) == found.numerator > 0
    for one in found:
        enacted = [fact for fact in one.facts if fact.subject == "enacted"]
        assert enacted[-1].holds
        assert enacted[-1].document_number
        assert enacted[-1].effective_date <= DAY < enacted[-1].recorded_at.date()


def test_an_unknown_measure_is_refused(demo: Installation) -> None:
    with pytest.raises(NotFound, match="measure_unknown"):
        figure_members.members(demo, "nothing", demo.moment())


def test_the_history_ends_where_the_figure_stands(demo: Installation) -> None:
    moment = demo.moment(date(2024, 3, 21))
    found = figure_history.month_ends(demo, "simplification.done", moment)
    assert found[-1] == figures.compute(demo, "simplification.done", moment)
    days = [one.moment.as_of for one in found]
    assert days == sorted(days)
    assert date(2023, 10, 31) in days
    by_day = {one.moment.as_of: (one.numerator, one.denominator) for one in found}
    assert by_day[date(2023, 10, 31)] == (437, 1086)
    decisions = figure_history.month_ends(demo, "publication.decisions", moment)
    assert [one.moment.as_of for one in decisions] == [date(2024, 1, 31), DAY, date(2024, 3, 21)]
    assert len(figure_history.month_ends(demo, "simplification.done", demo.moment(date(2015, 1, 1)))) == 1
