"""Every rule that a file can break is said in a sentence, and is called by a title where issues are counted."""

import pytest

from catalogue.i18n import texts
from catalogue.model.quality import RULES
from catalogue.services.imports import STOPS_BATCH
from pipelines.contract import ROW_LEFT_OUT


@pytest.mark.parametrize("rule", sorted({*RULES, *ROW_LEFT_OUT, *STOPS_BATCH, "agency_not_yours"}))
def test_a_rule_has_a_sentence_and_a_title(rule: str) -> None:
    assert f"rule.{rule}" in texts()
    assert f"rule_title.{rule}" in texts()


def test_no_title_is_without_its_sentence() -> None:
    titles = {key.removeprefix("rule_title.") for key in texts() if key.startswith("rule_title.")}
    assert {rule for rule in titles if f"rule.{rule}" not in texts()} == set()
