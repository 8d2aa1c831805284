"""What one item saved, as an .xlsx with the three stages of form 03/SCM-KSTT: the cost today, afterwards, and both compared."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.correspondence import cost_table, origin
from catalogue.correspondence.cost_form import COLUMNS, T, title
from catalogue.correspondence.cost_table import Row, Styles, write_line, write_number, write_over
from catalogue.model.cost import Change, Line, Sheet
from catalogue.model.cost_sheet import OF_LINE, DraftLine, Kind
from catalogue.model.period import Moment
from catalogue.services import versions
from catalogue.services.cost_savings import ItemCost
from catalogue.services.costings import Costing
from catalogue.services.installation import Installation
from catalogue.services.versions import Standing

_LAST = len(COLUMNS) - 1
# The columns of the third stage, each over some of the form's.
_PLACES = ((0, 2), (3, 4), (5, 6), (7, 8), (9, 9))

_Figures = tuple[int | None, int | None, int | None, Decimal | None]  # today, afterwards, difference, share


def write(installation: Installation, moment: Moment, item: ItemCost) -> bytes:
    """The comparison of an item on one worksheet; what is not known of it is said in words (`State`)."""
    output = BytesIO()
    known = [one for one in (item.before, item.after) if one is not None]
    ids = {one.version_id for one in known} | {one.recorded.draft.version_id for one in known}
    found = versions.written(installation.database, ids)
    with Workbook(output, {"in_memory": True}) as book:
        made = datetime.combine(installation.working_date, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": T("cost_book.comparison_title"), "created": made})
        styles = Styles(book)
        sheet = book.add_worksheet(T("cost_book.comparison_sheet"))
        cost_table.set_up(sheet)
        row = _top(sheet, installation, moment, item, found, styles)
        for name, stage in (("before", item.before), ("after", item.after)):
            row = _stage(sheet, row, name, item, stage, found, styles)
        _compared(sheet, row, item, styles)
    return output.getvalue()


def _top(
    sheet: Worksheet,
    installation: Installation,
    moment: Moment,
    item: ItemCost,
    found: Mapping[int, Standing],
    styles: Styles,
) -> int:
    write_over(sheet, 0, 0, _LAST, T("cost_book.form_number"), styles.bold)
    write_over(sheet, 1, 0, _LAST, T("cost_book.comparison_title").upper(), styles.title)
    version = next(iter(found.values()), None)
    lines = {
        T("cost_book.item"): item.row["title"],
        title("name"): version.content["name"] if version else None,
        title("code"): item.row["procedure_code"],
        title("agency"): item.row["agency_name"],
    }
    row = 2
    for label, value in lines.items():
        write_line(sheet, row, label, value or "–", styles)
        row += 1
    for note in origin.lines(installation, moment, T):
        write_over(sheet, row, 0, _LAST, note, styles.note)
        row += 1
    return row + 1


def _stage(
    sheet: Worksheet,
    row: int,
    name: str,
    item: ItemCost,
    stage: Costing | None,
    found: Mapping[int, Standing],
    styles: Styles,
) -> int:
    """One stage with its table; returns the row below."""
    write_over(sheet, row, 0, _LAST, T(f"cost_book.stage_{name}"), styles.part)
    if stage is None or not stage.is_known:
        write_over(sheet, row + 1, 0, _LAST, T.word("cost.state", item.state), styles.plain)
        return row + 3
    for line in _made(stage, found):
        row += 1
        write_over(sheet, row, 0, _LAST, line, styles.note)
    rows = list(_rows(stage, found[stage.version_id]))
    known = stage.carried.sheet
    table = cost_table.Table(rows, known.wage, known.times.chosen, known.people.chosen)
    return cost_table.write_table(sheet, row + 1, table, styles).last + 3


def _made(stage: Costing, found: Mapping[int, Standing]) -> Iterator[str]:
    """Where the figures of a stage come from."""
    recorded = stage.recorded
    yield T(
        "cost_book.stage_made",
        made=recorded.made_on,
        day=found[recorded.draft.version_id].effective_date,
        year=str(recorded.income_year),
        income=recorded.income_vnd,
    )
    if not stage.is_own:
        day = found[stage.version_id].effective_date
        yield T("cost_book.stage_carried", day=day, gone=len(stage.carried.gone))


def _rows(stage: Costing, version: Standing) -> Iterator[Row]:
    """The lines of a stage, each with everything that is known of where its figures come from."""
    sheet = stage.carried.sheet
    kept = (one for one in stage.recorded.draft.lines if one.line not in stage.carried.gone)
    for line, draft in zip(sheet.lines, kept, strict=True):
        is_same = line.fees == draft.line.fees
        kinds = [kind for kind in OF_LINE if is_same or kind is not Kind.FEES]
        collected = [one for kind in kinds for one in draft.figures.get(kind, ())]
        sources = [one.source for one in collected]
        if not is_same:
            sources.append(T("cost_book.fee_of_version", day=version.effective_date))
        methods = [T.word("cost.method", one.method) for one in collected if one.method]
        yield Row(
            line.activity,
            line.label,
            _figures(draft, line),
            line.cost(sheet.wage),
            "; ".join(dict.fromkeys(sources)),
            "; ".join(dict.fromkeys(methods)),
        )


def _figures(draft: DraftLine, line: Line) -> list[int | None]:
    """Minutes and đồng of a line; none where nobody collected any, and nothing is reckoned with."""
    chosen = (line.minutes.chosen, line.hired.chosen, line.fees.chosen)
    return [
        figure if figure or draft.figures.get(kind) else None
        for kind, figure in zip(OF_LINE, chosen, strict=True)
    ]


def _compared(sheet: Worksheet, row: int, item: ItemCost, styles: Styles) -> None:
    write_over(sheet, row, 0, _LAST, T("cost_book.stage_change"), styles.part)
    if item.before is None or item.after is None or item.change is None:
        write_over(sheet, row + 1, 0, _LAST, T.word("cost.state", item.state), styles.plain)
        return
    row += 1
    heads = ("", *(T(f"cost_book.col_{name}") for name in ("before", "after", "change", "share")))
    for (first, last), text in zip(_PLACES, heads, strict=True):
        if last > first:
            write_over(sheet, row, first, last, text, styles.head)
        else:
            sheet.write_string(row, first, text, styles.head)
    for name, figures in _changes(item.before.carried.sheet, item.after.carried.sheet, item.change):
        row += 1
        write_over(sheet, row, *_PLACES[0], T(f"cost_book.change_{name}"), styles.cell("text"))
        for (first, last), figure in zip(_PLACES[1:], figures, strict=True):
            style = styles.cell("share" if isinstance(figure, Decimal) else "whole")
            if last > first:
                sheet.merge_range(row, first, row, last, "", style)
            write_number(sheet, row, first, None if figure is None else float(figure), style)
    write_over(sheet, row + 1, 0, _LAST, T("cost_book.change_note"), styles.note)


def _changes(before: Sheet, after: Sheet, change: Change) -> Iterator[tuple[str, _Figures]]:
    """The rows of the third stage."""
    for name, old, new in (
        ("case", before.case(), after.case()),
        ("cases", before.cases(), after.cases()),
        ("year", change.before, change.after),
    ):
        yield name, (old, new, new - old, _share(new - old, old))
    for name, cause in (("reform", change.reform), ("income", change.wage), ("volume", change.volume)):
        yield name, (None, None, cause, _share(cause, change.before))
    yield "saved", (None, None, change.saved, _share(change.saved, change.before))


def _share(part: int, whole: int) -> Decimal | None:
    """Percent with one decimal; none of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None
