"""Indicators in the reference data: what is shipped, and every slip named with its file and line."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import catalogue.reference
from catalogue.errors import BadReferenceData, NotFound
from catalogue.reference import load_reference

FOLDER = Path(catalogue.reference.__file__).parent


def _bent(tmp_path: Path, file: str, old: str, new: str) -> tuple[BadReferenceData, int]:
    """The refusal of a file in which `old` reads `new`, and the line that was changed."""
    for path in FOLDER.glob("*.yml"):
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadReferenceData) as caught:
        load_reference(tmp_path)
    assert caught.value.details["file"] == file
    return caught.value, text[: text.index(old)].count("\n") + 1


def test_decision_766_has_six_components_of_100_in_all() -> None:
    one = load_reference().indicator("service-quality")
    assert {part.code: part.maximum for part in one.components} == {
        "CKMB": 18,
        "TDGQ": 20,
        "CLGQ": 12,
        "TTTT": 10,
        "MDHL": 18,
        "MDSH": 22,
    }
    assert sum(part.maximum for part in one.components) == 100


def test_every_named_indicator_is_there() -> None:
    codes = {one.code for one in load_reference().indicators}
    assert codes >= {"service-quality", "par-index", "sipas", "pci", "papi", "online-dossiers"}


def test_the_method_of_par_index_changes_by_year() -> None:
    par = load_reference().indicator("par-index")
    years = (2015, 2018, 2020, 2021, 2023)
    found = [par.method_on(date(year, 12, 31)) for year in years]
    assert [one.code for one in found if one] == [
        "qd-1294-2012",
        "sua-doi-2018",
        "sua-doi-2020",
        "sua-doi-2020",
        "qd-876-2022",
    ]
    assert par.method_on(date(2011, 12, 31)) is None
    assert par.size_on("ministries", date(2023, 12, 31)) == 17
    assert par.size_on("provinces", date(2023, 12, 31)) is None


def test_the_published_means_are_as_printed() -> None:
    values = {
        (one.period.text, one.value)
        for one in load_reference().indicator_values
        if one.indicator == "sipas" and one.subject == "mean"
    }
    assert values == {
        ("2022", Decimal("80.08")),
        ("2023", Decimal("82.66")),
        ("2024", Decimal("83.94")),
    }


def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        load_reference().indicator("happiness")
    with pytest.raises(NotFound):
        load_reference().indicator_group("districts")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("maximum: 18}", "maximum: 19}", "add up to 101"),
        ("groups: [provinces, departments, communes]", "groups: [provinces, huyen]", "huyen"),
        ("code: sipas", "code: pci", "'pci' is given twice"),
        ("{code: sua-doi-2017, from: 2017-01-01", "{code: sua-doi-2017, from: 2016-06-01", "overlaps"),
        ("{code: sua-doi-2017,", "{code: sua-doi-2016,", "given twice"),
        ("unit: points", "unit: stars", "unit"),
        ("within: provinces}", "within: nobody}", "nobody"),
        ("kinds: [province]}", "kinds: [province], within: ministries}", "not both"),
        ("- {group: ministries, from", "- {group: communes, from", "not one of its groups"),
    ],
)
def test_a_slip_in_a_definition_names_its_file(tmp_path: Path, old: str, new: str, reason: str) -> None:
    error, _ = _bent(tmp_path, "indicators.yml", old, new)
    assert reason in error.details["reason"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("value: 80.08", "value: 180.08", "not between 0 and 100"),
        ("value: 80.08", "value: 80.08001", "four decimals"),
        ("period: 2022, value: 80.08", "period: 2010, value: 80.08", "no method for 2010"),
        ("period: 2022, value: 80.08", "period: 2022-13, value: 80.08", "no month"),
        ("period: 2023, value: 82.66", "period: 2022, value: 82.66", "a second value"),
        (
            "indicator: sipas, group: provinces, subject: mean",
            "indicator: sipas, group: communes, subject: mean",
            "communes",
        ),
        ('name: "Quảng Ninh", period: 2022', 'name: "Quảng Nam Ninh", period: 2022', "unknown agency"),
        ("name: dong-nam-bo", "name: mien-tay", "mien-tay"),
        ("rank: 1, of: 63, announced_on: 2023", "rank: 64, of: 63, announced_on: 2023", "rank 64 of 63"),
        ("source: press", "source: hearsay", "hearsay"),
        ("announced_on: 2023-04-19, announced_basis: memory, ", "announced_on: 2023-04-19, ", "go together"),
        ("announced_on: 2023-04-19", "announced_on: 2021-04-19", "before its period"),
    ],
)
def test_a_slip_in_a_value_names_its_file_and_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    error, line = _bent(tmp_path, "indicator_values.yml", old, new)
    assert reason in error.details["reason"]
    changed_later = "a second value" in reason
    assert error.details["line"] == line or changed_later
