"""python -m catalogue export --data: which files it writes, what it says of them, how it exits."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from catalogue.__main__ import app
from catalogue.errors import Invalid
from catalogue.interchange.open_data.forms import forms
from catalogue.interchange.open_data.record import OpenRecord
from catalogue.interchange.open_data.tables import tables
from catalogue.services import exports
from catalogue.settings import Settings
from tests import cpsv

ONE_TABLE = ("procedures", "papers")
FILES = [
    (name, form)
    for name, of_name in forms().items()
    for form in of_name
    if name in ONE_TABLE or name not in tables()
]


@pytest.fixture
def made_up(empty_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write into; the commands' catalogue holds the procedures that are made up."""
    settings = Settings(data_dir=tmp_path / "here")
    settings.data_dir.mkdir()
    shutil.copy(empty_template, settings.database)
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setattr(exports, "batches", lambda *_, **__: iter([cpsv.made_up()]))
    return tmp_path


def _run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["export", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_files_are_written_and_told(made_up: Path) -> None:
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for name, form in FILES:
        target = made_up / f"{name}.{form}"
        code, output, errors = _run(target, "--data", name, "--json")
        assert (code, errors) == (0, "")
        told = said[name, form] = json.loads(output)
        assert (told["file"], told["data"], told["format"]) == (str(target), name, form)
        assert told["bytes"] == target.stat().st_size > 0
        assert (told["known_at"], told["is_demonstration"]) == (None, False)
    assert said["catalogue", "jsonld"]["rows"] == {"procedures": 4}
    assert said["catalogue", "csv.zip"]["rows"] == said["catalogue", "xlsx"]["rows"]
    assert said["catalogue", "xlsx"]["rows"].keys() == tables().keys()
    assert said["papers", "parquet"]["rows"] == {"papers": 3}
    with ZipFile(made_up / "catalogue.parquet.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "about.json",
            "dictionary.json",
            *(f"{name}.parquet" for name in tables()),
        ]
        assert json.loads(archive.read("dictionary.json")) == json.loads(
            (made_up / "dictionary.json").read_text()
        )
    assert pl.read_csv(made_up / "procedures.csv", infer_schema=False).height == 4
    assert openpyxl.load_workbook(made_up / "catalogue.xlsx").sheetnames[0] == "about"
    graph = json.loads((made_up / "catalogue.jsonld").read_text())["@graph"]
    assert sum(node["@type"] == "cpsv:PublicService" for node in graph) == 4


def test_a_form_can_be_named_and_clocks_are_told(made_up: Path) -> None:
    target = made_up / "ban-ghi"
    asked = ("--as-of", "2024-02-29", "--known-at", "2024-03-05")
    code, output, _ = _run(target, "--data", "levels", "--format", "parquet", *asked, "--json")
    told = json.loads(output)
    assert (code, told["as_of"], told["known_at"]) == (0, "2024-02-29", "2024-03-05")
    assert pl.read_parquet(target)["level"].to_list() == ["communal", "provincial"]
    assert _run(made_up / "a.csv", "--data", "levels") == (0, f"{made_up / 'a.csv'}\n", "")


def test_the_dcat_record_takes_the_address_it_is_given(made_up: Path) -> None:
    target = made_up / "dcat.jsonld"
    assert _run(target, "--data", "dcat", "--address", "https://o-day.example/")[0] == 0
    assert "https://o-day.example/api/v1/exports/catalogue.csv.zip" in target.read_text()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("a.csv", "--data", "nothing"), "There is: catalogue, procedures"),
        (("a.pdf", "--data", "catalogue"), "There is: jsonld, xlsx, csv.zip, parquet.zip"),
        (("a.csv", "--data", "levels", "--agency", "bo-cong-an"), "always the whole catalogue"),
        (("a.csv", "--data", "levels", "--template"), "always the whole catalogue"),
        (("a.csv", "--json"), "go with --data"),
        (("a.csv", "--abolished"), "go with --data"),
        (("taken.csv", "--data", "levels"), "choose another name"),
    ],
)
def test_what_cannot_be_written_is_refused(made_up: Path, arguments: tuple[str, ...], reason: str) -> None:
    (made_up / "taken.csv").write_text("kept")
    name, *options = arguments
    code, output, errors = _run(made_up / name, *options)
    assert (code, output) == (2, "") and reason in errors
    assert (made_up / "taken.csv").read_text() == "kept"
    assert name == "taken.csv" or not (made_up / name).exists()


def test_a_file_that_fails_on_the_way_is_not_left_behind(
    made_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> Iterator[list[OpenRecord]]:
        yield cpsv.made_up()
        raise Invalid("export_sheet_full", value="papers")

    monkeypatch.setattr(exports, "batches", fails)
    code, output, errors = _run(made_up / "a.jsonld", "--data", "catalogue")
    assert (code, output) == (2, "") and "cannot hold so many rows" in errors
    assert not (made_up / "a.jsonld").exists()
