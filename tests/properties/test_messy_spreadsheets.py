"""A list of an agency never seen, with a mess of its own: nothing is lost in silence, executed, or without end."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.errors import ImportRejected
from catalogue.model.content import PARTS
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from catalogue.text import clean
from pipelines.checks import check
from pipelines.contract import TransformResult
from pipelines.run import read_source, run_snapshot
from pipelines.snapshot import Snapshot, snapshot_of
from pipelines.sources import load_source, source_names
from tests import messy, sheets
from tests.messy import AGENCY, FIELD, IMPLEMENTING, NAME, Cell, Line, Mess

DAY = date(2026, 7, 31)
NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
LIST = load_source("portal_list")
LISTED = {NAME: "name", AGENCY: "issuing_agency_text", FIELD: "field_name"}

_watched: list[tuple[str, str]] = []
_watching = False


def _watch(event: str, details: Any) -> None:
    """An audit hook cannot be taken back, so it looks only while it is asked to."""
    if not _watching:
        return
    is_written = (
        event == "open" and isinstance(details[0], str) and re.search(r"[wax+]", str(details[1] or ""))
    )
    if is_written or event in ("os.system", "os.exec", "os.posix_spawn", "os.remove", "socket.connect"):
        _watched.append((event, str(details[0])))
    elif event == "subprocess.Popen":
        _watched.append((event, Path(str(details[0])).name))


sys.addaudithook(_watch)


@contextmanager
def nothing_but_reading() -> Iterator[None]:
    """No file is written, no connection made, no process started but the one that reads workbooks."""
    global _watching
    _watched.clear()
    _watching = True
    try:
        yield
    finally:
        _watching = False
    assert set(_watched) <= {("subprocess.Popen", Path(sys.executable).name)}
    assert len(_watched) <= 1


def _snapshot(name: str, content: bytes) -> Snapshot:
    return snapshot_of(Path(name), content)


def _read(name: str, content: bytes) -> TransformResult:
    with nothing_but_reading():
        result, _ = read_source(LIST, _snapshot(name, content))
    assert not {issue.rule for issue in check(result, LIST)} & {"rows_unaccounted", "contract_broken"}
    return result


def _agencies(mess: Mess) -> dict[int, Cell]:
    """What each line says of its agency, once merged cells are read."""
    said = {index: line.cells[AGENCY] for index, line in enumerate(mess.lines) if line.cells}
    for first, last in messy.runs(mess):
        said |= dict.fromkeys(range(first + 1, last + 1), mess.lines[first].cells[AGENCY])
    return said


def _words(cell: Cell) -> str:
    return str(cell.value) if cell.kind in ("text", "formula") else cell.text


def _holds(result: TransformResult, row: int, line: Line, agency: Cell) -> None:
    """A procedure is there with exactly its words, or named with its row."""
    cells = {**line.cells, AGENCY: agency}
    named = {issue.rule for issue in result.issues if issue.row == row and issue.severity == "error"}
    broken = {cell.rule for cell in cells.values() if cell.is_broken}
    found = [listed for listed in result.listed if listed.row == row]
    if broken:
        assert named and (named <= broken)
        assert not found
        return
    (listed,) = found
    assert listed.procedure_code == cells[messy.CODE].text
    for header, part in LISTED.items():
        assert listed.content.get(part, "") == cells[header].text
    implementing = (clean(part) for part in re.split("[\r\n;]", _words(cells[IMPLEMENTING])))
    assert listed.content.get("implementing", []) == list(dict.fromkeys(filter(None, implementing)))
    flagged = {(problem.rule, problem.part) for problem in listed.problems}
    for header, part in {**LISTED, IMPLEMENTING: "implementing"}.items():
        assert cells[header].rule is None or (cells[header].rule, part) in flagged
    assert not line.is_merged or ("cell_merged", "issuing_agency_text") in flagged


@settings(max_examples=30)
@given(mess=messy.messes)
def test_every_row_of_a_workbook_is_taken_with_its_words_or_named(mess: Mess) -> None:
    result = _read("danh-sach.xlsx", messy.workbook(mess))
    agencies = _agencies(mess)
    assert result.rows_read == len(mess.procedures())
    for row, line in mess.procedures():
        _holds(result, row, line, agencies[row - mess.first_row])
    named = {issue.row: issue.rule for issue in result.issues}
    for row, line in enumerate(mess.lines, mess.first_row):
        if line.kind in ("header", "numbers", "heading"):
            rule = "group_heading" if line.kind == "heading" else "header_repeated"
            assert named[row] == rule
    hidden = [row for row, line in mess.procedures() if line.is_hidden]
    assert bool(hidden) == any(issue.rule == "rows_hidden" for issue in result.issues)


@given(mess=messy.flat_messes)
def test_every_row_of_a_csv_file_is_taken_with_its_words(mess: Mess) -> None:
    result = _read("danh-sach.csv", messy.table(mess))
    assert (result.rows_read, len(result.listed)) == (len(mess.lines), len(mess.lines))
    for row, line in mess.procedures():
        _holds(result, row, Line(line.kind, line.cells), line.cells[AGENCY])


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Installation]]:
    """One catalogue that every example writes into."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("messy"), demo=False)
    database = Database.open(chosen.database, clock=lambda: NOW)
    installation = open_installation(chosen, database, demo=False)
    yield lambda: installation
    database.close()


