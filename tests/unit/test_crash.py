"""`kill -9` in the middle of updates loses no acknowledged update, and leaves nothing half-written."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from catalogue import bootstrap
from catalogue.services import audit
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from tests.installations import PROVED

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("crash_writer.py")
KILLS = 3
WRITES_BEFORE = 12  # acknowledged before the clock of the kill begins
SECONDS = 1.0


def write_until_killed(data: Path) -> list[dict[str, Any]]:
    """What the writer acknowledged; a line cut off by the kill was not heard by anybody."""
    told, trouble = data / "told.jsonl", data / "writer.log"
    with told.open("wb") as out, trouble.open("wb") as err:
        writer = subprocess.Popen(
            [sys.executable, str(WRITER), str(data)], cwd=ROOT, stdout=out, stderr=err,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        end = time.monotonic() + 60
        while told.read_bytes().count(b"\n") < WRITES_BEFORE and time.monotonic() < end:
            assert writer.poll() is None, trouble.read_text()
            time.sleep(0.02)
        time.sleep(SECONDS)
        writer.send_signal(signal.SIGKILL)
        assert writer.wait(20) == -signal.SIGKILL, trouble.read_text()
    whole = told.read_bytes()
    lines = [json.loads(line) for line in whole[: whole.rfind(b"\n") + 1].splitlines()]
    assert not [line for line in lines if "error" in line], trouble.read_text()
    return lines


def reopened(data: Path) -> Installation:
    return bootstrap.open_catalogue(Settings(data_dir=data))


def last_revision(data: Path) -> int:
    installation = reopened(data)
    installation.database.close()
    return installation.database.revision


def test_kill_9_loses_no_acknowledged_update(demo_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "killed"
    data.mkdir()
    shutil.copy(demo_template, Settings(data_dir=data).database)
    made_with = last_revision(data)
    everything: list[dict[str, Any]] = []
    for _ in range(KILLS):
        acknowledged = write_until_killed(data)
        assert len(acknowledged) >= WRITES_BEFORE
        everything += acknowledged
        installation = reopened(data)
        try:
            assert_nothing_is_lost(installation, everything)
            PROVED[installation.database] = made_with
            found = audit.check(installation)
            assert found.is_empty(), found.rows()
        finally:
            installation.database.close()


def assert_nothing_is_lost(installation: Installation, acknowledged: list[dict[str, Any]]) -> None:
    database = installation.database
    stored = {row["claim_id"]: row for row in database.whole("claim").rows(named=True)}
    revisions = set(database.whole("revision")["revision"])
    told = database.whole("claim_event")
    events = {
        (row["claim_id"], row["revision"], json.loads(row["content"])["reason"])
        for row in told.select("claim_id", "revision", "content").rows(named=True)
        if "reason" in json.loads(row["content"])
    }
    evidence = set(database.whole("evidence")["claim_id"])
    last: dict[int, dict[str, Any]] = {}
    for line in acknowledged:
        last[line["claim_id"]] = line
        assert line["revision"] in revisions
        assert line["claim_id"] in evidence
        assert (line["claim_id"], line["revision"], line["reason"]) in events
    for claim_id, line in last.items():
        row = stored[claim_id]
        assert row["revision"] >= line["revision"]  # the kill may come between the commit and the word of it
        if row["revision"] == line["revision"]:
            assert (row["state"], json.loads(row["content"])["reason"]) == (line["state"], line["reason"])


@pytest.mark.parametrize("wal", ["", "empty"])
def test_a_database_left_by_a_clean_end_needs_no_log(demo_template: Path, tmp_path: Path, wal: str) -> None:
    settings = Settings(data_dir=tmp_path / "clean")
    settings.data_dir.mkdir()
    shutil.copy(demo_template, settings.database)
    if wal:
        settings.database.with_suffix(".duckdb.wal").touch()
    installation = reopened(settings.data_dir)
    assert installation.moment().revision > 0
    installation.database.close()
