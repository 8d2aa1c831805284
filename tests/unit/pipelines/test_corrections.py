"""Known errors of a source are mended where corrections.yml says so, and nowhere else."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipelines.contract import TransformResult
from pipelines.reading import read
from pipelines.snapshot import snapshot_of
from pipelines.sources import Correction, load_source, load_transform

HEADER = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
WRONG = Correction(
    code="1.000001",
    column="Lĩnh vực",
    was="Nhà o",
    becomes="Nhà ở",
    reason="Công văn 12/BXD-VP xác nhận lỗi gõ",
)


def _read(field: str) -> TransformResult:
    target = StringIO()
    csv.writer(target).writerows(
        [HEADER, ["1.000001", "A", "Bộ A", "", field], ["1.000002", "B", "Bộ A", "", field]]
    )
    source = load_source("portal_list").model_copy(update={"corrections": (WRONG,)})
    (sheet,) = read(snapshot_of(Path("list.csv"), target.getvalue().encode()), source.files)
    return load_transform("portal_list")(sheet.rows, source, "list.csv", sheet.name)


def test_a_declared_error_is_mended_in_its_record_only_and_said_with_its_reason() -> None:
    result = _read("Nhà o")
    assert [listed.content["field_name"] for listed in result.listed] == ["Nhà ở", "Nhà o"]
    (issue,) = result.issues
    assert (issue.rule, issue.row, issue.column, issue.severity) == (
        "source_corrected",
        2,
        "Lĩnh vực",
        "warning",
    )
    assert issue.value == "Nhà o → Nhà ở: Công văn 12/BXD-VP xác nhận lỗi gõ"


def test_an_error_that_is_gone_from_the_source_is_said_and_changes_nothing() -> None:
    result = _read("Nhà ở")
    assert [listed.content["field_name"] for listed in result.listed] == ["Nhà ở", "Nhà ở"]
    assert [issue.rule for issue in result.issues] == ["correction_not_needed"]


def test_a_correction_without_a_reason_is_refused() -> None:
    with pytest.raises(ValidationError):
        Correction(code="1.000001", column="Tên", was="A", becomes="B", reason="")
