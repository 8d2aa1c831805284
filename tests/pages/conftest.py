"""Run one page of the app as an account, through the router, on a real installation."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.services.installation import Installation
from pages.ui import menu, session

ROUTER = str(Path(__file__).resolve().parents[2] / "pages" / "router.py")
Person = Callable[[Installation, str], Actor]


@pytest.fixture(scope="session", autouse=True)
def components_found_once() -> Iterator[None]:
    """Streamlit reads what every installed package says of itself for each run of a page, which takes longer than the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, person: Person) -> Callable[..., AppTest]:
    """Run one page as an account; query parameters as keywords, what the session holds already as `held`."""

    def run_page(
        installation: Installation,
        name: str,
        account: str = "",
        *,
        held: Mapping[str, Any] | None = None,
        **params: str,
    ) -> AppTest:
        actor = person(installation, account)
        monkeypatch.setattr(session, "actor", lambda: actor)
        monkeypatch.setattr(session, "token", lambda: None)
        monkeypatch.setattr(session, "installation", lambda: installation)
        test = AppTest.from_file(ROUTER, default_timeout=30)
        for key, value in params.items():
            test.query_params[key] = value
        for key, value in (held or {}).items():
            test.session_state[key] = value
        if name != "overview":
            test.switch_page(next(entry.file for entry in menu.MENU if entry.name == name))
        return test.run()

    return run_page
