"""A batch held against the catalogue of the day it describes: new, changed, unchanged, missing."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from catalogue.model import quality
from catalogue.model.content import Content, comparable, content_text, merged, said_of
from catalogue.model.document import number_key
from catalogue.model.listing import Listed
from catalogue.model.procedure import split_code
from catalogue.model.quality import Problem
from catalogue.reference import Reference
from catalogue.services import versions
from catalogue.services.versions import NextVersion, Standing, agency_code
from catalogue.store.database import Transaction

# A list is not "by" an agency that it names in passing: this few of its rows, this few of the agency's procedures.
_PASSING_SHARE_OF_LIST = 0.02
_PASSING_SHARE_OF_AGENCY = 0.1
_AGENCY = pl.coalesce("issuing_agency", "issuing_agency_text").alias("agency")
_CODES = {"procedure_code": pl.String, "issuing_agency": pl.String, "issuing_agency_text": pl.String}


@dataclass(frozen=True)
class Compared:
    """One listed procedure beside what stands of it.

    `content` is what will hold once it is accepted, `parts` what the row decides of it.
    """

    listed: Listed
    before: Standing | None
    content: Content
    change: str
    parts: frozenset[str]


@dataclass(frozen=True)
class Comparison:
    """Every listed procedure, what the list leaves out, and the agencies it names in passing."""

    rows: tuple[Compared, ...]
    missing: pl.DataFrame
    passing: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """rows_new, rows_changed, rows_unchanged, rows_missing."""
        found = {f"rows_{change}": 0 for change in ("new", "changed", "unchanged")}
        for row in self.rows:
            found[f"rows_{row.change}"] += 1
        return found | {"rows_missing": self.missing.height}

    @property
    def written(self) -> list[Compared]:
        """What accepting writes, by code."""
        rows = (row for row in self.rows if row.change != "unchanged")
        return sorted(rows, key=lambda row: row.listed.procedure_code)


@dataclass(frozen=True)
class Telling:
    """Who tells what about which day: the parts a source carries, whether what it leaves out is missing, and whether
    a part that a record leaves out stays as it was."""

    source: str
    parts: frozenset[str]
    observed_on: date
    lists_all: bool = False
    keeps_silent: bool = False

    def decided(self, content: Content) -> frozenset[str]:
        """The parts that one record decides: all that its source carries, or only those it says something of."""
        return frozenset(said_of(content, self.parts)) if self.keeps_silent else self.parts


def compare(
    transaction: Transaction, reference: Reference, listed: Sequence[Listed], telling: Telling, revision: int
) -> Comparison:
    """Hold a batch against the catalogue; only a source that lists everything can leave something out.

    A source that says again what it said in its last accepted batch says nothing new, even where another source has
    spoken since: the sources disagree, which is said, and nothing goes back and forth. What was abolished comes back
    by a publication decision only: a list that still names it is said to lag.
    """
    codes = [one.procedure_code for one in listed]
    standing = versions.standing(transaction, telling.observed_on, revision, codes)
    heard = _heard(transaction, telling, codes)
    rows = tuple(_compared(one, standing.get(one.procedure_code), telling, heard) for one in listed)
    in_force = transaction.read("imports/catalogue_on", observed_on=telling.observed_on, revision=revision)
    if not telling.lists_all:
        return Comparison(rows, in_force.clear(), ())
    named = [
        {
            "procedure_code": row.listed.procedure_code,
            "issuing_agency": agency_code(reference, row.content.get("issuing_agency_text")),
            "issuing_agency_text": row.content.get("issuing_agency_text"),
        }
        for row in rows
    ]
    return Comparison(rows, *_missing(pl.DataFrame(named, schema=_CODES), in_force))


def staged_rows(
    batch_id: int, comparison: Comparison, reference: Reference, parts: Collection[str]
) -> Iterator[dict[str, Any]]:
    """The rows of a batch as they are kept: listed ones with what the source says, then the missing ones."""
    for row in comparison.rows:
        listed = row.listed
        yield {
            "batch_id": batch_id,
            "row_no": listed.row,
            "change": row.change,
            "procedure_code": listed.procedure_code,
            **_split(listed.procedure_code),
            "issuing_agency": agency_code(reference, row.content.get("issuing_agency_text")),
            "content": content_text(listed.content, parts),
            "raw": json.dumps(listed.raw, ensure_ascii=False),
            "problems": problems_text(listed.problems),
        }
    for gone in comparison.missing.iter_rows(named=True):
        names = ("name", "field_name", "issuing_agency_text")
        yield {
            "batch_id": batch_id,
            "row_no": 0,
            "change": "missing",
            **{name: gone[name] for name in ("procedure_code", "national_code", "agency_suffix")},
            "issuing_agency": gone["issuing_agency"],
            "content": content_text({name: gone[name] for name in names}),
            "raw": None,
            "problems": "[]",
        }


def listed_from(frame: pl.DataFrame) -> list[Listed]:
    """Kept rows as they were listed."""
    return [
        Listed(
            row["row_no"],
            row["procedure_code"],
            json.loads(row["content"]),
            json.loads(row["raw"] or "{}"),
            problems_from(row["problems"]),
        )
        for row in frame.iter_rows(named=True)
    ]


def checked(row: Compared, telling: Telling, ended: Callable[[str], bool]) -> tuple[Problem, ...]:
    """What was flagged while reading, then what is wrong with the record that would hold; each thing once.

    A part on which the source has fallen silent is said too: it was known before and is kept.
    """
    own = quality.problems(row.content, code=row.listed.procedure_code, day=telling.observed_on, ended=ended)
    seen = {(problem.rule, problem.part) for problem in row.listed.problems}
    said = {*row.parts, "procedure_code"}
    silent = sorted((telling.parts & row.before.content.keys()) - row.parts) if row.before else []
    return (
        *row.listed.problems,
        *(p for p in own if (p.rule, p.part) not in seen and p.part in said),
        *(Problem("part_not_given", part) for part in silent),
    )


def next_versions(transaction: Transaction, rows: Sequence[Compared], telling: Telling) -> list[NextVersion]:
    """The versions that a batch makes; what a row does not decide is kept."""
    return [
        NextVersion(
            procedure_code=row.listed.procedure_code,
            effective_date=telling.observed_on,
            content=row.content,
            source=telling.source,
            decision_id=_decision(transaction, row.content) if "decision_number" in row.parts else None,
            before=row.before.version_id if row.before else None,
            parts=row.parts,
            raw=row.listed.raw,
            problems=row.listed.problems,
            documents=row.before.documents if row.before else None,
        )
        for row in rows
    ]


def problems_text(problems: Sequence[Problem]) -> str:
    """Problems as they are kept with a staged row."""
    return json.dumps([[p.rule, p.part, p.value] for p in problems], ensure_ascii=False)


def problems_from(text: str) -> tuple[Problem, ...]:
    """The problems of a staged row."""
    return tuple(Problem(*found) for found in json.loads(text))


def _heard(transaction: Transaction, telling: Telling, codes: Collection[str]) -> dict[str, Content]:
    """What the source said of procedures in the last of its accepted batches up to the day, by code."""
    frame = transaction.read(
        "imports/said_last", source=telling.source, observed_on=telling.observed_on, codes=sorted(codes)
    )
    return {code: json.loads(said) for code, said in frame.select("procedure_code", "content").iter_rows()}


def _compared(
    listed: Listed, before: Standing | None, telling: Telling, heard: Mapping[str, Content]
) -> Compared:
    parts = telling.decided(listed.content)
    if before is None:
        return Compared(listed, None, merged({}, listed.content, parts), "new", parts)
    differing = _differing(listed.content, before.content, parts)
    last = heard.get(listed.procedure_code)
    repeats = last is not None and comparable(last, telling.parts) == comparable(
        listed.content, telling.parts
    )
    if before.in_force and differing and not repeats:
        return Compared(listed, before, merged(before.content, listed.content, parts), "changed", parts)
    if before.in_force:
        said = [Problem("sources_disagree", part) for part in differing]
    else:
        said = [Problem("listed_after_abolition", "procedure_code", before.effective_date.isoformat())]
    problems = tuple(dict.fromkeys((*listed.problems, *said)))
    return Compared(replace(listed, problems=problems), before, before.content, "unchanged", parts)


def _differing(said: Content, stands: Content, parts: Collection[str]) -> list[str]:
    if comparable(said, parts) == comparable(stands, parts):
        return []
    return sorted(part for part in parts if comparable(said, (part,)) != comparable(stands, (part,)))


def _missing(listed: pl.DataFrame, in_force: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """What the agencies that the list is by have in force and the list leaves out; who is only named in passing."""
    left_out = in_force.join(listed, on="procedure_code", how="anti")
    shares = (
        listed.group_by(_AGENCY)
        .agg(pl.len().alias("listed"))
        .join(in_force.group_by(_AGENCY).agg(pl.len().alias("known")), on="agency")
        .with_columns(
            in_passing=(pl.col("listed") < _PASSING_SHARE_OF_LIST * listed.height)
            & (pl.col("listed") < _PASSING_SHARE_OF_AGENCY * pl.col("known"))
        )
    )
    by = shares.filter(~pl.col("in_passing"))["agency"].implode()
    passing = shares.filter("in_passing")["agency"].sort().to_list()
    return left_out.filter(_AGENCY.is_in(by)).sort("procedure_code"), tuple(passing)


def _decision(transaction: Transaction, content: Mapping[str, Any]) -> int | None:
    """The registered document of the record's publication decision: number and date, one only."""
    if not content.get("decision_number") or not content.get("decision_date"):
        return None
    found = transaction.read(
        "documents/by_number",
        number_key=number_key(content["decision_number"]),
        issued_on=date.fromisoformat(content["decision_date"]),
    )
    return int(found["document_id"][0]) if found.height == 1 else None


def _split(code: str) -> dict[str, str | None]:
    national, suffix = split_code(code)
    return {"national_code": national, "agency_suffix": suffix}
