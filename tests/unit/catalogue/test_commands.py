"""python -m catalogue: what it prints, where, and how it exits."""

import csv
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import pytest
from typer.testing import CliRunner

from catalogue.__main__ import app
from catalogue.services import interchange
from catalogue.services.installation import open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from pipelines.run import run_snapshot
from pipelines.snapshot import take_snapshot

PASSWORD = "mat khau du dai 12"
PEOPLE = ["user", "add", "quan-tri", "--name", "Nguyễn Thị Ánh", "--role", "administrator", "--password"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of the commands, not made yet."""
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "here"))
    return tmp_path / "here"


@pytest.fixture
def demonstrated(data: Path, demo_template: Path) -> Path:
    """A data directory with the demonstration; returns the database file."""
    data.mkdir()
    shutil.copy(demo_template, database_of(data))
    return database_of(data)


def database_of(data: Path) -> Path:
    return Settings(data_dir=data).database


def invoke(*arguments: object, text: str | None = None) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=text)


def done(*arguments: object) -> str:
    """What a command prints that must succeed, and say nothing on stderr but that the data is a demonstration's."""
    result = invoke(*arguments)
    said = [line for line in result.stderr.splitlines() if not line.startswith("Demonstration data")]
    assert (result.exit_code, said) == (0, []), result.output
    return str(result.stdout)


def refused(*arguments: object) -> str:
    """The message of a wrong use: exit 2, nothing on stdout, no trace."""
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert "Traceback" not in result.stderr
    return str(result.stderr)


def rows(path: Path, table: str) -> int:
    database = Database.open(path)
    try:
        return database.whole(table).height
    finally:
        database.close()


def test_migrate_on_a_new_folder_makes_no_demonstration(data: Path) -> None:
    assert str(database_of(data)) in done("migrate")
    for table in ("item", "procedure", "claim", "actor", "revision", "document"):
        assert rows(database_of(data), table) == 0
    assert rows(database_of(data), "agency") > 20
    before = done("figures", "--json")
    done("migrate")  # once more changes nothing
    assert done("figures", "--json") == before


@pytest.mark.parametrize("command", [("figures",), ("migrate",), (*PEOPLE, PASSWORD)])
def test_commands_never_demonstrate_in_a_folder_that_forbids_it(
    data: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], tmp_path: Path
) -> None:
    monkeypatch.setenv("CATALOGUE_DEMO", "0")
    monkeypatch.chdir(tmp_path)
    done(*command)
    assert rows(database_of(data), "item") == 0


@pytest.mark.parametrize("command", [("check",), ("user", "list"), ("backup", "copy.duckdb")])
def test_what_only_reads_makes_no_database(data: Path, command: tuple[str, ...]) -> None:
    assert "There is no database" in refused(*command)
    assert not database_of(data).exists()


def test_demo_makes_a_new_file_and_refuses_an_existing_one(data: Path) -> None:
    said = done("demo")
    assert "2024-03-21" in said
    path = database_of(data)
    assert rows(path, "item") == 1086 + 8 + 699 + 10
    before = path.read_bytes()
    assert str(path) in refused("demo")
    assert path.read_bytes() == before


def test_demo_refuses_an_installation_for_real_work(data: Path) -> None:
    done("migrate")
    assert str(database_of(data)) in refused("demo")
    assert rows(database_of(data), "item") == 0


def test_check_finds_nothing_wrong_with_the_demonstration(demonstrated: Path) -> None:
    assert json.loads(done("check", "--json")) == []


