"""`python -m pipelines run dossier_statistics FILE --account ACCOUNT`: figures of a periodic form, with that account's rights."""

import json
from pathlib import Path
from typing import Any

import typer

from catalogue.i18n import Translator
from catalogue.model.report_table import Fault
from catalogue.services import statistics
from catalogue.services.installation import Installation
from catalogue.services.statistics import Look
from pipelines.snapshot import take_snapshot
from pipelines.sources.dossier_statistics.read import SOURCE, read_statistics
from pipelines.update_command import signed_in

SHOWN = 20


def run_statistics(
    installation: Installation,
    file: Path,
    *,
    account: str,
    password: str,
    accept: bool,
    explanation: str | None,
) -> tuple[Look, int | None]:
    """What a file would do; with `accept` it is filed where nothing is wrong. Returns the filing's id, None for none.

    Raises: BadCredentials, Forbidden, ImportRejected, Invalid.
    """
    with signed_in(installation, account, password) as actor:
        brought = read_statistics(installation.reference, take_snapshot(file))
        look = statistics.look(installation, actor, brought)
        if not accept or not look.is_fileable:
            return look, None
        return look, statistics.file(installation, actor, brought, explanation)


def has_problems(look: Look) -> bool:
    """Whether something must be mended first."""
    return bool(look.faults)


def show(t: Translator, look: Look, filing: int | None, *, as_json: bool) -> None:
    """What became of the file, in a few lines or as one JSON value."""
    brought = look.brought
    faults = [*look.faults, *look.carry]
    if as_json:
        typer.echo(json.dumps(_document(t, look, filing), ensure_ascii=False))
        return
    typer.echo(f"{brought.file_name}: {brought.form.number}, {brought.period.name}, {brought.agency_code}")
    counts = {
        "read": len(brought.rows),
        "changed": len(look.changes),
        "faults": len(look.faults),
        "carry": len(look.carry),
    }
    for name, count in counts.items():
        typer.echo(f"  {name:<10}{t.number(count):>8}")
    for fault in faults[:SHOWN]:
        typer.echo(f"- {statistics.sentence(t, fault)}")
    if len(faults) > SHOWN:
        typer.echo(f"… and {t.number(len(faults) - SHOWN)} more; --json lists all.")
    if filing is not None:
        typer.echo(f"Filed as {filing}.")
    elif look.is_unchanged and not look.faults:
        typer.echo("The same figures were sent before; nothing was written.")
    elif not look.faults:
        typer.echo("Nothing is written yet. To file it: --accept")


def _document(t: Translator, look: Look, filing: int | None) -> dict[str, Any]:
    brought = look.brought

    def said(kind: str, faults: tuple[Fault, ...]) -> list[dict[str, Any]]:
        return [
            {
                "severity": kind,
                "rule": one.rule,
                "row": one.row or None,
                "label": one.label,
                "text": statistics.sentence(t, one),
            }
            for one in faults
        ]

    return {
        "source": SOURCE,
        "file": brought.file_name,
        "form": brought.form.code,
        "period": brought.period.name,
        "agency": brought.agency_code,
        "rows": len(brought.rows),
        "changed": len(look.changes),
        "is_unchanged": look.is_unchanged,
        "filing": filing,
        "issues": [
            *said("error", look.faults),
            *said("explain", look.carry),
            *said("note", brought.notes),
        ],
    }
