"""A file as sheets of rows, whatever kind it is of."""

from collections.abc import Callable, Collection

from catalogue.errors import ImportRejected
from pipelines.delimited import read_csv
from pipelines.json_records import read_json, read_json_lines
from pipelines.snapshot import Snapshot
from pipelines.workbook import Sheet, read_workbook

_READERS: dict[str, Callable[[Snapshot], tuple[Sheet, ...]]] = {
    "xlsx": read_workbook,
    "csv": read_csv,
    "jsonl": read_json_lines,
    "jsonl.gz": read_json_lines,
    "json": read_json,
}


def read(
    snapshot: Snapshot, kinds: Collection[str] = tuple(_READERS), columns: Collection[str] = ()
) -> tuple[Sheet, ...]:
    """The sheets of a file that hold anything; `columns`: the headers that show how a CSV file is parted.

    Raises: ImportRejected when it is not of these kinds, is not readable or is empty.
    """
    kind = next((kind for kind in kinds if snapshot.name.lower().endswith(f".{kind}")), None)
    if kind is None:
        raise ImportRejected("file_type_unknown", file=snapshot.name, value=", ".join(f".{k}" for k in kinds))
    found = read_csv(snapshot, columns) if kind == "csv" else _READERS[kind](snapshot)
    sheets = tuple(sheet for sheet in found if any(not row.empty for row in sheet.rows))
    if not sheets:
        raise ImportRejected("table_empty", file=snapshot.name)
    return sheets