def test_check_finds_what_somebody_changed_in_the_file(demonstrated: Path) -> None:
    connection = duckdb.connect(str(demonstrated))
    for trigger, table in connection.sql("select trigger_name, table_name from duckdb_triggers()").fetchall():
        connection.execute(f'drop trigger "{trigger}" on "{table}"').fetchall()
    for statement in (
        "update item_state set current_deadline = current_deadline + 1 where item_id = 5",
        "update item_event set reason = 'khác' where event_id = 9",
        "update revision set previous_hash = 'x' where revision = 2",
        "update claim set state = 'submitted' where claim_id = (select min(claim_id) from claim where state = 'confirmed')",
        "delete from item_instrument where item_id = 600",
        "delete from document where document_id = (select min(document_id) from item_instrument)",
    ):
        connection.execute(statement).fetchall()
    connection.close()
    result = invoke("check", "--json")
    assert result.exit_code == 1, result.output
    found: dict[str, list[str]] = {}
    for row in json.loads(result.stdout):
        found.setdefault(row["check"], []).append(row["id"])
    assert set(found) == {"chain", "projection", "stages", "enacted", "orphans", "publications"}
    assert found["projection"] == ["5"]
    assert {one.split()[0] for one in found["enacted"]} == {"600"}
    assert "2" in found["chain"]
    text = invoke("check")
    assert (text.exit_code, text.stderr) == (1, "")
    assert f"{sum(map(len, found.values()))} problems" in text.stdout


