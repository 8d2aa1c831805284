"""Command line: migrate, demo, figures, export, report, check, backup, restore, user, token. Exit 0 done, 1 problems found, 2 wrong use."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from catalogue import bootstrap, logs
from catalogue.correspondence import form_file, form_numbers, item_book, progress_file
from catalogue.correspondence.digest import send_all as send_digests
from catalogue.errors import CatalogueError, Conflict, Invalid, StoreUnavailable
from catalogue.i18n import Translator
from catalogue.i18n.messages import lines
from catalogue.interchange.open_data.forms import forms
from catalogue.model.figure import Figure, Kind
from catalogue.model.period import Moment, Organisation
from catalogue.services import (
    accounts,
    api_tokens,
    audit,
    exports,
    figure_report,
    figures,
    interchange,
    report_forms,
)
from catalogue.services.installation import Installation, parse_day
from catalogue.services.items import ItemFilter
from catalogue.settings import Settings
from catalogue.store.database import Database

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
users = typer.Typer(help="Accounts of this installation.", no_args_is_help=True)
app.add_typer(users, name="user")
tokens = typer.Typer(help="Tokens with which agencies' systems report in.", no_args_is_help=True)
app.add_typer(tokens, name="token")


class Agencies(StrEnum):
    """What --agencies can say."""

    AT_THE_TIME = "at-the-time"
    TODAY = "today"


Json = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


def fail(error: CatalogueError) -> NoReturn:
    """Say what went wrong on stderr and exit 2."""
    sys.stderr.write("\n".join(lines(Translator("en"), error)) + "\n")
    logs.command_failed(" ".join(["catalogue", *sys.argv[1:2]]), error)  # the command, none of its arguments
    raise typer.Exit(2)


@contextmanager
def opened(*, with_demo: bool | None = False, create: bool = False) -> Iterator[Installation]:
    """The installation of the settings, closed afterwards; errors become a message and exit 2.

    A command that only reads makes no database: an empty one would keep the demonstration out for good.
    """
    try:
        if not create and not Settings().database.exists():
            raise StoreUnavailable("database_missing", path=str(Settings().database))
        installation = bootstrap.open_catalogue(Settings(), with_demo=with_demo)
    except CatalogueError as error:
        fail(error)
    try:
        yield installation
    except CatalogueError as error:
        fail(error)
    finally:
        installation.database.close()


def day(text: str | None) -> date | None:
    """A date option.

    Raises: typer.Exit (2) when it is no date.
    """
    try:
        return parse_day(text) if text else None
    except CatalogueError as error:
        fail(error)


@app.command()
def migrate() -> None:
    """Create the database or bring it to the program's version (a backup copy is made first)."""
    with opened(create=True) as installation:
        typer.echo(f"{installation.database.path}: up to date")


@app.command(name="demo")
def load_demo() -> None:
    """Create a new database with demonstration data; refuses an existing file."""
    path = Settings().database
    if path.exists():
        fail(Conflict("database_exists", path=str(path)))
    with opened(with_demo=True, create=True) as installation:
        typer.echo(
            f"{installation.database.path}: demonstration data, working date {installation.working_date}"
        )


