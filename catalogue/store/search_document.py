"""What the search index holds of a version: one document for every rectangle of days and revisions in which it stands."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from catalogue.model.standing import Recorded, Stand, stands
from catalogue.store.search_words import document_numbers, folded_text, name_words, number_key

UNKNOWN = "unknown"  # the value of a facet that the source does not say
START = "^"  # stands before the first word of a name
ENDLESS = 1 << 40  # later than every day and revision
FACETS = ("gift", "field", "level", "level_set", "level_group", "origin", "addressee", "way")

_HEAD = 12  # what a name is about stands in its first words; a mention may stand anywhere
_CODE_START = 3  # `1.0` is the shortest beginning of a code
_APART = " | "  # between entries, so that no phrase runs from one into the next
_LATEST = date.max.toordinal()


@dataclass(frozen=True)
class _Said:
    texts: list[tuple[str, str]]
    numbers: dict[str, int]
    in_force: bool


def schema() -> Schema:
    """Searched words from narrow (`head`) to wide (`whole`), facets, the two clocks, two orders."""
    builder = SchemaBuilder()
    builder.add_text_field("procedure", tokenizer_name="raw", index_option="basic")
    for name in ("head", "name", "exact", "near", "whole"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("code", "national", "code_start", "number"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("since", "until", "known_from", "known_until", "short_first", "latest_first", "version_id"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_boolean_field("in_force", indexed=True)
    return builder.build()


def documents(rows: Sequence[Mapping[str, Any]]) -> Iterator[Document]:
    """Those of all versions of one procedure (rows of `search/versions`)."""
    said = {row["version_id"]: _said(row) for row in rows}
    recorded = (Recorded(row["version_id"], row["effective_date"], row["revision"]) for row in rows)
    for stand in stands(recorded):
        yield _document(said[stand.version_id], stand)


def parts(row: Mapping[str, Any]) -> dict[str, list[str]]:
    """Where words are looked for beside name and code, nearest first."""
    issuing = (row["issuing_agency_text"], *(row["spellings"] or ()))
    return {
        "field": [row["field_name"]] if row["field_name"] else [],
        "agency": list(dict.fromkeys(filter(None, (*issuing, *(row["agencies"] or ()))))),
        "result": row["results"] or [],
        "keyword": row["keywords"] or [],
        "paper": row["papers"] or [],
        "basis": row["bases"] or [],
        "description": [row["description"]] if row["description"] else [],
    }


NEAR = ("field", "agency", "result", "keyword")


def code_forms(code: str, national: str, suffix: str | None) -> set[str]:
    """How a code is written in full: as published, and with the short suffix."""
    return {code.lower(), f"{national}.{suffix}".lower() if suffix else national.lower()}


def _said(row: Mapping[str, Any]) -> _Said:
    """What a version says, whenever it stands."""
    code, national, suffix = row["procedure_code"], row["national_code"], row["agency_suffix"]
    name = name_words(row["name"])
    folded = [word.folded for word in name]
    searched = parts(row)
    text = {part: _APART.join(map(_entry, entries)) for part, entries in searched.items() if entries}
    near = _APART.join((folded_text(row["name"]), *(text[part] for part in NEAR if part in text)))
    rest = (words for part, words in text.items() if part not in NEAR)
    numbers = {number_key(number) for number in row["numbers"] or ()}
    numbers.update(document_numbers(row["name"]), *(_numbers(basis) for basis in searched["basis"]))
    forms = code_forms(code, national, suffix)
    texts = {
        "procedure": code,
        "head": " ".join(folded[:_HEAD]),
        "name": " ".join((START, *folded)),
        "exact": " ".join((START, *(word.exact for word in name))),
        "near": near,
        "whole": _APART.join((near, *rest)),
        "code": " ".join(forms),
        "national": national.lower(),
        "code_start": " ".join(_starts(forms, suffix)),
        "number": " ".join(numbers),
    }
    length = min(sum(map(len, folded)) + len(folded), 4095)
    place = _code_order(code, national)
    orders = {
        "short_first": length << 52 | place,
        "latest_first": (_LATEST - row["effective_date"].toordinal()) << 42 | place >> 10,
        "version_id": row["version_id"],
    }
    facets = [(facet, value) for facet, values in _facets(row).items() for value in values]
    return _Said([*texts.items(), *facets], orders, row["in_force"])


def _document(said: _Said, stand: Stand) -> Document:
    document = Document()
    for field, text in said.texts:
        document.add_text(field, text)
    for field, number in said.numbers.items():
        document.add_unsigned(field, number)
    document.add_boolean("in_force", said.in_force)
    document.add_unsigned("since", stand.since.toordinal())
    document.add_unsigned("until", stand.until.toordinal() if stand.until else ENDLESS)
    document.add_unsigned("known_from", stand.known_from)
    document.add_unsigned("known_until", ENDLESS if stand.known_until is None else stand.known_until)
    return document


@lru_cache(maxsize=1 << 15)
def _entry(text: str) -> str:
    return folded_text(text)


@lru_cache(maxsize=1 << 15)
def _numbers(basis: str) -> list[str]:
    return document_numbers(basis)


def _facets(row: Mapping[str, Any]) -> dict[str, list[str]]:
    levels = sorted(row["levels"] or ())
    return {
        "gift": [row["gift"] or UNKNOWN],
        "field": [row["field_name"] or UNKNOWN],
        "level": levels or [UNKNOWN],
        "level_set": ["+".join(levels) or UNKNOWN],
        "level_group": row["level_groups"] or [UNKNOWN],
        "origin": [row["origin"]],
        "addressee": list(dict.fromkeys(row["addressees"] or ())) or [UNKNOWN],
        "way": list(dict.fromkeys(row["ways"] or ())) or [UNKNOWN],
    }


def _starts(forms: set[str], suffix: str | None) -> set[str]:
    """Every beginning of a code that tells it from a number, and the agency's suffix alone."""
    found = {form[:end].rstrip(".") for form in forms for end in range(_CODE_START, len(form))}
    return {start for start in found if "." in start} | ({suffix.lower()} if suffix else set())


def _code_order(code: str, national: str) -> int:
    """52 bits in the order of national codes; codes of one national code in some fixed order."""
    digits = "".join(char for char in national if char.isdigit())[:10]
    return int(digits or 0) << 18 | zlib.crc32(code.encode()) & 0x3FFFF
