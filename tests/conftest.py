"""Real DuckDB in every test above the model: one migrated template a session, copied a test; only the clock is ours."""

import gc
import shutil
from collections.abc import Callable, Iterator
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
from tests.installations import PROVED, Clock, Filled, copied

SMTP = ("HOST", "PORT", "FROM", "USER", "PASSWORD", "STARTTLS")


@pytest.fixture(autouse=True)
def no_real_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the developer's settings or writes into their data."""
    for name in ("HOST", "PORT", "DEMO", "TLS", *(f"SMTP_{part}" for part in SMTP)):
        monkeypatch.delenv(f"CATALOGUE_{name}", raising=False)
    monkeypatch.setenv("CATALOGUE_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords of tests are nobody's: hashed in a millisecond, except where the hashing itself is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_thread_a_store() -> Iterator[None]:
    """The tests run two at a time on two processors: a query that takes both only waits for the other test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(database._OPTIONS, "threads", 1)
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
    def find(fill: Callable[[Installation], Any]) -> tuple[Path, Any]:
        folder = tmp_path_factory.mktemp("filled") / "data"
        with copied(empty_template, folder, Clock()) as installation:
            found = fill(installation)
            assert audit.check(installation).is_empty()  # the copies of it are taken for proved
        return installation.settings.database, found

    return find


@pytest.fixture(scope="session")
def read_demo(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration installation of all tests that only read; a write fails the test."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("this test is marked reads_only: take the mark away, or mark it writes")

    settings = Settings(data_dir=tmp_path_factory.mktemp("read"))
    shutil.copy(demo_template, settings.database)
    installation = bootstrap.open_catalogue(settings, clock=Clock())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(installation.database, "transaction", refuse)
        patch.setattr(installation.database, "unrecorded", refuse)
        yield installation
    installation.database.close()


@pytest.fixture
def demo(request: pytest.FixtureRequest) -> Iterator[Installation]:
    """A demonstration installation: of this test's own, or for those that only read one for all, with what it has kept."""
    if request.node.get_closest_marker("reads_only") and not request.node.get_closest_marker("writes"):
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
