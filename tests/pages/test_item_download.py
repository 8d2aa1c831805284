"""Taking a list away and loading decentralisation annexes on screen."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.plan import Assignment, PlanLine
from catalogue.model.plan_table import PlanTable
from catalogue.services import figures, plans
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
t = Translator("vi")
BY = Assignment(
    figures.DECENTRALISATION,
    "decision",
    "200/QĐ-TTg",
    date(2024, 3, 1),
    "thu-tuong-chinh-phu",
    "Phương án phân cấp",
    None,
    "bo-y-te",
)


def staged(demo: Installation, actor: Actor, document: Assignment, *lines: PlanLine) -> str:
    table = PlanTable(lines)
    return str(plans.stage(demo, actor, document, table, file_name="phu-luc.xlsx", sha256="0" * 64))


def text(test: AppTest) -> str:
    assert not test.exception, test.exception
    return "\n".join(one.value for kind in ("markdown", "caption") for one in getattr(test, kind)).replace(
        "\\", ""
    )


@pytest.mark.parametrize(
    ("page", "params"),
    [("simplification", {}), ("decentralisation", {"view": "list"}), ("directive", {})],
)
def test_every_list_can_be_taken_away(
    demo: Installation, run: Run, page: str, params: dict[str, str]
) -> None:
    test = run(demo, page, **params)
    assert not test.exception, test.exception
    labels = [one.proto.label for one in test.get("download_button")]
    assert t("item_book.button") in labels


@pytest.mark.writes
def test_places_are_mended_and_previewed_by_level(demo: Installation, run: Run, person: Person) -> None:
    lines = (
        PlanLine(2, name="Cấp giấy A", form="Phân cấp", from_place="Bộ Y tế", to_place="UBND cấp tỉnh"),
        PlanLine(3, name="Cấp giấy B", form="Phân cấp", from_place="Bộ Y tế", to_place="nơi khác"),
        PlanLine(4, name="Cấp giấy C", form="Phân cấp", from_place="Bộ Y tế", to_place="nơi khác"),
    )
    batch = staged(demo, person(demo, "vpcp"), BY, *lines)
    test = run(demo, "plan", "vpcp", batch=batch)
    assert "chưa rõ “nơi khác” là một cấp nào" in text(test)
    [place] = [one for one in test.selectbox if one.label == t("plan.mend_place")]
    assert place.options == ["Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Cơ quan khác"]
    place.set_value("Cấp xã")
    next(one for one in test.button if one.label == t("plan.mend_save")).click()
    test.run()
    test.segmented_control(key="step").set_value("preview")
    said = text(test.run())
    assert "Chuyển thẩm quyền: 2 Bộ → Xã · 1 Bộ → Tỉnh" in said


@pytest.mark.writes
def test_a_group_is_previewed_as_its_members(demo: Installation, run: Run, person: Person) -> None:
    document = Assignment(
        figures.DIRECTIVES,
        "notice",
        "9/TB-VPCP",
        date(2024, 3, 1),
        "van-phong-chinh-phu",
        "Thông báo",
        None,
        "cac-bo-nganh-dia-phuong",
    )
    lines = (
        PlanLine(2, name="Công khai thủ tục", deadline="31/12/2024"),
        PlanLine(3, name="Nêu gương", deadline="thường xuyên"),
    )
    batch = staged(demo, person(demo, "vpcp"), document, *lines)
    said = text(run(demo, "plan", "vpcp", batch=batch, step="preview"))
    assert "1 dòng giao cho nhóm cơ quan → 85 nhiệm vụ" in said
    assert "1 nhiệm vụ thường xuyên" in said
    assert "khớp danh mục" not in said
