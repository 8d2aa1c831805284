"""The detail pages of July 2026, where the shared data folder is at hand."""

from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.checks import check
from pipelines.contract import TransformResult
from pipelines.reading import read
from pipelines.snapshot import take_snapshot
from pipelines.sources import load_source, load_transform
from pipelines.strict import one_sheet

PAGES = (
    Path(__file__).parents[2] / ".." / "shared" / "data" / "procedure-details" / "details-2026-07.jsonl.gz"
)
# Pages on which each rule finds something; text_normalised is a matter of reading, not of parsing.
EXPECTED = {
    "channels_unclear": 30,
    "column_cut_elsewhere": 43,
    "dossier_unclear": 20,
    "fee_currency_contradicted": 2,
    "fee_thousand_times_too_small": 42,
    "form_unclear": 54,
    "free_beside_amount": 40,
    "free_beside_rate": 119,
    "legal_bases_unclear": 90,
    "results_unclear": 2,
    "section_missing": 10,
    "section_unclear": 1,
    "steps_unclear": 63,
    "time_and_fee_glued": 49,
}

if PAGES.is_file():

    @lru_cache(maxsize=1)
    def _result() -> TransformResult:
        source = load_source("portal_detail")
        snapshot = take_snapshot(PAGES)
        sheet = one_sheet(read(snapshot, source.files), source.ignored_sheets, snapshot.name)
        return load_transform("portal_detail")(sheet.rows, source, snapshot.name, sheet.name)

    def _each(part: str) -> list[Any]:
        return [entry for one in _result().listed for entry in one.content.get(part, ())]

    def test_every_page_is_taken_or_caught_as_another_procedures() -> None:
        result = _result()
        assert (result.rows_read, len(result.listed)) == (1573, 1557)
        assert Counter(issue.rule for issue in result.issues) == {
            "page_of_another_procedure": 16,
            "source_corrected": 2,
        }
        assert check(result, load_source("portal_detail")) == ()

    def test_the_text_of_a_misfiled_page_is_kept_out() -> None:
        caught = {
            issue.procedure_code for issue in _result().issues if issue.rule == "page_of_another_procedure"
        }
        assert len(caught) == 16
        assert not caught & {one.procedure_code for one in _result().listed}
        assert all(one.raw["Mã thủ tục"] == one.procedure_code for one in _result().listed)

    def test_what_is_not_certain_is_counted() -> None:
        pages: dict[str, set[str]] = defaultdict(set)
        for one in _result().listed:
            for problem in one.problems:
                pages[problem.rule].add(one.procedure_code)
        assert {rule: len(codes) for rule, codes in pages.items() if rule != "text_normalised"} == EXPECTED

    def test_how_much_is_parsed() -> None:
        channels, bases = _each("channels"), _each("legal_bases")
        papers = [paper for case in _each("dossier") for paper in case.get("papers", ())]
        fees = [fee for channel in channels for fee in channel.get("fees", ())]
        assert len(channels) == 4013
        assert sum("time_value" in channel for channel in channels) == 3751
        assert sum("time_unit" in channel for channel in channels) == 3316
        assert (len(fees), sum("amount_vnd" in fee or "amount" in fee for fee in fees)) == (3243, 2711)
        assert (len(papers), sum("originals" in paper for paper in papers)) == (9041, 9018)
        assert sum("form" in paper for paper in papers) == 928
        assert (len(bases), sum("number" in basis for basis in bases)) == (6041, 5986)
        assert sum("issued_on" in basis for basis in bases) == 621

    def test_known_traps_of_these_pages() -> None:
        by_code = {one.procedure_code: one for one in _result().listed}
        split = by_code["3.000341"]
        assert "legal_bases" not in split.content  # the column held the words of a fee
        assert {channel["time_value"] for channel in split.content["channels"]} == {3}
        assert split.content["implementing"] == [
            "Cục an ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao"
        ]
        licence = by_code["3.000349"].content["channels"]
        assert all("amount_vnd" not in fee for channel in licence for fee in channel["fees"])
        complaint = by_code["1.000178"].content
        assert complaint["addressees"] == ["Tổ chức (không bao gồm doanh nghiệp, HTX)", "Công dân Việt Nam"]
        assert [basis["number"] for basis in complaint["legal_bases"]] == [
            "68/2013/TT-BCA",
            "02/2011/QH13",
            "11/2015/TT-BCA",
            "05/2012/NĐ-CP",
        ]
