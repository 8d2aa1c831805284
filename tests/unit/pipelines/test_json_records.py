"""JSON as rows: what a record says, what it is silent on, and what is no record at all."""

import gzip
from pathlib import Path

import pytest

from catalogue.errors import ImportRejected
from pipelines import json_records
from pipelines.json_records import KEY_MISSING, read_json, read_json_lines
from pipelines.snapshot import snapshot_of
from pipelines.workbook import Row


def _lines(content: bytes, name: str = "a.jsonl") -> tuple[Row, ...]:
    (sheet,) = read_json_lines(snapshot_of(Path(name), content))
    return sheet.rows


def test_a_row_is_a_line_and_the_header_is_every_key() -> None:
    content = b'\n{"code": "1", "name": null}\n\n{"name": "B", "size": 2, "code": "2"}\n'
    rows = (
        Row(0, ("code", "name", "size")),
        Row(2, ("1", None, None), ((2, KEY_MISSING),)),
        Row(4, ("2", "B", 2)),
    )
    assert _lines(content) == rows
    assert _lines(gzip.compress(content), "a.jsonl.gz") == rows


def test_one_object_and_a_list_of_objects_are_numbered_from_one() -> None:
    for content in (b'{"code": "1"}', b'[{"code": "1"}]'):
        (sheet,) = read_json(snapshot_of(Path("a.json"), content))
        assert sheet.rows == (Row(0, ("code",)), Row(1, ("1",)))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "Expecting"),
        (b"[1]", "{"),
        (b'{"a": 1, "a": 2}', "a key twice: a"),
        (b'{"a": {"b": 1, "b": 2}}', "a key twice: b"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "-Infinity"),
        (b'{"a": "\\ud800"}', "surrogates"),
        (b'{"\\udfff": 1}', "surrogates"),
        (b'{"a": "\xff"}', "utf-8"),
        (b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}", "[[["),
        (b"[" * 100_000, ""),
        (b'{"a": ' + b"9" * 5_000 + b"}", "digits"),
    ],
)
def test_what_is_no_record_names_its_line(line: bytes, says: str) -> None:
    with pytest.raises(ImportRejected) as refused:
        _lines(b'{"a": 0}\n' + line + b"\n")
    (issue,) = refused.value.issues
    assert (refused.value.code, issue.row) == ("json_malformed", 2)
    assert says in (issue.value or "")


def test_rows_cells_and_unpacked_bytes_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "MAX_ROWS", 2)
    monkeypatch.setattr(json_records, "MAX_CELLS", 3)
    monkeypatch.setattr(json_records, "MAX_UNPACKED", 60)
    for content, name, code in (
        (b"{}\n{}\n{}\n", "a.jsonl", "too_many_rows"),
        (b'{"a": 1, "b": 2}\n{"c": 3}\n', "a.jsonl", "too_many_cells"),
        (gzip.compress(b"{}\n" * 30), "a.jsonl.gz", "file_unpacks_too_large"),
        (b"no gzip", "a.jsonl.gz", "not_gzip"),
    ):
        with pytest.raises(ImportRejected) as refused:
            _lines(content, name)
        assert refused.value.code == code
