"""Related procedures, from a table that the page holds twice: once for a wide screen, once for a narrow one."""

import re

from catalogue.model.quality import Problem
from pipelines.parse.words import Parsed, excerpt, paragraphs

_WIDE = re.compile(r"\A#\s*Tên thủ tục\s*")
_ROW = re.compile(r"#(?P<number>\d+)\s*Tên thủ tục(?P<name>(?:(?!#\d+\s*Tên thủ tục).)+)", re.DOTALL)


def related(text: str) -> Parsed[list[str]]:
    """The names where both tables say the same; otherwise the words as they stand."""
    words = paragraphs(text)
    if not words:
        return Parsed([])
    rows = list(_ROW.finditer(words))
    names = [row["name"].strip() for row in rows]
    wide = _WIDE.sub("", words[: rows[0].start()]) if rows else ""
    if wide.strip() == "".join(f"{row['number']}{row['name']}" for row in rows).strip() and rows:
        return Parsed(names)
    return Parsed([words], (Problem("related_unclear", "related", excerpt(words)),))
