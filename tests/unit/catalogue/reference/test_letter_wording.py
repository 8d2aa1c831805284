"""The wording of letters: known places only, whatever is written by hand, and a mistake names file and line."""

import shutil
from pathlib import Path

import pytest

import catalogue.reference
from catalogue.errors import BadReferenceData
from catalogue.reference import load_reference
from catalogue.reference.wording import PARTS, PLACES, filled, place_fault

FOLDER = Path(catalogue.reference.__file__).parent


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("tính đến ngày {day}", "tính đến ngày {today}", "{today}"),
        ("tính đến ngày {day}", "tính đến ngày {day", "brace"),
        ("tính đến ngày {day}", "tính đến ngày {day.__class__}", "day.__class__"),
        ("tính đến ngày {day}", "tính đến ngày {day!r}", "{day}"),
        ("tính đến ngày {day}", "tính đến ngày {day:>9999999}", "{day}"),
        ("tính đến ngày {day}", "tính đến ngày {}", "{}"),
    ],
)
def test_a_place_that_nothing_fills_names_file_and_line(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / "letters.yml").read_text(encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    (tmp_path / "letters.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadReferenceData) as caught:
        load_reference(tmp_path)
    details = caught.value.details
    assert (details["file"], details["line"]) == ("letters.yml", line)
    assert reason in details["reason"]


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, tmp_path)
    with (tmp_path / "letters.yml").open("a", encoding="utf-8") as file:
        file.write('  seal: "mộc"\n')
    with pytest.raises(BadReferenceData, match="seal"):
        load_reference(tmp_path)


def test_the_wording_we_ship_uses_places_and_fills_them() -> None:
    reminder = load_reference().reminder
    values = {name: f"<{name}>" for name in PLACES}
    for part in PARTS:
        text = getattr(reminder, part)
        assert place_fault(text) is None
        assert "{" not in filled(text, values)
    assert "<overdue>" in filled(reminder.overdue, values)


def test_doubled_braces_are_braces() -> None:
    assert filled("{{x}} {day}", {"day": "21/03/2024"}) == "{x} 21/03/2024"


def test_what_is_filled_in_is_not_read_again() -> None:
    assert filled("{agency}", {"agency": "{day} {0.__class__}"}) == "{day} {0.__class__}"
