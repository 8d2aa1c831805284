"""The switch `Cơ quan hiện nay` on the catalogue's pages: counts by heirs, records marked, no empty page without a word."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.period import Organisation
from catalogue.services import decisions, levels, search
from catalogue.services.installation import Installation
from catalogue.services.search import ProcedureFilter

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
TRANSPORT, BUILDING, POLICE = "bo-giao-thong-van-tai", "bo-xay-dung", "bo-cong-an"
ENVIRONMENT = "bo-nong-nghiep-va-moi-truong"
MARKED = "Bộ Xây dựng (Bộ Giao thông vận tải công bố)"
PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("catalogue", {}),
    ("changes", {"since": "2022-01-01"}),
    ("decisions", {"since": "2023-01-01", "action": "all"}),
    ("quality", {}),
    ("quality", {"view": "completeness"}),
)


def agency_box(page: AppTest) -> Any:
    return next(box for box in page.selectbox if box.key == "agency")


def shown(page: AppTest) -> str:
    assert not page.exception
    parts = (page.info, page.caption, page.markdown, page.subheader, page.title)
    return "\n".join(str(element.value) for group in parts for element in group)


@pytest.mark.parametrize(("name", "asked"), PAGES)
def test_agencies_are_counted_at_the_time_or_as_today(
    demo: Installation, run: Run, name: str, asked: dict[str, str]
) -> None:
    then = run(demo, name, **asked)
    now = run(demo, name, held={"agencies_today": True}, **asked)
    before, after = ("\n".join(agency_box(page).options) for page in (then, now))
    assert "Bộ Giao thông vận tải" in before and "Bộ Nông nghiệp và Môi trường" not in before
    assert "Bộ Giao thông vận tải" not in after and "Bộ Nông nghiệp và Môi trường" in after
    later = run(demo, name, as_of="2025-03-01", **asked)
    assert "Bộ Giao thông vận tải" not in "\n".join(agency_box(later).options)


@pytest.mark.parametrize(("name", "asked"), PAGES)
def test_a_link_to_an_agency_that_is_no_more_shows_its_heirs(
    demo: Installation, run: Run, name: str, asked: dict[str, str]
) -> None:
    page = run(demo, name, held={"agencies_today": True}, agency=TRANSPORT, **asked)
    said = [info.value for info in page.info if "không còn từ ngày 01/03/2025" in info.value]
    assert len(said) == 1 and said[0].endswith("nay thuộc Bộ Xây dựng; Bộ Công an.")
    assert agency_box(page).value == TRANSPORT
    assert "Bộ Giao thông vận tải (" in "\n".join(agency_box(page).options)
    assert not agency_box(page).options[-1].endswith("(0)")
    wanted = "(nay thuộc Bộ Xây dựng)" if name == "decisions" else MARKED
    labels = [one.label for one in page.expander] if name == "decisions" else []
    assert wanted in "\n".join([shown(page), *labels])
    next(button for button in page.button if button.key == f"heir-{POLICE}").click().run()
    assert agency_box(page).value == POLICE
    assert "không còn từ ngày" not in shown(page)


@pytest.mark.parametrize(("name", "asked"), PAGES)
def test_an_agency_chosen_among_those_of_today_stays_to_be_seen_at_the_time(
    demo: Installation, run: Run, name: str, asked: dict[str, str]
) -> None:
    page = run(demo, name, agency=ENVIRONMENT, **asked)
    (said,) = [info.value for info in page.info if "có từ ngày 01/03/2025" in info.value]
    assert "tại ngày 21/03/2024 thuộc Bộ Nông nghiệp và Phát triển nông thôn" in said
    assert agency_box(page).value == ENVIRONMENT


def test_the_count_of_the_catalogue_is_the_number_of_procedures_listed(demo: Installation, run: Run) -> None:
    now = demo.moment(organisation=Organisation.TODAY)
    total = search.search(demo, now, ProcedureFilter(agency=BUILDING))["total"][0]
    page = run(demo, "catalogue", held={"agencies_today": True}, agency=BUILDING)
    assert agency_box(page).options[0].startswith("Bộ ")
    assert f"Bộ Xây dựng ({total})" in agency_box(page).options
    assert f"**{total} thủ tục**" in shown(page)
    old = search.search(demo, demo.moment(), ProcedureFilter(agency=BUILDING))["total"][0]
    assert old < total
    assert f"**{old} thủ tục**" in shown(run(demo, "catalogue", agency=BUILDING))


def test_decisions_of_predecessors_are_found_and_marked(demo: Installation, run: Run) -> None:
    asked = {"since": "2024-03-01", "action": "all", "agency": BUILDING}
    now = demo.moment(organisation=Organisation.TODAY)
    counted = decisions.counts(demo, now, demo.working_date.replace(day=1), agency=BUILDING, action=None)
    page = run(demo, "decisions", held={"agencies_today": True}, **asked)
    labels = [one.label for one in page.expander]
    assert any("Bộ Giao thông vận tải (nay thuộc Bộ Xây dựng)" in label for label in labels)
    assert f"Bộ Xây dựng ({counted['decisions']})" in agency_box(page).options
    before = run(demo, "decisions", **asked)
    assert not any("nay thuộc" in one.label for one in before.expander)


def test_a_record_says_who_published_it_and_whose_it_is_now(demo: Installation, run: Run) -> None:
    wanted = ProcedureFilter(agency=TRANSPORT, field="Đường bộ")
    code = search.search(demo, demo.moment(), wanted)["procedure_code"][0]

    def written(**held: bool) -> str:
        page = run(demo, "procedure", held=held, code=code)
        assert not page.exception
        return "\n".join(str(one.proto.body) for one in page.get("html"))

    sentence = "Do Bộ Giao thông vận tải công bố; nay thuộc Bộ Xây dựng."
    assert sentence in written(agencies_today=True)
    assert "Nay thuộc" in written(agencies_today=True)
    assert "nay thuộc" not in written().lower()


def test_procedures_by_level_name_who_answers(demo: Installation, run: Run) -> None:
    now = demo.moment(organisation=Organisation.TODAY)
    members = levels.members(demo, now, size=3, page_size=1000)
    place = int(members["issuer_name"].is_not_null().arg_max() or 0)
    asked = {"size": "3", "page": str(place // levels.PAGE_SIZE + 1)}
    assert "công bố)" in shown(run(demo, "levels", held={"agencies_today": True}, **asked))
    assert "công bố)" not in shown(run(demo, "levels", **asked))
