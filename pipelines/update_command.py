"""`python -m pipelines run item_updates FILE --account ACCOUNT`: a ministry's update file, with that account's rights."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from catalogue.errors import ImportRejected, Invalid, Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.services import accounts, attachments, item_updates
from catalogue.services.installation import Installation
from catalogue.services.item_updates import Files, Outcome, Progress, sentence
from pipelines.item_updates import update
from pipelines.snapshot import take_snapshot

SHOWN = 20


def run_update(
    installation: Installation,
    file: Path,
    *,
    evidence: Sequence[Path],
    account: str,
    password: str,
    submit: bool,
    progress: Progress,
) -> tuple[Outcome, int]:
    """Save the drafts of a file as an account, and submit them if asked to and nothing is wrong; how many were sent.

    Raises: BadCredentials, Forbidden, ImportRejected, Invalid, StaleVersion.
    """
    with signed_in(installation, account, password) as actor:
        files = Files(tuple(_evidence(path) for path in evidence))
        sheet, outcome = update(installation, actor, take_snapshot(file), files, progress)
        loose = [Issue("file_without_row", file=name) for name in outcome.loose_files]
        outcome = replace(outcome, issues=(*outcome.issues, *loose, *sheet.issues))
        is_ready = submit and not has_problems(outcome)
        sent = item_updates.send(installation, actor, sheet.rows, files, progress) if is_ready else 0
    return outcome, sent


def has_problems(outcome: Outcome) -> bool:
    """Whether a row or a file is wrong."""
    return bool(outcome.wrong) or any(issue.severity == "error" for issue in outcome.issues)


def password_of(account: str, password_file: Path | None) -> str:
    """The password, asked for on the terminal or read from the first line of a file.

    Raises: Invalid when the file cannot be read.
    """
    if password_file is None:
        return str(
            typer.prompt(Translator("en")("update.cli_prompt", account=account), hide_input=True, err=True)
        )
    try:
        return password_file.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid("password_file_unreadable", path=str(password_file)) from error


def show(t: Translator, file: Path, outcome: Outcome, sent: int, *, as_json: bool) -> None:
    """What became of the file, in a few lines or as one JSON value."""
    issues = [*(issue for one in outcome.rows for issue in one.issues), *outcome.issues]
    if as_json:
        typer.echo(json.dumps(_document(t, file, outcome, sent, issues), ensure_ascii=False))
        return
    counts = {
        "read": len(outcome.rows),
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "errors": outcome.errors,
        "stale": outcome.stale,
        "submitted": sent,
    }
    typer.echo(file.name)
    for name, count in counts.items():
        typer.echo(f"  {name:<10}{t.number(count):>8}")
    for issue in sorted(issues, key=lambda issue: issue.severity != "error")[:SHOWN]:
        typer.echo(f"- {sentence(t, issue)}")
    if len(issues) > SHOWN:
        typer.echo(f"… and {t.number(len(issues) - SHOWN)} more; --json lists all.")


def _document(
    t: Translator, file: Path, outcome: Outcome, sent: int, issues: Sequence[Issue]
) -> dict[str, Any]:
    return {
        "source": "item_updates",
        "file": file.name,
        "rows": {
            "read": len(outcome.rows),
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
            "errors": outcome.errors,
            "stale": outcome.stale,
        },
        "submitted": sent,
        "issues": [
            {
                "severity": issue.severity,
                "file": issue.file,
                "row": issue.row,
                "column": issue.column,
                "value": issue.value,
                "rule": issue.rule,
                "text": issue_text(t, issue, form="update"),
            }
            for issue in issues
        ],
    }


@contextmanager
def signed_in(installation: Installation, account: str, password: str) -> Iterator[Actor]:
    """Act as an account for one command, then end its session. Raises: BadCredentials."""
    token = accounts.sign_in(installation, account, password)
    try:
        yield accounts.who(installation, token)
    finally:
        accounts.sign_out(installation, token)


def _evidence(path: Path) -> attachments.File:
    if not path.is_file():
        raise ImportRejected("file_missing", file=path.name)
    try:
        with path.open("rb") as stream:
            return path.name, stream.read(attachments.LARGEST_BYTES + 1)
    except OSError as error:
        raise ImportRejected("file_unreadable", file=path.name) from error
