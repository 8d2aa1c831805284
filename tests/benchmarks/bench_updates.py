"""What a ministry's update of 1,086 items costs against a plain polars read of the same file in the same run.

Not part of the test run. `python -m pytest tests/benchmarks/bench_updates.py -s` prints the table.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO

import polars as pl

from catalogue.model.actor import Actor
from catalogue.services import accounts, commitments, documents, figures, item_updates
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.item_updates import Files
from pipelines.item_updates import read_sheet, update
from tests.update_files import PDF, downloaded, issued, written

ITEMS = 1_086
DOCUMENTS = 60
SECONDS = 10
FILES = Files((("07-2024-TT-BYT.pdf", PDF),))


def ministry_with_items(installation: Installation) -> Actor:
    """An editor of one ministry to which a resolution assigned everything."""
    with installation.database.transaction("bench") as transaction:
        resolution = documents.cite(
            transaction, Basis("resolution", "118/NQ-CP", date(2020, 1, 2), "Nghị quyết", "chinh-phu")
        )
        waiting = [
            documents.plan(
                transaction,
                document_type="circular",
                title=f"Thông tư sửa đổi {number}",
                drafting_agency="bo-y-te",
                planned_issue_on=date(2024, 6, 30),
                effective_date=date(2020, 1, 2),
            )
            for number in range(DOCUMENTS)
        ]
        items = [
            NewItem(
                subject=f"1.{number:06}",
                title=f"Cấp giấy phép hoạt động khám bệnh, chữa bệnh số {number}",
                lead_agency="bo-y-te",
                documents=(waiting[number % DOCUMENTS],),
                deadline=date(2027, 12, 31),
            )
            for number in range(ITEMS)
        ]
        commitments.assign(
            transaction, installation.reference, figures.SIMPLIFICATION, resolution, date(2020, 1, 2), items
        )
    return accounts.add_account(
        installation, account="byt", full_name="Nguyễn Văn A", role="ministry_editor", agency_code="bo-y-te",
        password="mot mat khau rat dai", by=None,
    )  # fmt: skip


def seconds(action: Callable[[], object], laps: int = 1) -> float:
    """The shortest of some runs: whatever else the machine does only adds."""
    times = []
    for _ in range(laps):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def test_updating_every_item(empty: Installation) -> None:
    byt = ministry_with_items(empty)
    rows = [issued(row) for row in downloaded(empty, byt)]
    assert len(rows) == ITEMS
    file = written(rows)
    steps: list[str] = []

    def plain() -> pl.DataFrame:
        return pl.read_excel(BytesIO(file.content))

    def saved() -> None:
        _, outcome = update(empty, byt, file, FILES, lambda step, _: steps.append(step))
        assert (outcome.changed, outcome.errors) == (ITEMS, 0)

    before = empty.moment().revision
    baseline = "plain polars read"
    took = {baseline: seconds(plain, 3), "read the file": seconds(lambda: read_sheet(file), 3)}
    took["download"] = seconds(lambda: item_updates.download(empty, byt, figures.SIMPLIFICATION))
    took["read, judge and save every row"] = seconds(saved)
    assert empty.moment().revision == before + 1  # one transaction
    assert steps == ["read", "look", "save", "done"]
    took["the same again: nothing changes"] = seconds(lambda: update(empty, byt, file, FILES))
    sheet = read_sheet(file)
    took["send all"] = seconds(lambda: item_updates.send(empty, byt, sheet.rows))
    assert empty.moment().revision == before + 2
    lines = [f"\n{f'update of {ITEMS:,} items':40} {'s':>7} {'rows/s':>10} {'ratio':>8}"]
    lines += [
        f"{name:40} {spent:>7.2f} {ITEMS / spent:>10,.0f} {spent / took[baseline]:>7.1f}x"
        for name, spent in took.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    assert took["read, judge and save every row"] < SECONDS
