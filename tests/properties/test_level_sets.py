"""Levels are sets: whoever is counted in two groups is counted twice there and once in all."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.services import figures
from catalogue.services.installation import Installation
from catalogue.settings import Settings

DAY = date(2024, 1, 1)
LOCAL = {"provincial", "district", "communal"}
Kind = tuple[frozenset[str], bool | None, bool]

kinds = st.tuples(
    st.frozensets(st.sampled_from(["ministry", *sorted(LOCAL), "other"])),
    st.sampled_from([True, False, None]),
    st.sampled_from([True, True, True, False]),
)


@pytest.fixture(scope="module")
def growing(
    empty_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, list[Kind]]]:
    """One catalogue that every example adds to, and what is in it."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("levels"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    yield installation, []
    installation.database.close()


def add(installation: Installation, found: list[Kind]) -> None:
    with installation.database.transaction("test") as transaction:
        for levels, is_vertical, in_force in found:
            version_id = transaction.new_id()
            code = f"1.{version_id}"
            transaction.append(
                "procedure", [{"procedure_code": code, "national_code": code, "origin": "test"}]
            )
            transaction.append(
                "procedure_version",
                [{"version_id": version_id, "procedure_code": code, "effective_date": DAY, "in_force": in_force,
                  "name": "Cấp phép", "is_vertical": is_vertical, "source": "test", "content_hash": "", "search_text": "",
                  "details": "{}"}],
            )  # fmt: skip
            transaction.append(
                "procedure_version_level",
                [{"version_id": version_id, "level": one} for one in sorted(levels)],
            )


def groups(levels: frozenset[str], is_vertical: bool | None) -> set[str]:
    """central, local, vertical: the groups a procedure touches."""
    found = {"central"} & {"central" if level == "ministry" else "" for level in levels}
    if levels & LOCAL and is_vertical is not None:
        found |= {"vertical" if is_vertical else "local"}
    return found


@settings(max_examples=15, deadline=None)
@given(found=st.lists(kinds, min_size=1, max_size=6))
def test_groups_without_what_is_in_two_of_them_are_the_total(
    growing: tuple[Installation, list[Kind]], found: list[Kind]
) -> None:
    installation, present = growing
    add(installation, found)
    present += found
    touched = [groups(levels, is_vertical) for levels, is_vertical, in_force in present if in_force]
    moment = installation.moment(DAY)
    counts = figures.levels(installation, moment)
    assert counts == {
        "total": len(touched),
        **{group: sum(group in one for one in touched) for group in ("central", "local", "vertical")},
        "overlapping": sum(len(one) == 2 for one in touched),
        "unknown": sum(not one for one in touched),
    }
    both = counts["central"] + counts["local"] + counts["vertical"] - counts["overlapping"]
    assert both + counts["unknown"] == counts["total"]
    for name in ("central", "local", "vertical"):
        assert figures.compute(installation, f"catalogue.level.{name}", moment).numerator == counts[name]
    assert figures.compute(installation, "catalogue.total", moment).numerator == counts["total"]
