"""Outside lists into the catalogue: stage a comparison, show it, accept it in one transaction.

What a list leaves out is reported by issuing agency and never acted upon. Accepting compares again, so that
nothing is written twice however the catalogue moved since staging.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import Conflict, ImportRejected, Invalid, Issue, NotFound
from catalogue.model.procedure import list_content_hash, search_text
from catalogue.reference import Reference
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import fold

# What is wrong with a list as a whole: nothing of it can be trusted, so nothing is staged.
STOPS_BATCH = frozenset(
    {"unknown_column", "rows_unaccounted", "contract_broken", "too_few_rows", "too_many_errors"}
)

# A list is not "by" an agency that it names in passing: this few of its rows, this few of the agency's procedures.
_PASSING_SHARE_OF_LIST = 0.02
_PASSING_SHARE_OF_AGENCY = 0.1

_AGENCY = pl.coalesce("issuing_agency", "issuing_agency_text").alias("agency")
_WRITTEN = ("new", "changed")


@dataclass(frozen=True)
class BatchReport:
    """A batch in figures: rows_read = new + changed + unchanged + rejected; missing is what the list leaves out."""

    batch_id: int
    source: str
    file_name: str
    state: str
    observed_on: date
    rows_read: int
    rows_new: int
    rows_changed: int
    rows_unchanged: int
    rows_missing: int
    rows_rejected: int
    missing_by_agency: Mapping[str, int]
    issues: tuple[Issue, ...]

    @property
    def has_problems(self) -> bool:
        """Some row was left out, or something is wrong that is more than a warning."""
        return self.rows_rejected > 0 or any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True)
class _Comparison:
    """Listed and missing rows with their change and the version before; agencies named in passing."""

    rows: pl.DataFrame
    passing: tuple[str, ...]

    def count(self, change: str) -> int:
        return int((self.rows["change"] == change).sum())

    @property
    def counts(self) -> dict[str, int]:
        return {f"rows_{name}": self.count(name) for name in ("new", "changed", "unchanged", "missing")}

    @property
    def written(self) -> pl.DataFrame:
        return self.rows.filter(pl.col("change").is_in(_WRITTEN)).sort("procedure_code")


def stage(
    installation: Installation,
    *,
    source: str,
    file_name: str,
    sha256: str,
    observed_on: date,
    frame: pl.DataFrame,
    issues: Sequence[Issue],
    rows_read: int,
    sheet: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> BatchReport:
    """Compare a contract frame with the catalogue on the day it describes, and keep the comparison as a batch.

    `sheet` and `headers` (contract column -> the source's name of it) are for messages. The same bytes staged again
    replace the batch that still waits.
    Raises: ImportRejected (with all issues, those that stop it first) when the list as a whole is not to be trusted;
    Invalid when the day has not come yet.
    """
    if observed_on > installation.today:
        raise Invalid("observed_in_future", value=observed_on)
    if stopping := [issue for issue in issues if issue.rule in STOPS_BATCH]:
        rest = (issue for issue in issues if issue.rule not in STOPS_BATCH)
        raise ImportRejected(issues=(*stopping, *rest), file=file_name, rows_read=rows_read)
    listed = _listed(installation.reference, frame)
    found = [*issues, *_unknown_agencies(listed, file_name, sheet, headers or {})]
    with installation.database.unrecorded() as transaction:
        now = transaction.recorded_at
        for twin in transaction.read("imports/staged_twins", source=source, sha256=sha256)["batch_id"]:
            transaction.write("imports/replace", batch_id=twin, decided_at=now)
            transaction.write("imports/clear_staged", batch_id=twin)
        comparison = _compare(transaction, listed, observed_on, transaction.revision)
        found += [
            Issue(
                "agency_in_passing", "warning", file_name, value=_agency_name(installation.reference, agency)
            )
            for agency in comparison.passing
        ]
        number = transaction.row("imports/next_batch")
        assert number is not None
        batch_id: int = number["batch_id"]
        transaction.insert(
            "batch",
            [
                {
                    "batch_id": batch_id,
                    "source": source,
                    "file_name": file_name,
                    "sha256": sha256,
                    "observed_on": observed_on,
                    "state": "staged",
                    "rows_read": rows_read,
                    **comparison.counts,
                    "rows_rejected": rows_read - frame.height,
                    "base_revision": transaction.revision,
                    "staged_at": now,
                }
            ],
        )
        _keep_rows(transaction, batch_id, comparison)
        transaction.insert("batch_issue", [_issue_row(batch_id, n, issue) for n, issue in enumerate(found)])
    return report(installation, batch_id)


def accept(installation: Installation, batch_id: int, *, actor_id: int | None = None) -> BatchReport:
    """Write what a batch says that the catalogue does not, in one transaction; without a difference, no revision.

    Raises: NotFound, Conflict when the batch was accepted or replaced already.
    """
    database = installation.database
    with database.unrecorded() as transaction:
        batch, comparison = _compare_again(transaction, batch_id, transaction.revision)
        if not comparison.written.height:
            _close(transaction, batch, comparison, transaction.revision, None)
            return _report(transaction, batch_id)
    with database.transaction("import.accept", actor_id) as transaction:
        base = transaction.revision - 1
        batch, comparison = _compare_again(transaction, batch_id, base)
        _write_versions(transaction, installation.reference, batch, comparison.written)
        _close(transaction, batch, comparison, base, transaction.revision)
        return _report(transaction, batch_id)


def report(installation: Installation, batch_id: int) -> BatchReport:
    """A batch in figures, with its issues.

    Raises: NotFound.
    """
    return _report(installation.database, batch_id)


def find(installation: Installation) -> pl.DataFrame:
    """Every batch with its figures, the newest first."""
    return installation.database.read("imports/batches")


def preview(
    installation: Installation, batch_id: int, *, change: str | None = None, page: int = 1, size: int = 200
) -> pl.DataFrame:
    """The rows of a batch (of one change, or all) beside what the catalogue says, by code; `total` counts them all.

    Raises: NotFound.
    """
    batch = _batch(installation.database, batch_id)
    return installation.database.read(
        "imports/preview",
        batch_id=batch_id,
        observed_on=batch["observed_on"],
        base_revision=batch["base_revision"],
        change=change,
        limit=size,
        offset=(page - 1) * size,
    )


def _listed(reference: Reference, frame: pl.DataFrame) -> pl.DataFrame:
    """A contract frame as staged rows: agencies resolved, the content hashed, nothing for empty text."""
    texts = frame["issuing_agency_text"].unique().to_list()
    codes = {text: agency.code if (agency := reference.agency_named(text)) else None for text in texts}
    content = frame.select("name", "field_text", "issuing_agency_text", "implementing_agencies").iter_rows()
    return frame.select(
        pl.col("row").alias("row_no"),
        "procedure_code",
        "national_code",
        "agency_suffix",
        "name",
        pl.col("field_text").replace("", None).alias("field_name"),
        pl.col("issuing_agency_text").replace_strict(codes, return_dtype=pl.String).alias("issuing_agency"),
        pl.col("issuing_agency_text").replace("", None),
        "implementing_agencies",
        pl.Series("content_hash", [list_content_hash(*values) for values in content], dtype=pl.String),
        "raw",
    )


def _unknown_agencies(
    listed: pl.DataFrame, file: str, sheet: str | None, headers: Mapping[str, str]
) -> list[Issue]:
    """One warning a spelling, at the first row that has it."""
    column = headers.get("issuing_agency_text", "issuing_agency_text")
    unknown = listed.filter(pl.col("issuing_agency").is_null()).sort("row_no")
    first = unknown.unique("issuing_agency_text", keep="first", maintain_order=True)
    return [
        Issue("agency_unknown", "warning", file, sheet, row, column, text)
        for row, text in first.select("row_no", "issuing_agency_text").iter_rows()
    ]


def _agency_name(reference: Reference, agency: str) -> str:
    try:
        return reference.agency(agency).name
    except NotFound:  # kept as the text of a list
        return agency


def _compare(transaction: Transaction, listed: pl.DataFrame, observed_on: date, revision: int) -> _Comparison:
    catalogue = transaction.read("imports/catalogue_on", observed_on=observed_on, revision=revision)
    before = catalogue.select("procedure_code", "version_id", "in_force", hash_before="content_hash")
    same = pl.col("in_force") & (pl.col("content_hash") == pl.col("hash_before"))
    compared = listed.join(before, on="procedure_code", how="left", maintain_order="left").with_columns(
        change=pl.when(pl.col("version_id").is_null())
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("unchanged"))
        .otherwise(pl.lit("changed"))
    )
    in_force = catalogue.filter(pl.col("in_force") & (pl.col("origin") != "demo"))
    missing, passing = _missing(listed, in_force)
    columns = compared.columns
    rows = pl.concat(
        [compared, missing.select(name for name in columns if name in missing.columns)], how="diagonal"
    )
    return _Comparison(rows.drop("in_force", "hash_before"), passing)


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
    missing = left_out.filter(_AGENCY.is_in(by)).with_columns(
        row_no=pl.lit(0, pl.Int64), change=pl.lit("missing")
    )
    return missing, tuple(passing)


def _compare_again(transaction: Transaction, batch_id: int, revision: int) -> tuple[Row, _Comparison]:
    batch = _batch(transaction, batch_id)
    if batch["state"] != "staged":
        raise Conflict(f"batch_{batch['state']}_already", id=batch_id)
    listed = transaction.read("imports/listed", batch_id=batch_id)
    return batch, _compare(transaction, listed, batch["observed_on"], revision)


def _keep_rows(transaction: Transaction, batch_id: int, comparison: _Comparison) -> None:
    rows = comparison.rows.drop("version_id").with_columns(batch_id=pl.lit(batch_id))
    transaction.insert("staged_procedure", rows.to_dicts())


def _close(
    transaction: Transaction, batch: Row, comparison: _Comparison, base: int, revision: int | None
) -> None:
    batch_id = batch["batch_id"]
    transaction.write("imports/clear_staged", batch_id=batch_id)
    _keep_rows(transaction, batch_id, comparison)
    transaction.write(
        "imports/close",
        batch_id=batch_id,
        **comparison.counts,
        base_revision=base,
        decided_at=transaction.recorded_at,
        revision=revision,
    )


def _write_versions(
    transaction: Transaction, reference: Reference, batch: Row, written: pl.DataFrame
) -> None:
    """A version for each new or changed procedure; what a list does not say is kept from the version before."""
    fields = {(field.agency, fold(field.name)): field.code for field in reference.fields}
    version_of = {code: transaction.new_id() for code in written["procedure_code"]}
    successor = {
        before: version_of[code]
        for before, code in written.select("version_id", "procedure_code").drop_nulls().iter_rows()
    }
    versions = list(successor)
    kept = {
        row["version_id"]: row for row in transaction.read("imports/versions", versions=versions).to_dicts()
    }
    known = set(transaction.read("imports/known_codes", codes=list(version_of))["procedure_code"])
    rows = written.to_dicts()
    transaction.append(
        "procedure",
        [row | {"origin": batch["source"]} for row in rows if row["procedure_code"] not in known],
    )
    transaction.append(
        "procedure_version",
        [
            _version(row, kept.get(row["version_id"]))
            | {
                "version_id": version_of[row["procedure_code"]],
                "effective_date": batch["observed_on"],
                "field_code": fields.get((row["issuing_agency"], fold(row["field_name"] or ""))),
                "source": batch["source"],
            }
            for row in rows
        ],
    )
    for table, query in (
        ("procedure_version_level", "imports/levels"),
        ("procedure_version_agency", "imports/other_agencies"),
        ("procedure_version_legal_basis", "imports/legal_bases"),
    ):
        copied = transaction.read(query, versions=versions).to_dicts()
        transaction.append(table, [row | {"version_id": successor[row["version_id"]]} for row in copied])
    transaction.append(
        "procedure_version_agency",
        [
            {
                "version_id": version_of[row["procedure_code"]],
                "role": "implementing",
                "position": position,
                "agency_text": text,
                "agency_code": agency.code if (agency := reference.agency_named(text)) else None,
            }
            for row in rows
            for position, text in enumerate(row["implementing_agencies"], start=1)
        ],
    )


def _version(row: Row, before: Row | None) -> dict[str, Any]:
    said = ("procedure_code", "name", "field_name", "issuing_agency", "issuing_agency_text", "content_hash")
    return {
        **{name: row[name] for name in said},
        "in_force": True,
        "is_vertical": before["is_vertical"] if before else None,
        "procedure_type": before["procedure_type"] if before else None,
        "search_text": search_text(row["procedure_code"], row["name"], row["field_name"] or ""),
        "details": before["details"] if before else "{}",
    }


def _issue_row(batch_id: int, position: int, issue: Issue) -> dict[str, Any]:
    return {
        "batch_id": batch_id,
        "position": position,
        "severity": issue.severity,
        "file": issue.file,
        "sheet": issue.sheet,
        "row_no": issue.row,
        "column_name": issue.column,
        "value": issue.value,
        "rule": issue.rule,
    }


def _batch(reader: Database | Transaction, batch_id: int) -> Row:
    row = reader.row("imports/batch", batch_id=batch_id)
    if row is None:
        raise NotFound("batch_not_found", id=batch_id)
    return row


def _report(reader: Database | Transaction, batch_id: int) -> BatchReport:
    row = _batch(reader, batch_id)
    missing = reader.read("imports/missing_by_agency", batch_id=batch_id)
    issues = reader.read("imports/issues", batch_id=batch_id)
    return BatchReport(
        **{name: row[name] for name in BatchReport.__dataclass_fields__ if name in row},
        missing_by_agency=dict(missing.select("agency", "procedures").iter_rows()),
        issues=tuple(
            Issue(
                rule=found["rule"],
                severity=found["severity"],
                file=found["file"],
                sheet=found["sheet"],
                row=found["row_no"],
                column=found["column_name"],
                value=found["value"],
            )
            for found in issues.to_dicts()
        ),
    )
