"""A run of a page through the router is counted and logged under the page's name, also where it fails."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.services.installation import Installation
from pages.ui import feedback
from tests.log_lines import logged

pytestmark = pytest.mark.reads_only


def test_a_page_that_fails_is_counted_as_failed(
    demo: Installation, run: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    with logged() as lines:
        run(demo, "sign_in")
        run(demo, "to_verify")  # of nobody: the guard stops it

        def fail() -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(feedback, "say_remembered", fail)
        run(demo, "sign_in")
    told = [(line["page"], line["outcome"]) for line in lines.of("page run")]
    assert told == [("sign_in", "done"), ("to_verify", "stopped"), ("sign_in", "failed")]
    assert len({line["request_id"] for line in lines.of("page run")}) == 3
