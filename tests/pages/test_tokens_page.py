"""The page of agency tokens: the secret is on screen once, what revokes asks before it does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.errors import NotSignedIn
from catalogue.services import api_tokens
from catalogue.services.api_tokens import State
from catalogue.services.installation import Installation
from tests.installations import Clock

Run = Callable[..., AppTest]
NAME = "Hệ thống *quản lý* văn bản_và điều hành, phân hệ $cải cách$ thủ tục hành chính"


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success", "code")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click()
    return test.run()


def test_a_secret_is_shown_once_to_who_issued_it(demo: Installation, run: Run) -> None:
    test = run(demo, "tokens", "quantri")
    assert "Chưa có mã truy cập nào còn dùng được" in shown(test)
    press(test, "Cấp mã")
    assert "Không có cơ quan mã" in shown(test)
    assert api_tokens.listed(demo, by=None) == []
    test.text_input(key="token-name-0").set_value(NAME)
    test.selectbox(key="token-agency-0").set_value("bo-y-te")
    press(test, "Cấp mã")
    assert not test.exception
    secret = next(one.value for one in test.code if one.value.startswith("tthc_"))
    assert api_tokens.holder(demo, secret).agency_code == "bo-y-te"
    assert "Mã chỉ hiện một lần này" in shown(test)
    assert "/api/v1/reporting/token" in shown(test)
    press(test, "Đã chép, đóng lại")
    assert secret not in shown(test)
    assert "token_shown" not in test.session_state
    assert not test.text_input(key="token-name-1").value  # a new form
    text = shown(test)
    assert r"1. Hệ thống \*quản lý\* văn bản\_và điều hành" in text
    assert "Còn hiệu lực" in text
    assert secret not in shown(run(demo, "tokens", "quantri"))


def test_a_secret_is_gone_when_the_page_was_left(demo: Installation, run: Run) -> None:
    held = {"token_shown": (1, "bo-y-te", "tthc_secret"), "page_shown": "overview"}
    test = run(demo, "tokens", "quantri", held=held)
    assert "tthc_secret" not in shown(test)
    assert "token_shown" not in test.session_state


def test_a_token_is_revoked_after_a_question(demo: Installation, run: Run) -> None:
    _, secret = api_tokens.issue(demo, name=NAME, agency_code="bo-y-te", last_day=demo.today, by=None)
    test = press(run(demo, "tokens", "quantri"), "Thu hồi")
    assert "sẽ không báo cáo được nữa" in shown(test)
    press(test, "Để nguyên")
    assert api_tokens.holder(demo, secret)
    press(press(test, "Thu hồi"), "Thu hồi mã")
    with pytest.raises(NotSignedIn):
        api_tokens.holder(demo, secret)
    text = shown(test)
    assert "Đã thu hồi" in text
    assert "Không còn hiệu lực" in "".join(one.label for one in test.expander)
    assert not [one for one in test.button if one.label == "Thu hồi"]


def test_what_expires_first_stands_first_and_says_so(demo: Installation, run: Run, clock: Clock) -> None:
    for days in (300, 20):
        api_tokens.issue(
            demo, name=f"{days}", agency_code="bo-y-te", last_day=demo.today + timedelta(days), by=None
        )
    text = shown(run(demo, "tokens", "quantri", lang="en"))
    assert text.index("**2. 20**") < text.index("**1. 300**")
    assert text.index("Expires soon") < text.index("**1. 300**")
    clock.now = datetime(2027, 12, 1, tzinfo=UTC)
    assert {one.state for one in api_tokens.listed(demo, by=None)} == {State.EXPIRED}
    assert "No token is usable" in shown(run(demo, "tokens", "quantri", lang="en"))
