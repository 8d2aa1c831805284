"""Forms that staff write: a changed column or identity works without code, a mistake names file and line."""

import shutil
from pathlib import Path

import pytest

import catalogue.reference
from catalogue.errors import BadReferenceData, NotFound
from catalogue.model.report_form import ColumnKind, head_cells
from catalogue.model.report_table import Sent, row_faults
from catalogue.reference import Reference, load_reference

FOLDER = Path(catalogue.reference.__file__).parent
FILE = "report_forms.yml"
ONLINE = '              - {number: 4, code: online, kind: figure, vi: "Trực tuyến", en: "Online"}\n'


def edited(folder: Path, *changes: tuple[str, str]) -> Path:
    """The reference data with the form file changed."""
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, folder)
    text = (folder / FILE).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def load(folder: Path, *changes: tuple[str, str]) -> Reference:
    return load_reference(edited(folder, *changes))


def test_the_forms_we_ship_are_those_of_the_circular() -> None:
    reference = load_reference()
    form = reference.report_form("II.06a")
    assert form is reference.report_form("II.06a/VPCP/KSTT")
    assert [column.number for column in form.columns] == list(range(1, 14))
    assert [form.equation(one) for one in form.identities] == [
        "(3) = (4) + (5) + (6)", "(7) = (8) + (9) + (10)", "(11) = (12) + (13)", "(3) = (7) + (11)",
    ]  # fmt: skip
    assert [(form.terms((one.now,)), form.terms((one.before,))) for one in form.carried] == [("(6)", "(11)")]
    counted = [c.code for c in reference.report_form("II.07b").columns if c.kind is ColumnKind.CATALOGUE]
    assert counted == ["local", "local_provincial", "local_district", "local_communal"]
    with pytest.raises(NotFound):
        reference.report_form("II.99")


def test_a_renamed_column_is_printed_under_its_new_name(tmp_path: Path) -> None:
    form = load(tmp_path, (ONLINE, ONLINE.replace("Trực tuyến", "Trực tuyến toàn trình"))).report_form(
        "II.06a"
    )
    assert "Trực tuyến toàn trình" in [cell.text for cell in head_cells(form.columns, "vi")]


def test_an_added_column_is_numbered_headed_and_tested(tmp_path: Path) -> None:
    post = '              - {number: 6, code: post, kind: figure, vi: "Bưu chính", en: "By post"}\n'
    text = (FOLDER / FILE).read_text(encoding="utf-8")
    block = text[text.index(ONLINE) : text.index("    identities:")]
    new = block.replace("Trực tiếp, dịch vụ bưu chính", "Trực tiếp")
    for number in range(13, 5, -1):
        new = new.replace(f"number: {number},", f"number: {number + 1},")
    place = new.index("          - {number: 7, code: carried_in")
    new = new[:place] + post + new[place:]
    form = load(
        tmp_path,
        (block, new),
        ('- "3 = 4 + 5 + 6"', '- "3 = 4 + 5 + 6 + 7"'),
        ('- "7 = 8 + 9 + 10"', '- "8 = 9 + 10 + 11"'),
        ('- "11 = 12 + 13"', '- "12 = 13 + 14"'),
        ('- "3 = 7 + 11"', '- "3 = 8 + 12"'),
        ('- "6 = 11"', '- "7 = 12"'),
    ).report_form("II.06a")
    assert form.column("post").number == 6
    assert [heading.vi for heading in form.column("post").headings] == [
        "Số hồ sơ nhận giải quyết",
        "Trong kỳ",
    ]
    values = dict.fromkeys((column.code for column in form.imported), 0) | {"post": 2}
    faults = list(
        row_faults(form, [Sent("ministry", "Dược phẩm", values, 9)], load_reference().last_reorganised_on)
    )
    assert [fault.details["right"] for fault in faults] == ["(4) + (5) + (6) + (7)"]


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("number: 4, code: online", "number: 5, code: online", "code: online", "number 4 is expected"),
        ("number: 4, code: online", "number: 4, code: received", "number: 4", "'received' is given twice"),
        ("number: 4, code: online, kind: figure", "number: 4, code: online, kind: text", "number: 4", "kind"),
        ("number: 4, code: online,", "code: online,", "code: online", "needs 'number'"),
        ('- "3 = 4 + 5 + 6"', '- "3 = 4 + 5 + 61"', "3 = 4 + 5 + 61", "(61)"),
        ('- "3 = 4 + 5 + 6"', '- "3 == 4 + 5"', "3 == 4 + 5", "is no identity"),
        ('- "3 = 4 + 5 + 6"', '- "3 = 2 + 5"', "3 = 2 + 5", "no column of figures (2)"),
        ('- "6 = 11"', '- "6 + 7 = 11"', "6 + 7 = 11", "one column of this period"),
        ("đến ngày {to})", "đến ngày {until})", "{until}", "nothing fills"),
        ("quá hạn {pending_late}.", "quá hạn {overdue}.", "summary:", "overdue"),
        ("  closes_on_day: 14", "  closes_on_day: 41", "closes_on_day: 41", "closes_on_day"),
        ("code: vertical", "code: ministry", "cơ quan ngành dọc", "given twice"),
        ("    rows: fields", "    rows: agencies", "II.06a", "'sections' belong"),
        ("    complete: true", "    complete: perhaps", "complete: perhaps", "complete"),
        ("    carried:", "    carries:", "carries:", "carries"),
        ("levels: [provincial]", "levels: [region]", "levels: [region]", "levels"),
        ('code: "II.07b"', 'code: "II.06a"', 'number: "II.07b', "given twice"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_and_line(tmp_path: Path, old: str, new: str, at: str, reason: str) -> None:
    folder = edited(tmp_path, (old, new))
    with pytest.raises(BadReferenceData) as caught:
        load_reference(folder)
    details = caught.value.details
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    assert details["file"] == FILE
    assert reason in details["reason"]
    near = "\n".join(lines[max(0, details["line"] - 2) : details["line"] + 2])
    assert at in near, (details, near)


def test_a_form_reads_its_agency_and_period_from_one_line_each(tmp_path: Path) -> None:
    with pytest.raises(BadReferenceData, match="exactly one line holds"):
        load(tmp_path, ("Đơn vị báo cáo: {agency}", "Đơn vị báo cáo:"))
