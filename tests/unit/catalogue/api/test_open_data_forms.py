"""Forms of an answer, what a client may keep of it, and every refusal as a problem in two languages."""

import logging
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from starlette.testclient import TestClient

from catalogue.errors import StoreUnavailable
from catalogue.services import programmes
from catalogue.services.figures import DECENTRALISATION
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

ITEMS = f"/api/v1/items?programme={DECENTRALISATION}&limit=5"


@pytest.fixture
def client(demo: Installation, open_data_client: TestClient) -> TestClient:
    return open_data_client


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("application/json;q=0.4, text/csv;q=0.5", "text/csv; charset=utf-8; header=present"),
        ("text/csv;q=0, */*", "application/json"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("no media type", "application/json"),
    ],
)
def test_the_form_is_what_the_client_likes_best(
    client: TestClient, accept: str | None, media_type: str
) -> None:
    answer = client.get(ITEMS, headers={} if accept is None else {"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert "Accept" in answer.headers["vary"]


def test_a_table_has_the_rows_of_the_json(client: TestClient) -> None:
    path = "/api/v1/procedures?limit=5"
    body = client.get(path).json()
    csv = client.get(body["links"]["csv"], headers={"Accept": "application/json"})
    assert csv.content.startswith("﻿procedure_code,".encode())
    assert csv.headers["content-disposition"].endswith(
        f"procedures_2024-03-21_r{body['clocks']['revision']}.csv"
    )
    rows = pl.read_csv(csv.content, try_parse_dates=True)
    parquet = client.get(body["links"]["parquet"])
    typed = pl.read_parquet(BytesIO(parquet.content))
    assert typed.columns == rows.columns == list(body["data"][0])
    assert typed["procedure_code"].to_list() == [row["procedure_code"] for row in body["data"]]
    assert typed["levels"].to_list() == [row["levels"] for row in body["data"]]
    assert rows["levels"][0] == "; ".join(body["data"][0]["levels"])
    assert (rows["effective_date"] == typed["effective_date"]).all()
    said = pl.read_parquet_metadata(BytesIO(parquet.content))
    assert (said["X-As-Of"], said["X-Total-Count"]) == ("2024-03-21", "6317")
    for answer in (csv, parquet):
        assert (answer.headers["x-total-count"], answer.headers["x-demonstration"]) == ("6317", "true")


def test_an_empty_table_has_the_columns_of_a_full_one(client: TestClient) -> None:
    schemas = [
        pl.read_parquet(BytesIO(client.get(f"{ITEMS}&format=parquet{more}").content)).schema
        for more in ("", "&q=không có gì như thế")
    ]
    assert schemas[0] == schemas[1]


def test_what_a_client_holds_is_not_sent_again(client: TestClient) -> None:
    whole = client.get(ITEMS)
    tag, since = whole.headers["etag"], whole.headers["last-modified"]
    for held in ({"If-None-Match": tag}, {"If-None-Match": f'"x", {tag}'}, {"If-Modified-Since": since}):
        answer = client.get(ITEMS, headers=held)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    for other in (f"{ITEMS}&as_of=2024-01-31", f"{ITEMS}&format=csv", f"{ITEMS}&agency=bo-y-te"):
        assert client.get(other, headers={"If-None-Match": tag}).status_code == 200
    earlier = {"If-Modified-Since": "Fri, 01 Mar 2024 00:00:00 GMT"}
    assert client.get(ITEMS, headers=earlier).status_code == 200
    assert client.get(ITEMS, headers={"If-None-Match": '"x"', "If-Modified-Since": since}).status_code == 200
    assert client.get(ITEMS, headers={"If-Modified-Since": "yesterday"}).status_code == 200
    assert "must-revalidate" in whole.headers["cache-control"]
    final = client.get(f"{ITEMS}&as_of=2024-02-29&known_at=2024-03-01")
    assert final.headers["cache-control"] == "public, max-age=3600"


@pytest.mark.writes
def test_a_list_goes_on_as_it_began_and_a_write_makes_a_new_answer(
    client: TestClient, demo: Installation
) -> None:
    first = client.get(ITEMS)
    with demo.database.transaction("test"):
        pass
    after = client.get(ITEMS, headers={"If-None-Match": first.headers["etag"]})
    assert (after.status_code, after.headers["x-revision"]) == (200, str(demo.database.revision))
    second = client.get(first.json()["links"]["next"])
    assert second.headers["x-revision"] == first.headers["x-revision"] != after.headers["x-revision"]


def test_head_is_get_without_its_body(client: TestClient) -> None:
    head, get = client.head(ITEMS), client.get(ITEMS)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == get.headers


def test_any_site_may_read_but_without_who_is_signed_in(client: TestClient) -> None:
    answer = client.get(ITEMS, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    assert client.options(ITEMS, headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "POST"
    assert client.options(ITEMS, headers=asked).status_code == 400


def problem(client: TestClient, method: str, path: str, status: int, **headers: str) -> dict[str, Any]:
    """The problem, whose type leads to what it means."""
    answer = client.request(method, path, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["instance"]) == (status, path.split("?")[0])
    meaning = client.get(body["type"]).json()["data"]
    assert meaning["code"] == body["code"]
    return body


@pytest.mark.parametrize(
    ("method", "path", "status", "vietnamese", "english"),
    [
        (
            "GET",
            "/api/v1/procedures/9.9",
            404,
            "Không có thủ tục mã 9.9",
            "There is no procedure with code 9.9",
        ),
        ("GET", "/api/v1/items/999999999", 404, "Không có phương án", "There is no such item"),
        ("GET", "/api/v1/items?programme=x", 404, "chương trình", "programme"),
        (
            "GET",
            "/api/v1/nothing",
            404,
            "Không có đường dẫn /api/v1/nothing",
            "There is no path /api/v1/nothing",
        ),
        ("GET", "/api/nothing", 404, "Không có đường dẫn", "There is no path"),
        ("POST", "/api/v1/items", 405, "Không gọi được", "takes no POST"),
        ("GET", "/api/v1/items?cursor=x", 400, "Con trỏ trang", "The cursor cannot be read"),
        (
            "GET",
            "/api/v1/items?as_of=2024-02-30",
            422,
            "Tham số chưa đúng: as_of",
            "Parameters are wrong: as_of",
        ),
    ],
)
def test_a_refusal_says_why_in_the_language_of_its_reader(
    client: TestClient, method: str, path: str, status: int, vietnamese: str, english: str
) -> None:
    told = problem(client, method, path, status)
    assert vietnamese in told["detail"]
    also = problem(client, method, path, status, **{"Accept-Language": "fr, en-GB;q=0.9, vi;q=0.3"})
    assert english in also["detail"]
    assert also["title"] != told["title"]
    assert (
        problem(client, method, f"{path}{'&' if '?' in path else '?'}lang=en", status)["detail"]
        == also["detail"]
    )


def test_every_wrong_parameter_is_named(client: TestClient) -> None:
    wrong = {
        "as_of": "1710979200", "limit": "501", "agncy": "bo-y-te", "deadline": "late", "assigned_by": "x", "q": "",
        "known_at": "2009-12-31",
    }  # fmt: skip
    query = "&".join(f"{name}={value}" for name, value in wrong.items())
    told = problem(client, "GET", f"/api/v1/items?{query}", 422)
    found = {one["parameter"]: one["code"] for one in told["errors"]}
    assert found == {
        "as_of": "date", "limit": "most", "agncy": "unknown", "deadline": "choice", "assigned_by": "number",
        "q": "empty", "known_at": "least",
    }  # fmt: skip
    assert "500" in next(one["detail"] for one in told["errors"] if one["parameter"] == "limit")
    later = problem(client, "GET", "/api/v1/procedures/1.901364/diff?from=2024-02-01&to=2024-01-01", 422)
    assert later["errors"][0]["code"] == "order"
    period = problem(client, "GET", "/api/v1/indicators/par-index/agencies?period=2023-13", 422)
    assert period["errors"][0]["code"] == "period"


def test_a_cursor_leads_on_in_its_own_question_only(client: TestClient) -> None:
    cursor = client.get(ITEMS).json()["links"]["next"].split("cursor=")[1]
    assert client.get(f"{ITEMS}&cursor={cursor}&format=csv").status_code == 200
    problem(client, "GET", f"{ITEMS}&cursor={cursor}&agency=bo-y-te", 400)
    problem(client, "GET", f"/api/v1/items?limit=5&cursor={cursor}", 400)


def test_a_form_that_there_is_not_is_refused(client: TestClient) -> None:
    told = problem(client, "GET", ITEMS, 406, Accept="application/xml")
    assert "text/csv" in told["detail"]
    assert (
        "text/csv" not in problem(client, "GET", "/api/v1/agencies/bo-y-te", 406, Accept="text/csv")["detail"]
    )


def test_what_nobody_expected_is_logged_under_a_number(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr(programmes, "documents", fail)
    with caplog.at_level(logging.ERROR):
        told = problem(client, "GET", f"/api/v1/programmes/{DECENTRALISATION}", 500)
    assert told["incident"] in told["detail"]
    assert "secret" not in str(told)
    (record,) = [one for one in caplog.records if told["incident"] in one.getMessage()]
    assert record.exc_info is not None
    assert "a secret of ours" in str(record.exc_info[1])


def test_a_database_that_cannot_answer_is_to_be_asked_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable("database_locked", path="/srv/secret", pid=1)

    monkeypatch.setattr(programmes, "documents", fail)
    path = f"/api/v1/programmes/{DECENTRALISATION}"
    assert "secret" not in str(problem(client, "GET", path, 503))
    assert client.get(path).headers["retry-after"] == "10"
