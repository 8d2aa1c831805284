"""python -m pipelines: what it prints, where, and how it exits."""

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from catalogue.__main__ import app as catalogue_app
from catalogue.services.installation import open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from pipelines.__main__ import app
from pipelines.run import run

HEADER = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
LICENCE = ["1.000001", "Cấp phép xây dựng", "Bộ Xây dựng", "Sở Xây dựng; Bộ Y tế", "Nhà ở"]
CARD = ["2.000460", "Cấp thẻ", "Bộ Công an", "", "Căn cước"]
SPARE = ["1.000002", "Cấp lại", "Bộ Xây dựng", "", "Nhà ở"]
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CATALOGUE_DEMO", "0")


def invoke(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def invoke_json(*arguments: object, code: int = 0) -> Any:
    result = invoke(*arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def write(folder: Path, *rows: Sequence[str], name: str = "list-2026-07-01.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


def refused(*arguments: object) -> str:
    """The message of a wrong use, which says nothing on stdout."""
    result = invoke(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    return str(result.stderr)


def test_sources_are_listed() -> None:
    result = invoke("sources")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "portal_list: List of administrative procedures" in result.stdout


def test_json_of_a_run_is_exactly_as_agreed(tmp_path: Path) -> None:
    path = write(tmp_path, LICENCE, ["6.000001", *CARD[1:]])
    assert invoke_json("run", "portal_list", path) == {
        "source": "portal_list",
        "batch": 1,
        "state": "staged",
        "rows": {"read": 2, "new": 2, "changed": 0, "unchanged": 0, "missing": 0, "rejected": 0},
        "issues": [
            {
                "severity": "warning",
                "file": "list-2026-07-01.csv",
                "sheet": None,
                "row": 3,
                "column": "Mã số",
                "value": "6.000001",
                "rule": "unusual_code",
                "procedure_code": "6.000001",
            }
        ],
    }


def test_run_then_accept_then_run_again(tmp_path: Path) -> None:
    path = write(tmp_path, LICENCE, CARD)
    staged = invoke_json("run", "portal_list", path)
    accepted = invoke_json("accept", staged["batch"])
    assert accepted == staged | {"state": "accepted"}
    again = invoke_json("run", "portal_list", path, "--accept")
    assert (again["state"], again["rows"]["unchanged"]) == ("accepted", 2)
    shorter = invoke_json(
        "run", "portal_list", write(tmp_path, [*LICENCE[:4], "X"], SPARE, name="b-2026-07-02.csv")
    )
    assert shorter["rows"] == {"read": 2, "new": 1, "changed": 1, "unchanged": 0, "missing": 0, "rejected": 0}
    batches = invoke_json("status")
    assert [(batch["batch"], batch["state"], batch["observed_on"]) for batch in batches] == [
        (3, "staged", "2026-07-02"),
        (2, "accepted", "2026-07-01"),
        (1, "accepted", "2026-07-01"),
    ]


def test_people_read_figures_issues_by_rule_and_what_to_do_next(tmp_path: Path) -> None:
    invoke("run", "portal_list", write(tmp_path, LICENCE, SPARE), "--accept")
    wrong = [["6.00000" + str(n), *CARD[1:]] for n in range(25)]
    path = write(tmp_path, LICENCE, *wrong, ["", *CARD[1:]], name="c-2026-07-03.csv")
    result = invoke("run", "portal_list", path)
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "Batch 2: portal_list, c-2026-07-03.csv, as of 03/07/2026, staged"
    assert [line.split() for line in lines[1:7]] == [
        ["read", "27"],
        ["new", "25"],
        ["changed", "0"],
        ["unchanged", "1"],
        ["missing", "1"],
        ["rejected", "1"],
    ]
    assert "  missing, issued by Bộ Xây dựng: 1 (reported only)" in lines
    assert "  warning unusual_code: 25" in lines
    sentences = [line for line in lines if line.startswith("- ")]
    assert len(sentences) == 20
    assert sentences[0].startswith("- Row 28, column Mã số: there is no procedure code.")
    assert "… and 6 more; --json lists all." in lines
    assert lines[-1] == "Nothing is written yet. To accept: python -m pipelines accept 2"
    listed = invoke("status").stdout.splitlines()
    assert listed[0].startswith(
        "Batch 2: portal_list, c-2026-07-03.csv, as of 03/07/2026, staged: read 27, new 25"
    )
    accepted = invoke("accept", 2)
    assert (accepted.exit_code, "python -m pipelines accept" in accepted.stdout) == (1, False)


def test_no_batches_yet(tmp_path: Path) -> None:
    assert "There is no database" in refused("status")
    assert CliRunner().invoke(catalogue_app, ["migrate"]).exit_code == 0
    assert invoke("status").stdout == "No batches.\n"
    assert invoke_json("status") == []


def test_the_day_is_named_or_found_or_the_working_date(tmp_path: Path) -> None:
    path = write(tmp_path, LICENCE)
    invoke("run", "portal_list", path)
    invoke("run", "portal_list", path, "--observed", "28/04/2025")
    undated = invoke_json("run", "portal_list", write(tmp_path, CARD, name="list.csv"))
    days = [batch["observed_on"] for batch in invoke_json("status")]
    assert days[1:] == ["2025-04-28", "2026-07-01"]
    assert undated["issues"] == [
        {
            "severity": "warning",
            "file": "list.csv",
            "sheet": None,
            "row": None,
            "column": None,
            "value": days[0],
            "rule": "no_observed_date",
            "procedure_code": None,
        }
    ]


def test_a_refused_file_is_a_problem_with_its_issues(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("not a workbook")
    result = invoke("run", "portal_list", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "not an Excel workbook" in result.stderr
    document = invoke_json("run", "portal_list", path, code=1)
    assert (document["batch"], document["state"]) == (None, "rejected")
    assert [(issue["rule"], issue["file"]) for issue in document["issues"]] == [
        ("not_a_workbook", "list.xlsx")
    ]

    lacking = tmp_path / "lacking.csv"
    lacking.write_text(",".join(HEADER[:4]) + "\n")
    result = invoke("run", "portal_list", lacking)
    assert (result.exit_code, "Lĩnh vực" in result.stderr) == (1, True)

    wrong = write(tmp_path, LICENCE, ["2", "A", "Bộ Công an", "", "X"])
    document = invoke_json("run", "portal_list", wrong, "--accept", code=1)
    assert document["rows"] == {
        "read": 2,
        "new": 0,
        "changed": 0,
        "unchanged": 0,
        "missing": 0,
        "rejected": 2,
    }
    assert [issue["rule"] for issue in document["issues"]] == ["too_many_errors", "code_is_number"]
    assert invoke_json("status") == []


def test_wrong_use_is_said_before_a_database_is_made(tmp_path: Path) -> None:
    path = write(tmp_path, LICENCE)
    assert "There is no source “portal”" in refused("run", "portal", path)
    assert "“July” is not a date" in refused("run", "portal_list", path, "--observed", "July")
    assert "There is no file “none.xlsx”" in refused("run", "portal_list", tmp_path / "none.xlsx")
    assert "--wrong" in refused("run", "portal_list", path, "--wrong")
    assert "BATCH" in refused("accept")
    assert not (tmp_path / "data").exists()
    assert "There is no database" in refused("accept", 99)
    assert CliRunner().invoke(catalogue_app, ["migrate"]).exit_code == 0
    assert "There is no batch 99" in refused("accept", 99)
    assert "has not come yet" in refused("run", "portal_list", path, "--observed", "2999-01-01")
    assert "There is no file" in refused("run", "portal_list", tmp_path)


def test_a_batch_is_not_accepted_twice(tmp_path: Path) -> None:
    invoke("run", "portal_list", write(tmp_path, LICENCE), "--accept")
    assert "Batch 1 has been accepted already" in refused("accept", 1)


def test_a_database_held_by_the_server_names_its_process(tmp_path: Path) -> None:
    path = write(tmp_path, LICENCE)
    invoke("status")
    hold = (
        "import sys; from catalogue.settings import Settings; from catalogue.store.database import Database;"
        "d = Database.open(Settings().database); print('held', flush=True); sys.stdin.read(); d.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        for command in (("run", "portal_list", path), ("status",), ("accept", 1, "--json")):
            assert f"held by process {holder.pid} " in refused(*command)
        holder.communicate("")
    assert invoke("run", "portal_list", path).exit_code == 0


def test_the_module_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "sources"], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_progress_is_told_outside_any_write(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "own", demo=False)
    database = Database.open(settings.database)
    installation = open_installation(settings, database, demo=False)
    told: list[tuple[str, float]] = []

    def tell(step: str, share: float) -> None:
        database.backup(tmp_path / "copy.duckdb")  # would fail, or see half a batch, inside a write
        told.append((step, share))

    report = run(installation, "portal_list", write(tmp_path, LICENCE), accept=True, progress=tell)
    database.close()
    assert (report.state, report.observed_on) == ("accepted", date(2026, 7, 1))
    assert [step for step, _ in told] == ["read", "transform", "check", "stage", "done"]
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1] == ("done", 1.0)
