"""python -m catalogue figures --published: one published figure made anew from the ledger, and why today's view differs."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue import bootstrap
from catalogue.__main__ import app
from catalogue.model.actor import Actor, Role
from catalogue.services import commitments, figures, items
from catalogue.services.items import ItemFilter
from catalogue.settings import Settings


@pytest.fixture
def demonstrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_template: Path) -> None:
    """The commands' data directory holds the demonstration."""
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "here"))
    (tmp_path / "here").mkdir()
    shutil.copy(demo_template, Settings().database)


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["figures", *arguments])


def withdraw_one() -> int:
    """Something recorded after the figure was published."""
    installation = bootstrap.open_catalogue(Settings())
    try:
        rows = {row["account"]: row for row in installation.database.read("accounts/demo").to_dicts()}
        vpcp = Actor(rows["vpcp"]["actor_id"], "vpcp", "", Role.REVIEWER)
        wanted = ItemFilter(agency="bo-tu-phap", progress="done")
        item_id = int(
            items.find(installation, installation.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0]
        )
        lock = items.get(installation, installation.moment(), item_id).state["lock_revision"]
        commitments.withdraw(
            installation, vpcp, item_id, revision=lock, on=date(2024, 2, 20), reason="Đã bãi bỏ"
        )
        return item_id
    finally:
        installation.database.close()


def test_a_published_figure_is_made_anew_after_later_events(demonstrated: None) -> None:
    item_id = withdraw_one()
    result = invoke("--published", "simplification.done", "--json", "--items")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["then"]["numerator"], told["then"]["denominator"]) == (658, 1086)
    assert (told["now"]["numerator"], told["now"]["denominator"]) == (657, 1085)
    assert (told["relation"], told["is_reproduced"], told["known_at"]) == ("rounded", True, "2024-03-21")
    (change,) = told["difference"]["changes"]
    assert (change["id"], change["numerator"], change["denominator"]) == (str(item_id), -1, -1)
    assert change["facts"][-1] | {"recorded_at": ""} == {
        "subject": "assigned", "holds": False, "effective_date": "2024-02-20", "deadline": None, "document": None,
        "recorded_at": "",
    }  # fmt: skip
    assert told["difference"]["adds_up"]
    assert sum(row["in_numerator"] for row in told["items"]) == 658
    assert len(told["items"]) == 1086
    text = invoke("--published", "simplification.done").stdout
    assert "reproduced" in text.splitlines()
    assert "-1/-1" in text
    assert "not assigned from 2024-02-20" in text
    before = json.loads(
        invoke("--published", "simplification.done", "--known-at", "2024-03-21", "--json").stdout
    )
    assert before["difference"]["changes"] == []


def test_a_figure_that_the_ledger_does_not_cover_is_told_with_its_own_relation(demonstrated: None) -> None:
    told = json.loads(invoke("--published", "conditions2016_2019", "--json").stdout)
    assert (told["relation"], told["is_reproduced"]) == ("other_denominator", None)
    assert told["printed"] == {
        "text": None, "comparator": "eq", "numerator": 3425, "denominator": 6191, "percent": "110.6",
    }  # fmt: skip
    assert "does not cover" in invoke("--published", "law.acts").stdout


def test_what_cannot_be_asked_is_refused(demonstrated: None) -> None:
    for arguments, said in (
        (("--published", "nothing"), "no published figure"),
        (("--published", "simplification.done", "--as-of", "2024-02-29"), "has its own day"),
    ):
        result = invoke(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
        assert "Traceback" not in result.stderr


def test_where_nothing_is_recorded_nothing_is_said_to_be_reproduced_or_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "empty"))
    monkeypatch.setenv("CATALOGUE_DEMO", "0")
    bootstrap.open_catalogue(Settings(), with_demo=False).database.close()
    result = invoke("--published", "simplification.done")
    assert result.exit_code == 0
    assert "REPRODUCED" not in result.stdout.upper()
