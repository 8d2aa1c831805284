"""The check against the catalogue on the item's page and in the list, and the decision offered for reporting."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.annex import Action, Line
from catalogue.model.promise import Outcome, Reason, Verdict
from catalogue.model.publication import Basis, Draft
from catalogue.services import claims, figures, items, promises, publications
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from tests.pages.test_item_page import shown

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
TITLE = "Đối chiếu với danh mục"


def an_item(demo: Installation, outcome: Outcome) -> int:
    return promises.ids(demo, demo.moment(), figures.SIMPLIFICATION, outcome)[0]


def test_each_outcome_is_told_in_words(demo: Installation, run: Run) -> None:
    for outcome, word in (
        (Outcome.UNANSWERED, "**Khác** · "),
        (Outcome.NOT_VISIBLE, "**Chưa thấy** · "),
        (Outcome.UNKNOWN, "**Không đối chiếu được** · "),
        (Outcome.MATCHES, "**Đúng** · "),
    ):
        test = run(demo, "item", id=str(an_item(demo, outcome)))
        assert not test.exception
        text = shown(test)
        assert TITLE in text
        assert word in text
        assert Translator("vi")(f"promise.lead_{outcome}") in text


def test_the_check_speaks_english(demo: Installation, run: Run) -> None:
    text = shown(run(demo, "item", id=str(an_item(demo, Outcome.UNANSWERED)), lang="en"))
    assert "Check against the catalogue" in text
    assert "**Differs** · " in text


def test_an_open_item_is_not_checked(demo: Installation, run: Run) -> None:
    item_id = items.find(demo, demo.moment(), figures.SIMPLIFICATION, ItemFilter(progress="open"))["item_id"][
        0
    ]
    assert TITLE not in shown(run(demo, "item", id=str(item_id)))


def test_numbers_promised_and_found_stand_in_the_line(demo: Installation, run: Run) -> None:
    frame = promises.check(demo, demo.moment(), programme=figures.SIMPLIFICATION).explode("measures")
    short = frame.filter(pl.col("measures").struct.field("reason") == Reason.SHORT_OF_PROMISE)
    text = shown(run(demo, "item", id=str(short["item_id"][0])))
    assert "chưa đạt mức cam kết" in text
    assert "(cam kết " in text


def test_the_list_is_filtered_by_the_check_and_counts_what_is_unanswered(
    demo: Installation, run: Run
) -> None:
    everything = run(demo, "simplification")
    assert "28 có bản ghi khác cam kết, chưa giải trình" in shown(everything)
    differing = run(demo, "simplification", promise="unanswered")
    assert not differing.exception
    assert "**28 phương án**" in shown(differing)
    assert not run(demo, "decentralisation", promise="unanswered").exception


@pytest.mark.writes
def test_a_registered_decision_fills_the_claim(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    claimed = set(claims.find(demo, byt, agency="bo-y-te", size=5000)["item_id"])
    wanted = ItemFilter(agency="bo-y-te", progress="not_published", promise=Outcome.NOT_VISIBLE)
    rows = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=200)
    row = rows.filter(~pl.col("item_id").is_in(claimed)).row(0, named=True)
    assert "chưa được báo cáo" not in shown(run(demo, "item", "byt", id=str(row["item_id"])))
    day = date(2024, 3, 20)
    publications.register(
        demo,
        byt,
        Draft(
            issuer="bo-y-te",
            number="901/QĐ-BYT",
            issued_on=day,
            title="Công bố thủ tục hành chính",
            in_force_on=day,
            signer_name="Nguyễn Văn A",
            signer_position="head_of_ministry",
            bases=(Basis("77/2024/TT-BYT", date(2024, 3, 1), "bo-y-te", "circular", day),),
            lines=(Line(1, Action.AMENDED, row["procedure_code"]),),
        ),
    )
    test = run(demo, "item", "byt", id=str(row["item_id"]))
    assert "Quyết định 901/QĐ-BYT ngày 20/03/2024 đã công bố TTHC này" in shown(test)
    assert "chưa được báo cáo" not in shown(run(demo, "item", "vpcp", id=str(row["item_id"])))
    test = run(demo, "item", "byt", id=str(row["item_id"]))
    test.button(key=f"fill-{row['item_id']}").click().run()
    assert not test.exception
    assert test.text_input(key=f"number-{row['item_id']}-published").value == "901/QĐ-BYT"
    assert test.date_input(key=f"issued_on-{row['item_id']}-published").value == day


def test_every_verdict_and_reason_has_its_words() -> None:
    for language in ("vi", "en"):
        t = Translator(language)
        for verdict in Verdict:
            assert t.word("promise.verdict", verdict) and t.word("promise.icon", verdict)
        for reason in Reason:
            assert t.word("promise.reason", reason)
        for outcome in Outcome:
            assert t.word("promise.outcome", outcome) and t.word("promise.lead", outcome)
