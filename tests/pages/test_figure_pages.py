"""The pages Figures and Figure: every measure opens what it counts, prints are told with their relation, the Office freezes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.published import State
from catalogue.services import commitments, figures, items, published, snapshots
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.snapshots import Print
from pages.ui import figure_links, figure_words, menu

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
VI = Translator("vi")


def texts(test: AppTest) -> str:
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "info",
        "warning",
        "error",
        "success",
        "code",
    )
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def links(test: AppTest) -> list[str]:
    return [element.proto.label for element in test.get("page_link")]


def draft(demo: Installation, actor: Actor) -> str:
    told = Print("Báo cáo số 12/BC-VPCP", "Họp báo Chính phủ", "đã đơn giản hóa 658/1.086")
    return snapshots.draft(
        demo, actor, "simplification.done", date(2024, 2, 29), told, seen=demo.moment().revision
    )


@pytest.mark.parametrize("measure", [one.measure for one in figures.MEASURES])
def test_every_measure_opens_to_what_it_counts(demo: Installation, run: Run, measure: str) -> None:
    figure = figures.compute(demo, measure, demo.moment())
    page, params = figure_links.behind(measure)
    assert page in {entry.name for entry in menu.MENU}
    test = run(demo, page, **params)
    assert not test.exception
    if figure.numerator:
        assert VI.number(figure.numerator) in texts(test) + "\n".join(links(test)), page
    if figure.denominator:
        page, params = figure_links.below(measure)
        test = run(demo, page, **params)
        assert VI.number(figure.denominator) in texts(test) + "\n".join(links(test)), page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_published_figure_has_its_page(demo: Installation, run: Run, language: str) -> None:
    chosen = [*[one.id for one in published.register(demo)][::4], "simplification.done", "catalogue.total"]
    for figure_id in chosen:
        test = run(demo, "figure", published=figure_id, lang=language)
        assert not test.exception, figure_id
        assert len(test.title) == 1
        assert "{" not in texts(test)
        assert f"published={figure_id.replace('@', '%40')}" in test.code[0].value


def test_every_measure_has_its_page_with_history_and_citation(demo: Installation, run: Run) -> None:
    for measure in ("simplification.done", "publication.decisions", "decentralisation.agencies"):
        test = run(demo, "figure", id=measure)
        assert not test.exception
        assert f"id={measure}&as_of=2024-03-21&known_at=" in test.code[0].value
    done = texts(run(demo, "figure", id="simplification.done"))
    assert "in 61 %, tính 60,589 %: nguồn làm tròn" in done
    assert "mẫu số 1.094 → 1.086. Lý do: " in done
    total = texts(run(demo, "figure", id="catalogue.total"))
    assert "6.317 TTHC; 3.835 + 1.328 + 1.728 = 6.891 lượt, trong đó 574 lượt trùng" in total


def test_an_area_without_data_is_folded(demo: Installation, run: Run) -> None:
    folded = [one.label for one in run(demo, "figures").expander]
    assert folded == ["Chưa có dữ liệu ở thời điểm này: cả 7 chỉ tiêu đều bằng 0"]
    english = [one.label for one in run(demo, "figures", lang="en").expander]
    assert english == ["No data at this moment: all 7 measures are 0"]


def test_the_relation_is_told_in_words(demo: Installation, run: Run) -> None:
    said = texts(run(demo, "figure", published="decentralisation.done"))
    assert "In 27,8 %, tính 27,897 %: nguồn cắt bỏ chữ số, không làm tròn" in said
    assert "Dựng lại đúng" in said
    pair = texts(run(demo, "figure", published="tasks2017.overdue_of_due"))
    assert "in 1,38 % và 98,62 %, cộng đúng 100 %, nhưng 223/16.274 = 1,370 %, không phải 1,38 %" in pair
    target = texts(run(demo, "figure", published="conditions2016_2019"))
    assert "110,6 % là so với chỉ tiêu 50 %; so với mẫu số thì 3.425/6.191 = 55,322 %" in target
    bound = texts(run(demo, "figure", published="law.government_documents"))
    assert "hơn 400" in bound
    assert "nguồn không ghi ngày" in bound.lower()


def test_the_break_of_the_base_is_told_with_the_old_base(demo: Installation, run: Run) -> None:
    test = run(demo, "figure", published="nq66.conditions@2025-11-18")
    said = texts(test)
    assert "Mẫu số đổi từ 7.806 sang 6.974" in said
    assert "Lý do: nguồn không nêu" in said
    assert "Trên mẫu số cũ, 18/11/2025: 2.269/7.806 = 29,1 %, dưới chỉ tiêu 30 %." in said
    assert any("849/6.974 = 12,2 % (mẫu số suy ra)" in label for label in links(test))
    rows = test.dataframe[0].value
    assert "2.269/7.806 = 29,1 %" in rows["old"].to_list()


def test_an_id_that_is_no_measure_is_a_published_figure(demo: Installation, run: Run) -> None:
    test = run(demo, "figure", id="nq66.conditions@2025-11-18")
    assert not test.exception
    assert "2.269/6.974" in texts(test)
    unknown = run(demo, "figure", id="khong-co")
    assert not unknown.exception
    assert "Không có số liệu đã công bố" in texts(unknown)
    assert "Chưa chọn số liệu nào" in texts(run(demo, "figure"))


def test_the_register_is_searched_by_words_area_and_relation(demo: Installation, run: Run) -> None:
    whole = texts(run(demo, "figures", view="published"))
    assert "**95 số liệu đã in**" in whole
    found = run(demo, "figures", view="published", text="thanh toán trực tuyến")
    assert any("thanh toán trực tuyến" in label for label in links(found))
    assert "**2 số liệu đã in**" in texts(found)
    cut = run(demo, "figures", view="published", relation="truncated")
    assert "**3 số liệu đã in**" in texts(cut)
    assert "**0 số" not in texts(cut)
    moved = run(demo, "figures", view="published", relation="base_changed")
    assert "**3 số liệu đã in**" in texts(moved)
    assert "mẫu số đã đổi so với lần trước" in texts(moved)
    pair = run(demo, "figures", view="published", relation="complement_inconsistent")
    assert "**2 số liệu đã in**" in texts(pair)
    assert len(pair.dataframe[0].value) == 2
    nothing = run(demo, "figures", view="published", text="khongcogi")
    assert "Không có số liệu nào khớp" in texts(nothing)
    area = run(demo, "figures", view="published", area="catalogue")
    assert "**4 số liệu đã in** · 4 số liệu tính lại được từ sổ cái" in texts(area)


def test_totals_are_told_with_their_relation(demo: Installation, run: Run) -> None:
    said = texts(run(demo, "figures", view="sums"))
    assert "628 quy định, nhưng 304 + 20 + 2 + 146 = 472: chênh 156" in said
    assert "34 + 20 + 13 = 67, còn 14 không nêu" in said
    assert "10 tổng; 3 không cộng đúng" in said


def test_every_relation_has_an_icon_and_a_word() -> None:
    for relation in figure_words.ICONS:
        assert VI.has(f"figures.relation_{relation}")
    assert set(figure_words.ICONS) == set(type(next(iter(figure_words.ICONS))))


@pytest.mark.writes
def test_a_reviewer_freezes_another_approves_and_both_are_named(
    demo: Installation, run: Run, person: Person
) -> None:
    test = run(demo, "figure", "vpcp", id="simplification.done", as_of="2024-02-29")
    test.text_input(key="freeze-document").set_value("Báo cáo số 12/BC-VPCP")
    test.text_input(key="freeze-place").set_value("Họp báo Chính phủ")
    test.text_input(key="freeze-percent").set_value("60,5")
    test.button[0].click().run()
    assert not test.exception
    (one,) = snapshots.everything(demo, demo.moment())
    assert (one.state, one.as_of, str(one.printed_percent)) == (State.DRAFT, date(2024, 2, 29), "60.5")
    own = run(demo, "figure", "vpcp", published=one.id)
    assert "phải có người khác phê duyệt" in texts(own)
    assert "nguồn cắt bỏ chữ số" in texts(own)
    other = run(demo, "figure", "quantri", published=one.id)
    other.button(key=f"approve-{one.id}").click().run()
    assert not other.exception
    assert snapshots.get(demo, one.id).state is State.APPROVED
    last = run(demo, "figure", "vpcp", published=one.id)
    last.button(key=f"publish-{one.id}").click().run()
    anybody = run(demo, "figure", "", published=one.id)
    assert "đã công bố" in texts(anybody)
    assert person(demo, "vpcp").full_name not in texts(anybody)
    assert person(demo, "quantri").full_name in texts(run(demo, "figure", "lanhdao", published=one.id))
    assert any("60,5 %" in label for label in links(run(demo, "figure", id="simplification.done")))
    last = run(demo, "figure", "vpcp", published=one.id)
    last.button(key=f"withdraw-{one.id}").click().run()
    assert "Hãy ghi lý do rút hoặc hủy" in texts(last)
    last.text_input(key=f"reason-{one.id}").set_value("in sai")
    last.button(key=f"withdraw-{one.id}").click().run()
    assert snapshots.get(demo, one.id).state is State.WITHDRAWN
    assert not any("60,5 %" in label for label in links(run(demo, "figure", id="simplification.done")))


def test_a_wrong_form_says_what_is_wrong_and_freezes_nothing(demo: Installation, run: Run) -> None:
    test = run(demo, "figure", "vpcp", id="simplification.done", as_of="2024-02-29")
    test.text_input(key="freeze-percent").set_value("sáu mươi")
    test.button[0].click().run()
    assert "“sáu mươi” không phải là tỷ lệ" in texts(test)
    test.text_input(key="freeze-percent").set_value("60,6")
    test.button[0].click().run()
    assert "Nơi công bố: chưa điền" in texts(test)
    assert snapshots.everything(demo, demo.moment()) == []


@pytest.mark.writes
def test_a_draft_is_for_those_who_publish_figures(demo: Installation, run: Run, person: Person) -> None:
    code = draft(demo, person(demo, "vpcp"))
    for account in ("", "byt", "lanhdao"):
        test = run(demo, "figure", account, published=code)
        assert "Không có số liệu đã công bố" in texts(test)
        assert code not in "".join(links(run(demo, "figures", account, view="published")))
        assert not run(demo, "figure", account, id="simplification.done").button
    assert "bản lập, chờ phê duyệt" in texts(run(demo, "figure", "vpcp", published=code))
    assert "bản lập, chờ phê duyệt" in texts(run(demo, "figures", "vpcp", view="published", text=code))
    waiting = run(demo, "figures", "quantri")
    assert "1 số liệu chờ phê duyệt hoặc công bố" in texts(waiting)
    assert any(label.startswith(code) for label in links(waiting))
    assert "chờ phê duyệt hoặc công bố" not in texts(run(demo, "figures", "byt"))


@pytest.mark.writes
def test_the_difference_is_shown_item_by_item(demo: Installation, run: Run, person: Person) -> None:
    vpcp = person(demo, "vpcp")
    wanted = ItemFilter(agency="bo-tu-phap", progress="done")
    row: dict[str, Any] = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted).row(0, named=True)
    lock = items.get(demo, demo.moment(), row["item_id"]).state["lock_revision"]
    reason = "Thủ tục đã bãi bỏ theo luật"
    commitments.withdraw(demo, vpcp, row["item_id"], revision=lock, on=date(2024, 2, 20), reason=reason)
    test = run(demo, "figure", "vpcp", published="simplification.done")
    said = texts(test)
    assert "Dựng lại đúng" in said
    assert "**657/1.085 (60,6 %)**" in said
    assert "Tử số −1, mẫu số −1, do 1 dòng dưới đây; cộng lại đúng bằng chênh lệch." in said
    assert "**tử số −1 · mẫu số −1**" in said
    assert "Rút khỏi chương trình từ 20/02/2024" in said
    assert reason in said
    anybody = texts(run(demo, "figure", published="simplification.done"))
    assert "Rút khỏi chương trình từ 20/02/2024" in anybody
    assert reason not in anybody
    before = texts(run(demo, "figure", published="simplification.done", known_at="2024-03-21"))
    assert "Không có gì được ghi nhận thêm" in before


def test_what_stands_behind_a_published_figure_is_listed(demo: Installation, run: Run) -> None:
    test = run(demo, "figure", published="decentralisation.done")
    test.toggle(key="frozen-items").set_value(True).run()
    assert not test.exception
    assert "**Tử số: 195**" in texts(test)
    assert "**Chỉ ở mẫu số: 504**" in texts(test)


def test_an_empty_installation_shows_the_register(empty: Installation, run: Run) -> None:
    for params in (
        {"id": "simplification.done"},
        {"published": "simplification.done"},
        {"id": "catalogue.total"},
    ):
        test = run(empty, "figure", **params)
        assert not test.exception
    nothing = texts(run(empty, "figure", published="simplification.done"))
    assert "không khớp" not in nothing and "Không dựng lại được" not in nothing