@app.command(name="figures")
def print_figures(
    as_of: Annotated[str | None, typer.Option(help="The day to describe; default: the working date.")] = None,
    known_at: Annotated[
        str | None, typer.Option(help="Only what was recorded by the end of this day.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Begin of a counting period; default: 1 January.")] = None,
    agencies: Annotated[
        Agencies, typer.Option(help="Count by the agencies of the day, or by those of today.")
    ] = Agencies.AT_THE_TIME,
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="ID", help="Make one published figure anew instead (SL-0001)."),
    ] = None,
    with_items: Annotated[
        bool, typer.Option("--items", help="With --published: everything it counts, by name.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Every measure at one moment; or one published figure made anew from the ledger, as known then and as known now.

    With --published: exit 1 when the items do not give what was published any more.
    """
    days = day(as_of), day(known_at), day(since)
    if published is not None:
        if days[0] or days[2]:
            fail(Invalid("published_has_clocks"))
        _reproduce(published, days[1], with_items=with_items, as_json=as_json)
        return
    with opened(with_demo=None, create=True) as installation:
        moment = installation.moment(days[0], days[1], Organisation[agencies.name])
        found = figures.compute_all(installation, moment, since=days[2])
        if installation.is_demo:
            sys.stderr.write(
                "Demonstration data: single records are invented, totals match the published figures.\n"
            )
    if as_json:
        typer.echo(json.dumps([_plain(figure) for figure in found], ensure_ascii=False, indent=2))
        return
    for figure in found:
        percent = "–" if figure.percent is None else figure.percent
        of = f"/{figure.denominator} ({percent} %)" if figure.kind is Kind.SHARE else ""
        note = f"  ({Translator('en')('figures.recount')})" if figure.is_recount else ""
        typer.echo(f"{figure.measure:36} {figure.numerator}{of}{note}")


def _reproduce(figure_id: str, known_at: date | None, *, with_items: bool, as_json: bool) -> None:
    with opened(with_demo=None, create=True) as installation:
        found = figure_report.made_anew(installation, figure_id, known_at, with_items=with_items)
    typer.echo(
        json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(figure_report.lines(found))
    )
    raise typer.Exit(0 if found["is_reproduced"] is not False else 1)


def _plain(figure: Figure) -> dict[str, Any]:
    moment = figure.moment
    clocks: dict[str, Any] = {
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat() if moment.known_at else None,
        "revision": moment.revision,
        "agencies": Agencies[moment.organisation.name],
    }
    if figure.is_recount:
        clocks |= {"is_recount": True, "note": Translator("vi")("figures.recount")}
    if figure.kind is Kind.COUNT:
        return {"id": figure.measure, "value": figure.numerator, **clocks}
    percent = float(figure.percent) if figure.percent is not None else None
    return {
        "id": figure.measure,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": percent,
        **clocks,
    }


@app.command()
def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .xlsx, .csv or .jsonl.")],
    form: Annotated[
        str | None, typer.Option("--format", help="xlsx, csv or jsonl; default: as FILE ends.")
    ] = None,
    agency: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only what this agency issued (bo-xay-dung).")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day to describe; default: the working date.")] = None,
    known_at: Annotated[
        str | None, typer.Option(help="Only what was recorded by the end of this day.")
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="The empty workbook to fill in.")] = False,
    programme: Annotated[
        str | None,
        typer.Option("--items", metavar="PROGRAMME", help="The items of a programme instead: .xlsx or .csv."),
    ] = None,
    agencies: Annotated[
        Agencies, typer.Option(help="Whose records: by the agencies of the day, or by those of today.")
    ] = Agencies.AT_THE_TIME,
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="NAME",
            help="Open data instead: catalogue (.jsonld, .xlsx, .csv.zip, .parquet.zip), one of its tables (procedures, "
            "channels, …: .csv, .parquet), dictionary (.json), dcat (.jsonld).",
        ),
    ] = None,
    abolished: Annotated[
        bool, typer.Option("--abolished", help="With --data: also procedures that are not in force any more.")
    ] = False,
    address: Annotated[
        str | None,
        typer.Option(metavar="URL", help="With --data dcat: where the server is reached from outside."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Write procedures in the interchange format, which `python -m pipelines run interchange FILE` reads back; the
    items of a programme, whose annex sheet another installation loads; or the catalogue as open data."""
    days = day(as_of), day(known_at)
    chosen = form or target.suffix.lstrip(".").lower()
    if data is None and (abolished or address or as_json):
        fail(Invalid("export_needs_data"))
    if data is not None:
        if template or programme or agency:
            fail(Invalid("export_data_alone"))
        with opened() as installation:
            moment = installation.moment(*days, Organisation[agencies.name])
            _write_open_data(installation, moment, target, data, form, abolished, address, as_json=as_json)
        return
    if programme is not None:
        with opened() as installation:
            wanted = ItemFilter(agency=agency)
            moment = installation.moment(*days, Organisation[agencies.name])
            _write(target, item_book.write(installation, moment, programme, wanted, form=chosen))
        return
    if chosen not in (("xlsx",) if template else interchange.FORMATS):
        fail(Invalid("format_unknown", value=chosen))
    if template:
        _write(target, interchange.template())
        return
    with opened() as installation:
        moment = installation.moment(*days, Organisation[agencies.name])
        _write(target, interchange.export(installation, moment, agency, form=chosen))


def _write_open_data(
    installation: Installation,
    moment: Moment,
    target: Path,
    name: str,
    form: str | None,
    abolished: bool,
    address: str | None,
    *,
    as_json: bool,
) -> None:
    """Open data as a file, and what it holds: the form is the longest end of the file's name that there is one of."""
    offered = forms().get(name, ())
    ends = (one for one in sorted(offered, key=len, reverse=True) if target.name.lower().endswith(f".{one}"))
    chosen = form or next(ends, target.suffix.lstrip("."))
    found = exports.open_export(installation, moment, name, chosen, with_abolished=abolished, address=address)
    size = _write_pieces(target, found.pieces)
    said = {
        "file": str(target),
        "data": name,
        "format": chosen,
        "media_type": found.media_type,
        "as_of": moment.as_of.isoformat(),
        "known_at": moment.known_at.isoformat() if moment.known_at else None,
        "revision": moment.revision,
        "is_demonstration": installation.is_demo,
        "bytes": size,
        "rows": dict(found.counts),
    }
    typer.echo(json.dumps(said, ensure_ascii=False, indent=2) if as_json else str(target))


def _write(target: Path, content: bytes) -> None:
    _write_pieces(target, (content,))
    typer.echo(str(target))


def _write_pieces(target: Path, pieces: Iterable[bytes]) -> int:
    """A new file, never in place of another, and none at all where its content fails on the way; returns its bytes."""
    try:
        with target.open("xb") as stream:
            try:
                return sum(stream.write(piece) for piece in pieces)
            except BaseException:
                target.unlink()
                raise
    except FileExistsError:
        fail(Conflict("file_exists", path=str(target)))
    except OSError as error:
        fail(CatalogueError("file_unwritable", path=str(target), reason=error.strerror))


@app.command()
def check(as_json: Json = False) -> None:
    """Check the store: references, projection, stages, guards, the revision chain. Exit 1 when something is wrong."""
    with opened() as installation:
        found = audit.check(installation)
    if as_json:
        typer.echo(json.dumps(found.to_dicts(), indent=2))
    else:
        for row in found.head(50).iter_rows(named=True):
            typer.echo(f"{row['check']}: {row['problem']}: {row['id']}")
        typer.echo(f"{found.height} problems")
    raise typer.Exit(1 if found.height else 0)


@app.command()
def backup(target: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Write a verified copy of the database."""
    if target.exists():
        fail(Conflict("file_exists", path=str(target)))
    with opened() as installation:
        installation.database.backup(target)
    typer.echo(str(target))


@app.command()
def restore(source: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")]) -> None:
    """Put a backup in place of the database; the present one is kept in the backups folder."""
    settings = Settings()
    try:
        kept = Database.restore(source, settings.database, backups=settings.backups)
    except CatalogueError as error:
        fail(error)
    typer.echo(f"{settings.database}: restored" + (f"; the former database is {kept}" if kept else ""))


@app.command()
def report(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="The file to write: .docx, .xlsx; with --all .zip."),
    ] = None,
    period: Annotated[str | None, typer.Option(help="The reporting period (2024-02).")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Instead of a period: as of this day.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(metavar="DATE", help="By what had been recorded on this day.")
    ] = None,
    programme: Annotated[
        str, typer.Option(metavar="CODE", help="The programme; default: simplification.")
    ] = figures.SIMPLIFICATION,
    agency: Annotated[str | None, typer.Option(metavar="CODE", help="Only this ministry.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="FILE is a .zip: the whole report, and one of every ministry.")
    ] = False,
    form: Annotated[str | None, typer.Option("--format", help="docx or xlsx; default: as FILE ends.")] = None,
    report_form: Annotated[
        str | None,
        typer.Option("--form", metavar="CODE", help="A periodic form instead (II.06a), --period 2023-Q4."),
    ] = None,
    template: Annotated[
        bool, typer.Option("--template", help="With --form and --agency: the empty workbook to fill in.")
    ] = False,
    as_json: Json = False,
    digest: Annotated[
        bool, typer.Option("--digest", help="Send every account its digest by e-mail instead.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="With --digest: also to those that had today's.")
    ] = False,
) -> None:
    """Write the progress report of a period or a day, or a periodic form, print its numbers, or send the digests. Exit 1 when a
    digest failed."""
    if digest:
        _send_digests(forced=force)
        return
    chosen = form or (target.suffix.lstrip(".").lower() if target else "")
    day_of, known_on = day(as_of), day(known_at)
    if (period is None) == (day_of is None):
        fail(Invalid("progress_period_or_day"))
    name = period or str(day_of)
    if every and (agency or form or as_json or report_form or chosen != "zip"):
        fail(Invalid("progress_zip_only"))
    if not as_json and target is None:
        fail(Invalid("report_file_missing"))
    if not as_json and chosen not in progress_file.FORMATS and not every:
        fail(Invalid("report_format_unknown", value=chosen))
    if template and (report_form is None or agency is None or chosen != "xlsx"):
        fail(Invalid("report_template_needs"))
    if report_form is not None:
        _write_form(target, report_form, name, agency, chosen, known_on, template=template, as_json=as_json)
        return
    with opened() as installation:
        moment = installation.moment(known_at=known_on)
        found = progress_file.report(installation, name, programme, agency, moment=moment)
        if as_json:
            typer.echo(json.dumps(progress_file.numbers(found), ensure_ascii=False, indent=2))
        elif every and target is not None:
            _write(target, progress_file.of_all_agencies(installation, found, moment=moment, told=_told))
        elif target is not None:
            _write(target, progress_file.write(installation, found, agency, form=chosen))


def _told(name: str, share: float) -> None:
    """Whose report is written next: to a person who waits, not into a log."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{share:4.0%} {name}\n")


def _write_form(
    target: Path | None,
    code: str,
    period: str,
    agency: str | None,
    chosen: str,
    known_on: date | None,
    *,
    template: bool,
    as_json: bool,
) -> None:
    """A periodic form as a file or as numbers; what was sent is on stderr, for a sum says nothing without it."""
    with opened() as installation:
        if template and target is not None:
            _write(target, form_file.template(installation, code, period, agency or ""))
            return
        moment = installation.moment(known_at=known_on)
        found = report_forms.build(installation, code, period, agency, moment)
        sys.stderr.write(f"{found.coverage.sent} of {found.coverage.expected} units have sent figures.\n")
        if as_json:
            typer.echo(json.dumps(form_numbers.numbers(found), ensure_ascii=False, indent=2))
        elif target is not None:
            _write(target, form_file.write(form_file.page_of(installation, found), form=chosen))


def _send_digests(*, forced: bool) -> None:
    with opened() as installation:
        outcome = send_digests(installation, by=None, forced=forced)
    for account, reason in outcome.failed:
        sys.stderr.write(f"{account}: {reason}\n")
    typer.echo(f"{len(outcome.sent)} sent, {len(outcome.failed)} failed, {len(outcome.skipped)} skipped")
    raise typer.Exit(1 if outcome.failed else 0)


@users.command("add")
def add_user(
    account: str,
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[str, typer.Option(help="viewer, ministry_editor, reviewer or administrator.")],
    agency: Annotated[str | None, typer.Option(help="Agency code, for a ministry editor.")] = None,
    email: Annotated[str | None, typer.Option(help="Where the account receives its digest.")] = None,
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="At least 12 characters."),
    ] = "",
) -> None:
    """Create an account; on a real installation the first administrator is made here."""
    with opened(create=True) as installation:
        accounts.add_account(
            installation,
            account=account,
            full_name=name,
            role=role,
            agency_code=agency,
            password=password,
            by=None,
            email=email,
        )
    typer.echo(f"{account}: created")


