"""The open-data page: every file of the moment shown, addresses that name both clocks, examples that work as they stand."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.interchange.open_data.forms import forms
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]


def test_every_file_is_offered_at_the_moment_shown(demo: Installation, run: Run) -> None:
    test = run(demo, "open_data", as_of="2024-02-29", known_at="2024-03-01")
    urls = {button.proto.url for button in test.get("link_button")}
    clocks = "?as_of=2024-02-29&known_at=2024-03-01"
    wanted = {f"/api/v1/exports/{name}.{form}{clocks}" for name, some in forms().items() for form in some}
    assert urls == wanted | {"/api/docs"}


def test_a_figure_is_cited_by_an_address_with_both_clocks(demo: Installation, run: Run) -> None:
    test = run(demo, "open_data", as_of="2024-02-29", measure="decentralisation.done")
    page, members, example = (one.value for one in test.code)
    assert "/figure?id=decentralisation.done&as_of=2024-02-29&known_at=" in page
    assert "/api/v1/figures/decentralisation.done/items?as_of=2024-02-29&known_at=" in members
    assert "curl -s" in example


def test_an_assumed_licence_is_said_to_be_assumed(demo: Installation, run: Run) -> None:
    test = run(demo, "open_data", lang="en")
    assert any("assumed" in one.value for one in test.caption) is not (
        demo.reference.open_data.licence.confirmed
    )
