"""What is exported and imported again says the same, in every form, whatever the words."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from catalogue.interchange.plain import Record, guarded, unguarded, write_csv, write_json_lines
from catalogue.interchange.rows import joined, parted
from catalogue.interchange.workbook import Origin, write_workbook
from catalogue.model.content import PARTS, comparable
from catalogue.services import interchange
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from pipelines.checks import check
from pipelines.run import read_source, run_snapshot
from pipelines.snapshot import snapshot_of
from pipelines.sources import load_source
from tests import contents

DAY = date(2026, 7, 31)
NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
SOURCE = load_source("interchange")
BESIDE = {"channels", "dossier", "legal_bases"}


def _read_back(records: Sequence[Record], file: str, content: bytes) -> None:
    result, _ = read_source(SOURCE, snapshot_of(Path(file), content))
    assert [issue for issue in result.issues if issue.severity == "error"] == []
    assert check(result, SOURCE) == ()
    found = {listed.procedure_code: listed.content for listed in result.listed}
    said = result.parts
    assert found.keys() == dict(records).keys()
    for code, before in records:
        assert comparable(found[code], said) == comparable(before, said)
    unsaid = set(PARTS) - said - (BESIDE if file.endswith(".csv") else set())
    assert not [(code, part) for code, before in records for part in unsaid if part in before]


@settings(max_examples=20)
@given(records=contents.records)
def test_a_workbook_says_what_it_was_made_from(records: Sequence[Record]) -> None:
    _read_back(records, "tthc.xlsx", write_workbook(records, Origin(None, DAY, None)))


@given(records=contents.records)
def test_csv_says_what_it_was_made_from_but_the_sheets_beside(records: Sequence[Record]) -> None:
    _read_back(records, "tthc.csv", write_csv(records))


@given(records=contents.records)
def test_json_lines_say_what_they_were_made_from(records: Sequence[Record]) -> None:
    _read_back(records, "tthc.jsonl", write_json_lines(records))


@given(entries=contents.st.lists(contents.lines, min_size=1, max_size=4))
def test_texts_of_several_lines_share_a_cell(entries: list[str]) -> None:
    assert (
        parted(joined(entries)) == entries or [entry for entry in parted(joined(entries)) if entry] == entries
    )


@given(text=contents.st.one_of(contents.line, contents.st.text(), contents.st.from_regex(r"\A'*[=+@-].*\Z")))
def test_no_text_of_a_csv_file_is_a_formula_and_none_is_changed(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Installation]]:
    """One catalogue that every example writes its records into."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("interchange"), demo=False)
    database = Database.open(chosen.database, clock=lambda: NOW)
    installation = open_installation(chosen, database, demo=False)
    yield lambda: installation
    database.close()


@settings(max_examples=5)
@given(records=contents.records)
def test_what_the_catalogue_exports_changes_nothing_in_it(
    opened: Callable[[], Installation], records: Sequence[Record]
) -> None:
    installation = opened()
    brought = snapshot_of(Path("tthc.jsonl"), write_json_lines(records))
    taken = run_snapshot(installation, "interchange", brought, DAY, accept=True)
    assert taken.rows_new + taken.rows_changed + taken.rows_unchanged == len(records)
    moment = installation.moment(DAY)
    for form in interchange.FORMATS:
        content = interchange.export(installation, moment, form=form)
        report = run_snapshot(installation, "interchange", snapshot_of(Path(f"tthc.{form}"), content), DAY)
        assert (report.rows_new, report.rows_changed, report.rows_rejected) == (0, 0, 0)
        assert report.rows_unchanged == report.rows_read >= len(records)
