"""The register against the golden rows and the list of published figures, where the shared data folder is at hand."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from catalogue.model.figure import Relation
from catalogue.reference import load_reference
from tests.golden_figures import SHARES, SUMS

SHARED = Path(__file__).parents[2] / ".." / "shared"
GOLDEN = SHARED / "data" / "golden"
LIST = SHARED / "domain" / "published-figures.yaml"
# The table leaves the percentage of this row blank and tells of it in the note: 110,6 % of the target of 50 %.
OF_TARGET = (Decimal(3425), Decimal(6191))

if GOLDEN.is_dir():

    def test_the_golden_shares_are_those_expected() -> None:
        with (GOLDEN / "reported_vs_computed.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == len(SHARES) == 25
        told = {
            (Decimal(row["numerator"]), _number(row["denominator"]), _number(row["printed_pct"])): row[
                "how_printed"
            ]
            for row in rows
        }
        for (numerator, denominator, percent), relation in SHARES.items():
            if (numerator, denominator) == OF_TARGET:
                assert told[numerator, denominator, None] == ""
                assert relation is Relation.OTHER_DENOMINATOR
            else:
                expected = "" if relation is Relation.NOT_PRINTED else relation.value
                assert told[numerator, denominator, percent] == expected

    def test_the_golden_sums_are_those_expected() -> None:
        path = GOLDEN / "sums_that_must_or_do_not_close.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == len(SUMS) == 10
        for row in rows:
            parts = tuple(int(part) for part in row["parts"].split("+"))
            relation = SUMS[int(row["total_printed"]), parts]
            assert (relation is Relation.CLOSES) == (row["closes"] == "True")
            assert sum(parts) == int(row["sum_of_parts"])


if LIST.is_file():

    def test_every_entry_of_the_list_is_in_the_register() -> None:
        told = yaml.safe_load(LIST.read_text(encoding="utf-8"))
        entries: list[dict[str, Any]] = told if isinstance(told, list) else told["figures"]
        assert len(entries) == 71
        known = {row.id: row for row in load_reference().published_figures}
        assert not {entry["id"] for entry in entries} - set(known)
        for entry in entries:
            row = known[entry["id"]]
            assert row.comparator == entry.get("comparator", row.comparator)
            if entry.get("as_of") is None:
                assert row.as_of is None or row.kind in ("target", "event"), entry["id"]


def _number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None
