"""python -m pipelines: list sources, import a file, see batches, accept one.

Exit codes: 0 done, 1 problems found in the file, 2 wrong use or no access to the database.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from catalogue import logs
from catalogue.bootstrap import open_catalogue
from catalogue.errors import CatalogueError, ImportRejected, Invalid, Issue, StoreUnavailable
from catalogue.i18n import Translator
from catalogue.i18n.messages import error_text, issue_text
from catalogue.services import batches as batch_reading
from catalogue.services import imports
from catalogue.services.batches import BatchReport
from catalogue.services.installation import Installation, parse_day
from catalogue.settings import Settings
from pipelines import statistics_command, update_command
from pipelines.indicator_run import month_named
from pipelines.item_updates import SOURCE as UPDATES
from pipelines.run import Progress, run
from pipelines.sources import load_source, source_names
from pipelines.sources.dossier_statistics.read import SOURCE as STATISTICS

PROBLEMS, WRONG_USE = 1, 2
SHOWN = 20

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None
)
t = Translator("en")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value on stdout.")]


@app.callback()
def _main() -> None:
    """Bring outside lists into the catalogue."""


@app.command()
def sources() -> None:
    """List the sources that can be imported."""
    for name in (*source_names(), *source_names("indicators")):
        typer.echo(f"{name}: {load_source(name).title.en}")
    typer.echo(f"{UPDATES}: {t('update.cli_title')}")
    typer.echo(f"{STATISTICS}: {t('statistics.cli_title')}")


@app.command("run")
def run_source(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source, as `sources` lists them.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The list as published: .xlsx or .csv.")],
    observed: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day the list describes (2026-07-31); default: the date in its name or folder, else the working date.",
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            metavar="PERIOD",
            help="service_quality: the month (2025-10) or day (2025-10-15) up to which its scores are counted.",
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Accept the batch at once.")] = False,
    account: Annotated[
        str | None,
        typer.Option(
            metavar="ACCOUNT", help="item_updates, dossier_statistics: whose rights and agency count."
        ),
    ] = None,
    evidence: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="item_updates: a file named by its document number; repeatable."),
    ] = None,
    submit: Annotated[
        bool, typer.Option("--submit", help="item_updates: send everything, if nothing is wrong.")
    ] = False,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --account: the password; default: asked for.")
    ] = None,
    explanation: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="dossier_statistics: why figures do not go on from the period before."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a list, compare it with the catalogue and stage what differs; item_updates: save a ministry's drafts;
    dossier_statistics: test the figures of a periodic form, and with --accept file them."""
    if source == UPDATES:
        _refuse_options(
            ("--observed", observed is not None),
            ("--period", period is not None),
            ("--accept", accept),
            ("--explanation", explanation is not None),
        )
        _update(file, account, evidence or [], password_file, submit, as_json)
        return
    if source == STATISTICS:
        _refuse_options(
            ("--observed", observed is not None),
            ("--period", period is not None),
            ("--evidence", bool(evidence)),
            ("--submit", submit),
        )
        _statistics(file, account, password_file, accept, explanation, as_json)
        return
    _refuse_options(
        ("--explanation", explanation is not None),
        ("--account", account is not None),
        ("--evidence", bool(evidence)),
        ("--submit", submit),
        ("--password-file", password_file is not None),
    )
    with _told(source, as_json):
        is_of_scores = load_source(source).kind == "indicators"
        if period is not None and (observed is not None or not is_of_scores):
            raise Invalid("option_not_for_source", value="--period")
        day = parse_day(observed) if observed is not None else None
        if not file.exists():
            raise ImportRejected("file_missing", file=file.name)
        with _catalogue(create=True) as installation:
            day = month_named(period, installation.today) if period is not None else day
            report = _run(installation, source, file, day, accept)
    _show(report, as_json)


