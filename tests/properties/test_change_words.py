"""Whatever changed, there are words for it in both languages."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from record_contents import contents

from catalogue.i18n import Translator
from catalogue.model.diff import diff
from catalogue.model.version import Version, version_of
from pages.ui import change_words


def made(content: dict[str, Any], *, in_force: bool = True) -> Version:
    return version_of(
        content, version_id=1, code="1.000001", effective_date=date(2024, 1, 1), in_force=in_force
    )


@given(old=contents, new=contents, in_force=st.booleans(), language=st.sampled_from(["vi", "en"]))
def test_every_difference_is_said(
    old: dict[str, Any], new: dict[str, Any], in_force: bool, language: str
) -> None:
    changes = diff(made(old), made(new, in_force=in_force))
    t = Translator(language)
    assert bool(change_words.changes(changes, t)) == bool(changes)
    assert all(line and "None" not in line for line in change_words.changes(changes, t))
    assert change_words.headline(changes, t)
