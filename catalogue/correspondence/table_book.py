"""A table of a page to take away: the rows with their real types, and what the file is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import isnan
from typing import Any

import polars as pl
from xlsxwriter import Workbook

from catalogue.correspondence import origin
from catalogue.correspondence.lines import shortened
from catalogue.correspondence.sheets import Column, Sheets, Value
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services.installation import Installation

_NARROWEST, _WIDEST = 9, 80  # letters
_MEASURED = 200  # rows that a width is taken from


@dataclass(frozen=True)
class Shown:
    """A column as the page shows it: its name in the frame, its heading, its width in letters where the page says one."""

    name: str
    heading: str
    width: float | None = None


@dataclass(frozen=True)
class Table:
    """What is taken away; `filters`: (what, value) that narrowed the rows."""

    title: str
    columns: Sequence[Shown]
    frame: pl.DataFrame
    filters: Sequence[tuple[str, str]] = ()


def write(installation: Installation, moment: Moment, table: Table, t: Translator) -> bytes:
    """The table as .xlsx in the language of the page, with a second sheet on where it comes from."""
    output = BytesIO()
    headings = {one.name: one.heading for one in table.columns}
    headings |= {"what": t("item_book.column_what"), "value": t("item_book.column_value")}
    with Workbook(output, {"in_memory": True}) as book:
        book.set_properties({"title": shortened(table.title, 200), "created": moment.as_of})
        sheets = Sheets(book, table.title, origin.lines(installation, moment, t), headings.__getitem__)
        rows = [
            [_cell(value) for value in row] for row in table.frame.select(list(_names(table))).iter_rows()
        ]
        sheets.sheet(t("download.sheet_table"), list(_columns(table, rows)), rows)
        sheets.sheet(
            t("download.sheet_source"),
            [Column("what", 30), Column("value", 90)],
            _about(installation, moment, table, t),
        )
    return output.getvalue()


def _names(table: Table) -> Iterable[str]:
    return (one.name for one in table.columns)


def _columns(table: Table, rows: Sequence[Sequence[Value]]) -> Iterable[Column]:
    for place, one in enumerate(table.columns):
        longest = max((len(str(row[place] or "")) for row in rows[:_MEASURED]), default=0)
        heading = max((len(word) for word in one.heading.split()), default=0) + 3  # the filter's button
        width = max(one.width or longest + 2, heading, _NARROWEST)
        yield Column(one.name, min(width, _WIDEST))


def _cell(value: Any) -> Value:
    """A cell as a workbook holds it; a list becomes a text, what is no number becomes nothing."""
    if isinstance(value, float) and isnan(value):
        return None
    if isinstance(value, list):
        return "; ".join(str(one) for one in value) or None
    told: Value = value
    return told


def _about(
    installation: Installation, moment: Moment, table: Table, t: Translator
) -> Iterable[tuple[str, str]]:
    yield t("download.about_table"), table.title
    yield t("item_book.about_items"), t.number(table.frame.height)
    for what, value in table.filters:
        yield t("item_book.about_filter_by", what=what), value
    yield from origin.pairs(installation, moment, t)
