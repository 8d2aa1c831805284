"""Assigned tasks on screen: the list, a task, its programme, the agencies that share it; standing ones never have a rate."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.services import commitments, documents, figures, items
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
STANDING = "nhiệm vụ thường xuyên, không tính tỷ lệ"
NOTICE = Basis("notice", "90/TB-VPCP", date(2024, 3, 11), "Thông báo kết luận về giao nhiệm vụ", "van-phong-chinh-phu")  # fmt: skip


def texts(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def labels(test: AppTest) -> list[str]:
    return [element.proto.label for element in test.get("page_link")]


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def tasks(demo: Installation, **wanted: str) -> list[int]:
    found = items.find(demo, demo.moment(), figures.DIRECTIVES, ItemFilter(**wanted))  # type: ignore[arg-type]
    return found["item_id"].to_list()


def add(demo: Installation, *deadlines: date) -> list[int]:
    new = [
        NewItem(
            f"việc {place}", f"Việc {place}", "bo-y-te", task=f"Việc {place} của ngành", deadline=deadline
        )
        for place, deadline in enumerate(deadlines, start=1)
    ]
    with demo.database.transaction("plan.load") as transaction:
        notice = documents.cite(transaction, NOTICE)
        return commitments.assign(
            transaction,
            demo.reference,
            figures.DIRECTIVES,
            notice,
            date(2024, 3, 11),
            new,
            reason="Giao thêm",
        )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_task_reads_in_both_languages(demo: Installation, run: Run, language: str) -> None:
    group, ministry = tasks(demo)[0], tasks(demo, agency="bo-noi-vu")[0]
    for name, params in (
        ("directive", {}),
        ("item", {"id": str(group)}),
        ("item", {"id": str(ministry)}),
        ("programme", {"programme": figures.DIRECTIVES}),
        ("period", {"programme": "directive", "period": "2024-02"}),
        ("agency", {"code": "bo-noi-vu"}),
    ):
        test = run(demo, name, "vpcp", lang=language, **params)
        assert not test.exception, (name, test.exception)
        said = texts(test)
        assert "{" not in said, name
        assert not re.search(r"(?<!\d)0/0(?!\d)", said), name
        assert not re.search(r"(?<!\d)0[,.]0 ?%", said), name


def test_the_list_tells_standing_tasks_apart_and_each_with_its_document(demo: Installation, run: Run) -> None:
    test = run(demo, "directive")
    assert test.title[0].value == "Nhiệm vụ nào được giao, ai chủ trì, đến đâu"
    assert f"**10 {STANDING}**" in texts(test)
    (frame,) = [one.value for one in test.dataframe]
    assert set(frame["deadline"]) == {"Thường xuyên"}
    assert set(frame["agency"]) == {"Bộ, ngành, địa phương", "Bộ Nội vụ"}
    assert all(title.startswith("Thông báo kết luận") for title in frame["document"])


@pytest.mark.writes
def test_the_filters_live_in_the_url_and_an_agency_finds_its_groups_tasks(
    demo: Installation, run: Run
) -> None:
    add(demo, date(2024, 3, 15), date(2024, 6, 30))
    test = run(demo, "directive", agency="bo-y-te")
    said = texts(test)
    assert "**2 nhiệm vụ có hạn** · 0 đã xong · 1 quá hạn · 1 trong hạn" in said
    assert f"**7 {STANDING}**" in said
    assert f"**7 {STANDING}**" in texts(run(demo, "directive", agency="bo-y-te", deadline="standing"))
    overdue = texts(run(demo, "directive", agency="bo-y-te", deadline="overdue"))
    assert "**1 nhiệm vụ có hạn**" in overdue
    assert STANDING not in overdue
    assert f"**1 {STANDING}**" in texts(run(demo, "directive", q="tinh gian bien che"))
    assert "Không có nhiệm vụ nào khớp" in texts(run(demo, "directive", q="khongcoviecnay"))


def test_a_task_of_everybody_names_its_agencies_and_what_is_not_printed(demo: Installation, run: Run) -> None:
    test = run(demo, "item", id=str(tasks(demo)[0]))
    said = texts(test) + html(test)
    task = items.get(demo, demo.moment(), tasks(demo)[0]).state["task"]
    assert task.split(",")[0] in said
    assert "Nguyên văn trong văn bản giao." in said
    assert [one.label for one in test.expander] == ["Các bộ, ngành, địa phương: 85 cơ quan tại ngày đang xem"]
    assert "Tỉnh, thành phố (63)" in said
    assert "bản hiện có không in số, ngày ký" in said
    assert "ngày suy ra, vì bản hiện có không in ngày ký" in said
    assert "Không có bước hoàn thành" in said
    assert "**Thường xuyên**" in said
    assert "Xác nhận" not in html(test)
    assert not any("trên một trang" in label for label in labels(test))
    later = texts(run(demo, "item", id=str(tasks(demo)[0]), as_of="2025-07-15"))
    assert "Tỉnh, thành phố (34)" in later


@pytest.mark.writes
def test_a_dated_task_shows_its_stages_and_deadline(demo: Installation, run: Run) -> None:
    (item_id,) = add(demo, date(2024, 6, 30))
    test = run(demo, "item", "byt", id=str(item_id))
    said = texts(test) + html(test)
    assert "90/TB-VPCP" in said
    assert "30/06/2024" in said
    assert "Xác nhận" in html(test)
    assert "suy ra" not in said
    assert test.get("file_uploader")


@pytest.mark.writes
def test_a_standing_task_offers_its_ministry_no_completion(
    demo: Installation, run: Run, person: Person
) -> None:
    with demo.database.transaction("plan.load") as transaction:
        notice = documents.cite(transaction, NOTICE)
        new = NewItem("tx", "Việc thường xuyên", "bo-y-te", task="Việc thường xuyên", is_standing=True)
        (item_id,) = commitments.assign(
            transaction,
            demo.reference,
            figures.DIRECTIVES,
            notice,
            date(2024, 3, 11),
            [new],
            reason="Giao thêm",
        )
    test = run(demo, "item", "byt", id=str(item_id))
    assert not test.exception
    offered = [option for one in test.get("button_group") for option in one.proto.options]
    assert not any("hoàn thành" in option.content.lower() for option in offered)


@pytest.mark.writes
def test_the_programme_has_no_rate_and_says_what_is_inferred(demo: Installation, run: Run) -> None:
    test = run(demo, "programme", programme=figures.DIRECTIVES)
    said = texts(test)
    assert f"**10 {STANDING}**" in said
    assert "giao ngày 02/05/2018 (ngày suy ra" in said
    assert any("PAR INDEX và SIPAS năm 2017: 10 nhiệm vụ" in label for label in labels(test))
    add(demo, date(2024, 6, 30))
    assert "**0/1**" in texts(run(demo, "programme", programme=figures.DIRECTIVES))


@pytest.mark.writes
def test_an_agency_sees_its_tasks_and_those_of_its_groups_apart(demo: Installation, run: Run) -> None:
    add(demo, date(2024, 3, 15))
    for name, account, params in (
        ("agency", "", {"code": "bo-y-te"}),
        ("my_work", "byt", {}),
    ):
        test = run(demo, name, account, **params)
        assert "Nhiệm vụ giao (8)" in texts(test), name
        assert f"7 {STANDING}" in [one.label for one in test.expander], name
        assert "Việc 1" in labels(test), name
    alone = texts(run(demo, "agency", code="ubnd-ha-noi"))
    assert "Nhiệm vụ giao (7)" in alone
    assert "không có phương án, nhiệm vụ nào phải hoàn thành" in alone


def test_leadership_sees_the_two_programmes_that_have_a_rate(demo: Installation, run: Run) -> None:
    overview = run(demo, "overview")
    assert not overview.exception
    assert "Phân cấp" in texts(overview) and "Nhiệm vụ giao" not in texts(overview)
    agencies = run(demo, "agencies")
    assert not agencies.exception
    options = [option.content for one in agencies.get("button_group") for option in one.proto.options]
    assert "Phân cấp" in options and "Nhiệm vụ giao" not in options


def test_the_source_is_named_where_it_gave_tasks_and_only_there(
    demo: Installation, empty: Installation, run: Run
) -> None:
    assert "Nguồn: Thông báo" in texts(run(demo, "directive"))
    nothing = run(empty, "directive")
    assert not nothing.exception
    assert "Nguồn: " not in texts(nothing) and "đứng ngoài mọi tỷ lệ" in texts(nothing)
