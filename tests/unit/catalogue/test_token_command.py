"""python -m catalogue token: the secret once on stdout, and never again."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue.__main__ import app

LAST_DAY = str((datetime.now(UTC) + timedelta(days=90)).date())
ADD = ("add", "--name", "Hệ thống điều hành", "--agency", "bo-y-te", "--expires")


@pytest.fixture(autouse=True)
def data(empty_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / empty_template.name).write_bytes(empty_template.read_bytes())
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(folder))


def token(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["token", *arguments])


def test_a_token_is_added_listed_and_revoked() -> None:
    added = token(*ADD, LAST_DAY)
    assert added.exit_code == 0
    secret = added.stdout.strip()
    assert re.fullmatch(r"tthc_[\w-]{43}", secret)  # alone on stdout, to be handed on
    assert "shown this once" in added.stderr
    again = json.loads(
        token("add", "--name", "B", "--agency", "bo-cong-an", "--expires", LAST_DAY, "--json").stdout
    )
    assert (again["number"], again["agency"], again["expires"]) == (2, "bo-cong-an", LAST_DAY)
    revoked = token("revoke", "1")
    assert (revoked.exit_code, revoked.stdout) == (0, "token 1: revoked\n")
    told = {one["number"]: one for one in json.loads(token("list", "--json").stdout)}
    assert {number: one["state"] for number, one in told.items()} == {1: "revoked", 2: "living"}
    lines = token("list").stdout
    assert "never used" in lines
    for shown in (str(told), lines):
        assert secret not in shown
        assert again["token"] not in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*ADD, "2024-02-30"), "is not a date"),
        ((*ADD, "2999-01-01"), "at most one year"),
        (("add", "--name", "B", "--agency", "x", "--expires", LAST_DAY), "no agency with code"),
        (("revoke", "7"), "no token 7"),
    ],
)
def test_wrong_use_says_why_and_exits_with_2(arguments: tuple[str, ...], said: str) -> None:
    done = token(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert json.loads(token("list", "--json").stdout) == []


def test_the_last_day_has_to_be_said() -> None:
    assert token(*ADD[:-1]).exit_code == 2
