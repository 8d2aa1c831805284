"""Tables as CSV and Parquet, one after another or all of them in one .zip, as bytes that are given while they are made."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from io import RawIOBase
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from catalogue.interchange.open_data.record import Batches
from catalogue.interchange.open_data.tables import OpenTable, tables

Pieces = Iterator[bytes]
Out = BinaryIO | RawIOBase

_PIECE = 1 << 18  # bytes
_MARK = b"\xef\xbb\xbf"  # without it Excel takes Vietnamese for something else
_MADE = (2000, 1, 1, 0, 0, 0)  # the same content is the same archive, whenever it is made


class Sink(RawIOBase):
    """Takes what a writer writes, until it is taken away."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """It is nothing else."""
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        """Hold some bytes."""
        self._held += content
        return len(content)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._held)
        self._held.clear()
        return taken


class TableFile(Protocol):
    """A file of one table on its way."""

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows of one batch."""

    def close(self) -> None:
        """Write what stands after the last row."""


class CsvFile:
    """CSV in UTF-8 with a mark, a header even where there are no rows, nothing changed in what a source says."""

    def __init__(self, out: Out, table: OpenTable, _: Mapping[str, str]) -> None:
        self._out = out
        self._out.write(_MARK + pl.DataFrame(schema=table.schema).write_csv().encode())

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows of one batch."""
        self._out.write(frame.write_csv(include_header=False).encode())

    def close(self) -> None:
        """Nothing stands after the rows."""


class ParquetFile:
    """Parquet with one row group a batch; `said`: what the file says of itself."""

    def __init__(self, out: Out, table: OpenTable, said: Mapping[str, str]) -> None:
        schema = pl.DataFrame(schema=table.schema).to_arrow().schema
        self._schema = schema.with_metadata({key.encode(): value.encode() for key, value in said.items()})
        self._writer = pq.ParquetWriter(pa.PythonFile(out, mode="w"), self._schema, compression="zstd")

    def add(self, frame: pl.DataFrame) -> None:
        """Write the rows of one batch."""
        if frame.height:
            self._writer.write_table(frame.to_arrow().cast(self._schema))

    def close(self) -> None:
        """Write where the row groups are."""
        self._writer.close()


MAKERS: dict[str, Callable[[Out, OpenTable, Mapping[str, str]], TableFile]] = {
    "csv": CsvFile,
    "parquet": ParquetFile,
}


def table_pieces(
    form: str, table: OpenTable, batches: Batches, said: Mapping[str, str], counts: Counter[str]
) -> Pieces:
    """One table as a file of a form in `MAKERS`, given batch by batch; rows are counted by table."""
    out = Sink()
    file = MAKERS[form](out, table, said)
    for batch in batches:
        frame = table.frame(batch)
        file.add(frame)
        counts[table.name] += frame.height
        yield out.take()
    file.close()
    yield out.take()


def archive_pieces(
    form: str,
    batches: Batches,
    said: Mapping[str, str],
    counts: Counter[str],
    enclosed: Mapping[str, bytes],
) -> Pieces:
    """Every table in one .zip: the catalogue is read once, the tables wait on disk until they are packed.

    `enclosed`: files that go with them, by name.
    """
    with TemporaryDirectory() as folder:
        paths = {name: Path(folder) / f"{name}.{form}" for name in tables()}
        with ExitStack() as open_files:
            files = {
                name: MAKERS[form](open_files.enter_context(path.open("wb")), tables()[name], said)
                for name, path in paths.items()
            }
            for batch in batches:
                for name, file in files.items():
                    frame = tables()[name].frame(batch)
                    file.add(frame)
                    counts[name] += frame.height
            for file in files.values():
                file.close()
        members = chain(
            ((name, (content,)) for name, content in enclosed.items()),
            ((path.name, file_pieces(path)) for path in paths.values()),
        )
        yield from zip_pieces(members)


def zip_pieces(members: Iterable[tuple[str, Iterable[bytes]]]) -> Pieces:
    """An archive of named members."""
    out = Sink()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, pieces in members:
            info = ZipInfo(name, _MADE)
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    yield out.take()
    yield out.take()


def file_pieces(path: Path) -> Pieces:
    """A file in pieces of a quarter of a megabyte."""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
