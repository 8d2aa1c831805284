"""Column headings of tables that people make: found whatever their case, dots and diacritics, each used or named."""

from collections.abc import Iterator, Mapping, Sequence

from catalogue.errors import Issue
from catalogue.text import clean, fold


def cell_text(cell: object) -> str:
    """What a cell says, in the one normal form of the store."""
    return "" if cell is None else clean(str(cell))


def heading_key(text: str) -> str:
    """A heading without case, diacritics and dots."""
    return " ".join(fold(text).replace(".", " ").split())


def headings(columns: Mapping[str, Sequence[str]], passed_over: Sequence[str]) -> Mapping[str, str | None]:
    """The column that each heading means, by its key; None: known, and not read."""
    return {
        **{heading_key(word): None for word in passed_over},
        **{heading_key(word): column for column, words in columns.items() for word in words},
    }


def problems(row: int, header: Sequence[object], columns: Mapping[str, str | None]) -> Iterator[Issue]:
    """Headings that are not known, and columns that stand there twice."""
    names = [heading_key(cell_text(cell)) for cell in header]
    for place, name in enumerate(names):
        if name and name not in columns:
            yield Issue("column_unknown", row=row, value=cell_text(header[place]))
    used = [columns[name] for name in names if columns.get(name)]
    for column in sorted({column for column in used if column and used.count(column) > 1}):
        yield Issue("column_twice", row=row, column=column)