@settings(max_examples=6)
@given(mess=messy.flat_messes)
def test_a_list_imported_twice_is_imported_once(opened: Callable[[], Installation], mess: Mess) -> None:
    installation = opened()
    for name, content in (("danh-sach.xlsx", messy.workbook(mess)), ("danh-sach.csv", messy.table(mess))):
        once = run_snapshot(installation, "portal_list", _snapshot(name, content), DAY, accept=True)
        assert once.rows_new + once.rows_changed + once.rows_unchanged == once.rows_read == len(mess.lines)
        revision = installation.moment().revision
        twice = run_snapshot(installation, "portal_list", _snapshot(name, content), DAY, accept=True)
        assert (twice.rows_new, twice.rows_changed, twice.rows_unchanged) == (0, 0, len(mess.lines))
        assert installation.moment().revision == revision


def _refused_or_whole(source_name: str, name: str, content: bytes) -> None:
    """A file is refused as a file, or every row of it is accounted for."""
    source = load_source(source_name)
    try:
        with nothing_but_reading():
            result, _ = read_source(source, _snapshot(name, content))
    except ImportRejected:
        return
    assert not {issue.rule for issue in check(result, source)} & {"rows_unaccounted", "contract_broken"}


KINDS = [(name, kind) for name in source_names() for kind in load_source(name).files]


@pytest.mark.parametrize(("source", "kind"), KINDS)
@settings(max_examples=25)
@given(
    garbage=st.one_of(st.binary(min_size=1, max_size=200), st.text(min_size=1, max_size=80).map(str.encode))
)
def test_garbage_is_refused_as_a_file(source: str, kind: str, garbage: bytes) -> None:
    _refused_or_whole(source, f"garbage.{kind}", garbage)


VALID = sheets.portal_list(
    ("1.000001", "Cấp thẻ", "Bộ A", "Sở B", "X"), ("1.000002", "Đổi thẻ", "Bộ A", "", "X")
)


@st.composite
def spoilt_workbooks(draw: st.DrawFn) -> bytes:
    """A workbook of which one part, or the packing itself, was damaged at some places."""
    if draw(st.booleans()):
        content = bytearray(VALID)
        for _ in range(draw(st.integers(1, 4))):
            content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
        return bytes(content[: draw(st.integers(len(content) // 2, len(content)))])
    with ZipFile(BytesIO(VALID)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    part = parts[name].decode()
    start = draw(st.integers(0, len(part)))
    put = draw(
        st.sampled_from(("", "<", "&#0;", '"', "<c>", "<v>1e99</v>", "</row>", "-1", "99999999999", "\u0300"))
    )
    parts[name] = (part[:start] + put + part[start + draw(st.integers(0, 30)) :]).encode()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    return target.getvalue()


@settings(max_examples=40)
@given(content=spoilt_workbooks())
def test_a_damaged_workbook_is_refused_or_read_whole(content: bytes) -> None:
    _refused_or_whole("portal_list", "danh-sach.xlsx", content)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def strange_records(draw: st.DrawFn) -> tuple[str, bytes]:
    """Records with the keys of a source and values that nobody would expect under them."""
    source = draw(st.sampled_from([name for name in source_names() if "jsonl" in load_source(name).files]))
    described = load_source(source)
    keys = [*described.columns, *described.optional_columns]
    if source == "interchange":
        keys = ["procedure_code", *PARTS]
    code = next((key for key, name in described.columns.items() if name == "procedure_code"), "")
    values = dict.fromkeys(keys, anything) | {
        key: st.one_of(st.just("1.000001"), anything) for key in (code, "procedure_code") if key in keys
    }
    records = draw(st.lists(st.fixed_dictionaries(values), min_size=1, max_size=2))
    lines: Sequence[str] = [json.dumps(record, ensure_ascii=draw(st.booleans())) for record in records]
    return source, "\n".join(lines).encode("utf-8", "surrogatepass")


@settings(max_examples=60)
@given(strange=strange_records())
def test_strange_values_are_refused_or_named(strange: tuple[str, bytes]) -> None:
    source, content = strange
    _refused_or_whole(source, "records.jsonl", content)