@users.command("list")
def list_users(as_json: Json = False) -> None:
    """Every account, without secrets."""
    with opened() as installation:
        frame = accounts.list_accounts(installation, by=None)
    if as_json:
        typer.echo(json.dumps(frame.to_dicts(), default=str, ensure_ascii=False, indent=2))
        return
    for row in frame.iter_rows(named=True):
        state = "active" if row["is_active"] else "inactive"
        typer.echo(
            f"{row['account']:24} {row['role']:16} {row['agency_code'] or '-':40} {state:9} {row['full_name']}"
        )


@users.command("email")
def set_email(
    account: str,
    address: Annotated[
        str, typer.Argument(help="Where it receives its digest; an empty text takes it away.")
    ],
) -> None:
    """Give an account another e-mail address."""
    with opened() as installation:
        accounts.set_email(installation, account, address, by=None)
    typer.echo(f"{account}: new address" if address else f"{account}: no address")


@users.command("agency")
def move_user(
    account: str,
    agency: Annotated[str, typer.Argument(metavar="AGENCY", help="Agency code (bo-xay-dung).")],
) -> None:
    """Make an account one of another agency, as after a merger, and end its sessions."""
    with opened() as installation:
        accounts.move(installation, account, agency, by=None)
    typer.echo(f"{account}: {agency}")


