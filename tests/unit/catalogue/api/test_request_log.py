"""Requests and runs of pages in the log: one line each under one id, and nothing of a person but the actor's id."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient
from streamlit.runtime.scriptrunner import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from typer.testing import CliRunner

from catalogue import bootstrap, logs
from catalogue.__main__ import app as command_line
from catalogue.api import auth, counts, evidence, health
from catalogue.api.request_log import RequestLog
from catalogue.errors import Conflict, StaleVersion
from catalogue.model.claim import ClaimKind
from catalogue.services import accounts, claim_reading, claims, figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pages.ui import page_run
from tests.log_lines import Lines, logged, logging_as_it_was

NAME = "Nguyễn Thị Bình"
UUID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301"
SECRETS = (
    "nguyen.thi.binh",
    "Bình",
    "mat khau rat dai",
    "Bà Bình đã ký",
    "to-trinh-cua-binh",
    auth.COOKIE,
    "hộ tịch",
)


@pytest.fixture
def lines() -> Iterator[Lines]:
    with logged() as found:
        yield found


def client_of(routes: list[BaseRoute]) -> TestClient:
    app = Starlette(routes=routes, middleware=[Middleware(RequestLog, routes=routes)])
    return TestClient(app, follow_redirects=False)


def say(words: str) -> None:
    logging.getLogger("catalogue.services.test").info(words)


async def works(request: Request) -> Response:
    await run_in_threadpool(say, "a line of a service")
    return PlainTextResponse(str(logs.request_id()))


async def fails(request: Request) -> Response:
    raise ValueError(NAME)


async def is_left(request: Request) -> Response:
    raise ClientDisconnect


WORKS = [Route("/things/{name}", works), Route("/wrong/{name}", fails), Route("/left", is_left)]


def test_a_request_is_one_line_under_its_template(lines: Lines) -> None:
    with client_of(WORKS) as client:
        client.get("/things/binh?q=hộ tịch", headers={"Cookie": f"{auth.COOKIE}=abc", "X-Request-ID": UUID})
    (line,) = lines.of("request")
    assert datetime.now(UTC) - datetime.fromisoformat(line.pop("time")) < timedelta(minutes=1)
    assert 0 < line.pop("duration_ms") < 60_000
    assert line == {
        "level": "INFO", "logger": "catalogue.api.request_log", "message": "request", "method": "GET",
        "route": "/things/{name}", "status": 200, "request_id": UUID,
    }  # fmt: skip


def test_every_line_of_a_request_carries_its_id_and_the_client_gets_it(lines: Lines) -> None:
    with client_of(WORKS) as client:
        answers = [client.get("/things/a", headers={"X-Request-ID": UUID}), client.get("/things/b")]
    assert [one.headers["x-request-id"] for one in answers] == [one.text for one in answers]
    assert answers[0].text == UUID
    assert answers[1].text != UUID
    assert [line["request_id"] for line in lines.of("a line of a service")] == [one.text for one in answers]
    assert logs.request_id() is None


@pytest.mark.parametrize(
    "given",
    ["", "abc", "0912345678", "001090012345", "nguyen.thi.binh.2024", "a" * 65, f"{UUID} x", '"' * 20],
)
def test_an_id_that_is_not_well_formed_is_replaced(given: str) -> None:
    with client_of(WORKS) as client:
        answer = client.get("/things/a", headers={"X-Request-ID": given})
    assert answer.text == answer.headers["x-request-id"] != given
    assert len(answer.text) == 32


def test_a_failure_is_answered_and_logged_under_a_number_without_its_words(lines: Lines) -> None:
    before = counts.REGISTRY.get_sample_value("catalogue_incidents_total", {"where": "request"})
    with client_of(WORKS) as client:
        answer = client.get("/wrong/a")
    incident, request = lines.all
    assert (answer.status_code, answer.text) == (500, f"incident {incident['incident']}")
    assert answer.headers["x-request-id"] == incident["request_id"] == request["request_id"]
    assert (request["status"], request["level"], incident["level"]) == (500, "ERROR", "ERROR")
    assert incident["trace"].endswith("ValueError")
    assert "in fails" in incident["trace"]
    assert NAME not in lines.text
    after = counts.REGISTRY.get_sample_value("catalogue_incidents_total", {"where": "request"})
    assert after == (before or 0) + 1


def test_a_client_that_left_is_no_incident(lines: Lines) -> None:
    with client_of(WORKS) as client, pytest.raises(AssertionError, match="any response"):
        client.get("/left")
    (line,) = lines.all
    assert (line["message"], line["status"], line["level"]) == ("request", 499, "INFO")


def test_probes_and_streamlit_are_not_logged_while_all_is_well(demo: Installation, lines: Lines) -> None:
    routes: list[BaseRoute] = [*health.routes(lambda: demo)]
    others = [Route("/static/{name}", works), Route("/media/{name}", fails)]
    app = Starlette(routes=[*routes, *others], middleware=[Middleware(RequestLog, routes=routes)])
    paths = ("/healthz", "/readyz", "/static/a", "/catalogue/_stcore/health")
    with TestClient(app) as client:
        assert [client.get(path).status_code for path in paths] == [200, 200, 200, 404]
        assert lines.of("request") == []
        client.get("/media/a")
        client.post("/readyz")
    told = [(line["route"], line["status"]) for line in lines.of("request")]
    assert told == [("streamlit", 500), ("/readyz", 405)]


def test_the_lines_of_a_sign_in_and_a_claim_know_only_the_actors_id(demo: Installation, lines: Lines) -> None:
    person = accounts.add_account(
        demo, account=SECRETS[0], full_name=NAME, role="ministry_editor", agency_code="bo-y-te",
        password=SECRETS[2], by=None,
    )  # fmt: skip
    routes = [*auth.routes(bootstrap.current), *evidence.routes(bootstrap.current)]
    with client_of(routes) as client:
        wrong = {"account": person.account, "password": SECRETS[2] + "x"}
        client.post("/auth/session", data=wrong | {"next": "/catalogue?q=hộ tịch"})
        client.post("/auth/session", data={"account": person.account, "password": SECRETS[2]})
        token = client.cookies[auth.COOKIE]
        file_id = copy_context().run(claimed, demo, token)
        with pytest.raises(StaleVersion):
            copy_context().run(claimed, demo, token, late=1)
        assert client.get(f"/evidence/{file_id}").status_code == 200
    assert [(line["message"], line.get("status"), line.get("actor_id")) for line in lines.all] == [
        ("request", 303, None), ("request", 303, person.actor_id), ("page run", None, person.actor_id),
        ("page run", None, person.actor_id), ("request", 200, person.actor_id),
    ]  # fmt: skip
    assert not [secret for secret in (*SECRETS, token) if secret in lines.text]
    assert str(file_id) not in lines.text
    assert demo.database.writes["recorded", "stale_version"] == 1


def claimed(demo: Installation, token: str, *, late: int = 0) -> int:
    """Draft a claim as a page does, seen `late` revisions ago; the id of its file."""
    with page_run.measured() as run:
        run.page = "item"
        actor = accounts.who(demo, token)
        open_items = ItemFilter(agency="bo-y-te", progress="open")
        row = items.find(demo, demo.moment(), figures.SIMPLIFICATION, open_items, size=1).row(0, named=True)
        lock = items.get(demo, demo.moment(), row["item_id"]).state["lock_revision"]
        claim_id = claims.draft(
            demo, actor, row["item_id"], ClaimKind.OBSTACLE, {"note": "Bà Bình đã ký"}, item_revision=lock - late,
            files=[("to-trinh-cua-binh.pdf", b"%PDF-1.4 ban ky")],
        )  # fmt: skip
        return int(claim_reading.story(demo, actor, claim_id)[1]["evidence_id"][0])


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "done"),
        (StopException(), "stopped"),
        (RerunException(RerunData()), "rerun"),
        (ZeroDivisionError(), "failed"),
        (KeyboardInterrupt(), "failed"),
    ],
)
def test_a_run_of_a_page_is_counted_however_it_ends(
    lines: Lines, error: BaseException | None, outcome: str
) -> None:
    def ran() -> float:
        labels = {"page": "quality", "outcome": outcome}
        return counts.REGISTRY.get_sample_value("catalogue_page_runs_total", labels) or 0

    def timed() -> float:
        labels = {"page": "quality"}
        return counts.REGISTRY.get_sample_value("catalogue_page_run_duration_seconds_count", labels) or 0

    before = ran(), timed()

    def open_page() -> None:
        with page_run.measured() as run:
            run.page = "quality"
            if error:
                raise error

    context = copy_context()
    with pytest.raises(type(error)) if error else nullcontext():
        context.run(open_page)
    assert (ran(), timed()) == (before[0] + 1, before[1] + 1)
    (line,) = lines.of("page run")
    assert (line["page"], line["outcome"]) == ("quality", outcome)
    assert context.run(logs.request_id) == line["request_id"]  # under which the incident will be logged


def test_a_trace_names_the_code_and_no_value(empty: Installation) -> None:
    rows = [{"spelling_folded": NAME, "agency_code": "bo-y-te"}] * 2
    with pytest.raises(Conflict) as caught, empty.database.unrecorded() as transaction:
        transaction.insert("agency_spelling", rows)
    assert NAME in str(caught.value.__cause__)
    told = logs.trace(caught.value)
    assert NAME not in told
    assert "transaction.insert(" in told
    assert [line for line in told.splitlines() if line[0] != " "] == [
        "Conflict: conflict", "caused by", "ConstraintException",
    ]  # fmt: skip


def test_an_error_of_the_program_keeps_its_words() -> None:
    try:
        None.lost  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as error:
        assert logs.trace(error).endswith("AttributeError: 'NoneType' object has no attribute 'lost'")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "form", "is_json"),
    [
        (io.StringIO, None, True),
        (Terminal, None, False),
        (io.StringIO, "text", False),
        (Terminal, "json", True),
    ],
)
def test_a_terminal_is_written_text_and_a_file_json(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], form: str | None, is_json: bool
) -> None:
    if form is not None:
        monkeypatch.setenv("CATALOGUE_LOG", form)
    monkeypatch.setattr(sys, "stderr", stream())
    with logging_as_it_was():
        server = logging.getLogger("uvicorn.access")
        server.addHandler(logging.StreamHandler())
        server.setLevel(logging.INFO)
        logs.set_up(bootstrap.Settings().log)
        server.info("127.0.0.1 GET /?q=hộ tịch")  # tells what nobody may know
        with logs.about(logs.Work(actor_id=7)):
            say("một dòng")
        server.warning("stumbled")
    first, second = sys.stderr.getvalue().splitlines()  # type: ignore[attr-defined]
    if is_json:
        line = json.loads(first)
        assert (line["message"], line["actor_id"], line["time"][-6:]) == ("một dòng", 7, "+00:00")
        assert json.loads(second)["logger"] == "uvicorn.access"
    else:
        assert first.split(" ", 1)[1].startswith("INFO catalogue.services.test: một dòng request_id=")
        assert second.endswith("WARNING uvicorn.access: stumbled")


@pytest.mark.parametrize("form", ["json", None])
def test_a_command_that_fails_says_so_in_the_log_where_json_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str | None
) -> None:
    if form is not None:
        monkeypatch.setenv("CATALOGUE_LOG", form)
    monkeypatch.setattr(sys, "argv", ["catalogue", "backup", "/srv/binh.duckdb"])
    (tmp_path / "binh.duckdb").touch()
    with logging_as_it_was():
        done = CliRunner().invoke(command_line, ["backup", str(tmp_path / "binh.duckdb")])
    assert done.exit_code == 2
    logged_lines = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    told = [(line["message"], line["command"], line["code"]) for line in logged_lines]
    assert told == ([("command failed", "catalogue backup", "file_exists")] if form else [])
    assert "binh" not in str(logged_lines)
    assert "binh" in done.stderr  # the person who asked is told which file