@app.command()
def status(as_json: AsJson = False) -> None:
    """List the batches, the newest first."""
    with _told(None, as_json), _catalogue() as installation:
        batches = batch_reading.find(installation).to_dicts()
    if as_json:
        typer.echo(json.dumps([_batch_json(batch) for batch in batches], ensure_ascii=False))
        return
    if not batches:
        typer.echo("No batches.")
    for batch in batches:
        typer.echo(
            f"{_title(batch['batch_id'], batch['source'], batch['file_name'], batch['observed_on'])}, {batch['state']}: "
            f"{_figures(batch)}, issues {t.number(batch['issues'])}"
        )


@app.command("accept")
def accept_batch(
    batch: Annotated[int, typer.Argument(metavar="BATCH", help="The number of a staged batch.")],
    as_json: AsJson = False,
) -> None:
    """Write what a staged batch says into the catalogue, in one transaction."""
    with _told(None, as_json), _catalogue() as installation:
        report = imports.accept(installation, batch)
    _show(report, as_json)


def _update(
    file: Path,
    account: str | None,
    evidence: list[Path],
    password_file: Path | None,
    submit: bool,
    as_json: bool,
) -> None:
    with _told(UPDATES, as_json):
        if account is None:
            raise Invalid("account_needed")
        for path in (file, *evidence):
            if not path.is_file():
                raise ImportRejected("file_missing", file=path.name)
        password = update_command.password_of(account, password_file)
        with _catalogue() as installation, _progress() as progress:
            outcome, sent = update_command.run_update(
                installation, file, evidence=evidence, account=account, password=password, submit=submit,
                progress=progress,
            )  # fmt: skip
    update_command.show(t, file, outcome, sent, as_json=as_json)
    if update_command.has_problems(outcome):
        raise typer.Exit(PROBLEMS)


def _statistics(
    file: Path,
    account: str | None,
    password_file: Path | None,
    accept: bool,
    explanation: str | None,
    as_json: bool,
) -> None:
    with _told(STATISTICS, as_json):
        if account is None:
            raise Invalid("statistics_account_needed")
        if not file.is_file():
            raise ImportRejected("file_missing", file=file.name)
        password = update_command.password_of(account, password_file)
        with _catalogue() as installation:
            look, filing = statistics_command.run_statistics(
                installation, file, account=account, password=password, accept=accept, explanation=explanation
            )
    statistics_command.show(t, look, filing, as_json=as_json)
    if statistics_command.has_problems(look):
        raise typer.Exit(PROBLEMS)


def _refuse_options(*given: tuple[str, bool]) -> None:
    """Options of another command are a mistake, not something to pass over."""
    for name, is_given in given:
        if is_given:
            _refuse(Invalid("option_not_for_source", value=name))


def _run(installation: Installation, source: str, file: Path, day: date | None, accept: bool) -> BatchReport:
    with _progress() as progress:
        return run(installation, source, file, day, accept, progress)


