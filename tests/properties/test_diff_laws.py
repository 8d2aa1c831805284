"""A diff says everything and nothing else, and what the store counts is what the typed rules say."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_contents import contents

from catalogue import bootstrap
from catalogue.model.completeness import completeness
from catalogue.model.content import PARTS as PARTS_OF_CONTENT
from catalogue.model.content import content_text
from catalogue.model.diff import PARTS, apply, diff, value_of
from catalogue.model.kinds import KINDS, kinds, says_the_same
from catalogue.model.version import Version, version_of
from catalogue.services import changes
from catalogue.services.completeness import records
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion, write
from catalogue.settings import Settings
from catalogue.text import spelling_key


def made(content: dict[str, Any], *, in_force: bool = True) -> Version:
    return version_of(
        content, version_id=1, code="1.000001", effective_date=date(2024, 1, 1), in_force=in_force
    )


versions = st.builds(lambda content, in_force: made(content, in_force=in_force), contents, st.booleans())


def said(version: Version) -> tuple[bool, dict[str, Any]]:
    return version.in_force, {part: value_of(version, part) for part in PARTS}


@given(version=versions)
def test_a_version_does_not_differ_from_itself(version: Version) -> None:
    assert diff(version, replace(version, version_id=2, effective_date=date(2025, 1, 1))) == ()


@given(old=versions, new=versions)
def test_the_older_version_with_the_changes_is_the_newer_one(old: Version, new: Version) -> None:
    assert said(apply(diff(old, new), old)) == said(new)


@given(old=contents, new=contents)
def test_a_diff_is_empty_only_where_the_contents_are_equal(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert (diff(made(old), made(new)) == ()) == (content_text(old) == content_text(new))


@given(old=versions, new=versions)
def test_every_diff_has_a_kind_and_spelling_alone_says_nothing_new(old: Version, new: Version) -> None:
    found = diff(old, new)
    assert kinds(found)
    assert kinds(found) <= set(KINDS)
    if all(says_the_same(change) for change in found):
        assert spelling_key(old.name) == spelling_key(new.name)
        assert old.levels == new.levels


def test_the_diff_reads_every_part_of_a_content() -> None:
    assert {*PARTS, "decision_number", "decision_date"} == {*PARTS_OF_CONTENT, "decision"}


@pytest.fixture(scope="module")
def growing(
    empty_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Installation]]:
    """One catalogue that every example adds to."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("changes"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    yield lambda: installation
    installation.database.close()


@settings(max_examples=12)
@given(pairs=st.lists(st.tuples(contents, contents, st.booleans()), min_size=1, max_size=8))
def test_the_log_counts_by_the_kinds_of_the_typed_differences(
    growing: Callable[[], Installation], pairs: list[tuple[dict[str, Any], dict[str, Any], bool]]
) -> None:
    catalogue, first, last = growing(), date(2024, 1, 1), date(2024, 2, 1)
    start = catalogue.moment(last).revision
    codes = [f"1.{start:03d}{place:03d}" for place in range(len(pairs))]
    for day, which in ((first, 0), (last, 1)):
        with catalogue.database.transaction("test") as transaction:
            made_now = [
                NextVersion(code, day, pair[which], "test", in_force=which == 0 or pair[2])
                for code, pair in zip(codes, pairs, strict=True)
            ]
            write(transaction, catalogue.reference, made_now)
    table = changes.table(catalogue, catalogue.moment(last), first)
    found = dict(table.select("procedure_code", "kinds").iter_rows())
    for code, (old, new, in_force) in zip(codes, pairs, strict=True):
        assert set(found[code]) == kinds(diff(made(old), made(new, in_force=in_force)))


@settings(max_examples=12)
@given(found=st.lists(contents, min_size=1, max_size=10))
def test_the_store_finds_the_parts_that_the_decree_asks_for(
    growing: Callable[[], Installation], found: list[dict[str, Any]]
) -> None:
    catalogue, day = growing(), date(2024, 1, 1)
    start = catalogue.moment(day).revision
    codes = [f"2.{start:03d}{place:03d}" for place in range(len(found))]
    with catalogue.database.transaction("test") as transaction:
        rows = [NextVersion(code, day, content, "test") for code, content in zip(codes, found, strict=True)]
        write(transaction, catalogue.reference, rows)
    frame = records(catalogue, catalogue.moment(day))
    stored = {
        code: (given, also)
        for code, given, also in frame.select("procedure_code", "given", "conditional").iter_rows()
    }
    for code, content in zip(codes, found, strict=True):
        by_rule = completeness(content)
        assert stored[code] == ([*by_rule.given], [*by_rule.conditional]), content
