"""/metrics: what it counts, under which labels, who may read it, and that it answers whatever is broken."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalogue.api import metrics
from catalogue.api.request_log import RequestLog
from catalogue.errors import Conflict, Forbidden, StaleVersion, StoreUnavailable
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimState
from catalogue.services import accounts, claim_reading, vitals
from catalogue.services.installation import Installation, open_installation
from catalogue.services.vitals import Vitals
from catalogue.settings import Settings
from catalogue.store.database import Database

pytestmark = pytest.mark.reads_only

Series = dict[tuple[str, frozenset[str]], float]
Person = Callable[[Installation, str], Actor]
HERE = ("127.0.0.1", 50_000)


def read(text: str) -> Series:
    """Every sample by its name and the values of its labels, as Prometheus reads them."""
    return {
        (sample.name, frozenset(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scraped(get: Callable[[], Installation]) -> Series:
    with TestClient(Starlette(routes=metrics.routes(get)), client=HERE) as client:
        answer = client.get("/metrics")
    assert answer.status_code == 200
    return read(answer.text)


def value(series: Series, name: str, *labels: str) -> float | None:
    return series.get((f"catalogue_{name}", frozenset(labels)))


@pytest.fixture
def small(empty_template: Path, tmp_path: Path) -> Iterator[Installation]:
    """A real installation without anything in it, outside of the running one."""
    path = tmp_path / "catalogue.duckdb"
    path.write_bytes(empty_template.read_bytes())
    database = Database.open(path)
    yield open_installation(Settings(data_dir=tmp_path), database, demo=False)
    database.close()


def test_it_says_how_the_installation_is(demo: Installation, person: Person) -> None:
    series = scraped(lambda: demo)
    queue = claim_reading.find(demo, person(demo, "vpcp"), state=ClaimState.SUBMITTED, size=10_000)
    waiting = {one: value(series, "claims_waiting", one.code) for one in demo.reference.programmes}
    assert {one.code: count for one, count in waiting.items() if count} == dict(
        queue["programme_code"].value_counts().iter_rows()
    )
    assert 0 in waiting.values()  # a programme without a claim has its series too
    assert value(series, "oldest_claim_waiting_timestamp_seconds") == queue["submitted_at"].min().timestamp()  # type: ignore[union-attr]
    assert value(series, "revision") == demo.database.revision > 0
    assert value(series, "database_size_bytes", "file") == demo.database.path.stat().st_size
    assert value(series, "up") == 1
    assert value(series, "last_backup_timestamp_seconds") is None
    assert series["process_resident_memory_bytes", frozenset()] > 0


def test_copies_and_sessions_are_known(small: Installation) -> None:
    folder = small.settings.backups
    small.database.backup(folder / "by-hand.duckdb")
    (folder / "catalogue-before-restore-1.duckdb").touch()  # what was put aside is no copy of what is
    os.utime(folder / "by-hand.duckdb", (1_700_000_000, 1_700_000_000))
    accounts.add_account(
        small, account="an", full_name="An", role="viewer", agency_code=None, password="x" * 12, by=None
    )
    gone, _, here = (accounts.sign_in(small, "an", "x" * 12) for _ in range(3))
    accounts.sign_out(small, gone)
    assert accounts.session_state(small, here) == "active"
    series = scraped(lambda: small)
    assert value(series, "last_backup_timestamp_seconds") == 1_700_000_000
    assert value(series, "sessions_open") == 2


def test_labels_are_routes_whatever_is_asked_for(demo: Installation, open_data_client: TestClient) -> None:
    known = open_data_client.app
    assert isinstance(known, Starlette)
    before = scraped(lambda: demo)  # the counts are the process's: other tests have asked too
    with TestClient(RequestLog(known, known.routes), raise_server_exceptions=False) as client:
        for place in range(20):
            for path in ("procedures/", "procedures/1.", "items/", "khong/co/", "../"):
                client.get(f"/api/v1/{path}{place}?q=bí mật {place}")
            client.get(f"/khong-co-{place}")
            client.request(f"LA{place}", "/api/v1/agencies")
        client.head("/api/v1/agencies")
    series = scraped(lambda: demo)
    labels = {label for name, of in series if name.startswith("catalogue_http") for label in of}
    assert not [
        label for label in labels if "khong" in label or "LA1" in label or ("1." in label and "/" in label)
    ]
    routes = {label for label in labels if "/" in label}
    assert {"/api/v1/procedures/{code}", "/api/v1/items/{item_id}", "/api/{path}"} <= routes
    asked = {
        labels: (value(series, "http_requests_total", *labels) or 0)
        - (value(before, "http_requests_total", *labels) or 0)
        for labels in (
            ("HEAD", "/api/v1/agencies", "200"),
            ("other", "/api/v1/agencies", "405"),
            ("GET", "streamlit", "404"),
        )
    }
    assert list(asked.values()) == [1, 20, 20]
    assert (value(series, "http_request_duration_seconds_sum", "HEAD", "/api/v1/agencies") or 0) > 0


def test_writes_are_counted_by_how_they_end(small: Installation) -> None:
    for error in (StaleVersion, StaleVersion, Conflict, Forbidden, StoreUnavailable, KeyboardInterrupt):
        with pytest.raises(error), small.database.transaction("test"):
            raise error
    with small.database.transaction("test"):
        pass
    with pytest.raises(Conflict), small.database.unrecorded() as transaction:  # the store's own
        transaction.insert("field", small.database.whole("field").to_dicts()[:1])
    series = scraped(lambda: small)
    outcomes = ("committed", "stale_version", "conflict", "refused", "failed")
    ended = {one: value(series, "write_transactions_total", "recorded", one) for one in outcomes}
    assert ended == {"committed": 1, "stale_version": 2, "conflict": 1, "refused": 1, "failed": 2}
    assert value(series, "write_conflicts_total", "stale_version") == 2
    assert value(series, "write_conflicts_total", "conflict") == 2


def test_a_closed_database_is_told_and_fails_no_scrape(small: Installation) -> None:
    with pytest.raises(StaleVersion), small.database.transaction("test"):
        raise StaleVersion
    small.database.close()
    series = scraped(lambda: small)
    assert value(series, "up") == 0
    assert value(series, "revision") is None
    assert value(series, "write_conflicts_total", "stale_version") == 1


def test_an_installation_that_cannot_be_opened_fails_no_scrape() -> None:
    def get() -> Installation:
        raise StoreUnavailable("database_locked", pid=1)

    series = scraped(get)
    assert value(series, "up") == 0
    assert value(series, "write_conflicts_total", "conflict") == 0


def test_a_scrape_does_not_wait_for_a_database_that_is_busy(
    demo: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, looks, look = threading.Event(), [], vitals.read

    def wait(installation: Installation) -> Vitals:
        looks.append(installation)
        free.wait(20)
        return look(installation)

    monkeypatch.setattr(vitals, "read", wait)
    monkeypatch.setattr(metrics, "_PATIENCE_SECONDS", 0.02)
    with TestClient(Starlette(routes=metrics.routes(lambda: demo)), client=HERE) as client:
        assert [value(read(client.get("/metrics").text), "up") for _ in range(3)] == [0, 0, 0]
        free.set()
        monkeypatch.setattr(metrics, "_PATIENCE_SECONDS", 20)
        assert [value(read(client.get("/metrics").text), "up") for _ in range(3)] == [1, 1, 1]
    assert len(looks) == 1  # it is not asked again before it has answered, nor within some seconds


BEARER = {"Authorization": "Bearer mot-hai-ba"}


@pytest.mark.parametrize(
    ("token", "address", "headers", "status"),
    [
        (None, "127.0.0.1", {}, 200),
        (None, "::1", {}, 200),
        (None, "::ffff:127.0.0.1", {}, 200),
        (None, "10.0.0.5", {}, 403),
        (None, "testclient", {}, 403),
        (None, "127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 403),  # a proxy of this machine, for somebody
        (None, "127.0.0.1", {"Forwarded": "for=203.0.113.7"}, 403),
        ("", "10.0.0.5", {"Authorization": "Bearer "}, 403),  # set to nothing is not set
        ("mot-hai-ba", "127.0.0.1", {}, 401),
        ("mot-hai-ba", "10.0.0.5", {"Authorization": "Bearer mot-hai"}, 401),
        ("mot-hai-ba", "10.0.0.5", {"Authorization": "Basic mot-hai-ba"}, 401),
        ("mot-hai-ba", "10.0.0.5", {"X-Forwarded-For": "203.0.113.7", **BEARER}, 200),
    ],
)
def test_who_may_read_it(
    monkeypatch: pytest.MonkeyPatch, token: str | None, address: str, headers: dict[str, str], status: int
) -> None:
    def get() -> Installation:
        raise StoreUnavailable

    if token is not None:
        monkeypatch.setenv("CATALOGUE_METRICS_TOKEN", token)
    with TestClient(Starlette(routes=metrics.routes(get)), client=(address, 50_000)) as client:
        answer = client.get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("catalogue_up" in answer.text) is (status == 200)
    assert answer.headers["cache-control"] == "no-store"
