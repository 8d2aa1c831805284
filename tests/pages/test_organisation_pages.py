"""The switch "Cơ quan hiện nay" on screen: recounts are marked, successors add up, frozen pages say they do not follow."""

from collections.abc import Callable, Mapping

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.period import Organisation
from catalogue.services import figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
RECOUNT = "đếm lại theo cơ quan hiện nay, không phải số liệu chính thức"
ALWAYS = "Trang này luôn tính theo cơ quan phụ trách tại thời điểm"
TODAY = {"agencies_today": True}
LABOUR = "bo-lao-dong-thuong-binh-va-xa-hoi"


def texts(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def links(test: AppTest) -> str:
    return "\n".join(element.proto.label for element in test.get("page_link"))


@pytest.mark.parametrize(
    ("name", "params", "times"),
    [("figures", {}, 3), ("overview", {}, 2), ("agencies", {"programme": "decentralisation"}, 1)],
)
def test_a_recount_of_agencies_is_marked_and_a_count_at_the_time_is_not(
    demo: Installation, run: Run, name: str, params: Mapping[str, str], times: int
) -> None:
    recounted = run(demo, name, held=TODAY, **params)
    assert not recounted.exception
    assert (texts(recounted) + links(recounted)).count(RECOUNT) == times
    at_the_time = run(demo, name, **params)
    assert RECOUNT not in texts(at_the_time) + links(at_the_time)


def test_published_figures_are_compared_by_the_agencies_of_their_time(demo: Installation, run: Run) -> None:
    two = [run(demo, "figures", held=held, view="published", area="decentralisation") for held in ({}, TODAY)]
    told = [[one.value for one in test.caption if "tính 80,952 %" in one.value] for test in two]
    assert told[0] == told[1] != []
    assert [("luôn theo cơ quan tại thời điểm" in texts(test)) for test in two] == [False, True]
    assert "17/21" in links(run(demo, "figures"))
    assert "13/16" in links(run(demo, "figures", held=TODAY))


def test_the_page_of_an_agency_that_is_no_more_names_its_heirs(demo: Installation, run: Run) -> None:
    for test in (
        run(demo, "agency", code=LABOUR, held=TODAY),
        run(demo, "agency", code=LABOUR, as_of="2025-07-15"),
    ):
        assert not test.exception
        said = texts(test)
        assert "Cơ quan này không còn" in said
        assert "lĩnh vực Giáo dục nghề nghiệp, từ ngày 01/03/2025" in said
        assert "phần việc còn lại, từ ngày 01/03/2025" in said
        assert "Bộ Nội vụ" in links(test)
        assert "cơ quan không có phương án, nhiệm vụ nào phải hoàn thành" in said
    before = run(demo, "agency", code=LABOUR)
    assert "Cơ quan này không còn" not in texts(before)
    home = texts(run(demo, "agency", code="bo-noi-vu", held=TODAY))
    assert "Một số lĩnh vực đã chuyển cho cơ quan khác" in home
    assert "Tín ngưỡng, tôn giáo" in home


def test_the_page_of_a_successor_adds_up_what_it_took_over(demo: Installation, run: Run) -> None:
    said = texts(run(demo, "agency", code="bo-tai-chinh", held=TODAY))
    assert "Gồm cả phần việc của Bộ Kế hoạch và Đầu tư (đã sáp nhập)." in said
    by_agency = {
        organisation: {
            row["agency_code"]: row
            for row in figures.by_agency(
                demo, figures.SIMPLIFICATION, demo.moment(organisation=organisation)
            ).iter_rows(named=True)
        }
        for organisation in Organisation
    }
    then, now = (by_agency[one] for one in (Organisation.AT_THE_TIME, Organisation.TODAY))
    for name, row in (
        ("Bộ Tài chính", then["bo-tai-chinh"]),
        ("Bộ Kế hoạch và Đầu tư (đã sáp nhập)", then["bo-ke-hoach-va-dau-tu"]),
    ):
        assert f"| {name} | {row['base']} | {row['done']} |" in said
    whole = now["bo-tai-chinh"]
    assert f"| **Cộng** | **{whole['base']}** | **{whole['done']}** |" in said
    assert "Gồm cả phần việc" not in texts(run(demo, "agency", code="bo-tai-chinh"))


def test_the_agencies_page_says_which_agencies_were_merged(demo: Installation, run: Run) -> None:
    test = run(demo, "agencies", programme="simplification", held=TODAY)
    assert "Cơ quan nào gồm phần việc của cơ quan khác" in texts(test)
    assert "**Bộ Tài chính**:" in texts(test)
    (link,) = [one for one in test.get("page_link") if "Bộ Kế hoạch và Đầu tư (đã xong" in one.proto.label]
    assert f"/{base_of('bo-ke-hoach-va-dau-tu', demo)})" in link.proto.label
    assert link.proto.query_string == "agency=bo-tai-chinh&assigned_to=bo-ke-hoach-va-dau-tu"
    assert "Cơ quan nào gồm phần việc" not in texts(run(demo, "agencies", programme="simplification"))


def base_of(agency: str, demo: Installation) -> int:
    rows = figures.by_agency(demo, figures.SIMPLIFICATION, demo.moment())
    return int(rows.filter(rows["agency_code"] == agency)["base"][0])


def test_the_part_of_a_merged_agency_opens_its_items(demo: Installation, run: Run) -> None:
    asked = {"agency": "bo-tai-chinh", "assigned_to": "bo-ke-hoach-va-dau-tu"}
    said = texts(run(demo, "simplification", held=TODAY, **asked))
    assert "Chỉ phần việc được giao cho Bộ Kế hoạch và Đầu tư." in said
    assert f"**{base_of('bo-ke-hoach-va-dau-tu', demo)} phương án**" in said
    labour = run(demo, "agency", code=LABOUR, held=TODAY)
    now_with = [one.proto for one in labour.get("page_link") if "(đã xong" in one.proto.label]
    assert all(f"assigned_to={LABOUR}" in one.query_string for one in now_with) and now_with
    assert "lĩnh vực" in texts(labour)


def test_an_item_names_who_answers_and_who_was_given_it(demo: Installation, run: Run) -> None:
    wanted = ItemFilter(agency="bo-ke-hoach-va-dau-tu")
    item_id = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=1)["item_id"][0]
    said = "Bộ Tài chính (giao cho Bộ Kế hoạch và Đầu tư)"
    assert said in texts(run(demo, "item", id=str(item_id), held=TODAY))
    assert said not in texts(run(demo, "item", id=str(item_id)))


@pytest.mark.parametrize(
    ("name", "account"), [("period", "lanhdao"), ("my_work", "byt"), ("reminders", "vpcp")]
)
def test_pages_that_stay_at_the_time_say_so_only_where_it_makes_a_difference(
    demo: Installation, run: Run, name: str, account: str
) -> None:
    assert ALWAYS in texts(run(demo, name, account, held=TODAY))
    assert ALWAYS not in texts(run(demo, name, account))
