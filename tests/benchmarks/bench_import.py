"""What an import costs against a plain polars read of the same file in the same run.

Not part of the test run. `python -m pytest tests/benchmarks/bench_import.py -s` prints the table.
"""

import csv
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import polars as pl
import pytest
from xlsxwriter import Workbook

from catalogue.services import imports
from catalogue.services.installation import Installation
from pipelines.reading import read
from pipelines.run import read_source, run_snapshot
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.sources import load_source
from tests.sheets import HEADER

ROWS = 20_000
LAPS = 3
DAY = date(2026, 7, 31)
WORDS = ("cấp", "giấy phép", "hoạt động", "xây dựng", "khai thác", "vận tải", "đối với", "tổ chức", "cá nhân")


def listed() -> list[tuple[str, ...]]:
    """A list as long as three national catalogues, in the shape of the portal's."""
    rng = random.Random(1)
    return [
        (
            f"1.{number:06}",
            f"Thủ tục {' '.join(rng.choices(WORDS, k=14))} {number}",
            rng.choice(("Bộ Xây dựng", "Bộ Công an", "Bộ Tài chính")),
            "Sở Xây dựng\nỦy ban nhân dân cấp xã",
            f"Lĩnh vực {number % 60}",
        )
        for number in range(ROWS)
    ]


def as_workbook(rows: list[tuple[str, ...]]) -> bytes:
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Danh sách TTHC")
        for number, row in enumerate((HEADER, *rows)):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return target.getvalue()


def as_csv(rows: list[tuple[str, ...]]) -> bytes:
    target = StringIO(newline="")
    csv.writer(target).writerows((HEADER, *rows))
    return target.getvalue().encode("utf-8-sig")


def seconds(action: Callable[[], object], laps: int = LAPS) -> float:
    """The shortest of some runs: whatever else the machine does only adds."""
    times = []
    for _ in range(laps):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def table(title: str, baseline: str, rows: dict[str, float]) -> None:
    """Rows a second and the ratio to the baseline, one line each."""
    lines = [f"\n{title:46} {'rows/s':>10} {'ratio':>8}"]
    lines += [
        f"{name:46} {ROWS / took:>10,.0f} {took / rows[baseline]:>7.1f}x" for name, took in rows.items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_importing(empty: Installation, kind: str) -> None:
    content = as_workbook(listed()) if kind == "xlsx" else as_csv(listed())
    file: Snapshot = snapshot_of(Path(f"list.{kind}"), content)
    source = load_source("portal_list")

    def plain() -> pl.DataFrame:
        return pl.read_excel(BytesIO(content)) if kind == "xlsx" else pl.read_csv(BytesIO(content))

    def staged() -> int:
        return run_snapshot(empty, "portal_list", file, DAY).batch_id

    baseline = "plain polars read"
    rows = {
        baseline: seconds(plain),
        "read every cell with what it is": seconds(lambda: read(file)),
        "read and transform": seconds(lambda: read_source(source, file)),
        "read, transform, compare, stage: all new": seconds(staged, 1),
    }
    batch = staged()
    rows["accept"] = seconds(lambda: imports.accept(empty, batch), 1)
    rows["the whole import"] = rows["read, transform, compare, stage: all new"] + rows["accept"]
    rows["the same again: nothing changes"] = seconds(
        lambda: run_snapshot(empty, "portal_list", file, DAY, accept=True), 1
    )
    table(f"import of {ROWS:,} rows, {kind}", baseline, rows)
