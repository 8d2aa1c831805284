"""The lists as published, where the shared data folder is at hand."""

import re
from pathlib import Path

import pytest

from catalogue.services.installation import open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from pipelines.checks import check
from pipelines.reading import read
from pipelines.run import run
from pipelines.snapshot import take_snapshot
from pipelines.sources import load_source, load_transform
from pipelines.strict import one_sheet

CODE = re.compile(r"[123]\.\d{6}(\.[HG]\d{2})?")
LISTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "procedure-lists"
EXPECTED = {
    "2026-07/danh-sach-tthc-BoCongAn.xlsx": (339, 0),
    "2026-07/danh-sach-tthc-BoTaiChinh.xlsx": (706, 0),
    "2026-07/danh-sach-tthc-BoXayDung.xlsx": (525, 111),
    "2026-07/toa-an-nhan-dan.xlsx": (3, 0),
    "2025-04/danh-sach-tthc-2025-04-28.csv": (4597, 0),
}
OFFICIAL = [name for name in EXPECTED if name.startswith("2026-07/")]
PRESENT = [name for name in EXPECTED if (LISTS / name).is_file()]

if PRESENT:

    @pytest.mark.parametrize("name", PRESENT)
    def test_a_published_list_is_read_whole(name: str) -> None:
        source = load_source("portal_list")
        snapshot = take_snapshot(LISTS / name)
        sheet = one_sheet(read(snapshot), source.ignored_sheets, snapshot.name)
        result = load_transform("portal_list")(sheet.rows, source, snapshot.name, sheet.name)
        unusual = sum(not CODE.fullmatch(listed.procedure_code) for listed in result.listed)
        assert (result.rows_read, unusual) == EXPECTED[name]
        assert len(result.listed) == result.rows_read
        assert result.issues == ()
        assert {problem.rule for listed in result.listed for problem in listed.problems} <= {
            "text_normalised"
        }
        assert check(result, source) == ()


if set(OFFICIAL) <= set(PRESENT):

    def test_the_official_lists_are_imported_whole_and_again_unchanged(tmp_path: Path) -> None:
        settings = Settings(data_dir=tmp_path, demo=False)
        database = Database.open(settings.database)
        installation = open_installation(settings, database, demo=False)
        first, again = (
            [run(installation, "portal_list", LISTS / name, accept=True) for name in OFFICIAL]
            for _ in range(2)
        )
        database.close()
        read = [EXPECTED[name][0] for name in OFFICIAL]
        assert [report.rows_new for report in first] == read == [339, 706, 525, 3]
        assert [report.rows_unchanged for report in again] == read
        for report in (*first, *again):
            assert (report.state, report.rows_changed, report.rows_rejected) == ("accepted", 0, 0)
            assert not report.has_problems
        # one procedure that Bộ Xây dựng issued stands in the list of Bộ Công an only
        assert [report.rows_missing for report in again] == [0, 0, 1, 0]
