"""The register of published figures: each classified by its numbers, in its series, made anew from the ledger."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalogue.errors import NotFound
from catalogue.model.figure import Relation
from catalogue.model.published import State
from catalogue.services import published
from catalogue.services.installation import Installation
from tests.golden_figures import SHARES, SUMS

pytestmark = pytest.mark.reads_only


def test_every_golden_share_is_in_the_register_once_and_classified(empty: Installation) -> None:
    found: dict[object, list[Relation | None]] = {}
    for one in published.register(empty):
        if one.kind == "share" and one.numerator is not None:
            of = Decimal(one.denominator) if one.denominator is not None else None
            found.setdefault((Decimal(one.numerator), of, one.printed_percent), []).append(one.own_relation)
            if (Decimal(one.numerator), of, one.printed_percent) in SHARES:
                assert one.series is not None, one.id
    for share, relation in SHARES.items():
        assert found[share] == [relation], share


def test_every_golden_total_is_there_once_and_classified(empty: Installation) -> None:
    found = {
        (one.entry.total, tuple(part.value for part in one.entry.parts)): one.relation
        for one in published.sums(empty)
    }
    assert found == SUMS


def test_6317_comes_with_6891_memberships_and_574_beyond(empty: Installation) -> None:
    for figure_id in ("catalogue.total", "catalogue.level.local"):
        (one,) = published.sums(empty, figure_id)
        assert (one.entry.total, one.together, one.gap) == (6317, 6891, 574)
        assert one.relation is Relation.OVERLAP
    assert published.sums(empty, "org.districts") == []


def test_the_two_shares_of_2017_are_flagged_from_either_side(empty: Installation) -> None:
    ids = ("tasks2017.done_of_due", "tasks2017.overdue_of_due")
    for figure_id, other_id in (ids, ids[::-1]):
        found = published.complement(empty, published.get(empty, figure_id))
        assert found is not None
        assert (found[0].id, found[1]) == (other_id, Relation.COMPLEMENT_INCONSISTENT)
    assert published.complement(empty, published.get(empty, "nq66.conditions@2025-11-18")) is None


def test_everything_that_relates_a_figure_to_its_numbers_is_found(demo: Installation) -> None:
    found = {one.id: published.findings(demo, one) for one in published.register(demo)}
    assert found["tasks2017.overdue_of_due"] == (Relation.MISMATCH, Relation.COMPLEMENT_INCONSISTENT)
    assert found["tasks2017.done_of_due"] == (Relation.TRUNCATED, Relation.COMPLEMENT_INCONSISTENT)
    assert found["nq66.conditions@2025-10-07"] == (Relation.EXACT, Relation.BASE_CHANGED)
    assert found["nq66.procedures@2025-10-07"] == (Relation.ROUNDED, Relation.BASE_CHANGED)
    assert found["project30.simplified@2011-10"] == (Relation.EXACT, Relation.BASE_CHANGED)
    assert found["nq66.conditions@2025-11-18"] == (Relation.EXACT,)
    assert found["index.par.2023.announced"] == ()


def test_the_base_of_the_conditions_breaks_and_the_old_base_says_29_1(empty: Installation) -> None:
    points = published.series(empty, "nq66.conditions").points
    assert [one.published.denominator for one in points] == [7806, 6974, 6974, 6974]
    assert [one.change is not None for one in points] == [False, True, False, False]
    change = points[1].change
    assert change is not None
    assert (change.old, change.new, change.reason_vi, change.document) == (7806, 6974, None, None)
    old = [
        [(base, str(percent.quantize(Decimal("0.1")))) for base, percent in one.old_bases] for one in points
    ]
    assert old == [[], [(7806, "29.0")], [(7806, "29.1")], [(7806, "30.4")]]


def test_a_series_whose_base_was_not_printed_at_first_has_no_old_base(empty: Installation) -> None:
    points = published.series(empty, "nq66.procedures").points
    assert [one.published.denominator for one in points] == [None, 4888, 4888, 4888]
    assert points[1].change is not None
    assert points[1].change.old is None
    assert all(not one.old_bases for one in points)
    with pytest.raises(NotFound, match="series_unknown"):
        published.series(empty, "nothing")


def test_what_the_ledger_covers_is_made_anew_on_its_own_clocks(demo: Installation) -> None:
    made = {
        one.id: found
        for one in published.register(demo)
        if (found := published.reproduce(demo, one)) is not None
    }
    assert len(made) >= 15
    assert all(found.is_reproduced for found in made.values())
    assert all(found.difference.adds_up for found in made.values())
    done = made["decentralisation.done"]
    assert (done.then.numerator, done.then.denominator) == (195, 699)
    assert done.comparison.relation is Relation.TRUNCATED
    assert made["catalogue.total"].comparison.relation is Relation.EXACT


def test_what_the_ledger_does_not_cover_or_no_source_dates_is_not_made_anew(demo: Installation) -> None:
    for figure_id in ("nq66.conditions@2025-11-18", "online.essential_services"):
        one = published.get(demo, figure_id)
        assert published.reproduce(demo, one) is None
        assert published.compare(demo, one) is None
    assert published.moment_of(demo, published.get(demo, "egov.wan")) is None
    with pytest.raises(NotFound, match="published_unknown"):
        published.get(demo, "nothing")


def test_a_figure_that_the_items_do_not_give_is_a_mismatch(demo: Installation) -> None:
    other = replace(published.get(demo, "simplification.done"), numerator=659)
    found = published.reproduce(demo, other)
    assert found is not None
    assert found.comparison.relation is Relation.MISMATCH
    assert not found.is_reproduced


def test_nothing_recorded_is_not_nought(empty: Installation) -> None:
    for figure_id in ("simplification.done", "simplification.agencies_complete", "catalogue.total"):
        assert published.compare(empty, published.get(empty, figure_id)) is None


def test_bounds_and_missing_days_stay_what_they_are(empty: Installation) -> None:
    documents = published.get(empty, "law.government_documents")
    assert (documents.comparator, documents.as_of) == ("gt", None)
    year = published.get(empty, "conditions2018.applied")
    assert (year.as_of_basis, year.as_of_precision) == ("inferred", "year")
    assert published.get(empty, "nq66.conditions.enacted@2025-12-21").denominator_basis == "inferred"
    assert {one.state for one in published.register(empty)} == {State.REFERENCE}


@pytest.mark.writes
def test_a_citation_names_a_day_from_which_nothing_moves(demo: Installation) -> None:
    day, is_final = published.citable_at(demo, demo.moment())
    assert is_final
    moments = demo.moment(), demo.moment(known_at=day)
    assert moments[0].revision == moments[1].revision
    asked = demo.moment(known_at=date(2024, 2, 29))
    assert published.citable_at(demo, asked) == (date(2024, 2, 29), True)
    with demo.database.transaction("test.now"):
        pass
    assert published.citable_at(demo, demo.moment()) == (demo.today, False)
