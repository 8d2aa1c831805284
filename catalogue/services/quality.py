"""The quality of the records: what is flagged in them, by agency and rule, as it stands at a moment."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from catalogue.model.period import Moment
from catalogue.model.quality import DISTRICT_ABOLISHED, RULES, Problem
from catalogue.reference import Reference
from catalogue.reference.checks import spellings
from catalogue.services import heirs
from catalogue.services.heirs import UNKNOWN
from catalogue.services.installation import Installation
from catalogue.services.procedures import PAGE_SIZE
from catalogue.text import spelling_key, words

SHARED, RESPELT = "name_shared", "name_respelt"  # the rules between records
GROUPS = ("record", "names", "reading")
# Rules of the readers that say what is wrong with the record; their others say what they could not read for certain.
_OF_THE_RECORD = frozenset(
    {
        *RULES,
        "free_beside_rate",
        "fee_currency_contradicted",
        "time_is_range",
        "time_unclear",
        "time_and_fee_glued",
        "level_unknown",
        "addressee_unknown",
        "procedure_type_unknown",
        "steps_unclear",
        "paper_is_a_result",
        "part_not_given",
    }
)

_PROBLEM: dict[str, Any] = dict.fromkeys(
    ("procedure_code", "name", "agency_code", "agency_name", "gift", "rule", "part", "value"), pl.String
)


@dataclass(frozen=True)
class AlikeNames:
    """Records of several codes under one name; `rule` says whether it is written the same everywhere."""

    rule: str
    records: tuple[tuple[str, str, str | None], ...]  # code, name, agency that answers

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that share the name."""
        return tuple(code for code, _, _ in self.records)


def problems(installation: Installation, moment: Moment, code: str | None = None) -> pl.DataFrame:
    """procedure_code, name, agency_code, agency_name, gift, rule, part, value, issuer_name: everything wrong with the
    records in force; the agency is who answers, `issuer_name` who issued where that is another.

    With a code, what is wrong with that record by itself: names are compared across the catalogue only.
    """
    asked: dict[str, Any] = {"as_of": moment.as_of, "revision": moment.revision}
    texts = installation.database.known("quality/agency_texts", **asked)["agency_text"]
    is_ended = ended(installation.reference, moment.as_of)
    found = installation.database.known(
        "quality/problems",
        code=code,
        ended=[text for text in texts if is_ended(text)],
        district_abolished=DISTRICT_ABOLISHED,
        **asked,
    )
    if code is None:
        found = pl.concat([found, _alike_rows(installation, moment)]).sort(
            "procedure_code", "rule", maintain_order=True
        )
    return heirs.at(installation, moment).placed(found)


def of_record(installation: Installation, moment: Moment, code: str) -> tuple[Problem, ...]:
    """What is wrong with one record as it stands."""
    found = problems(installation, moment, code).select("rule", "part", "value")
    return tuple(Problem(*row) for row in found.iter_rows())


def group_of(rule: str) -> str:
    """Which of `GROUPS` a rule belongs to: the record itself, names between records, or how a source was read."""
    if rule in (SHARED, RESPELT):
        return "names"
    return "record" if rule in _OF_THE_RECORD else "reading"


def of_group(found: pl.DataFrame, group: str) -> pl.DataFrame:
    """The problems of one group."""
    rules = [rule for rule in found["rule"].unique().to_list() if group_of(rule) == group]
    return found.filter(pl.col("rule").is_in(rules))


def by_rule(found: pl.DataFrame) -> dict[str, int]:
    """Records by rule, the most frequent first."""
    counts = found.group_by("rule").agg(pl.col("procedure_code").n_unique().alias("records"))
    return dict(counts.sort("records", "rule", descending=[True, False]).iter_rows())


