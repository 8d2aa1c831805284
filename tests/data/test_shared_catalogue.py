"""The two dates of the national catalogue and its detail pages, where the shared data folder is at hand."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from catalogue.services import changes
from catalogue.services.audit import check
from catalogue.services.changes import LogFilter
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from catalogue.text import clean, spelling_key
from pipelines.run import run

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
BEFORE = DATA / "procedure-lists" / "2025-04" / "danh-sach-tthc-2025-04-28.csv"
AFTER = sorted((DATA / "procedure-lists" / "2026-07").glob("*.xlsx")) if DATA.is_dir() else []
PAGES = DATA / "procedure-details" / "details-2026-07.jsonl.gz"
FIRST, LAST = date(2025, 4, 28), date(2026, 7, 31)


def _names_before() -> dict[str, str]:
    """Code -> name, read without any of our own readers."""
    with BEFORE.open(encoding="utf-8-sig", newline="") as stream:
        return {clean(row["Mã số"]): clean(row["Tên"]) for row in csv.DictReader(stream)}


def _names_after() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in AFTER:
        rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        header = next([str(cell) for cell in row] for row in rows if row and "Mã số" in row)
        code, name = header.index("Mã số"), header.index("Tên")
        found |= {clean(str(row[code])): clean(str(row[name])) for row in rows if row[code]}
    return found


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The list of April 2025 and those of July 2026, accepted."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("shared"), demo=False)
    installation = open_installation(settings, Database.open(settings.database), demo=False)
    for path, day in ((BEFORE, FIRST), *((path, LAST) for path in AFTER)):
        run(installation, "portal_list", path, day, accept=True)
    yield installation
    installation.database.close()


if BEFORE.is_file() and AFTER and PAGES.is_file():

    def test_the_change_log_names_the_renamed_and_the_gone_codes(lists: Installation) -> None:
        before, after = _names_before(), _names_after()
        moment = lists.moment(LAST)

        def codes(kind: str) -> set[str]:
            log = changes.log(lists, moment, FIRST, LogFilter(kind=kind), size=10_000)
            assert log.by_kind[kind] == log.total == len(log.entries)
            return {entry.procedure_code for entry in log.entries}

        both = before.keys() & after.keys()
        renamed = {code for code in both if spelling_key(before[code]) != spelling_key(after[code])}
        assert codes("renamed") == renamed
        assert codes("new") == after.keys() - before.keys()
        gone = codes("gone")
        assert gone <= before.keys() - after.keys()
        # the July lists are of three ministries and the courts: nothing of the others is said to be gone
        assert (len(renamed), len(gone)) == (163, 581)
        balance = changes.balance(lists, moment, FIRST)
        assert (balance.then_in_force, balance.came_new, balance.now_in_force) == (4597, 282, 4879)

    def test_the_pages_join_the_lists_and_a_second_run_of_everything_changes_nothing(
        lists: Installation,
    ) -> None:
        first = run(lists, "portal_detail", PAGES, LAST, accept=True)
        assert (first.rows_read, first.rows_changed, first.rows_rejected) == (1573, 1557, 16)
        revision = lists.moment().revision
        again = [
            run(lists, "portal_list", BEFORE, FIRST, accept=True),
            *(run(lists, "portal_list", path, LAST, accept=True) for path in AFTER),
            run(lists, "portal_detail", PAGES, LAST, accept=True),
        ]
        assert [report.rows_new + report.rows_changed for report in again] == [0] * len(again)
        assert lists.moment().revision == revision
        assert check(lists).is_empty()