@contextmanager
def _catalogue(*, create: bool = False) -> Iterator[Installation]:
    if not create and not Settings().database.exists():
        raise StoreUnavailable("database_missing", path=str(Settings().database))
    installation = open_catalogue(Settings(), with_demo=False)
    try:
        yield installation
    finally:
        installation.database.close()


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    with typer.progressbar(length=100, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def tell(step: str, share: float) -> None:
            bar.label = step
            bar.update(round(share * 100) - bar.pos)

        yield tell


@contextmanager
def _told(source: str | None, as_json: bool) -> Iterator[None]:
    """Errors as sentences on stderr, with the exit code that tells whose problem it is."""
    try:
        yield
    except ImportRejected as error:
        if error.code == "file_missing":
            _refuse(error)
        issues = error.issues or (Issue(error.code, file=error.details.get("file")),)
        typer.echo(_sentence(error), err=True)
        if as_json:
            read = int(error.details.get("rows_read", 0))
            rows = {"read": read, "new": 0, "changed": 0, "unchanged": 0, "missing": 0, "rejected": read}
            typer.echo(_document(source, None, "rejected", rows, issues))
        else:
            _list_issues(error.issues, err=True)
        raise typer.Exit(PROBLEMS) from error
    except CatalogueError as error:
        _refuse(error)


def _refuse(error: CatalogueError) -> NoReturn:
    typer.echo(_sentence(error), err=True)
    logs.command_failed(" ".join(["pipelines", *sys.argv[1:2]]), error)
    raise typer.Exit(WRONG_USE) from error


def _sentence(error: CatalogueError) -> str:
    """An error in words; the number of a process or batch is a name and takes no separators."""
    error.details |= {name: str(error.details[name]) for name in ("pid", "id") if name in error.details}
    return error_text(t, error)


def _show(report: BatchReport, as_json: bool) -> None:
    rows = {
        "read": report.rows_read,
        "new": report.rows_new,
        "changed": report.rows_changed,
        "unchanged": report.rows_unchanged,
        "missing": report.rows_missing,
        "rejected": report.rows_rejected,
    }
    if as_json:
        typer.echo(_document(report.source, report.batch_id, report.state, rows, report.issues))
    else:
        title = _title(report.batch_id, report.source, report.file_name, report.observed_on)
        typer.echo(f"{title}, {report.state}")
        for name, count in rows.items():
            typer.echo(f"  {name:<10}{t.number(count):>8}")
        for agency, count in report.missing_by_agency.items():
            typer.echo(f"  missing, issued by {agency}: {t.number(count)} (reported only)")
        _list_issues(report.issues)
        if report.state == "staged":
            typer.echo(f"Nothing is written yet. To accept: python -m pipelines accept {report.batch_id}")
    if report.has_problems:
        raise typer.Exit(PROBLEMS)


def _list_issues(issues: tuple[Issue, ...], err: bool = False) -> None:
    if not issues:
        return
    typer.echo(f"Issues: {t.number(len(issues))}", err=err)
    for (severity, rule), count in Counter((issue.severity, issue.rule) for issue in issues).most_common():
        typer.echo(f"  {severity} {rule}: {t.number(count)}", err=err)
    # errors first: they are what has to be mended
    for issue in sorted(issues, key=lambda issue: issue.severity != "error")[:SHOWN]:
        typer.echo(f"- {issue_text(t, issue)}", err=err)
    if len(issues) > SHOWN:
        typer.echo(f"… and {t.number(len(issues) - SHOWN)} more; --json lists all.", err=err)


def _title(batch_id: int, source: str, file: str, day: date) -> str:
    return f"Batch {batch_id}: {source}, {file}, as of {t.day(day)}"


def _figures(batch: dict[str, Any]) -> str:
    names = ("read", "new", "changed", "unchanged", "missing", "rejected")
    return ", ".join(f"{name} {t.number(batch[f'rows_{name}'])}" for name in names)


def _document(
    source: str | None, batch: int | None, state: str, rows: dict[str, int], issues: tuple[Issue, ...]
) -> str:
    found = [
        {
            "severity": issue.severity,
            "file": issue.file,
            "sheet": issue.sheet,
            "row": issue.row,
            "column": issue.column,
            "value": issue.value,
            "rule": issue.rule,
            "procedure_code": issue.procedure_code,
        }
        for issue in issues
    ]
    whole = {"source": source, "batch": batch, "state": state, "rows": rows, "issues": found}
    return json.dumps(whole, ensure_ascii=False)


def _batch_json(batch: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": batch["source"],
        "batch": batch["batch_id"],
        "state": batch["state"],
        "file": batch["file_name"],
        "observed_on": batch["observed_on"].isoformat(),
        "rows": {
            name: batch[f"rows_{name}"]
            for name in ("read", "new", "changed", "unchanged", "missing", "rejected")
        },
        "issue_count": batch["issues"],
    }


if __name__ == "__main__":
    app(prog_name="python -m pipelines")