def by_agency(installation: Installation, moment: Moment, found: pl.DataFrame) -> pl.DataFrame:
    """agency, agency_name, records, flagged and a column a rule: how many records; the most flagged agency first."""
    agency = pl.col("agency_code").fill_null(UNKNOWN).alias("agency")
    standing = (
        heirs.at(installation, moment)
        .placed(_in_force(installation, moment))
        .group_by(agency)
        .agg(pl.col("records").sum())
    )
    named = found.select(agency, "agency_name").unique("agency", keep="first", maintain_order=True)
    counts = found.group_by(agency, "rule").agg(pl.col("procedure_code").n_unique().cast(pl.Int64))
    flagged = found.group_by(agency).agg(pl.col("procedure_code").n_unique().cast(pl.Int64).alias("flagged"))
    pivoted = counts.pivot("rule", index="agency", values="procedure_code").fill_null(0)
    return (
        flagged.join(named, on="agency")
        .join(standing, on="agency", how="left")
        .join(pivoted, on="agency")
        .sort("flagged", "agency", descending=[True, False])
    )


def in_force(installation: Installation, moment: Moment) -> int:
    """How many records are in force."""
    return int(_in_force(installation, moment)["records"].sum())


def narrowed(found: pl.DataFrame, *, rule: str | None = None, text: str | None = None) -> pl.DataFrame:
    """The problems of a rule, with these words in code, name or value."""
    if rule is not None:
        found = found.filter(pl.col("rule") == rule)
    for word in words(text or ""):
        said = pl.concat_str("procedure_code", "name", "value", separator=" ", ignore_nulls=True)
        found = found.filter(
            said.map_elements(_padded, return_dtype=pl.String).str.contains(f" {word}", literal=True)
        )
    return found


def page_of(found: pl.DataFrame, page: int, size: int = PAGE_SIZE) -> pl.DataFrame:
    """The problems of one page of records."""
    codes = found["procedure_code"].unique(maintain_order=True).slice((page - 1) * size, size)
    return found.filter(pl.col("procedure_code").is_in(codes.implode()))


def alike_names(installation: Installation, moment: Moment) -> tuple[AlikeNames, ...]:
    """Names that several national codes share, or share but for spelling: tone marks, case, spaces, i/y."""
    frame = heirs.at(installation, moment).placed(_alike(installation, moment))
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        groups.setdefault(spelling_key(row["name"]), []).append(row)
    return tuple(
        AlikeNames(
            SHARED if len({row["name"] for row in rows}) == 1 else RESPELT,
            tuple((row["procedure_code"], row["name"], row["agency_name"]) for row in rows),
        )
        for rows in groups.values()
        if len({row["national_code"] for row in rows}) > 1
    )


def ended(reference: Reference, day: date) -> Callable[[str], bool]:
    """A test whether a text names an agency that no longer exists on this day, alone or within a longer name."""
    gone = [row for row in reference.agencies if row.valid_until is not None and row.valid_until < day]
    alone = {_padded(name) for agency in gone for name in spellings(agency)}
    within = tuple(
        _padded(name)
        for agency in gone
        for name in spellings(agency)
        if name.lower().startswith(("bộ ", "ủy ban ", "tỉnh ", "thành phố "))
    )

    @lru_cache(maxsize=4096)
    def names_ended(text: str) -> bool:
        padded = _padded(text)
        return padded in alone or any(name in padded for name in within)

    return names_ended


def _alike_rows(installation: Installation, moment: Moment) -> pl.DataFrame:
    issued = {row["procedure_code"]: row for row in _alike(installation, moment).iter_rows(named=True)}

    def rows() -> Iterator[tuple[str | None, ...]]:
        for group in alike_names(installation, moment):
            for code, name, _ in group.records:
                row = issued[code]
                others = ", ".join(other for other in group.codes if other != code)
                yield (
                    code,
                    name,
                    row["agency_code"],
                    row["agency_name"],
                    row["gift"],
                    group.rule,
                    "name",
                    others,
                )

    return pl.DataFrame(list(rows()), schema=_PROBLEM, orient="row")


def _alike(installation: Installation, moment: Moment) -> pl.DataFrame:
    return installation.database.known("quality/alike_names", as_of=moment.as_of, revision=moment.revision)


def _in_force(installation: Installation, moment: Moment) -> pl.DataFrame:
    return installation.database.known(
        "quality/in_force_by_agency", as_of=moment.as_of, revision=moment.revision
    )


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "
