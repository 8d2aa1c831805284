"""Contents (see `catalogue.model.content`) as rows of the form: one of the main sheet, any number of each other one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from catalogue.interchange.form import form
from catalogue.model.content import Content

Value = str | int | float | None
FormRow = dict[str, Value]

BREAK = "---"
_DASHES = re.compile(r"-{3,}")
_EXACT = 10**15  # Excel keeps fifteen digits of a number


def main_row(code: str, content: Content) -> FormRow:
    """The row of the main sheet."""
    columns = form().main.columns
    row = {column.name: _cell(column.kind, content.get(column.name)) for column in columns}
    return row | {"procedure_code": code}


def child_rows(part: str, code: str, content: Content) -> Iterator[FormRow]:
    """The rows of the sheet that holds a part."""
    kinds = form().child(part).kinds
    for row in _ROWS[part](content.get(part) or ()):
        cells: FormRow = {"procedure_code": code}
        cells |= {name: _cell(kinds[name], value) for name, value in row.items() if value is not None}
        yield cells


def joined(entries: Sequence[str]) -> str:
    """Texts in one cell, one a line; where a text has several lines, a line of three dashes parts them.

    A line of dashes that a text has of its own gets one more.
    """
    lines = [line for entry in entries for line in entry.split("\n")]
    if len(lines) == len(entries) and not any(map(_DASHES.fullmatch, lines)):
        return "\n".join(entries)
    longer = ["\n".join(_one_more(line) for line in entry.split("\n")) for entry in entries]
    return f"\n{BREAK}\n".join(longer) if len(longer) > 1 else f"{longer[0]}\n{BREAK}"


def parted(text: str) -> list[str]:
    """The texts of a cell; the reverse of `joined`."""
    lines = text.split("\n")
    if not any(line.strip() == BREAK for line in lines):
        return lines
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip() == BREAK:
            found.append([])
        else:
            found[-1].append(_one_less(line))
    return ["\n".join(entry) for entry in found]


def _one_more(line: str) -> str:
    return f"{line}-" if _DASHES.fullmatch(line) else line


def _one_less(line: str) -> str:
    return line.strip()[:-1] if _DASHES.fullmatch(line.strip()) else line


def _cell(kind: str, value: Any) -> Value:
    if value is None or value == "" or value == []:
        return None
    lists = form().lists
    match kind:
        case "levels":
            return "\n".join(lists["levels"][level] for level in value)
        case "flag":
            return str(lists["yes_word"] if value else lists["no_word"])
        case "names":
            return "\n".join(value)
        case "blocks":
            return joined(value)
        case "day":
            day = date.fromisoformat(value)
            return f"{day:%d/%m}/{day.year:04}"
        case "whole" | "decimal":
            return _number(value)
    text: str = value
    return text


def _number(value: int | str) -> Value:
    """As a number where Excel keeps it whole and it reads back the same, else as text."""
    if isinstance(value, int):
        return value if abs(value) < _EXACT else str(value)
    number = float(value)
    is_same = repr(number) == value and not number.is_integer() and abs(number) < 10**9
    return number if is_same else value


def _channels(channels: Sequence[Mapping[str, Any]]) -> Iterator[FormRow]:
    for number, channel in enumerate(channels, start=1):
        said = {name: channel.get(name) for name in ("way", "time_value", "time_unit", "time_text", "note")}
        for fee in channel.get("fees") or [{}]:
            is_foreign = "currency" in fee
            yield {
                "number": number,
                **said,
                "amount": fee.get("amount") if is_foreign else fee.get("amount_vnd"),
                "currency": fee.get("currency"),
                "fee_text": fee.get("text"),
            }
            said = {}


def _dossier(cases: Sequence[Mapping[str, Any]]) -> Iterator[FormRow]:
    for number, case in enumerate(cases, start=1):
        for paper in case.get("papers") or [{}]:
            yield {"number": number, "case": case.get("case"), **paper}


def _legal_bases(bases: Sequence[Mapping[str, Any]]) -> Iterator[FormRow]:
    for basis in bases:
        yield dict(basis)


_ROWS = {"channels": _channels, "dossier": _dossier, "legal_bases": _legal_bases}