def test_a_backup_is_restored_as_it_was(demonstrated: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backups" / "copy.duckdb"
    before = done("figures", "--json")
    assert done("backup", copy).strip() == str(copy)
    assert str(copy) in refused("backup", copy)  # never over a file that is there
    done(*PEOPLE, PASSWORD)
    said = done("restore", copy)
    assert "former database" in said
    kept = list((demonstrated.parent / "backups").iterdir())
    assert len(kept) == 1
    assert done("figures", "--json") == before
    assert "quan-tri" not in done("user", "list")
    assert done("check").strip() == "0 problems"
    assert rows(kept[0], "actor") == rows(demonstrated, "actor") + 1  # what was replaced is not lost


def test_restore_refuses_what_is_no_backup(demonstrated: Path, tmp_path: Path) -> None:
    before = demonstrated.read_bytes()
    noise = tmp_path / "noise.duckdb"
    noise.write_bytes(b"noise" * 1000)
    assert "valid database" in refused("restore", noise)
    assert str(tmp_path / "nowhere") in refused("restore", tmp_path / "nowhere")
    assert demonstrated.read_bytes() == before
    assert sorted(one.name for one in demonstrated.parent.iterdir()) == [demonstrated.name]


def test_a_short_password_is_refused(data: Path) -> None:
    said = refused(*PEOPLE, "ngan")
    assert "12" in said
    assert "ngan" not in said.replace("ngan-", "")
    assert rows(database_of(data), "actor") == 0


def test_accounts_are_added_listed_and_closed_without_secrets(data: Path) -> None:
    assert "quan-tri" in done(*PEOPLE, PASSWORD)
    result = invoke(*PEOPLE, PASSWORD)
    assert (result.exit_code, "quan-tri" in result.stderr) == (2, True)
    listed = done("user", "list", "--json")
    (row,) = json.loads(listed)
    assert (row["account"], row["full_name"], row["role"], row["is_active"]) == (
        "quan-tri", "Nguyễn Thị Ánh", "administrator", True,
    )  # fmt: skip
    assert "argon2" not in listed
    assert "password" not in listed
    assert "quan-tri" in done("user", "list")
    done("user", "password", "quan-tri", "--password", PASSWORD + "3")
    refused("user", "password", "quan-tri", "--password", "ngan")
    refused("user", "deactivate", "khong-co")


def test_an_account_is_moved_to_the_agency_that_succeeded_its_own(data: Path) -> None:
    added = (
        "user",
        "add",
        "can-bo",
        "--name",
        "Trần Văn Bình",
        "--role",
        "ministry_editor",
        "--password",
        PASSWORD,
    )
    assert "is no more" in refused(*added, "--agency", "bo-giao-thong-van-tai")
    done(*added, "--agency", "bo-y-te")
    assert "is no more" in refused("user", "agency", "can-bo", "bo-giao-thong-van-tai")
    done("user", "agency", "can-bo", "bo-xay-dung")
    (row,) = json.loads(done("user", "list", "--json"))
    assert row["agency_code"] == "bo-xay-dung"


def test_the_password_is_asked_for_twice_when_it_is_not_given(data: Path) -> None:
    arguments = PEOPLE[:-1]
    assert invoke(*arguments, text=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0
    assert [row["account"] for row in json.loads(done("user", "list", "--json"))] == ["quan-tri"]


@pytest.mark.parametrize(
    ("role", "more"),
    [("king", []), ("ministry_editor", []), ("ministry_editor", ["--agency", "bo-khong-co"])],
)  # fmt: skip
def test_an_account_needs_a_role_and_an_agency_that_exist(data: Path, role: str, more: list[str]) -> None:
    refused("user", "add", "ai-do", "--name", "Ai Đó", "--role", role, "--password", PASSWORD, *more)
    assert rows(database_of(data), "actor") == 0


def test_figures_in_json_have_the_promised_keys(demonstrated: Path) -> None:
    found = {row["id"]: row for row in json.loads(done("figures", "--as-of", "2024-02-29", "--json"))}
    clocks = {"as_of", "known_at", "revision", "agencies"}
    for row in found.values():
        shape = {"id", "value"} if "value" in row else {"id", "numerator", "denominator", "percent"}
        assert set(row) == shape | clocks
        assert (row["as_of"], row["known_at"], row["agencies"]) == ("2024-02-29", None, "at-the-time")
        assert isinstance(row["revision"], int)
    share = found["simplification.done"]
    assert (share["numerator"], share["denominator"], share["percent"]) == (658, 1086, 60.5893)
    share = found["decentralisation.done"]
    assert (share["numerator"], share["denominator"], share["percent"]) == (195, 699, 27.897)
    assert found["simplification.agencies_complete"]["value"] == 6


def test_figures_by_the_agencies_of_today_mark_what_is_no_official_number(demonstrated: Path) -> None:
    arguments = ("figures", "--as-of", "2024-02-29", "--agencies", "today")
    found = {row["id"]: row for row in json.loads(done(*arguments, "--json"))}
    assert {row["agencies"] for row in found.values()} == {"today"}
    started = found["decentralisation.agencies"]
    assert started["denominator"] < 21
    assert (started["is_recount"], "không phải số liệu chính thức" in started["note"]) == (True, True)
    assert found["decentralisation.done"]["numerator"] == 195
    assert "is_recount" not in found["decentralisation.done"]
    lines = done(*arguments).splitlines()
    assert sum("not an official number" in line for line in lines) == 3
    refused("figures", "--agencies", "yesterday")


def test_figures_known_earlier_are_fewer(demonstrated: Path) -> None:
    arguments = ("figures", "--as-of", "29/02/2024", "--known-at", "2024-02-29", "--json")
    found = {row["id"]: row for row in json.loads(done(*arguments))}
    assert found["simplification.done"]["known_at"] == "2024-02-29"
    assert found["simplification.done"]["numerator"] < 658
    assert found["decentralisation.done"]["numerator"] < 195


def test_since_begins_the_period_of_a_count(demonstrated: Path) -> None:
    def decisions(*more: str) -> int:
        found = json.loads(done("figures", "--as-of", "2024-03-21", "--json", *more))
        return int(next(row["value"] for row in found if row["id"] == "publication.decisions"))

    assert decisions() == decisions("--since", "2024-01-01") == 1544
    assert 0 < decisions("--since", "2024-03-01") < 1544


def test_an_empty_installation_has_no_percentages(data: Path) -> None:
    done("migrate")
    found = {row["id"]: row for row in json.loads(done("figures", "--json"))}
    assert (found["simplification.done"]["numerator"], found["simplification.done"]["percent"]) == (0, None)
    assert found["catalogue.total"]["value"] == 0
    assert found["catalogue.total"]["as_of"] >= date(2026, 1, 1).isoformat()
    assert done("figures")


@pytest.mark.parametrize("option", ["--as-of", "--known-at", "--since"])
@pytest.mark.parametrize("text", ["2024-02-30", "hôm qua", "20240229", "2024-13-01", "0-0-0"])
def test_a_day_that_is_none_is_refused_before_anything_is_made(data: Path, option: str, text: str) -> None:
    said = refused("figures", option, text)
    assert text in said
    assert "is not a date" in said
    assert not data.exists()


@pytest.mark.parametrize(
    "arguments",
    [("figures", "--nonsense"), ("nonsense",), ("user", "nonsense"), ("backup",), ("check", "more")],
)
def test_a_wrong_use_is_refused(data: Path, arguments: tuple[str, ...]) -> None:
    assert refused(*arguments)
    assert not data.exists()


@pytest.mark.parametrize(
    "command",
    [("migrate",), ("demo",), ("check",), ("figures",), ("user", "list"), ("backup", "copy.duckdb")],
)
def test_a_file_where_the_folder_should_be_is_named(
    data: Path, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data.write_text("a file")
    assert str(data) in refused(*command)
    assert data.read_text() == "a file"


@pytest.mark.parametrize("form", ["xlsx", "csv", "jsonl"])
def test_what_export_writes_is_imported_without_a_change(
    demonstrated: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"thu-tuc.{form}"
    assert done("export", target, "--agency", "bo-cong-an", "--as-of", "2024-02-29") == f"{target}\n"
    database = Database.open(demonstrated)
    installation = open_installation(Settings(data_dir=demonstrated.parent), database, demo=True)
    report = run_snapshot(installation, "interchange", take_snapshot(target), date(2024, 2, 29))
    expected = len(interchange.records(installation, installation.moment(date(2024, 2, 29)), "bo-cong-an"))
    database.close()
    assert (report.rows_read, report.rows_unchanged, report.rows_rejected) == (expected, expected, 0)
    assert expected > 100


def test_the_template_needs_no_database(data: Path, tmp_path: Path) -> None:
    done("export", tmp_path / "mau.xlsx", "--template")
    assert not database_of(data).exists()
    with ZipFile(tmp_path / "mau.xlsx") as archive:
        assert "xl/workbook.xml" in archive.namelist()


def test_items_are_exported_for_another_installation(demonstrated: Path, tmp_path: Path) -> None:
    target = tmp_path / "phan-cap.xlsx"
    assert done("export", target, "--items", "phan-cap-1015", "--agency", "bo-y-te") == f"{target}\n"
    with ZipFile(target) as archive:
        assert b"Ph\xe1\xbb\xa5 l\xe1\xbb\xa5c" in archive.read("xl/workbook.xml")
    done("export", tmp_path / "phan-cap.csv", "--items", "phan-cap-1015")
    assert len((tmp_path / "phan-cap.csv").read_text("utf-8-sig").splitlines()) == 1 + 699
    assert "list format" in refused("export", tmp_path / "a.jsonl", "--items", "phan-cap-1015")
    assert "programme" in refused("export", tmp_path / "a.csv", "--items", "khong-co")


@pytest.mark.parametrize("items", [("--items", "phan-cap-1015"), ()])
def test_an_export_counts_by_the_agencies_of_either_day(
    demonstrated: Path, tmp_path: Path, items: tuple[str, ...]
) -> None:
    def exported(name: str, *said: str) -> int:
        done("export", tmp_path / name, *items, *said)
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as stream:
            return sum(1 for _ in csv.DictReader(stream))

    heir = ("--agency", "bo-xay-dung")  # of the Ministry of Transport, from 2025-03-01
    then = exported("then.csv", *heir)
    assert exported("at-the-time.csv", *heir, "--agencies", "at-the-time") == then
    assert exported("now.csv", *heir, "--agencies", "today") > then


def test_export_refuses_what_it_cannot_write(demonstrated: Path, tmp_path: Path) -> None:
    taken = tmp_path / "thu-tuc.csv"
    taken.write_text("mine")
    assert "choose another name" in refused("export", taken)
    assert taken.read_text() == "mine"
    assert "There is no format" in refused("export", tmp_path / "thu-tuc.pdf")
    assert "There is no format" in refused("export", tmp_path / "mau.csv", "--template")
    assert "no agency with the code" in refused("export", tmp_path / "a.csv", "--agency", "bo-nao-do")
    assert "cannot be written" in refused("export", tmp_path / "nowhere" / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_export_can_go_back_to_what_was_known(demonstrated: Path, tmp_path: Path) -> None:
    done("export", tmp_path / "now.jsonl")
    done(
        "export",
        tmp_path / "then.txt",
        "--format",
        "jsonl",
        "--as-of",
        "2023-01-31",
        "--known-at",
        "2023-01-31",
    )
    now, then = ((tmp_path / name).read_text().splitlines() for name in ("now.jsonl", "then.txt"))
    assert len(now) == 6317
    assert 0 < len(then) != len(now)
