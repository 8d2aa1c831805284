"""What the API bears under 50 clients while 20 screens are in use: requests a second and p95 of a record, a search and a
figure, beside a bare FastAPI route under the same clients and the same answer made directly, in one run.

Not part of the test run. `python -m pytest tests/benchmarks/bench_api.py -s` takes about two minutes. Clients, screens and
server share the machine, so only the ratios mean something.
"""

import asyncio
import random
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle

import httpx2
import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from catalogue import bootstrap
from catalogue.services import figures, procedures, search
from catalogue.services.installation import Installation
from catalogue.services.search import ProcedureFilter
from catalogue.settings import Settings
from tests.browser.conftest import Server, free_port, start_server

CLIENTS, SCREENS, SECONDS, THINK = 50, 20, 10.0, 3.0
PAGES = ("", "simplification", "catalogue", "figures", "instruments")
WORDS = ("khai sinh", "giấy phép xây dựng", "dang ky ket hon", "bảo hiểm", "đất đai")
MEASURES = ("simplification.done", "decentralisation.done", "catalogue.total")
BARE = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/bare")
def bare() -> dict[str, int]:
    return {"numerator": 658, "denominator": 1086}
"""


@dataclass(frozen=True)
class Load:
    """What some clients got in a while: requests a second, the time of 95 of 100 in ms, answers that were none."""

    per_second: float
    p95: float
    failed: int


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    found = start_server(tmp_path_factory.mktemp("api"))
    yield found
    found.process.terminate()
    found.process.wait(30)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("bare"), free_port()
    (folder / "bare_app.py").write_text(BARE)
    command = [sys.executable, "-m", "uvicorn", "bare_app:app", "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=folder)
    url = f"http://127.0.0.1:{port}/bare"
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield url
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def direct(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The same demonstration in this process."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("direct"))
    shutil.copy(server.data / "catalogue.duckdb", settings.database)
    installation = bootstrap.open_catalogue(settings)
    yield installation
    installation.database.close()


async def load(urls: Sequence[str], seconds: float = SECONDS) -> Load:
    """Every client asks for one address after the other, as fast as it is answered."""
    times: list[float] = []
    failed = 0
    end = time.monotonic() + seconds
    limits = httpx2.Limits(max_connections=CLIENTS)
    async with httpx2.AsyncClient(limits=limits, timeout=60) as client:

        async def ask(own: Iterator[str]) -> None:
            nonlocal failed
            while time.monotonic() < end:
                begun = time.monotonic()
                answer = await client.get(next(own))
                times.append(time.monotonic() - begun)
                failed += answer.status_code != 200

        begun = time.monotonic()
        await asyncio.gather(
            *(ask(cycle(urls[place % len(urls) :] + urls[: place % len(urls)])) for place in range(CLIENTS))
        )
        spent = time.monotonic() - begun
    return Load(len(times) / spent, 1000 * statistics.quantiles(times, n=20)[18], failed)


@asynccontextmanager
async def screens(server: Server) -> AsyncIterator[list[float]]:
    """People who open a page, read for some seconds and open another one; gives the seconds that their pages took."""
    times: list[float] = []

    async def use(seed: int) -> None:
        chance = random.Random(seed)
        address = f"ws{server.url.removeprefix('http')}/_stcore/stream"
        async with websockets.connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            while True:
                asked = BackMsg()
                asked.rerun_script.page_name = chance.choice(PAGES)
                begun = time.monotonic()
                await socket.send(asked.SerializeToString())
                while True:
                    told = ForwardMsg()
                    told.ParseFromString(await socket.recv())  # type: ignore[arg-type]
                    if told.WhichOneof("type") == "script_finished":
                        break
                times.append(time.monotonic() - begun)
                await asyncio.sleep(chance.expovariate(1 / THINK))

    people = [asyncio.create_task(use(seed)) for seed in range(SCREENS)]
    await asyncio.sleep(2 * THINK)
    times.clear()
    try:
        yield times
    finally:
        for one in people:
            one.cancel()
        await asyncio.gather(*people, return_exceptions=True)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def directly(ask: Callable[[], object], seconds: float = 3.0) -> float:
    """How often a second this process alone makes the answer."""
    ask()
    begun, count = time.monotonic(), 0
    while time.monotonic() - begun < seconds:
        ask()
        count += 1
    return count / (time.monotonic() - begun)


def test_requests_under_fifty_clients_while_twenty_screens_are_in_use(
    server: Server, bare: str, direct: Installation
) -> None:
    moment = direct.moment()
    codes = search.search(direct, moment, ProcedureFilter(), size=200)["procedure_code"].to_list()
    base = f"{server.url}/api/v1"
    turn = {"record": cycle(codes), "search": cycle(WORDS), "figure": cycle(MEASURES)}
    asked: dict[str, tuple[list[str], Callable[[], object]]] = {
        "record": (
            [f"{base}/procedures/{code}" for code in codes],
            lambda: procedures.get(direct, moment, next(turn["record"])),
        ),
        "search": (
            [f"{base}/procedures?q={word}&limit=20" for word in WORDS],
            lambda: search.search(direct, moment, ProcedureFilter(text=next(turn["search"])), size=20),
        ),
        "figure": (
            [f"{base}/figures/{measure}" for measure in MEASURES],
            lambda: figures.compute(direct, next(turn["figure"]), moment),
        ),
    }

    async def measure() -> tuple[dict[str, Load], Load, list[float]]:
        await load(
            [urls[0] for urls, _ in asked.values()], 2.0
        )  # the application is made at its first request
        async with screens(server) as pages:
            plain = await load([bare])
            found = {name: await load(urls) for name, (urls, _) in asked.items()}
            return found, plain, list(pages)

    found, plain, pages = asyncio.run(measure())
    say(
        f"\n{CLIENTS} clients, {SCREENS} screens: {len(pages)} pages drawn, median {statistics.median(pages):.2f} s"
    )
    say(f"{'':8} {'per s':>8} {'p95 ms':>8} {'of bare':>8} {'of direct':>10}")
    say(f"{'bare':8} {plain.per_second:8.0f} {plain.p95:8.0f} {1:8.2f}")
    for name, one in found.items():
        alone = directly(asked[name][1])
        say(
            f"{name:8} {one.per_second:8.0f} {one.p95:8.0f} {one.per_second / plain.per_second:8.2f} "
            f"{one.per_second / alone:10.2f}   ({alone:.0f} a second directly)"
        )
    assert not sum(one.failed for one in (*found.values(), plain))
