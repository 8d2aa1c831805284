"""The search index: tantivy in memory, built from the store on first use and brought forward by revision.

It holds every version with the days and revisions for which it stands, so that a question about any moment is answered
as the store would answer it. Readers keep the state they began with; only who asks for a newer revision waits for it.
"""

import threading
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Protocol

import polars as pl
from tantivy import Index, IndexWriter, Schema, Searcher

from catalogue.store.search_document import documents, schema

_HEAP, _LARGE_HEAP = 50_000_000, 256_000_000
_MANY = 20_000  # versions from which on a second thread pays


class Store(Protocol):
    """What the index needs of a database."""

    revision: int

    def read(self, name: str, /, **params: Any) -> pl.DataFrame:
        """Rows of a named query."""


@dataclass(frozen=True)
class Snapshot:
    """The index up to a revision; it answers for that one and every earlier one."""

    revision: int
    schema: Schema
    searcher: Searcher
    kept: dict[Hashable, Any] = field(default_factory=dict)  # answers, which stay the same


class SearchIndex:
    """Hands out the newest state that is new enough."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._writer: IndexWriter | None = None
        self._schema = schema()
        self._snapshot: Snapshot | None = None

    def at(self, revision: int) -> Snapshot:
        """A state of the index that knows everything recorded up to this revision."""
        snapshot = self._snapshot
        if snapshot is not None and snapshot.revision >= revision:
            return snapshot
        with self._lock:
            snapshot = self._snapshot
            if snapshot is None or snapshot.revision < revision:
                snapshot = self._bring_forward(snapshot.revision if snapshot else -1)
            return snapshot

    def forget(self) -> None:
        """Build anew at the next question: what is searched changed without a revision."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        self._index = self._writer = self._snapshot = None

    def _bring_forward(self, since: int) -> Snapshot:
        """Every version of the procedures that changed is put in again, up to the last revision of the store."""
        revision: int = self._store.revision
        rows = self._store.read("search/versions", since=since, revision=revision)
        if rows.is_empty() and self._snapshot is not None:
            self._snapshot = replace(self._snapshot, revision=revision)
            return self._snapshot
        try:
            self._snapshot = Snapshot(revision, self._schema, self._written(rows))
        except BaseException:
            self._drop()  # half a change must not be seen
            raise
        return self._snapshot

    def _written(self, rows: pl.DataFrame) -> Searcher:
        """The index with these versions; it merges its segments behind the readers' backs."""
        if self._index is None or self._writer is None:
            many = rows.height > _MANY
            self._index = Index(self._schema)
            self._index.config_reader(
                "manual"
            )  # reloading by itself, it would make ours wait 100 ms for its lock
            self._writer = self._index.writer(_LARGE_HEAP if many else _HEAP, 2 if many else 1)
        for code, versions in _procedures(rows):
            self._writer.delete_documents_by_term("procedure", code)
            for document in documents(versions):
                self._writer.add_document(document)
        self._writer.commit()
        self._index.reload()
        return self._index.searcher()


def _procedures(rows: pl.DataFrame) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The versions of each procedure, which stand together."""
    for code, versions in groupby(rows.iter_rows(named=True), key=lambda row: row["procedure_code"]):
        yield code, list(versions)
