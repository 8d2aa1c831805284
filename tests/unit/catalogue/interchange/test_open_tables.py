"""The catalogue as tables: CSV, Parquet and the workbook say the same, and the dictionary says what they say."""

import json
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import repeat
from typing import Any
from zipfile import ZipFile

import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pytest

from catalogue.errors import Invalid
from catalogue.interchange.open_data import files, workbook
from catalogue.interchange.open_data.dictionary import COLUMNS, dictionary
from catalogue.interchange.open_data.durations import duration
from catalogue.interchange.open_data.graph import graph_pieces
from catalogue.interchange.open_data.record import Batches, OpenRecord
from catalogue.interchange.open_data.tables import LISTS, TYPES, tables
from catalogue.model.content import PARTS
from catalogue.model.version import Duration
from catalogue.services.installation import Installation
from tests import cpsv

SAID = {"as_of": "2024-03-21", "revision": "1"}
ABOUT = [("Tên / Title", "Danh mục")]


def _table(form: str, name: str, batches: Batches) -> bytes:
    return b"".join(files.table_pieces(form, tables()[name], batches, SAID, Counter()))


def _archive(form: str, batches: Batches, counts: Counter[str]) -> ZipFile:
    enclosed = {"about.json": json.dumps(SAID).encode()}
    return ZipFile(BytesIO(b"".join(files.archive_pieces(form, batches, SAID, counts, enclosed))))


def _batches() -> Iterator[list[OpenRecord]]:
    return cpsv.batched(cpsv.made_up(), 3)


def _read_csv(content: bytes, name: str) -> pl.DataFrame:
    assert content.startswith(b"\xef\xbb\xbf"), "so that Excel reads the letters right"
    return pl.read_csv(content, schema_overrides=tables()[name].schema)


def _sheet(book: Any, name: str) -> pl.DataFrame:
    """A sheet by the types of its table: Excel knows one kind of number, and no day without a time."""
    header, *rows = book[name].iter_rows(values_only=True)
    plain = [[cell.date() if isinstance(cell, datetime) else cell for cell in row] for row in rows]
    return pl.DataFrame(plain, schema=list(header), orient="row", infer_schema_length=None).cast(
        tables()[name].schema  # type: ignore[arg-type]
    )


def test_every_form_says_the_same_rows_of_the_same_types() -> None:
    counts: Counter[str] = Counter()
    csv, parquet = (_archive(form, _batches(), counts) for form in ("csv", "parquet"))
    written = b"".join(workbook.workbook_pieces(ABOUT, _batches(), Counter()))
    book = openpyxl.load_workbook(BytesIO(written))
    assert book.sheetnames == ["about", *tables(), "dictionary"]
    for name, table in tables().items():
        expected = table.frame(cpsv.made_up())
        assert expected.height == counts[name] / 2 > 0, name
        assert _read_csv(csv.read(f"{name}.csv"), name).equals(expected)
        columns = pl.read_parquet(parquet.read(f"{name}.parquet"))
        assert columns.schema == table.schema
        assert columns.equals(expected)
        assert _sheet(book, name).equals(expected)
        assert _table("csv", name, _batches()) == csv.read(f"{name}.csv")
    assert json.loads(csv.read("about.json")) == SAID
    metadata = pq.read_schema(BytesIO(parquet.read("fees.parquet"))).metadata
    assert (metadata[b"as_of"], metadata[b"revision"]) == (b"2024-03-21", b"1")
    assert pq.ParquetFile(BytesIO(parquet.read("procedures.parquet"))).num_row_groups == 2, "one a batch"


def test_what_the_rows_say() -> None:
    frames = {name: table.frame(cpsv.made_up()) for name, table in tables().items()}
    whole = frames["procedures"].row(0, named=True)
    assert (whole["procedure_code"], whole["levels"], whole["is_vertical"]) == (
        "2.000460",
        "communal; provincial",
        False,
    )
    assert (whole["decision_id"], whole["decision_number"]) == (None, "2226/QĐ-BTP")
    assert whole["decision_date"] == date(2024, 2, 29)
    assert frames["fees"].select("channel", "position", "amount_vnd", "amount", "currency").rows()[:3] == [
        (1, 1, None, 25.5, "USD"),
        (1, 2, None, None, None),
        (2, 1, 0, None, None),
    ]
    assert frames["papers"]["case_name"].to_list() == ["Lần đầu", "Cấp lại", "Cấp lại"]
    assert frames["legal_bases"].select("number", "issued_on", "document_id").rows() == [
        ("60/2014/QH13", date(2014, 11, 20), None),
        ("04/2020/TT-BTP", date(2020, 5, 28), 5),
        ("123/2015/NĐ-CP", None, None),
    ]
    assert dict(frames["agencies"].select("agency_name", "agency_code").rows())["Bộ Tư pháp"] == "bo-tu-phap"


def test_a_table_without_rows_still_has_its_columns() -> None:
    for name, table in tables().items():
        assert _read_csv(_table("csv", name, []), name).columns == list(table.schema)
        assert pl.read_parquet(_table("parquet", name, [])).schema == table.schema


