"""Files as published, and the day they describe."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from catalogue.errors import ImportRejected
from pipelines import snapshot
from pipelines.snapshot import observed_date, snapshot_of, take_snapshot

TODAY = date(2026, 9, 17)


def test_a_snapshot_is_the_bytes_and_their_hash(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n")
    taken = take_snapshot(path)
    assert (taken.name, taken.size, taken.content) == ("list.csv", 4, b"a,b\n")
    assert taken.sha256 == sha256(b"a,b\n").hexdigest()
    assert taken == snapshot_of(path, b"a,b\n")


def test_a_missing_empty_or_too_large_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ImportRejected) as missing:
        take_snapshot(tmp_path / "none.csv")
    with pytest.raises(ImportRejected) as folder:
        take_snapshot(tmp_path)
    (tmp_path / "empty.csv").touch()
    with pytest.raises(ImportRejected) as empty:
        take_snapshot(tmp_path / "empty.csv")
    monkeypatch.setattr(snapshot, "MAX_BYTES", 3)
    (tmp_path / "large.csv").write_bytes(b"1234")
    with pytest.raises(ImportRejected) as large:
        take_snapshot(tmp_path / "large.csv")
    assert [error.value.code for error in (missing, folder, empty, large)] == [
        "file_missing",
        "file_missing",
        "file_empty",
        "file_too_large",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("danh-sach-tthc-2025-04-28.csv", date(2025, 4, 28)),
        ("danh-sach-28-04-2025.csv", date(2025, 4, 28)),
        ("danh_sach_20250428.csv", date(2025, 4, 28)),
        ("2026-07/danh-sach-tthc-BoCongAn.xlsx", date(2026, 7, 31)),
        ("2024-02/list.xlsx", date(2024, 2, 29)),
        ("2026-09/list.xlsx", TODAY),
        ("2026-07/list-2025-04-28.csv", date(2025, 4, 28)),
        ("2025-01/2026-07/list.csv", date(2026, 7, 31)),
        ("2026-07/portal/list.csv", date(2026, 7, 31)),
        ("2025-13-45.csv", None),
        ("2025-02-30.csv", None),
        ("2026-10/list.csv", None),
        ("2027-01-01.csv", None),
        ("2026-09-30.csv", None),
        ("decision-1202504281.csv", None),
        ("list.csv", None),
    ],
)
def test_the_observed_date_comes_from_the_name_then_the_folders(path: str, expected: date | None) -> None:
    assert observed_date(Path(path), TODAY) == expected
