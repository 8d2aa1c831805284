"""The catalogue searched: procedures that stand at a moment, best match first, with facets and how the text was read."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import polars as pl

from catalogue.model.period import Moment
from catalogue.reference.checks import spellings
from catalogue.services import heirs
from catalogue.services.installation import Installation
from catalogue.store.search_document import UNKNOWN, parts
from catalogue.store.search_query import Filters, Questions
from catalogue.store.search_reading import Understanding, where_found

__all__ = ["PAGE_SIZE", "UNKNOWN", "ProcedureFilter", "Understanding", "facets", "read", "search"]

PAGE_SIZE = 20
FACETS = ("gift", "field", "level", "level_set", "level_group", "addressee", "way", "in_name", "total")

_WHOLE = ("gift", "field")  # each procedure has one value of these
_FOUND_IN = pl.List(pl.Struct({"part": pl.String, "entry": pl.String}))


@dataclass(frozen=True)
class ProcedureFilter:
    """What the catalogue is narrowed by; None means everything. `agency`: who answers, in the organisation of the moment.

    `level_set`: exactly these levels, joined by `+` in their alphabetical order; `unknown` is a value of every facet.
    """

    text: str | None = None
    agency: str | None = None
    field: str | None = None
    level: str | None = None
    level_set: str | None = None
    level_group: str | None = None
    origin: str | None = None
    addressee: str | None = None
    way: str | None = None
    in_force: bool | None = True
    in_name: bool = False  # found by name or code, not by another part of the record

    @property
    def values(self) -> dict[str, str]:
        """The facets that must have a value, but for the agency."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value
            for name, value in named.items()
            if isinstance(value, str) and name not in ("text", "agency")
        }


def search(
    installation: Installation,
    moment: Moment,
    wanted: ProcedureFilter | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Procedures as they stand, best match first (without a text: latest change first); `total` counts them all.

    `issuer_name`: who published the record, where another agency answers for it.
    `found_in`: the part and entry of the record that has the words, where the name and the code have not.
    """
    wanted = wanted or ProcedureFilter()
    questions, text = _asked(installation, moment, wanted)
    hits = questions.find(text, _filters(installation, moment, wanted), size, (page - 1) * size)
    rows = installation.database.read("procedures/search", version_ids=hits.version_ids)
    found = _found_in(installation, text, rows.filter(pl.col("version_id").is_in(hits.elsewhere)))
    return (
        heirs.at(installation, moment)
        .placed(rows)
        .with_columns(
            pl.lit(hits.total, pl.Int64).alias("total"),
            pl.Series("found_in", [found.get(row, []) for row in rows["version_id"]], _FOUND_IN),
        )
    )


def facets(installation: Installation, moment: Moment, wanted: ProcedureFilter | None = None) -> pl.DataFrame:
    """facet (`agency`, else see `FACETS`), value, label, procedures: each facet under all filters but its own.

    Levels, level groups, addressees and ways are memberships; their value `all` counts the procedures they belong to.
    `in_name`: how many name or code alone would find, and `all`.
    """
    wanted = wanted or ProcedureFilter()
    questions, text = _asked(installation, moment, wanted)
    rows = []
    for facet, (total, counts) in questions.count(
        text, _filters(installation, moment, wanted), FACETS
    ).items():
        if facet == "gift":
            rows += [("agency", *one) for one in _by_agency(installation, moment, counts).items()]
            continue
        rows += [(facet, value, count) for value, count in counts.items()]
        if facet not in _WHOLE:
            rows.append((facet, "total" if facet == "total" else "all", total))
    names = {agency.code: agency.name for agency in installation.reference.agencies}
    labelled = [
        (facet, value, names.get(value, value) if facet == "agency" else value, count)
        for facet, value, count in rows
    ]
    schema = {"facet": pl.String, "value": pl.String, "label": pl.String, "procedures": pl.Int64}
    return pl.DataFrame(labelled, schema, orient="row").sort(
        "facet", "procedures", "value", descending=[False, True, False]
    )


def read(installation: Installation, moment: Moment, text: str | None) -> Understanding:
    """How a text is read: slips put right, everyday words explained."""
    return _asked(installation, moment, ProcedureFilter(text=text))[1]


def _asked(
    installation: Installation, moment: Moment, wanted: ProcedureFilter
) -> tuple[Questions, Understanding]:
    questions = Questions(installation.database.search_index.at(moment.revision), moment)
    return questions, questions.read(wanted.text or "", installation.reference.everyday_words)


def _filters(installation: Installation, moment: Moment, wanted: ProcedureFilter) -> Filters:
    values: dict[str, str | tuple[str, ...]] = {**wanted.values}
    if wanted.agency is not None:
        values["gift"] = heirs.gifts(installation, moment, wanted.agency)
    return Filters(values, wanted.in_force, wanted.in_name)


def _by_agency(installation: Installation, moment: Moment, by_gift: Mapping[str, int]) -> dict[str, int]:
    answering = heirs.at(installation, moment).by_gift(by_gift)
    counts: dict[str, int] = {}
    for gift, count in by_gift.items():
        counts[answering[gift]] = counts.get(answering[gift], 0) + count
    return counts


def _found_in(
    installation: Installation, text: Understanding, rows: pl.DataFrame
) -> dict[int, list[dict[str, Any]]]:
    if rows.is_empty():
        return {}
    searched = installation.database.read("search/parts", version_ids=rows["version_id"].to_list())
    names = {row["version_id"]: (row["name"], row["procedure_code"]) for row in rows.iter_rows(named=True)}
    known = {agency.code: spellings(agency) for agency in installation.reference.agencies}
    found = {}
    for row in searched.iter_rows(named=True):
        places = parts(row | {"spellings": known.get(row["issuing_agency"], ())})
        found[row["version_id"]] = [
            {"part": part, "entry": entry}
            for part, entry in where_found(text, *names[row["version_id"]], places)
        ]
    return found
