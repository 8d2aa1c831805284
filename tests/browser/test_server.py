"""The three ways to start the server, and what it says when it cannot. No browser is needed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from catalogue.model.period import Moment
from catalogue.store.database import Database
from pages.ui import open_data_view
from tests.browser.conftest import ROOT, Server, start_server

WAYS = {
    "python app.py": None,
    "streamlit run": [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}"],
    "uvicorn": [sys.executable, "-m", "uvicorn", "app:app", "--port", "{port}"],
}
Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts servers that do not outlive their test."""
    started: list[Server] = []

    def begin(command: list[str] | None = None, *, demo: bool = False) -> Server:
        started.append(start_server(tmp_path, demo=demo, command=command))
        return started[-1]

    yield begin
    for server in started:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait(20)


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return int(error.code)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_start_serves_and_ends_when_asked_to(start: Start, way: str) -> None:
    server = start(WAYS[way])
    assert {path: status(server.url + path) for path in ("/healthz", "/readyz", "/")} == {
        "/healthz": 200, "/readyz": 200, "/": 200,
    }  # fmt: skip
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(30) in (0, -signal.SIGTERM), server.log.read_text()
    assert "Traceback" not in server.log.read_text()
    log = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    assert [line["message"] for line in log] == ["started at revision 0", "stopped"]
    Database.open(server.data / "catalogue.duckdb").close()  # nobody holds it any more
    assert not (server.data / "catalogue.duckdb.wal").exists()  # and its log is folded into it


def examples_work_as_they_stand(server: Server, folder: Path) -> None:
    """What the open-data page tells people to paste into a shell and into Python."""
    moment = Moment(date(2024, 3, 21), date(2024, 3, 25), 0)
    assert shutil.which("curl") or not os.environ.get("CI")
    if shutil.which("curl"):
        command = open_data_view.example("curl", server.url, moment).replace("python3", sys.executable)
        shell = ["bash", "-euo", "pipefail", "-c", command]
        done = subprocess.run(shell, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert '"numerator": 658' in done.stdout
        assert len((folder / "phuong-an.csv").read_text("utf-8-sig").splitlines()) > 100
    code = open_data_view.example("python", server.url, moment)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "shape: (10, 3)" in done.stdout


def test_the_first_start_makes_the_demonstration(start: Start, tmp_path: Path) -> None:
    server = start(demo=True)
    assert [status(server.url + path) for path in ("/readyz", "/api/v1", "/metrics")] == [200, 200, 200]
    examples_work_as_they_stand(server, tmp_path)
    server.process.terminate()
    server.process.wait(30)
    database = Database.open(server.data / "catalogue.duckdb")
    assert database.row("installation/get", **{})["is_demo"]  # type: ignore[index]
    assert database.whole("item").height == 1086 + 8 + 699 + 10
    database.close()


def refused(data: Path, command: list[str] | None = None) -> str:
    """What a start that must fail says on stderr; checks that it says only that, and ends with 2."""
    done = subprocess.run(
        command or [sys.executable, "app.py"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "CATALOGUE_DATA_DIR": str(data), "CATALOGUE_PORT": "0", "CATALOGUE_DEMO": "0"},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    return done.stderr


def test_a_file_where_the_data_folder_should_be_is_named(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.write_text("a file")
    assert str(data) in refused(data)
    assert data.read_text() == "a file"


@pytest.mark.parametrize("kind", ["noise", "empty", "damaged"])
def test_a_corrupt_database_is_named_and_left_as_it_is(
    tmp_path: Path, empty_template: Path, kind: str
) -> None:
    path = tmp_path / "catalogue.duckdb"
    good = empty_template.read_bytes()
    path.write_bytes(
        {
            "noise": b"not a database" * 1000,
            "empty": b"",
            "damaged": good[:4096] + bytes(len(good) // 2),
        }[kind]
    )
    before = path.read_bytes()
    assert str(path) in refused(tmp_path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_database_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.duckdb"
    connection = duckdb.connect(str(path))
    connection.execute("create table item (note varchar)")
    connection.close()
    before = path.read_bytes()
    refused(tmp_path)
    assert path.read_bytes() == before


HOLDER = """
import sys
from pathlib import Path
from catalogue.store.database import Database
database = Database.open(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
database.close()
"""


def test_a_database_that_is_held_names_the_holder(tmp_path: Path) -> None:
    # another process: whoever reads the file in the holding process itself would end its lock (POSIX)
    path = tmp_path / "catalogue.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        before = path.read_bytes()
        said = refused(tmp_path)
        assert str(path) in said
        assert str(holder.pid) in said
        assert path.read_bytes() == before
        holder.communicate("")
    assert holder.returncode == 0


def test_a_port_in_use_ends_the_start_without_harm(start: Start, tmp_path: Path) -> None:
    server = start()
    port = server.url.rsplit(":", 1)[1]
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "CATALOGUE_DATA_DIR": str(tmp_path / "other"), "CATALOGUE_PORT": port, "CATALOGUE_DEMO": "0"},
    )  # fmt: skip
    assert done.returncode != 0
    assert port in done.stderr + done.stdout
    assert status(f"{server.url}/readyz") == 200
    Database.open(tmp_path / "other" / "catalogue.duckdb").close()
