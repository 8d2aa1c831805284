"""The published figures, computed from rows, on both clocks."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from catalogue.model.figure import Relation
from catalogue.services import audit, figures, items, published
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from tests.installations import PROVED

pytestmark = pytest.mark.reads_only

ROOT = Path(__file__).resolve().parents[4]


def value(
    demo: Installation, measure: str, as_of: date, known_at: date | None = None
) -> tuple[int, int | None]:
    figure = figures.compute(demo, measure, demo.moment(as_of, known_at))
    return figure.numerator, figure.denominator


@pytest.mark.parametrize(
    ("measure", "as_of", "known_at", "expected"),
    [
        ("simplification.done", date(2024, 2, 29), None, (658, 1086)),
        ("simplification.done", date(2024, 2, 29), date(2024, 3, 21), (658, 1086)),
        ("simplification.done", date(2024, 3, 21), None, (658, 1086)),
        ("simplification.done", date(2023, 10, 31), None, (437, 1086)),
        ("simplification.done", date(2023, 10, 31), date(2023, 11, 20), (437, 1086)),
        ("simplification.agencies_complete", date(2024, 2, 29), None, (6, None)),
        ("simplification.agencies_complete", date(2024, 3, 21), None, (6, None)),
        ("simplification.agencies_complete", date(2023, 10, 31), date(2023, 11, 20), (5, None)),
        ("decentralisation.done", date(2024, 2, 29), None, (195, 699)),
        ("decentralisation.done", date(2023, 6, 30), None, (81, 699)),
        ("decentralisation.agencies", date(2024, 2, 29), None, (17, 21)),
        ("decentralisation.agencies_complete", date(2024, 2, 29), None, (0, 21)),
        ("decentralisation.agencies_complete", date(2023, 6, 30), None, (0, 21)),
        ("decentralisation.open", date(2023, 6, 30), None, (618, None)),
        ("decentralisation.in_time", date(2023, 6, 30), None, (568, None)),
        ("decentralisation.overdue", date(2023, 6, 30), None, (50, None)),
        ("decentralisation.open", date(2024, 2, 29), None, (504, None)),
        ("catalogue.total", date(2024, 3, 21), None, (6317, None)),
        ("catalogue.level.central", date(2024, 3, 21), None, (3835, None)),
        ("catalogue.level.local", date(2024, 3, 21), None, (1328, None)),
        ("catalogue.level.vertical", date(2024, 3, 21), None, (1728, None)),
        ("publication.decisions", date(2024, 3, 21), None, (1544, None)),
    ],
)
def test_a_published_figure_follows_from_the_rows(
    demo: Installation, measure: str, as_of: date, known_at: date | None, expected: tuple[int, int | None]
) -> None:
    assert value(demo, measure, as_of, known_at) == expected


@pytest.mark.parametrize("measure", ["simplification.done", "decentralisation.done"])
def test_less_was_known_earlier(demo: Installation, measure: str) -> None:
    day = date(2024, 2, 29)
    assert value(demo, measure, day, day)[0] < value(demo, measure, day)[0]
    assert value(demo, measure, day, date(2020, 1, 1)) == (0, 0)


def test_percentages_are_half_up_to_four_decimals(demo: Installation) -> None:
    figure = figures.compute(demo, "decentralisation.done", demo.moment(date(2024, 2, 29)))
    assert str(figure.percent) == "27.8970"


def test_in_time_and_overdue_were_568_and_50(demo: Installation) -> None:
    moment = demo.moment(date(2023, 6, 30))
    stages = figures.stages(demo, figures.DECENTRALISATION, moment)
    assert stages["assigned"] - stages["done"] == 618
    assert (stages["in_time"] + stages["due_soon"], stages["overdue"]) == (568, 50)
    rows = {
        row["agency_code"]: row
        for row in figures.by_agency(demo, figures.DECENTRALISATION, moment).to_dicts()
    }
    assert (rows["bo-y-te"]["overdue"], rows["bo-xay-dung"]["overdue"]) == (28, 12)
    done = {code: row["done"] for code, row in rows.items()}
    assert done["bo-nong-nghiep-va-phat-trien-nong-thon"] == 34
    assert done["ngan-hang-nha-nuoc-viet-nam"] == 20
    assert done["bo-tai-nguyen-va-moi-truong"] == 13


def test_levels_are_sets_with_574_in_two_groups(demo: Installation) -> None:
    levels = figures.levels(demo, demo.moment())
    assert levels["central"] + levels["local"] + levels["vertical"] == 6891
    assert (levels["total"], levels["overlapping"], levels["unknown"]) == (6317, 574, 0)


@pytest.mark.parametrize("programme", [figures.SIMPLIFICATION, figures.DECENTRALISATION])
def test_every_number_has_its_items(demo: Installation, programme: str) -> None:
    moment = demo.moment()
    stages = figures.stages(demo, programme, moment)
    for progress in ("done", "open", "approved", "published"):
        found = items.find(demo, moment, programme, ItemFilter(progress=progress), size=2000)
        expected = stages["assigned"] - stages["done"] if progress == "open" else stages[progress]
        assert found.height == expected
    for state in ("overdue", "due_soon", "in_time", "done_late"):
        assert (
            items.find(demo, moment, programme, ItemFilter(deadline_state=state), size=2000).height
            == stages[state]
        )
    by_agency = figures.by_agency(demo, programme, moment)
    assert by_agency["done"].sum() == stages["done"]
    everything = items.find(demo, moment, programme, ItemFilter(), size=2000)
    of_each = {str(code): rows["item_id"] for (code,), rows in everything.group_by("lead_agency")}
    assert {code: ids.len() for code, ids in of_each.items()} == dict(
        by_agency.select("agency_code", "base").iter_rows()
    )
    for agency in by_agency["agency_code"][::8]:
        found = items.find(demo, moment, programme, ItemFilter(agency=agency), size=2000)
        assert set(found["item_id"]) == set(of_each[agency])


@pytest.mark.parametrize("programme", [figures.SIMPLIFICATION, figures.DECENTRALISATION])
def test_the_curve_ends_where_the_figure_stands(demo: Installation, programme: str) -> None:
    moment = demo.moment(date(2023, 10, 31))
    last = figures.curve(demo, programme, moment).group_by("stage", maintain_order=True).last()
    reached = dict(last.select("stage", "reached").iter_rows())
    stages = figures.stages(demo, programme, moment)
    assert (reached["assigned"], reached["enacted"]) == (stages["assigned"], stages["enacted"])


def test_no_published_figure_of_the_catalogue_disagrees_with_the_rows(demo: Installation) -> None:
    relation = {one.id: published.relation_of(demo, one) for one in published.register(demo)}
    assert relation["decentralisation.done"] is Relation.TRUNCATED
    assert relation["simplification.done"] is Relation.ROUNDED
    assert relation["simplification.done@2023-10-31"] is Relation.EXACT
    named = {relation[name] for name in relation if name.split(".")[0] in ("catalogue", "publication")}
    assert named == {Relation.EXACT}


@pytest.mark.writes
def test_one_changed_fact_breaks_the_chain(demo: Installation) -> None:
    del PROVED[demo.database]  # it is a fact of the template that changes
    connection = demo.database._connection.cursor()
    connection.execute("drop trigger item_event_no_update on item_event").fetchall()
    connection.execute(
        "update item_event set effective_date = effective_date + 1 where event_id = (select max(event_id) from item_event)"
    ).fetchall()
    found = audit.check(demo)
    assert {"chain", "guards", "projection"} <= set(found["check"])


def test_the_command_prints_what_is_promised(demo_template: Path) -> None:
    environment = {**os.environ, "CATALOGUE_DATA_DIR": str(demo_template.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "catalogue", "figures", "--as-of", "2024-02-29", "--json"],
        env=environment, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    rows = {row["id"]: row for row in json.loads(done.stdout)}
    row = rows["simplification.done"]
    assert (row["numerator"], row["denominator"], row["percent"]) == (658, 1086, 60.5893)
    assert (row["as_of"], row["known_at"]) == ("2024-02-29", None)
    assert rows["simplification.agencies_complete"]["value"] == 6
    assert isinstance(row["revision"], int)


@pytest.mark.parametrize("programme", [figures.SIMPLIFICATION, figures.DECENTRALISATION])
def test_every_change_and_every_bottleneck_opens_to_its_items(demo: Installation, programme: str) -> None:
    moment, since = demo.moment(), date(2024, 2, 29)
    changes = figures.changes(demo, programme, moment, since)
    assert changes.height
    for row in changes.iter_rows(named=True):
        wanted = ItemFilter(agency=row["agency_code"], change=row["change"], since=since)
        assert items.find(demo, moment, programme, wanted, size=2000).height == row["items"]
    for row in figures.bottlenecks(demo, programme, moment).iter_rows(named=True):
        helps = ItemFilter(document_id=row["document_id"], progress="open")
        alone = ItemFilter(document_id=row["document_id"], progress="open", only_missing=True)
        assert items.find(demo, moment, programme, helps, size=2000).height == row["helps"]
        assert items.find(demo, moment, programme, alone, size=2000).height == row["alone"]
