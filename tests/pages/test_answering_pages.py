"""Who may work on what after a reorganisation, as the screens say it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.claim import ClaimKind
from catalogue.services import claims, periods
from catalogue.services.installation import Installation
from tests.installations import Clock, Filled, copied
from tests.reorganised import ANSWERS, BXD, FEBRUARY, GTVT, MARCH, Given, at, given

Run = Callable[..., AppTest]
GTVT_ACCOUNT, BXD_ACCOUNT, BYT_ACCOUNT = "ng1", "ng2", "ng4"


def worked_on(empty: Installation) -> Given:
    world = given(empty)
    periods.open_period(empty, world.people["vpcp"], "2025-02")
    claims.draft(
        empty, world.people[GTVT], world.items["road"], ClaimKind.OBSTACLE, ANSWERS,
        item_revision=world.lock(empty, "road"),
    )  # fmt: skip
    return world


@pytest.fixture
def empty(filled_template: Filled, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    with copied(filled_template(worked_on)[0], tmp_path / "empty", clock) as installation:
        at(installation, FEBRUARY)
        yield installation


@pytest.fixture
def world(filled_template: Filled) -> Given:
    world: Given = filled_template(worked_on)[1]
    return world


def said(test: AppTest) -> str:
    assert not test.exception
    return "\n".join(
        element.value
        for element in [*test.title, *test.subheader, *test.markdown, *test.caption, *test.warning]
    )


@pytest.mark.parametrize("page", ["my_work", "update_items", "publish", "imports"])
def test_an_account_of_an_agency_that_is_no_more_is_told_so(
    empty: Installation, world: Given, run: Run, page: str
) -> None:
    assert "đã sáp nhập" not in said(run(empty, page, GTVT_ACCOUNT))
    at(empty, MARCH)
    test = run(empty, page, GTVT_ACCOUNT)
    told = said(test)
    assert "đã sáp nhập vào Bộ Xây dựng từ ngày 01/03/2025; đề nghị quản trị viên chuyển tài khoản" in told
    assert "Bộ Công an" in told
    assert not test.button
    assert "đã sáp nhập" not in said(run(empty, page, BXD_ACCOUNT))


def test_the_successor_s_desk_has_the_draft_and_the_return(
    empty: Installation, world: Given, run: Run
) -> None:
    at(empty, FEBRUARY)
    assert "02/2025 · Bộ Giao thông vận tải" not in said(run(empty, "my_work", BXD_ACCOUNT))
    at(empty, MARCH)
    test = run(empty, "my_work", BXD_ACCOUNT)
    assert [one.key for one in test.button if one.key == "send-ready"]
    name = empty.reference.agency(GTVT).short_name_on(MARCH)
    assert f"02/2025 · {name}" in said(test)
    test.button(key="send-ready").click().run()
    assert not test.exception
    (sent,) = claims.find(empty, world.people[BXD]).to_dicts()
    assert (sent["state"], sent["agency_code"]) == ("submitted", GTVT)


def test_the_item_offers_its_forms_to_who_answers(empty: Installation, world: Given, run: Run) -> None:
    item = str(world.items["road"])

    def forms(account: str) -> int:
        test = run(empty, "item", account, id=item)
        assert not test.exception
        return len([one for one in test.button if (one.key or "").startswith("FormSubmitter")])

    assert forms(GTVT_ACCOUNT)
    assert not forms(BXD_ACCOUNT)
    at(empty, MARCH)
    assert not forms(GTVT_ACCOUNT)
    assert forms(BXD_ACCOUNT)
    assert not forms(BYT_ACCOUNT)