@users.command("deactivate")
def deactivate_user(account: str) -> None:
    """Close an account and end its sessions."""
    with opened() as installation:
        accounts.deactivate(installation, account, by=None)
    typer.echo(f"{account}: inactive")


@users.command("password")
def set_password(
    account: str,
    password: Annotated[
        str,
        typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="At least 12 characters."),
    ] = "",
) -> None:
    """Give an account a new password and end its sessions."""
    with opened() as installation:
        accounts.set_password(installation, account, password, by=None)
    typer.echo(f"{account}: new password")


@tokens.command("add")
def add_token(
    name: Annotated[str, typer.Option(help="The system that will use it.")],
    agency: Annotated[str, typer.Option(metavar="CODE", help="Whose items it reports (bo-y-te).")],
    expires: Annotated[
        str, typer.Option(metavar="DATE", help="The last day on which it works: at most a year from today.")
    ],
    as_json: Json = False,
) -> None:
    """Issue a token. Its secret is printed once, on stdout, and can never be read again."""
    last_day = day(expires)
    with opened() as installation:
        number, secret = api_tokens.issue(
            installation, name=name, agency_code=agency, last_day=last_day, by=None
        )
    if as_json:
        told = {"number": number, "agency": agency, "expires": str(last_day), "token": secret}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    sys.stderr.write(f"token {number} of {agency}, up to and with {last_day}; it is shown this once:\n")
    typer.echo(secret)


@tokens.command("list")
def list_tokens(as_json: Json = False) -> None:
    """Every token, without secrets."""
    with opened() as installation:
        found = api_tokens.listed(installation, by=None)
    if as_json:
        rows = [asdict(one) for one in found]
        typer.echo(json.dumps(rows, default=str, ensure_ascii=False, indent=2))
        return
    for one in found:
        used = one.used_at.strftime("%Y-%m-%d") if one.used_at else "never used"
        typer.echo(
            f"{one.number:4} {one.state:13} {one.last_day} {used:11} {one.hint}… {one.agency_code:32} {one.name}"
        )


@tokens.command("revoke")
def revoke_token(number: int) -> None:
    """End a token at once and for good."""
    with opened() as installation:
        api_tokens.revoke(installation, number, by=None)
    typer.echo(f"token {number}: revoked")


if __name__ == "__main__":
    app()
