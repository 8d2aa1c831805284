"""The Decision 766 workbook and scores as published, where the shared data folder is at hand."""

from datetime import date
from pathlib import Path

from catalogue.services import audit, indicators
from catalogue.services.installation import Installation
from pipelines.run import run

FOLDER = Path(__file__).parents[2] / ".." / "shared" / "data" / "indicators"
BOOK, TABLE = FOLDER / "qd766-provinces-2025-10.xlsx", FOLDER / "qd766_scores_provinces_2026-09-17.csv"

if BOOK.is_file():

    def test_the_workbook_is_read_whole_and_ranked_among_like(empty: Installation) -> None:
        report = run(empty, "service_quality", BOOK, accept=True)
        assert (report.observed_on, report.rows_read, report.rows_new) == (date(2025, 10, 31), 192, 191)
        assert (report.rows_unchanged, report.rows_rejected, report.has_problems) == (1, 0, False)
        rules = sorted(issue.rule for issue in report.issues)
        assert rules == ["agency_code_normalised", "agency_code_normalised", "rank_mixed", "series_breaks"]
        moment = empty.moment(date(2025, 10, 31))
        provinces = indicators.latest(empty, "service-quality", moment)
        assert provinces is not None
        assert (provinces.coverage.valued, provinces.coverage.of) == (34, 34)
        assert provinces.agencies["short_name"][0] == "Bắc Ninh"
        for group, size, mixed in (("departments", 15, 117), ("communes", 102, 114)):
            found = indicators.latest(empty, "service-quality", moment, group=group, within="ubnd-an-giang")
            assert found is not None
            assert found.agencies["rank"].max() == size
            assert found.agencies["file_rank"].max() == mixed
        frame = indicators.of_agency(empty, "ubnd-an-giang", moment, "service-quality")
        quarters = frame.filter(frame["period_kind"] == "quarter")
        assert quarters["value"].to_list() == [37.2, 52.0, 84.2, 86.7]
        assert quarters["break"].to_list() == [None, None, "agencies", "unfinished"]
        assert audit.check(empty).is_empty()
        again = run(empty, "service_quality", BOOK, accept=True)
        assert (again.rows_new, again.rows_changed, empty.moment().revision) == (0, 0, moment.revision)


if TABLE.is_file():

    def test_the_table_of_one_day_is_read_whole(empty: Installation) -> None:
        report = run(empty, "service_quality_day", TABLE, accept=True)
        assert (report.rows_read, report.rows_new, len(report.issues)) == (34, 34, 0)
