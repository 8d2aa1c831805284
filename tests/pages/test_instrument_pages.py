"""The instruments' pages: what is read, by whom it may be changed, what happens when two save at once, what if."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import NOBODY, Actor
from catalogue.model.instrument import Plan, State
from catalogue.services import figures, instruments
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def own(demo: Installation, agency: str = "bo-y-te", standing: str | None = None) -> int:
    """The document of an agency that holds back most."""
    found = instruments.find(demo, demo.moment(), InstrumentFilter(agency=agency, standing=standing))
    return int(found["document_id"][0])


def button(test: AppTest, label: str) -> None:
    next(one for one in test.button if one.label == label).click()
    test.run()


def test_the_sentence_on_top_is_the_list_behind_it(demo: Installation, run: Run) -> None:
    test = run(demo, "instruments", programme=figures.SIMPLIFICATION)
    assert not test.exception
    found = instruments.everything(demo, demo.moment(), InstrumentFilter(programme=figures.SIMPLIFICATION))
    bottlenecks = figures.bottlenecks(demo, figures.SIMPLIFICATION, demo.moment(), 1000)
    assert found.head(bottlenecks.height)["alone"].to_list() == bottlenecks["alone"].to_list()
    stages = figures.stages(demo, figures.SIMPLIFICATION, demo.moment())
    assert f"{found.height} văn bản chưa ban hành đang giữ" in shown(test)
    assert f"{bottlenecks['alone'].sum()} phương án chỉ còn chờ đúng một văn bản" in shown(test)
    assert bottlenecks["alone"].sum() < stages["assigned"] - stages["done"]


def test_a_filter_that_finds_nothing_says_so(demo: Installation, run: Run) -> None:
    test = run(demo, "instruments", q="không có văn bản nào như thế")
    assert not test.exception
    assert "Không có văn bản nào khớp bộ lọc" in shown(test)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_installation_has_no_instruments(empty: Installation, run: Run, language: str) -> None:
    test = run(empty, "instruments", lang=language)
    assert not test.exception
    said = "chưa có văn bản nào mà phương án cần" if language == "vi" else "no document that any item needs"
    assert said in shown(test)
    one = run(empty, "instrument", id="1", lang=language)
    assert not one.exception
    assert one.error


def test_what_if_shows_before_and_after(demo: Installation, run: Run) -> None:
    document_id = own(demo)
    before = run(demo, "instruments", lang="vi")
    assert "nếu vậy" not in shown(before)
    test = run(demo, "instruments", **{"if": f"{document_id}~2024-05-02"})
    assert not test.exception
    row = instruments.find(demo, demo.moment(), InstrumentFilter(agency="bo-y-te")).row(0, named=True)
    assert f"{row['alone']} phương án hoàn thành nhờ phép thử này: Bộ Y tế {row['alone']}" in shown(test)
    assert "658/1.086 (60,6 %) → **nếu vậy" in shown(test)
    assert test.date_input(key=f"if-{document_id}").value == date(2024, 5, 2)


def test_what_if_of_a_stale_link_leaves_out_what_is_issued(demo: Installation, run: Run) -> None:
    issued = own(demo, standing="in_force")
    test = run(demo, "instruments", **{"if": f"{issued}~2024-05-02,77~nonsense,999999~2024-05-02"})
    assert not test.exception
    assert "2 văn bản trong đường dẫn đã ban hành" in shown(test)
    past = run(demo, "instruments", **{"if": f"{own(demo)}~2020-01-01"})
    assert not past.exception
    assert past.date_input(key=f"if-{own(demo)}").value == demo.working_date


def test_a_chosen_document_can_be_moved_and_dropped(demo: Installation, run: Run) -> None:
    document_id = own(demo)
    test = run(demo, "instruments", **{"if": f"{document_id}~2024-05-02"})
    test.date_input(key=f"if-{document_id}").set_value(date(2024, 6, 3)).run()
    assert test.query_params["if"] == f"{document_id}~2024-06-03"
    button(test, "Bỏ")
    assert "if" not in test.query_params
    assert "nếu vậy" not in shown(test)


@pytest.mark.writes
def test_the_page_of_a_document_names_people_to_signed_in_people_only(
    demo: Installation, run: Run, person: Person
) -> None:
    document_id = own(demo)
    page = instruments.get(demo, person(demo, "byt"), demo.moment(), document_id)
    plan = Plan(State.SUBMITTED, page.state["title"], "bo-y-te", date(2030, 1, 1))
    instruments.progress(
        demo, person(demo, "byt"), document_id, plan, revision=page.state["lock_revision"], reason="Chờ luật"
    )
    anonymous, signed_in = (
        run(demo, "instrument", id=str(document_id)),
        run(demo, "instrument", "lanhdao", id=str(document_id)),
    )
    assert not anonymous.exception
    name = person(demo, "byt").full_name
    assert name in shown(signed_in)
    assert "Chờ luật" in shown(signed_in)
    assert name not in shown(anonymous)
    assert "Chờ luật" not in shown(anonymous)
    assert "dời ngày dự kiến từ" in shown(anonymous)
    assert "Đã dời ngày dự kiến 1 lần" in shown(anonymous)


@pytest.mark.parametrize(("account", "may"), [("byt", True), ("vpcp", True), ("btc", False), ("lanhdao", False),
                                               ("quantri", False), ("", False)])  # fmt: skip
def test_only_the_drafting_agency_and_the_office_get_a_form(
    demo: Installation, run: Run, account: str, may: bool
) -> None:
    test = run(demo, "instrument", account, id=str(own(demo)))
    assert not test.exception
    assert ("Lưu" in [one.label for one in test.button]) == may
    handing_over = [one for one in test.selectbox if one.label == "Cơ quan chủ trì soạn thảo"]
    assert bool(handing_over) == (account == "vpcp")


def test_another_day_is_for_reading_only(demo: Installation, run: Run) -> None:
    test = run(demo, "instrument", "byt", id=str(own(demo)), as_of="2024-02-29")
    assert "Để cập nhật, hãy chuyển về ngày làm việc" in shown(test)
    assert "Lưu" not in [one.label for one in test.button]


@pytest.mark.writes
def test_a_later_day_without_a_reason_is_refused_and_then_saved(demo: Installation, run: Run) -> None:
    document_id = own(demo)
    test = run(demo, "instrument", "byt", id=str(document_id))
    next(one for one in test.date_input if one.label == "Ngày dự kiến ban hành").set_value(date(2031, 5, 5))
    button(test, "Lưu")
    assert "cần ghi vì ngày dự kiến dời muộn hơn" in shown(test)
    next(one for one in test.text_area if one.label == "Lý do").set_value("Chờ Quốc hội thông qua luật")
    button(test, "Lưu")
    assert not test.exception
    assert "dự kiến 05/05/2031" in shown(test)
    assert "Chờ Quốc hội thông qua luật" in shown(test)


@pytest.mark.writes
def test_of_two_who_save_the_second_is_told_and_keeps_what_was_typed(
    demo: Installation, run: Run, person: Person
) -> None:
    document_id = own(demo)
    mine = run(demo, "instrument", "byt", id=str(document_id))
    page = instruments.get(demo, person(demo, "vpcp"), demo.moment(), document_id)
    plan = Plan(State.SUBMITTED, "Tên do Văn phòng sửa", "bo-y-te", date(2031, 1, 1))
    instruments.progress(
        demo, person(demo, "vpcp"), document_id, plan, revision=page.state["lock_revision"], reason="Rà soát"
    )
    next(one for one in mine.text_area if one.label == "Lý do").set_value("lý do của tôi")
    button(mine, "Lưu")
    assert not mine.exception
    assert "Người khác vừa thay đổi nội dung này" in shown(mine)
    assert "lý do của tôi" in shown(mine)
    assert "Tên do Văn phòng sửa" in shown(mine)


@pytest.mark.writes
def test_the_office_corrects_and_takes_back_an_issued_document(demo: Installation, run: Run) -> None:
    document_id = own(demo, standing="in_force")
    assert "Đính chính số, ngày đã ghi nhận" in [
        one.label for one in run(demo, "instrument", "vpcp", id=str(document_id)).expander
    ]
    assert not run(demo, "instrument", "byt", id=str(document_id)).expander
    test = run(demo, "instrument", "vpcp", id=str(document_id))
    button(test, "Ghi nhận chưa ban hành")
    assert "Lý do đính chính: chưa ghi" in shown(test)
    before = figures.stages(demo, figures.SIMPLIFICATION, demo.moment())["done"]
    next(one for one in test.text_area if (one.key or "").startswith("reason-back")).set_value(
        "Ghi nhầm văn bản"
    )
    button(test, "Ghi nhận chưa ban hành")
    assert not test.exception
    assert "đính chính: chưa ban hành" in shown(test)
    after = figures.stages(demo, figures.SIMPLIFICATION, demo.moment())["done"]
    assert after < before


@pytest.mark.writes
def test_a_ministry_plans_a_document_for_its_own_open_items(
    demo: Installation, run: Run, person: Person
) -> None:
    label = "Lập kế hoạch một văn bản mới"
    assert label not in [one.label for one in run(demo, "instruments").expander]
    test = run(demo, "instruments", "byt")
    test.session_state["instrument-new"] = True
    test.run()
    assert not test.exception
    items = instruments.open_items(demo, person(demo, "byt"))
    assert len(test.multiselect[0].options) == items.height
    chosen = items["item_id"].to_list()[:2]
    test.multiselect[0].set_value(chosen)
    next(one for one in test.text_input if one.label == "Tên văn bản").set_value("Thông tư mới của Bộ Y tế")
    button(test, "Đưa vào kế hoạch")
    assert not test.exception
    found = instruments.everything(demo, demo.moment(), InstrumentFilter(text="thong tu moi cua bo y te"))
    assert found.select("helps", "drafting_agency", "standing").rows() == [(2, "bo-y-te", "planned")]


def test_a_document_that_is_not_there_says_so(demo: Installation, run: Run) -> None:
    assert "Không có văn bản thực thi này" in shown(run(demo, "instrument", id="999999999"))
    assert "Đường dẫn không nêu văn bản nào" in shown(run(demo, "instrument"))


@pytest.mark.writes
def test_long_and_hostile_titles_are_shown_as_they_are(demo: Installation, run: Run, person: Person) -> None:
    document_id = own(demo)
    page = instruments.get(demo, person(demo, "byt"), demo.moment(), document_id)
    title = "Thông tư *rất* $dài$ _về_ [nhiều](việc) " + "và nhiều việc khác " * 22
    plan = Plan(State(page.state["state"]), title, "bo-y-te", page.state["planned_issue_on"])
    instruments.progress(demo, person(demo, "byt"), document_id, plan, revision=page.state["lock_revision"])
    for name, params in (("instruments", {}), ("instrument", {"id": str(document_id)}),
                         ("instruments", {"if": f"{document_id}~2024-05-02"})):  # fmt: skip
        test = run(demo, name, "byt", **params)
        assert not test.exception
    test = run(demo, "instrument", "byt", id=str(document_id))
    assert r"\*rất\* \$dài\$ \_về\_ \[nhiều\]" in test.title[0].value


def test_the_item_and_the_overview_lead_to_the_documents(demo: Installation, run: Run) -> None:
    items = instruments.get(demo, NOBODY, demo.moment(), own(demo)).items
    for test in (run(demo, "item", id=str(items["item_id"][0])), run(demo, "overview")):
        assert not test.exception
        assert any("instrument" in link.proto.page for link in test.get("page_link"))
