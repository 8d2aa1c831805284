"""Every page x role x language runs without an exception, titled in its language; empty installations say what to do."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor, Right
from catalogue.services.installation import Installation
from pages.ui import chart_view, menu

pytestmark = pytest.mark.reads_only

ACCOUNTS = ("", "lanhdao", "byt", "vpcp", "quantri")
Person = Callable[[Installation, str], Actor]


def texts(test: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


@pytest.mark.parametrize(
    ("account", "language"), [*((account, "vi") for account in ACCOUNTS), ("", "en"), ("vpcp", "en")]
)
def test_every_page_runs_for_every_role(
    demo: Installation, run: Callable[..., AppTest], person: Person, account: str, language: str
) -> None:
    actor = person(demo, account)
    for entry in menu.MENU:
        test = run(demo, entry.name, account, lang=language)
        assert not test.exception, (entry.name, test.exception)
        text = texts(test)
        assert text.strip(), entry.name
        assert "{" not in text, entry.name
        assert bool(test.title) == (entry.right is None or actor.has(entry.right)), entry.name


def test_every_chart_is_a_specification_of_its_schema(
    demo: Installation, run: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def checked(finished: Any) -> dict[str, Any]:
        drawn.append(finished.chart.to_dict(validate=True))
        return drawn[-1]

    monkeypatch.setattr(chart_view.Finished, "to_dict", checked)
    for entry in menu.MENU:
        run(demo, entry.name, "vpcp")
    assert len(drawn) > 12


# Whoever has signed in may read claims.
LOCKED = [
    (entry.name, account)
    for entry in menu.MENU
    for account in ("", "lanhdao")
    if entry.right is not None and not (account and entry.right is Right.READ_CLAIMS)
]


@pytest.mark.parametrize(("name", "account"), LOCKED)
def test_a_page_without_the_right_shows_our_own_state(
    demo: Installation, run: Callable[..., AppTest], name: str, account: str
) -> None:
    test = run(demo, name, account)
    assert not test.exception
    expected = "Tài khoản của bạn không có quyền" if account else "Cần đăng nhập"
    assert expected in texts(test)
    assert not test.title


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_installation_says_what_to_do_first(
    empty: Installation, run: Callable[..., AppTest], language: str
) -> None:
    with empty.database.transaction("user.add"):  # the first account is a revision, and no item
        pass
    test = run(empty, "overview", lang=language)
    assert not test.exception
    assert "python -m pipelines run portal_list" in texts(test)
    for name in ("simplification", "decentralisation", "catalogue", "figures"):
        assert not run(empty, name, lang=language).exception


def test_the_overview_is_computed_from_the_rows(demo: Installation, run: Callable[..., AppTest]) -> None:
    test = run(demo, "overview")
    labels = [link.proto.label for link in test.get("page_link")]
    assert any("658/1.086" in label for label in labels)
    assert any("195/699" in label for label in labels)
