"""The data dictionary, made from what the writers themselves write by: tables.yml and terms.yml."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from catalogue.interchange.open_data.tables import TYPES, tables

COLUMNS = ("table", "column", "type", "origin", "meaning_vi", "meaning_en")
_TERMS = Path(__file__).with_name("terms.yml")


@cache
def terms() -> tuple[dict[str, str], ...]:
    """The terms of our own that the JSON-LD uses, as terms.yml says them."""
    return tuple(yaml.load(_TERMS.read_bytes(), Loader=yaml.CSafeLoader))


def dictionary(namespace: str) -> dict[str, Any]:
    """Tables with their columns, and the terms of our own namespace, in both languages."""
    return {
        "types": {name: str(kind()) for name, kind in TYPES.items()},
        "tables": [
            {
                "table": table.name,
                "meaning": {"vi": table.vi, "en": table.en},
                "columns": [
                    {
                        "column": column.name,
                        "type": column.type,
                        "origin": column.origin,
                        "part": column.part,
                        "meaning": {"vi": column.vi, "en": column.en},
                    }
                    for column in table.columns
                ],
            }
            for table in tables().values()
        ],
        "namespace": f"{namespace}vocabulary#",
        "terms": [
            {
                "term": term["term"],
                "is": term["is"],
                "on": term.get("on"),
                "range": term.get("range"),
                "meaning": {"vi": term["vi"], "en": term["en"]},
            }
            for term in terms()
        ],
    }


def lines() -> Iterator[tuple[str, ...]]:
    """The dictionary of the tables as rows with `COLUMNS`."""
    for table in tables().values():
        for column in table.columns:
            origin = f"{column.origin}: {column.part}" if column.part else column.origin
            yield table.name, column.name, column.type, origin, column.vi, column.en
