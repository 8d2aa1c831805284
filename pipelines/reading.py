"""A file as sheets of rows, whatever kind it is of."""

from collections.abc import Callable, Collection

from catalogue.errors import ImportRejected
from pipelines.json_records import read_json, read_json_lines
from pipelines.snapshot import Snapshot
from pipelines.workbook import Sheet, read_csv, read_workbook

_READERS: dict[str, Callable[[Snapshot], tuple[Sheet, ...]]] = {
    "xlsx": read_workbook,
    "csv": read_csv,
    "jsonl": read_json_lines,
    "jsonl.gz": read_json_lines,
    "json": read_json,
}


def read(snapshot: Snapshot, kinds: Collection[str] = tuple(_READERS)) -> tuple[Sheet, ...]:
    """The sheets of a file that hold anything.

    Raises: ImportRejected when it is not of these kinds, is not readable or is empty.
    """
    kind = next((kind for kind in kinds if snapshot.name.lower().endswith(f".{kind}")), None)
    if kind is None:
        raise ImportRejected("file_type_unknown", file=snapshot.name, value=", ".join(f".{k}" for k in kinds))
    sheets = tuple(sheet for sheet in _READERS[kind](snapshot) if any(not row.empty for row in sheet.rows))
    if not sheets:
        raise ImportRejected("table_empty", file=snapshot.name)
    return sheets
