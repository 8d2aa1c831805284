"""The probes: alive is not yet ready."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.api import health
from catalogue.errors import StoreUnavailable
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    database = Database.open(tmp_path / "c.duckdb")
    return open_installation(Settings(data_dir=tmp_path), database, demo=False)


def test_an_open_database_is_ready_at_its_revision(installation: Installation) -> None:
    with TestClient(Starlette(routes=health.routes(lambda: installation))) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready", "revision": 0})
        with installation.database.transaction("test"):
            pass
        assert client.get("/readyz").json()["revision"] == 1
    installation.database.close()


def test_a_closed_database_is_alive_but_not_ready(installation: Installation) -> None:
    installation.database.close()
    with TestClient(Starlette(routes=health.routes(lambda: installation))) as client:
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
        assert answer.headers["cache-control"] == "no-store"
        assert client.get("/healthz").status_code == 200


def test_an_installation_that_cannot_be_opened_is_not_ready() -> None:
    def get() -> Installation:
        raise StoreUnavailable("database_locked", pid=1)

    with TestClient(Starlette(routes=health.routes(get))) as client:
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
