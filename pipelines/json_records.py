"""JSON as rows: one object a line (.jsonl, .jsonl.gz), or one object or list of objects (.json)."""

import gzip
import json
import zlib
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any, NoReturn

from catalogue.errors import ImportRejected, Issue
from pipelines.snapshot import Snapshot
from pipelines.workbook import MAX_ROWS, MAX_UNPACKED, Row, Sheet
from pipelines.xlsx.limits import MAX_CELLS

MAX_DEPTH = 20
KEY_MISSING = "key_missing"


def read_json_lines(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """One sheet without a name: row 0 holds every key in its order of appearance, a row is numbered by its line.

    A key that a record does not have is marked: null is what the record says, no key is silence.
    Raises: ImportRejected naming the line that is no JSON object, or when the file unpacks to too much.
    """
    lines = _unpacked(snapshot).split(b"\n")
    found = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return _sheet(((number, _loaded(line, number, snapshot.name)) for number, line in found), snapshot.name)


def read_json(snapshot: Snapshot) -> tuple[Sheet, ...]:
    """As `read_json_lines`; a row is numbered by its place in the list.

    Raises: ImportRejected.
    """
    whole = _loaded(_unpacked(snapshot), 1, snapshot.name)
    return _sheet(enumerate(whole if isinstance(whole, list) else [whole], start=1), snapshot.name)


def _sheet(records: Iterator[tuple[int, Any]] | enumerate[Any], file: str) -> tuple[Sheet, ...]:
    keys: dict[str, None] = {}
    kept: list[tuple[int, dict[str, Any]]] = []
    for number, record in records:
        if not isinstance(record, dict):
            _refuse(file, number, "{…}")
        if len(kept) >= MAX_ROWS:
            raise ImportRejected("too_many_rows", file=file, limit=MAX_ROWS)
        keys |= dict.fromkeys(record)
        kept.append((number, record))
        if len(keys) * len(kept) > MAX_CELLS:
            raise ImportRejected("too_many_cells", file=file, limit=MAX_CELLS)
    return (Sheet(None, (Row(0, tuple(keys)), *(_row(number, record, keys) for number, record in kept))),)


def _row(number: int, record: dict[str, Any], keys: Collection[str]) -> Row:
    cells = tuple(record.get(key) for key in keys)
    if len(record) == len(keys):
        return Row(number, cells)
    return Row(number, cells, tuple((i, KEY_MISSING) for i, key in enumerate(keys) if key not in record))


def _loaded(text: bytes, number: int, file: str) -> Any:
    try:
        loaded = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
        json.dumps(loaded, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        _refuse(file, getattr(error, "lineno", 1) + number - 1, str(error))
    if _is_deeper(loaded, MAX_DEPTH):
        _refuse(file, number, "[[[…")
    return loaded


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key twice: {', '.join(sorted(key for key, _ in pairs))[:80]}")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _is_deeper(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left == 0 or any(_is_deeper(one, left - 1) for one in inner if isinstance(one, dict | list))


def _refuse(file: str, row: int, value: str) -> NoReturn:
    issue = Issue("json_malformed", file=file, row=row, value=value[:120])
    raise ImportRejected("json_malformed", issues=(issue,), file=file, row=row)


def _unpacked(snapshot: Snapshot) -> bytes:
    if not snapshot.name.lower().endswith(".gz"):
        return snapshot.content
    try:
        with gzip.open(BytesIO(snapshot.content)) as packed:
            content: bytes = packed.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ImportRejected("not_gzip", file=snapshot.name) from error
    if len(content) > MAX_UNPACKED:
        raise ImportRejected("file_unpacks_too_large", file=snapshot.name, limit_mb=MAX_UNPACKED // 1_000_000)
    return content
