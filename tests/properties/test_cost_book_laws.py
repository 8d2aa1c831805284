"""Cost workbooks: what is written is read back, Excel reckons as the product does, and nothing is half taken."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from catalogue.correspondence import cost_book
from catalogue.correspondence.cost_book import Begun
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import OF_LINE, OF_SHEET, Collected, Draft, DraftLine, Kind, Method
from catalogue.services.cost_recording import Given
from catalogue.services.installation import Installation
from catalogue.text import clean, spelling_key
from tests import cost_world as world
from tests.contents import HOSTILE
from tests.cost_files import REASON, SOURCES, brought, changed, draft, first_row, reckoned, written
from tests.cost_world import AGAIN, FEWER, UNTOLD
from tests.installations import Clock, Filled, copied

INCOMES = {2022: 45_265, 2023: 48_248, 2024: 53_977}
# So that no year of six lines is refused as too dear.
LARGEST = {
    Kind.MINUTES: 6_000, Kind.HIRED: 5 * 10**8, Kind.FEES: 5 * 10**8, Kind.TIMES: 10, Kind.PEOPLE: 1_000,
}  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=40)).map(clean).filter(bool)


def collected(kind: Kind) -> st.SearchStrategy[tuple[Collected, ...]]:
    values = st.one_of(st.integers(0, min(600, LARGEST[kind])), st.integers(0, LARGEST[kind]))
    one = st.builds(Collected, values, TEXTS, st.sampled_from(Method))
    return st.lists(one, min_size=1, max_size=4).map(tuple)


LINES = st.lists(
    st.builds(
        DraftLine,
        st.sampled_from(Activity),
        TEXTS,
        st.fixed_dictionaries({}, optional={kind: collected(kind) for kind in OF_LINE}).filter(bool),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda line: (line.activity, spelling_key(line.label)),
).map(tuple)
SHEETS = st.tuples(
    LINES, st.fixed_dictionaries({kind: collected(kind) for kind in OF_SHEET}), st.sampled_from(list(INCOMES))
)


@pytest.fixture(scope="module")
def shelf(filled_template: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation that these laws only read."""
    with copied(
        filled_template(world.fill)[0], tmp_path_factory.mktemp("laws") / "data", Clock()
    ) as installation:
        yield installation


@pytest.fixture(scope="module")
def good(shelf: Installation) -> bytes:
    """A workbook of two sheets with nothing wrong."""
    return written(shelf, draft(shelf), draft(shelf, UNTOLD))


@settings(max_examples=20)
@given(st.lists(SHEETS, min_size=1, max_size=2), st.integers(0, 3))
def test_what_is_written_is_read_back_and_excel_reckons_as_the_product(
    shelf: Installation,
    sheets: list[tuple[tuple[DraftLine, ...], dict[Kind, tuple[Collected, ...]], int]],
    spare: int,
) -> None:
    begun = [
        Begun(Draft(code, world.version_id(shelf, code, AGAIN), lines, whole), year, INCOMES[year])
        for code, (lines, whole, year) in zip((FEWER, UNTOLD), sheets, strict=False)
    ]
    content = cost_book.write(shelf, shelf.moment(), begun, spare=spare)
    found = brought(shelf, content)
    assert found.issues == ()
    assert list(found.givens) == [Given(one.draft, one.income_year, None, REASON) for one in begun]
    formulas, computed = (load_workbook(BytesIO(content), data_only=data_only) for data_only in (False, True))
    for one in begun:
        sheet, code = one.draft.reckoned(one.income_vnd), one.draft.procedure_code
        first = first_row(formulas[code])
        total = first + len(sheet.lines) + spare
        expected = {f"J{first + place}": line.cost(one.income_vnd) for place, line in enumerate(sheet.lines)}
        for cell, cost in (expected | {f"J{total}": sheet.case()}).items():
            assert reckoned(formulas[code], cell) == computed[code][cell].value == cost
        assert computed[code][f"K{total}"].value == sheet.year()


JUNK = st.one_of(
    st.none(), st.integers(-(10**16), 10**16), st.floats(-1e6, 1e6), st.booleans(), st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.sampled_from((*HOSTILE, "#REF!", "=1/0", "1.086", "1,5", "-", "Tổng cộng", "(4)")).filter(lambda text: not text.startswith("'")),
)  # fmt: skip
# Sheet, row, column and what is put there: above the tables where they are filled in, in their titles, their rows and below.
CELLS = st.one_of(
    st.tuples(st.sampled_from((FEWER, UNTOLD)), st.integers(3, 7), st.just(3), JUNK),
    st.tuples(st.sampled_from((FEWER, UNTOLD)), st.integers(11, 18), st.integers(1, 14), JUNK),
    st.tuples(st.just(SOURCES), st.integers(4, 21), st.integers(1, 7), JUNK),
)


@settings(max_examples=20)
@given(st.lists(CELLS, min_size=1, max_size=3))
def test_whatever_stands_in_a_cell_the_sheets_are_taken_whole_or_every_fault_has_its_place(
    shelf: Installation, good: bytes, cells: list[tuple[str, int, int, Any]]
) -> None:
    def change(book: Workbook) -> None:
        for sheet, row, column, value in cells:
            book[sheet].cell(row, column).value = value

    found = brought(shelf, changed(good, change))
    errors = [issue for issue in found.issues if issue.severity == "error"]
    assert len(found.givens) == (0 if errors else 2)
    assert all(issue.file and issue.sheet and issue.row for issue in errors)
    for one in found.givens:
        assert all(figure.value >= 0 and figure.source and figure.method for figure in figures_of(one.draft))


def figures_of(one: Draft) -> list[Collected]:
    held = [one.whole, *(line.figures for line in one.lines)]
    return [figure for figures in held for some in figures.values() for figure in some]
