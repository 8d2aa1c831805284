"""python -m pipelines run dossier_statistics and python -m catalogue report --form."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue import bootstrap
from catalogue.__main__ import app as catalogue_app
from catalogue.correspondence import form_file
from catalogue.services import accounts
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from pipelines.__main__ import app
from tests.form_files import brought, changed, put, sent

PASSWORD = "mot mat khau rat dai"
WORK, SECTION = "Dược phẩm", "TTHC thuộc thẩm quyền của bộ, cơ quan"
SUMS = [put(label, column, None) for label in ("Tổng số", SECTION) for column in range(3, 14)]


@pytest.fixture
def folder(tmp_path: Path, demo_template: Path) -> Iterator[Path]:
    """Where the commands find their database, and files to bring: as sent, mended, wrong, with a break."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(demo_template, Settings(data_dir=data).database)
    installation = opened(data)
    for account in ("byt", "btp"):
        accounts.set_password(installation, account, PASSWORD, by=None)
    content = sent(installation, "bo-y-te")
    values = next(row for row in brought(installation, content).rows if row.label == WORK).values
    late = [put(WORK, 8, values["resolved_early"] - 5), put(WORK, 10, values["resolved_late"] + 5)]
    columns = {3: "received", 6: "carried_in", 7: "resolved", 8: "resolved_early"}
    less = [put(WORK, column, values[code] - 2) for column, code in columns.items()]
    files = {
        "same": content,
        "mended": changed(content, *SUMS, *late),
        "wrong": changed(content, put(WORK, 4, 99999)),
        "broken": changed(content, *SUMS, *less),
        "empty": form_file.template(installation, "II.06a", "2024-Q1", "bo-y-te"),
    }
    for name, one in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(one)
    installation.database.close()
    (tmp_path / "password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    yield tmp_path


def opened(data: Path) -> Installation:
    return bootstrap.open_catalogue(Settings(data_dir=data))


def invoke(folder: Path, file: str, *options: str, account: str = "byt") -> Any:
    arguments = [
        "run",
        "dossier_statistics",
        str(folder / f"{file}.xlsx"),
        "--password-file",
        str(folder / "password"),
    ]
    return CliRunner().invoke(app, [*arguments, "--account", account, *options])


def filings(folder: Path) -> int:
    installation = opened(folder / "data")
    try:
        return installation.database.whole("statistics_filing").height
    finally:
        installation.database.close()


def test_a_file_is_looked_at_and_filed_on_demand(folder: Path) -> None:
    before = filings(folder)
    looked = invoke(folder, "mended")
    assert (looked.exit_code, looked.stderr) == (0, ""), looked.output
    assert "Nothing is written yet" in looked.stdout
    assert filings(folder) == before
    done = invoke(folder, "mended", "--accept", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["changed"], document["filing"] is not None) == (0, 2, True)
    assert (document["form"], document["period"], document["agency"]) == ("II.06a", "2024-Q1", "bo-y-te")
    assert filings(folder) == before + 1
    again = invoke(folder, "mended", "--accept")
    assert "nothing was written" in again.stdout
    assert filings(folder) == before + 1


def test_a_wrong_file_is_refused_with_every_place(folder: Path) -> None:
    before = filings(folder)
    result = invoke(folder, "wrong", "--accept")
    assert result.exit_code == 1
    assert "column (3) = " in result.stdout
    assert "but (4) + (5) + (6) = " in result.stdout
    document = json.loads(invoke(folder, "wrong", "--json").stdout)
    assert {issue["rule"] for issue in document["issues"]} >= {"identity", "sum"}
    assert filings(folder) == before


def test_a_break_is_filed_with_an_explanation(folder: Path) -> None:
    refused = invoke(folder, "broken", "--accept")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "do not go on from the end of the period before (14/12/2023)" in refused.stderr
    done = invoke(folder, "broken", "--accept", "--explanation", "Loại hai hồ sơ ghi trùng ở kỳ trước.")
    assert done.exit_code == 0, done.output
    assert "Filed as" in done.stdout


def test_rights_and_options(folder: Path) -> None:
    other = invoke(folder, "same", account="btp")
    assert other.exit_code == 2
    without = CliRunner().invoke(app, ["run", "dossier_statistics", str(folder / "same.xlsx")])
    assert (without.exit_code, "--account" in without.stderr) == (2, True)
    assert invoke(folder, "same", "--submit").exit_code == 2
    assert invoke(folder, "missing").exit_code == 2
    stray = CliRunner().invoke(app, ["run", "portal_list", str(folder / "same.xlsx"), "--explanation", "x"])
    assert stray.exit_code == 2


def report(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Any:
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(folder / "data"))
    return CliRunner().invoke(catalogue_app, ["report", *map(str, arguments)])


def test_a_form_is_written_as_a_file_or_numbers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = ("--form", "II.06a", "--period", "2023-Q4")
    numbers = report(folder, monkeypatch, *form, "--json")
    document = json.loads(numbers.stdout)
    assert numbers.stderr == "31 of 85 units have sent figures.\n"
    assert document["coverage"]["sent"] == 31
    assert document["rows"][-1]["values"]["received"] == 1485459
    for suffix in ("docx", "xlsx"):
        target = folder / f"bieu.{suffix}"
        assert report(folder, monkeypatch, *form, "--agency", "bo-y-te", target).exit_code == 0
        assert target.stat().st_size > 5000
        assert report(folder, monkeypatch, *form, target).exit_code == 2  # never in place of another file
    empty = report(folder, monkeypatch, *form, "--agency", "bo-y-te", "--template", folder / "trong.xlsx")
    assert empty.exit_code == 0, empty.output


def test_wrong_use_of_a_form_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "x.xlsx"
    for arguments in (
        ("--form", "II.99", "--period", "2023-Q4", target),
        ("--form", "II.06a", "--period", "2023-10", target),
        ("--form", "II.07b", "--period", "2023-Q4", "--agency", "bo-y-te", target),
        ("--form", "II.06a", "--period", "2023-Q4", "--template", target),
        ("--form", "II.06a", target),
    ):
        result = report(folder, monkeypatch, *arguments)
        assert (result.exit_code, result.stdout) == (2, ""), arguments
        assert "Traceback" not in result.stderr
    assert not target.exists()
