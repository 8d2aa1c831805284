"""The format of exchange for programs: CSV with one row a procedure, JSON lines with the whole record."""

import csv
import json
import re
from collections.abc import Sequence
from io import StringIO
from typing import TypeAlias

from catalogue.interchange.form import form
from catalogue.interchange.rows import main_row
from catalogue.model.content import PARTS, Content

Record: TypeAlias = tuple[str, Content]

# What Excel takes for a formula when it opens a CSV file: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_csv(records: Sequence[Record]) -> bytes:
    """The columns of the main sheet as CSV, in UTF-8 with a mark so that Excel reads the letters right."""
    output = StringIO(newline="")
    writer = csv.writer(output)
    columns = form().main.columns
    writer.writerow([column.header for column in columns])
    for code, content in records:
        row = main_row(code, content)
        writer.writerow(
            ["" if (value := row[column.name]) is None else guarded(str(value)) for column in columns]
        )
    return output.getvalue().encode("utf-8-sig")


def write_json_lines(records: Sequence[Record]) -> bytes:
    """One object a line in the shape of `catalogue.model.content`, every part named: null is unknown."""
    lines = (
        {"procedure_code": code} | {part: content.get(part) for part in PARTS} for code, content in records
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def guarded(text: str) -> str:
    """The text with an apostrophe before what Excel would execute."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that `guarded` put before it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
