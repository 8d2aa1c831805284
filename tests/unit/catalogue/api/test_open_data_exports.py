"""The catalogue given away over HTTP: what there is, files that are written while they are read, and not too many at once."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import polars as pl
import pytest
from starlette.testclient import TestClient

from catalogue.api.v1 import exports as routes
from catalogue.interchange.open_data.forms import forms
from catalogue.services import exports, figures
from catalogue.services.installation import Installation

pytestmark = [pytest.mark.reads_only, pytest.mark.usefixtures("demo")]


def test_everything_that_can_be_had_is_listed_with_its_moment(open_data_client: TestClient) -> None:
    answer = open_data_client.get("/api/v1/exports", params={"as_of": "2024-02-29"}).json()["data"]
    offered = {one["name"]: [file["form"] for file in one["files"]] for one in answer["exports"]}
    assert offered == {name: list(some) for name, some in forms().items()}
    assert all(
        file["url"].endswith("?as_of=2024-02-29") for one in answer["exports"] for file in one["files"]
    )
    assert answer["is_licence_confirmed"] is False


def test_a_table_holds_every_procedure_in_force(demo: Installation, open_data_client: TestClient) -> None:
    answer = open_data_client.get("/api/v1/exports/procedures.parquet")
    frame = pl.read_parquet(BytesIO(answer.content))
    total = figures.compute(demo, "catalogue.total", demo.moment()).numerator
    assert (frame.height, frame["procedure_code"].n_unique()) == (total, total)
    assert frame["procedure_code"].dtype == pl.String
    assert answer.headers["Content-Disposition"].endswith(
        f"procedures_2024-03-21_r{demo.database.revision}.parquet"
    )
    assert answer.headers["X-As-Of"] == "2024-03-21"


def test_who_has_it_already_or_asks_only_about_it_is_not_sent_it(
    demo: Installation, open_data_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> Iterator[Any]:
        raise AssertionError("the catalogue was read")
        yield

    monkeypatch.setattr(exports, "batches", refuse)
    head = open_data_client.head("/api/v1/exports/procedures.csv")
    assert (head.status_code, head.content) == (200, b"")
    again = open_data_client.get(
        "/api/v1/exports/procedures.csv", headers={"If-None-Match": head.headers["ETag"]}
    )
    assert again.status_code == 304
    other = open_data_client.head("/api/v1/exports/procedures.csv", params={"abolished": "true"})
    assert other.headers["ETag"] != head.headers["ETag"]


def test_the_record_of_the_data_sets_names_the_address_that_was_asked(open_data_client: TestClient) -> None:
    record = open_data_client.get("/api/v1/exports/dcat.jsonld")
    assert record.headers["Content-Type"].startswith("application/ld+json")
    assert "http://testserver/api/v1/exports/procedures.csv" in record.text
    assert open_data_client.get("/api/v1/exports/dictionary.json").json()["tables"]


@pytest.mark.parametrize(
    ("file", "status", "code"),
    [
        ("nothing.csv", 404, "export_not_found"),
        ("procedures", 422, "export_format_unknown"),
        ("procedures.pdf", 422, "export_format_unknown"),
    ],
)
def test_what_cannot_be_had_is_a_problem(
    open_data_client: TestClient, file: str, status: int, code: str
) -> None:
    answer = open_data_client.get(f"/api/v1/exports/{file}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_no_more_files_are_written_at_once_than_the_screens_can_bear(open_data_client: TestClient) -> None:
    for _ in range(routes._AT_ONCE):
        assert routes._running.acquire(blocking=False)
    try:
        answer = open_data_client.get("/api/v1/exports/levels.csv")
        assert (answer.status_code, answer.json()["code"]) == (429, "exports_busy")
        assert int(answer.headers["Retry-After"]) > 0
        assert open_data_client.get("/api/v1/exports").status_code == 200
    finally:
        for _ in range(routes._AT_ONCE):
            routes._running.release()


def test_a_place_is_given_back_before_the_file_is_sent_and_when_it_fails(
    open_data_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = open_data_client.get("/api/v1/exports/dictionary.json")
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    pieces = routes._read(routes._written(iter([b"a", b"b"])))
    assert next(pieces) == b"ab"

    def broken(*_: Any, **__: Any) -> Iterator[Any]:
        raise ValueError("while it was read")
        yield

    monkeypatch.setattr(exports, "batches", broken)
    for _ in range(routes._AT_ONCE + 1):
        assert open_data_client.get("/api/v1/exports/levels.csv").status_code == 500
