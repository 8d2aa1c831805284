"""Real DuckDB in every test above the model: one migrated template a session, copied a test; only the clock is ours."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from catalogue import bootstrap
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.services import accounts, audit
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from catalogue.store import database
from tests.installations import PROVED, Clock, Fill, Filled, copied

SMTP = ("HOST", "PORT", "FROM", "USER", "PASSWORD", "STARTTLS")


@pytest.fixture(autouse=True)
def no_real_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the developer's settings or writes into their data."""
    for name in ("HOST", "PORT", "DEMO", "TLS", "LOG", "METRICS_TOKEN", *(f"SMTP_{part}" for part in SMTP)):
        monkeypatch.delenv(f"CATALOGUE_{name}", raising=False)
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords of tests are nobody's: hashed in a millisecond, except where the hashing itself is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def light_stores() -> Iterator[None]:
    """The tests run two at a time on two processors: a query that takes both only waits for the other test.

    A store of a test's process lives as long as that process: no write of it waits for the disk.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(database._OPTIONS, "threads", 1)
        patch.setitem(database._OPTIONS, "fsync_mode", "NONE")
        yield


@pytest.fixture(scope="session", autouse=True)
def proved_templates() -> Iterator[None]:
    """A check hashes what a test recorded; what its installation was made with is hashed once, by the tests of that."""
    whole = audit.broken_revisions

    def new_ones(installation: Installation) -> list[int]:
        return whole(installation, after=PROVED.get(installation.database, 0))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(audit, "broken_revisions", new_ones)
        yield


# A page makes a million objects that die with it; looking for cycles among them that often took a fifteenth of the suite.
gc.set_threshold(100_000, 50, 100)

# Machines are noisy: a law is never a matter of time.
settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures` draws the README pictures anew."""
    parser.addoption("--pictures", action="store_true", help="write the README pictures")


def pytest_configure(config: pytest.Config) -> None:
    """Planning a query takes tens of thousands of small pieces of memory: kept at hand, a query takes a fifth less.

    The C library reads this as a process starts, so it counts in the workers and in what they start: no benchmark is among them.
    """
    if config.getoption("numprocesses", None):
        os.environ.setdefault("GLIBC_TUNABLES", "glibc.malloc.tcache_count=16000")


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _template(folder: Path, *, demo: bool) -> Path:
    settings = Settings(data_dir=folder)
    bootstrap.open_catalogue(settings, with_demo=demo).database.close()
    return settings.database


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration database, made once."""
    return _template(tmp_path_factory.mktemp("demo"), demo=True)


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real installation's database with reference data only, made once."""
    return _template(tmp_path_factory.mktemp("empty"), demo=False)


@pytest.fixture(scope="session")
def filled_template(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """A real installation's database as a function fills it, made once, and what the function returned."""

    @cache
    def find(fill: Fill) -> tuple[Path, Any]:
        folder = tmp_path_factory.mktemp("filled") / "data"
        with copied(empty_template, folder, Clock(), kept=True) as installation:
            found = fill(installation)
            assert audit.check(installation).is_empty()  # the copies of it are taken for proved
        return installation.settings.database, found

    return find


@pytest.fixture(scope="session")
def read_demo(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration installation of all tests that only read; a write fails the test."""
    folder = tmp_path_factory.mktemp("read") / "demo"
    with copied(demo_template, folder, Clock()) as installation, _unwritten(installation):
        yield installation


@pytest.fixture(scope="module")
def read_filled(
    filled_template: Filled, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Fill], Installation]]:
    """The installations, each filled by a function, of all tests of a module that only read; a write fails the test."""
    with ExitStack() as stack:

        @cache
        def find(fill: Fill) -> Installation:
            folder = tmp_path_factory.mktemp("read") / "filled"
            installation = stack.enter_context(copied(filled_template(fill)[0], folder, Clock()))
            stack.enter_context(_unwritten(installation))
            return installation

        yield find


@contextmanager
def _unwritten(installation: Installation) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this test is marked reads_only: take the mark away, or mark it writes")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation.database, "transaction", refuse)
        patch.setattr(installation.database, "unrecorded", refuse)
        yield


def _only_reads(request: pytest.FixtureRequest) -> bool:
    marked = request.node.get_closest_marker
    return marked("reads_only") is not None and marked("writes") is None


@pytest.fixture
def demo(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """A demonstration installation: of this test's own, or for those that only read one for all, with what it has kept."""
    if _only_reads(request):
        installation = request.getfixturevalue("read_demo")
        bootstrap.use(installation)
        yield installation
        bootstrap.use(None)
        return
    folder = request.getfixturevalue("tmp_path") / "demo"
    template, clock = request.getfixturevalue("demo_template"), request.getfixturevalue("clock")
    with copied(template, folder, clock) as installation:
        yield installation


@pytest.fixture
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Fill], Installation]]:
    """A real installation as a function fills it: of this test's own, or for those of a module that only read one for all."""
    with ExitStack() as stack:

        def find(fill: Fill) -> Installation:
            if _only_reads(request):
                installation: Installation = request.getfixturevalue("read_filled")(fill)
                bootstrap.use(installation)
                return installation
            template = request.getfixturevalue("filled_template")(fill)[0]
            clock = request.getfixturevalue("clock")
            return stack.enter_context(copied(template, tmp_path / "filled", clock))

        yield find
    bootstrap.use(None)


@pytest.fixture
def empty(empty_template: Path, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    """A real installation of this test's own, without any item or procedure."""
    with copied(empty_template, tmp_path / "empty", clock) as installation:
        yield installation


@pytest.fixture
def person() -> Callable[[Installation, str], Actor]:
    """A demonstration account as an actor, by its name; '' is nobody in particular."""

    def find(installation: Installation, account: str) -> Actor:
        if not account:
            return NOBODY
        rows = installation.database.read("accounts/demo").to_dicts()
        row = next(row for row in rows if row["account"] == account)
        return Actor(row["actor_id"], account, row["full_name"], Role(row["role"]), row["agency_code"])

    return find
