"""What stands before reporting in: tokens, how often, how much and of what kind; and nothing of a token is told or logged."""

import asyncio
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalogue.api import holders, rate_limit
from catalogue.api.rate_limit import Buckets
from catalogue.services import api_tokens, item_reports
from catalogue.services.installation import Installation
from tests.installations import Clock, copied
from tests.reporting import System, obstacle

REPORTING = "/api/v1/reporting"


@pytest.fixture(scope="module")
def demo_of_all(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One demonstration for all tests of this module: what they are refused leaves it as it is."""
    with copied(demo_template, tmp_path_factory.mktemp("guards") / "demo", Clock()) as installation:
        yield installation


@pytest.fixture
def system(demo_of_all: Installation, open_data_client: TestClient) -> Iterator[System]:
    made = System.of(demo_of_all, open_data_client)  # a new token, whose bucket is full
    yield made
    api_tokens.revoke(demo_of_all, made.number, by=None)


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    """A problem that is not to be kept."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), (
        answer.text
    )
    assert answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert body["code"] == code
    return body


def test_without_a_living_token_nothing_is_answered(
    system: System, demo_of_all: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, answers = system.client, []
    _, revoked = api_tokens.issue(
        demo_of_all, name="x", agency_code="bo-y-te", last_day=demo_of_all.today, by=None
    )
    api_tokens.revoke(demo_of_all, system.number + 1, by=None)
    for header in (
        None,
        "",
        "Bearer",
        "Bearer x",
        f"Basic {system.secret}",
        f"Bearer {revoked}",
        f"Bearer {system.secret}x",
    ):
        for method, path in (
            ("GET", "/token"),
            ("GET", "/claims/1"),
            ("POST", "/claims"),
            ("PUT", f"/files/{'0' * 64}"),
        ):
            answer = client.request(
                method, REPORTING + path, headers={} if header is None else {"Authorization": header}
            )
            body = refused(answer, 401, "token_invalid")
            answers.append(body | {"instance": ""})
            challenge = answer.headers["www-authenticate"]
            assert challenge.startswith('Bearer realm="reporting"')
            assert ("invalid_token" in challenge) == (header is not None)
            assert "ratelimit-limit" not in answer.headers
    assert all(one == answers[0] for one in answers)  # unknown, revoked, none: the same words
    assert client.get(f"{REPORTING}/token?access_token={system.secret}").status_code == 401
    later = datetime(2027, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(demo_of_all.database, "clock", lambda: later)
    expired = refused(system.ask("GET", "/token"), 401, "token_expired")
    assert "20/12/2026" in expired["detail"]
    refused(
        client.get(f"{REPORTING}/token", headers={"Authorization": f"Bearer {revoked}"}), 401, "token_invalid"
    )


def test_a_token_says_what_it_is(system: System) -> None:
    answer = system.ask("GET", "/token")
    told = answer.json()["data"]
    assert (told["agency_code"], told["number"], told["may_write"]) == ("bo-y-te", system.number, True)
    assert system.secret not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert [one["kind"] for one in told["kinds"] if not one["needs_files"]] == ["obstacle", "difference"]


def test_who_asks_too_often_is_told_when_to_ask_again(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "BURST", 3)
    monkeypatch.setattr(rate_limit, "PER_SECOND", 0.1)
    left = [system.ask("GET", "/token").headers["ratelimit-remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    answer = system.ask("GET", "/token")
    refused(answer, 429, "api_too_many")
    assert (answer.headers["ratelimit-limit"], answer.headers["ratelimit-remaining"]) == ("3", "0")
    assert 1 <= int(answer.headers["retry-after"]) <= 10
    assert int(answer.headers["ratelimit-reset"]) <= 30
    assert (
        system.client.get("/api/v1").status_code == 200
    )  # reading open data needs no token, and has no limit


def test_a_bucket_fills_at_its_pace_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    buckets = Buckets(lambda: now)
    full = rate_limit.BURST
    assert buckets.take("a", full).left == 0
    assert buckets.take("b", 1).left == full - 1  # each has its own
    refusal = buckets.take("a", 10)
    assert (refusal.wait, refusal.left) == (5, 0)  # two a second
    now += 4.9
    assert buckets.take("a", 10).wait == 1  # what was refused has taken nothing
    now += 0.1
    assert buckets.take("a", 10).wait == 0
    now += 3600
    assert buckets.take("a", 0).left == full
    monkeypatch.setattr(rate_limit, "_MOST_BUCKETS", 2)
    buckets.take("c", full)
    assert buckets.take("b", 0).left == full  # the longest unused was let go


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        ("{", "application/json", 400, "api_body_unreadable"),
        ("[" * 100_000, "application/json", 400, "api_body_unreadable"),
        (b"\xff\xfe\x00", "application/json", 400, "api_body_unreadable"),
        ("", "application/json", 422, "api_body"),
        ("[]", "application/json", 422, "api_body"),
        ('{"updates": []}', "application/json", 422, "api_body"),
        (
            '{"updates": [{"kind": "enacted", "item_id": true, "item_revision": 1.5}]}',
            "application/json",
            422,
            "api_body",
        ),
        ('{"updates": [{"kind": "x"}, {}, {"kind": ["enacted"]}]}', "application/json", 422, "api_body"),
        ('{"updates": [], "a": {"b": ' + "[" * 500 + "]" * 500 + "}}", "application/json", 422, "api_body"),
        (
            '{"submit": "\\ud800", "updates": [{"kind": "obstacle", "reason": "\\ud800", "\\ud800": 1}], "\\ud800": 1}',
            "application/json",
            422,
            "api_body",
        ),
        ("updates=1", "application/x-www-form-urlencoded", 415, "api_media_type"),
        ("{}", "text/plain", 415, "api_media_type"),
        ("{}", "", 415, "api_media_type"),
        ("{}", "application/json-seq", 415, "api_media_type"),
    ],
)
def test_a_body_that_is_none_is_refused(
    system: System, content: str | bytes, media_type: str, status: int, code: str
) -> None:
    headers = {"Content-Type": media_type, "Idempotency-Key": "k"}
    refused(system.ask("POST", "/claims", content=content, headers=headers), status, code)


def test_a_body_is_taken_up_to_a_size_and_no_further(system: System) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(3):
            yield b" " * 1024**2

    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    for content in (b" " * (holders.MOST_JSON_BYTES + 1), pieces()):
        answer = system.ask("POST", "/claims", content=content, headers=headers)
        assert "2 MB" in refused(answer, 413, "api_too_large")["detail"]
    put = {"params": {"name": "a.pdf"}, "headers": {"Content-Type": "application/pdf"}}
    large = b"%PDF-" + b" " * 10 * 1024**2
    refused(system.ask("PUT", f"/files/{'0' * 64}", content=large, **put), 413, "api_too_large")
    put["headers"] = {"Content-Type": "text/html"}
    assert (
        "application/pdf"
        in refused(system.ask("PUT", f"/files/{'0' * 64}", content=b"x", **put), 415, "api_media_type")[
            "detail"
        ]
    )


def test_a_body_that_does_not_end_is_broken_off(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "MOST_SECONDS", 0.05)
    sent: list[Any] = []
    pieces = iter([{"type": "http.request", "body": b"{", "more_body": True}])

    async def receive() -> Any:
        piece = next(pieces, None)
        return piece or await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    headers = {
        "authorization": f"Bearer {system.secret}",
        "content-type": "application/json",
        "idempotency-key": "k",
    }
    scope = {
        "type": "http", "method": "POST", "path": f"{REPORTING}/claims", "query_string": b"", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    app: Any = system.client.app
    system.client.portal.call(app, scope, receive, send)  # type: ignore[union-attr]
    assert sent[0]["status"] == 408
    assert b"api_too_slow" in sent[1]["body"]


def test_every_part_that_is_wrong_is_named_by_its_place(system: System) -> None:
    item = {"item_id": 1, "item_revision": 1}
    day = "2024-02-30"
    answer = system.report(
        obstacle(item, expected_on=day, reason="x" * 4001, number="1"),
        obstacle(item, item_id="1", decision=None, stuck_at=7),
        obstacle(item, kind="enacted"),
        {"kind": "enacted", **item, "files": ["../etc/passwd"], "issued_on": 1710979200},
        {"kind": "enacted", **item, "files": "x", "a/b~c": 1, "issued_on": "2024-W05-3"},
    )
    body = refused(answer, 422, "api_body")
    assert {one["pointer"]: one["code"] for one in body["errors"]} == {
        "#/updates/0/expected_on": "date",
        "#/updates/0/reason": "long",
        "#/updates/0/number": "unknown",
        "#/updates/1/item_id": "number",
        "#/updates/1/stuck_at": "text",
        "#/updates/2/expected_on": "unknown",
        "#/updates/2/decision": "unknown",
        "#/updates/2/reason": "unknown",
        "#/updates/2/stuck_at": "unknown",
        "#/updates/3/files/0": "pattern",
        "#/updates/3/issued_on": "date",
        "#/updates/4/files": "list",
        "#/updates/4/a~1b~0c": "unknown",
        "#/updates/4/issued_on": "date",
    }
    many = [{"kind": "enacted", **item, "files": [f"{place:064x}" for place in range(20)]}] * 2
    many.append({"kind": "enacted", **item, "files": [f"{place:064x}" for place in range(40, 60)]})
    many.append({"kind": "enacted", **item, "files": [f"{place:064x}" for place in range(70, 90)]})
    too_many = refused(system.report(*many), 422, "api_body")["errors"]
    assert [(one["pointer"], one["code"]) for one in too_many] == [("#", "files_many")]
    longest = refused(system.report(*[obstacle(item)] * 501), 422, "api_body")["errors"]
    assert [(one["pointer"], one["code"]) for one in longest] == [("#/updates", "many")]
    key = refused(system.report(obstacle(item), key="k" * 201), 422, "api_parameters")["errors"]
    assert [(one["parameter"], one["code"]) for one in key] == [("Idempotency-Key", "long")]


def test_other_sites_may_not_write(system: System) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Headers": "authorization"}
    for method in ("POST", "PUT"):
        answer = system.client.options(
            f"{REPORTING}/claims", headers=asked | {"Access-Control-Request-Method": method}
        )
        assert answer.status_code == 400
        assert method not in answer.headers.get("access-control-allow-methods", "")


def test_a_failure_tells_nobody_a_token(
    system: System, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(item_reports, "report", fail)
    with caplog.at_level(logging.DEBUG):
        answer = system.report(obstacle({"item_id": 1, "item_revision": 1}))
    assert refused(answer, 500, "api_incident")["incident"] in caplog.text
    assert system.secret not in caplog.text + answer.text


def test_only_json_is_answered_and_nothing_is_written_for_who_wants_something_else(
    system: System, demo_of_all: Installation
) -> None:
    before = demo_of_all.database.revision
    for method, path in (("GET", "/items"), ("POST", "/claims")):
        item = system.open_items()[0]
        answer = system.ask(
            method,
            path,
            json={"updates": [obstacle(item)]},
            headers={"Accept": "text/csv", "Idempotency-Key": "k"},
        )
        refused(answer, 406, "api_not_acceptable")
    assert demo_of_all.database.revision == before
