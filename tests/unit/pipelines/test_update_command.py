"""python -m pipelines run item_updates: an account's own rights, its password, and how it exits."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue import bootstrap
from catalogue.model.actor import Actor
from catalogue.services import accounts
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from pipelines.__main__ import app
from tests.update_files import PDF, Cells, downloaded, issued, waiting, written

Person = Callable[[Installation, str], Actor]
PASSWORD = "mot mat khau rat dai"


@pytest.fixture
def folder(tmp_path: Path, demo_template: Path) -> Iterator[Path]:
    """Where the command finds its database: two ministries with passwords, and nobody holding the file."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(demo_template, Settings(data_dir=data).database)
    installation = opened(data)
    for account in ("byt", "btc", "vpcp"):
        accounts.set_password(installation, account, PASSWORD, by=None)
    installation.database.close()
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    (tmp_path / "07-2024-TT-BYT.pdf").write_bytes(PDF)
    yield tmp_path


def opened(data: Path) -> Installation:
    return bootstrap.open_catalogue(Settings(data_dir=data))


def rows_of(folder: Path, person: Person, account: str) -> list[Cells]:
    installation = opened(folder / "data")
    rows = waiting(downloaded(installation, person(installation, account)))
    installation.database.close()
    return rows


def claims_of(folder: Path, agency: str) -> list[tuple[str, str]]:
    installation = opened(folder / "data")
    found = installation.database.whole("claim").filter(agency_code=agency)
    installation.database.close()
    return list(found.select("state", "content").iter_rows())


def book(folder: Path, *rows: Cells) -> Path:
    path = folder / "cap-nhat.xlsx"
    path.write_bytes(written(rows).content)
    return path


def invoke(folder: Path, *arguments: object, account: str = "byt", **options: Any) -> Any:
    given = ["run", "item_updates", *map(str, arguments), "--account", account]
    if "input" not in options:
        given += ["--password-file", str(folder / "password")]
    return CliRunner().invoke(app, given, **options)


def test_a_file_is_saved_then_sent(folder: Path, person: Person) -> None:
    file = book(folder, *(issued(row) for row in rows_of(folder, person, "byt")[:2]))
    evidence = ["--evidence", folder / "07-2024-TT-BYT.pdf"]
    before = len(claims_of(folder, "bo-y-te"))
    result = invoke(folder, file, *evidence)
    assert result.exit_code == 0, result.output
    assert [state for state, _ in claims_of(folder, "bo-y-te")[before:]] == ["draft", "draft"]
    result = invoke(folder, file, "--submit", "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert said["rows"] == {"read": 2, "changed": 0, "unchanged": 2, "errors": 0, "stale": 0}
    assert said["submitted"] == 2 and said["issues"] == []
    assert [state for state, _ in claims_of(folder, "bo-y-te")[before:]] == ["submitted", "submitted"]


def test_one_bad_row_sends_nothing_and_says_where(folder: Path, person: Person) -> None:
    rows = [issued(row) for row in rows_of(folder, person, "byt")[:2]]
    rows[1] |= {"issued_on": "hôm qua"}
    before = len(claims_of(folder, "bo-y-te"))
    result = invoke(
        folder, book(folder, *rows), "--evidence", folder / "07-2024-TT-BYT.pdf", "--submit", "--json"
    )
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert said["submitted"] == 0
    assert [(issue["row"], issue["column"], issue["value"]) for issue in said["issues"]] == [
        (6, "issued_on", "hôm qua")
    ]
    assert [state for state, _ in claims_of(folder, "bo-y-te")[before:]] == ["draft", "draft"]


def test_the_account_of_one_ministry_cannot_write_another_s_item(folder: Path, person: Person) -> None:
    theirs = issued(rows_of(folder, person, "btc")[0])
    edited = issued(rows_of(folder, person, "byt")[0]) | {"item_id": theirs["item_id"]}
    before = (claims_of(folder, "bo-tai-chinh"), claims_of(folder, "bo-y-te"))
    result = invoke(folder, book(folder, theirs, edited), "--submit", "--json")
    assert result.exit_code == 1
    assert {issue["rule"] for issue in json.loads(result.stdout)["issues"]} >= {"item_not_yours"}
    assert (claims_of(folder, "bo-tai-chinh"), claims_of(folder, "bo-y-te")) == before


@pytest.mark.parametrize(
    ("account", "options", "said"),
    [
        ("byt", {"input": "sai mat khau roi\n"}, "Wrong account or password"),
        ("khong-co", {}, "Wrong account or password"),
        ("vpcp", {}, "role"),
    ],
)
def test_who_cannot_sign_in_or_may_not_report_writes_nothing(
    folder: Path, person: Person, account: str, options: dict[str, str], said: str
) -> None:
    file = book(folder, issued(rows_of(folder, person, "byt")[0]))
    before = claims_of(folder, "bo-y-te")
    result = invoke(folder, file, account=account, **options)
    assert result.exit_code == 2
    assert said.casefold() in result.stderr.casefold() or account == "vpcp"
    assert claims_of(folder, "bo-y-te") == before


def test_the_password_is_asked_for(folder: Path, person: Person) -> None:
    file = book(folder, rows_of(folder, person, "byt")[0])
    result = invoke(folder, file, input=f"{PASSWORD}\n")
    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "item_updates", "x.xlsx"],
        ["run", "item_updates", "x.xlsx", "--account", "byt", "--accept"],
        ["run", "portal_list", "x.xlsx", "--account", "byt"],
        ["run", "item_updates", "x.xlsx", "--account", "byt", "--password-file", "/nowhere"],
    ],
)
def test_wrong_use(folder: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (2, "")


def test_a_file_without_a_row_is_a_problem(folder: Path, person: Person) -> None:
    row = issued(rows_of(folder, person, "byt")[0])
    (folder / "ban-chup.pdf").write_bytes(PDF)
    evidence = [
        "--evidence", folder / "07-2024-TT-BYT.pdf", "--evidence", folder / "ban-chup.pdf",
    ]  # fmt: skip
    result = invoke(folder, book(folder, row), *evidence, "--submit")
    assert result.exit_code == 1
    assert "ban-chup.pdf" in result.stdout
