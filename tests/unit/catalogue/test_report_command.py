"""python -m catalogue report: the month's report as a file or as data, and the digests; never in place of another file."""

import json
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from typer.testing import CliRunner

from catalogue.__main__ import app
from catalogue.settings import Settings

PERIOD = ("--period", "2024-02")


@pytest.fixture
def demonstrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_template: Path) -> None:
    """The commands' data directory holds the demonstration."""
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "here"))
    (tmp_path / "here").mkdir()
    shutil.copy(demo_template, Settings().database)


def invoke(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def done(*arguments: object) -> str:
    result = invoke(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return str(result.stdout)


def refused(*arguments: object) -> str:
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Traceback" not in result.stderr
    return str(result.stderr)


def test_the_report_is_written_as_the_file_ends(demonstrated: None, tmp_path: Path) -> None:
    data = json.loads(done("report", *PERIOD, "--json"))
    assert data["period"]["name"] == "2024-02"
    assert data["total"]["assigned"] == 1086
    done("report", *PERIOD, tmp_path / "bao-cao.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "bao-cao.docx")).paragraphs)
    assert "Tiến độ thực hiện Đơn giản hóa TTHC" in text
    done("report", *PERIOD, "--programme", "phan-cap-1015", "--format", "xlsx", tmp_path / "so-lieu")
    shutil.copy(tmp_path / "so-lieu", tmp_path / "so-lieu.xlsx")
    sheet = load_workbook(tmp_path / "so-lieu.xlsx")["Danh sách phương án"]
    assert sheet.max_row == 699 + 4


def test_any_day_as_known_on_any_other(demonstrated: None, tmp_path: Path) -> None:
    day = ("--as-of", "29/02/2024")
    now = json.loads(done("report", *day, "--json"))
    then = json.loads(done("report", *day, "--known-at", "2024-03-11", "--json"))
    assert (now["total"]["done"], then["total"]["done"]) == (658, 631)
    assert now["period"]["name"] == now["as_of"] == "2024-02-29"
    done("report", *day, "--agency", "bo-y-te", tmp_path / "ngay.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(tmp_path / "ngay.docx")).paragraphs)
    assert "của Bộ Y tế tính đến ngày 29/02/2024" in text


def test_every_ministrys_report_in_one_file(demonstrated: None, tmp_path: Path) -> None:
    done("report", *PERIOD, "--programme", "nhiem-vu-giao", "--all", tmp_path / "tat-ca.zip")
    with ZipFile(tmp_path / "tat-ca.zip") as archive:
        names = archive.namelist()
    assert names[:2] == [f"bao-cao-2024-02-nhiem-vu-giao.{form}" for form in ("docx", "xlsx")]
    assert "bao-cao-2024-02-nhiem-vu-giao-bo-noi-vu.xlsx" in names


def test_one_ministrys_numbers(demonstrated: None) -> None:
    data = json.loads(done("report", *PERIOD, "--agency", "bo-y-te", "--json"))
    assert [row["agency_code"] for row in data["rows"]] == ["bo-y-te"]
    assert data["total"]["assigned"] == data["rows"][0]["assigned"] == 105


def test_a_wrong_use_is_refused(demonstrated: None, tmp_path: Path) -> None:
    taken = tmp_path / "bao-cao.docx"
    taken.write_text("mine")
    assert "choose another name" in refused("report", *PERIOD, taken)
    assert taken.read_text() == "mine"
    new = tmp_path / "new.docx"
    assert "--period" in refused("report", new)
    assert "one of the two" in refused("report", *PERIOD, "--as-of", "2024-02-29", new)
    assert "has not come" in refused("report", "--as-of", "2024-03-22", new)
    assert "one .zip file" in refused("report", *PERIOD, "--all", new)
    assert "one .zip file" in refused("report", *PERIOD, "--all", "--agency", "bo-y-te", tmp_path / "new.zip")
    assert "--json" in refused("report", *PERIOD)
    assert "no report format “pdf”" in refused("report", *PERIOD, tmp_path / "bao-cao.pdf")
    assert "nothing" in refused("report", *PERIOD, "--programme", "nothing", new)
    assert "no agency with the code" in refused("report", *PERIOD, "--agency", "bo-nao-do", new)
    assert "2019-01" in refused("report", "--period", "2019-01", new)
    refused("report", "--period", "khong-phai-ky", new)
    assert not new.exists()


def test_a_report_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "none"))
    refused("report", *PERIOD, "--json")
    refused("report", "--digest")
    assert not (tmp_path / "none").exists()


def test_the_digest_needs_a_server(demonstrated: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "CATALOGUE_SMTP_HOST" in refused("report", "--digest")
    monkeypatch.setenv("CATALOGUE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("CATALOGUE_SMTP_PORT", "1")
    monkeypatch.setenv("CATALOGUE_SMTP_FROM", "he-thong@example.vn")
    monkeypatch.setenv("CATALOGUE_SMTP_PASSWORD", "mat khau")
    said = refused("report", "--digest")
    assert "Nothing was sent" in said
    assert "mat khau" not in said


def test_an_account_gets_its_address(demonstrated: None) -> None:
    done("user", "add", "can-bo", "--name", "Nguyễn An", "--role", "reviewer", "--email", "an@example.vn",
         "--password", "mat khau du dai 12")  # fmt: skip
    done("user", "email", "byt", "byt@example.vn")
    people = {row["account"]: row["email"] for row in json.loads(done("user", "list", "--json"))}
    assert (people["can-bo"], people["byt"], people["vpcp"]) == ("an@example.vn", "byt@example.vn", None)
    done("user", "email", "byt", "")
    people = {row["account"]: row["email"] for row in json.loads(done("user", "list", "--json"))}
    assert people["byt"] is None
    assert "no e-mail address" in refused("user", "email", "byt", "byt")