def test_a_text_too_long_for_a_cell_is_cut_in_the_workbook_only() -> None:
    said = "💡=1+1 " * 9_000
    records = [cpsv.record("2.000001", {"name": "=1+1", "requirements": said})]
    written = b"".join(workbook.workbook_pieces(ABOUT, [records], Counter()))
    row = dict(
        zip(*openpyxl.load_workbook(BytesIO(written))["procedures"].iter_rows(values_only=True), strict=True)
    )
    assert row["requirements"].endswith(workbook.CUT)
    assert said.startswith(row["requirements"].removesuffix(workbook.CUT))
    assert 32_000 < len(row["requirements"].encode("utf-16-le")) // 2 < 32_767
    assert row["name"] == "=1+1", "a text is never a formula"
    assert _read_csv(_table("csv", "procedures", [records]), "procedures")["requirements"][0] == said


def test_a_sheet_that_cannot_hold_the_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 2)
    with pytest.raises(Invalid) as refused:
        list(workbook.workbook_pieces(ABOUT, _batches(), Counter()))
    assert refused.value.code == "export_sheet_full"


def test_the_dictionary_tells_every_column_with_its_type_and_both_meanings() -> None:
    told = dictionary("https://tthc.example/")
    assert {table["table"]: [one["column"] for one in table["columns"]] for table in told["tables"]} == {
        name: list(table.schema) for name, table in tables().items()
    }
    for table in told["tables"]:
        for one in table["columns"]:
            assert one["meaning"]["vi"] and one["meaning"]["en"] and one["type"] in TYPES
    written = b"".join(workbook.workbook_pieces(ABOUT, [], Counter()))
    rows = list(openpyxl.load_workbook(BytesIO(written))["dictionary"].iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert len(rows) == 1 + sum(len(table["columns"]) for table in told["tables"])


@pytest.mark.reads_only
def test_where_a_column_comes_from_is_a_place_in_the_store(demo: Installation) -> None:
    for table in tables().values():
        for column in table.columns:
            place, name = column.origin.split(".")
            assert name in dict(demo.database.columns(place)), column


def test_nothing_that_a_record_says_is_kept_back() -> None:
    columns = [column for table in tables().values() for column in table.columns]
    given = {column.origin.split(".")[1] for column in columns}
    given |= {part for column in columns for part in (column.part or "").replace(".", ", ").split(", ")}
    roles = {"implementing", "competent", "authorised", "cooperating"}  # the role is a value of agencies.role
    assert set(LISTS) < given
    renamed = {"levels": "level", "legal_bases": "document_text"}
    assert {renamed.get(part, part) for part in PARTS} - roles <= given


PIECES: dict[str, Callable[[Iterable[list[OpenRecord]]], Iterator[bytes]]] = {
    "jsonld": lambda batches: graph_pieces(cpsv.ABOUT, batches, Counter()),
    "csv": lambda batches: files.table_pieces("csv", tables()["papers"], batches, SAID, Counter()),
    "parquet": lambda batches: files.table_pieces("parquet", tables()["papers"], batches, SAID, Counter()),
    "csv.zip": lambda batches: files.archive_pieces("csv", batches, SAID, Counter(), {}),
    "xlsx": lambda batches: workbook.workbook_pieces(ABOUT, batches, Counter()),
}


@pytest.mark.parametrize("form", PIECES)
def test_memory_does_not_grow_with_the_catalogue(form: str) -> None:
    batch = cpsv.made_up() * 10

    def peak(times: int) -> int:
        tracemalloc.start()
        for _ in PIECES[form](repeat(batch, times)):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1)  # what is made once: patterns, tables, formats
    few, many = (2, 6) if form == "xlsx" else (3, 12)
    # what is held of each batch would be more than what waits for the garbage collector
    assert peak(many) < 1.5 * peak(few) + 60_000


@pytest.mark.parametrize("form", ["jsonld", "csv", "parquet"])
def test_the_next_batch_is_not_read_before_this_one_is_taken(form: str) -> None:
    read: list[int] = []

    def batches() -> Iterator[list[OpenRecord]]:
        for number in range(1, 4):
            read.append(number)
            yield cpsv.made_up()

    pieces = PIECES[form](batches())
    assert read == []
    next(pieces)
    seen = [len(read)]
    for _ in range(2):
        next(pieces)
        seen.append(len(read))
    assert seen == ([0, 1, 2] if form == "jsonld" else [1, 2, 3])


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("10", "ngày", "P10D"),
        ("10", "ngày làm việc", "P10D"),
        ("0.5", "ngày", "PT12H"),
        ("0.5", "ngày làm việc", None),
        ("4", "giờ", "PT4H"),
        ("1.5", "giờ", "PT90M"),
        ("2", "tuần", "P14D"),
        ("3", "tháng", "P3M"),
        ("0.5", "tháng", None),
        ("1", "năm", "P1Y"),
        ("0.5", "năm", "P6M"),
        ("0", "ngày", None),
        ("10", None, None),
        ("10", "quý", None),
        (None, "ngày", None),
    ],
)
def test_a_time_limit_is_a_duration_only_where_one_can_say_it(
    value: str | None, unit: str | None, expected: str | None
) -> None:
    assert duration(Duration(Decimal(value) if value else None, unit)) == expected
