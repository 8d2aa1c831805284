"""The check beside the stages: what the catalogue shows of enacted items, its answers, and decisions nobody reported."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from catalogue.model.actor import Actor
from catalogue.model.annex import Action as LineAction
from catalogue.model.annex import Line
from catalogue.model.claim import Action, ClaimKind
from catalogue.model.promise import Naming, Outcome, Reason, Verdict
from catalogue.model.publication import Basis, Draft
from catalogue.services import claims, figures, items, promises, publications
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

Person = Callable[[Installation, str], Actor]
MINISTRY = "bo-y-te"
SIGNED = date(2024, 3, 20)


def checked(demo: Installation, outcome: Outcome, agency: str = MINISTRY) -> pl.DataFrame:
    frame = promises.check(demo, demo.moment(), programme=figures.SIMPLIFICATION)
    return frame.filter((pl.col("outcome") == outcome) & (pl.col("lead_agency") == agency))


def published_again(demo: Installation, person: Person, code: str, number: str = "901/QĐ-BYT") -> int:
    """A decision that publishes the record as it stands."""
    return publications.register(
        demo,
        person(demo, "vpcp"),
        Draft(
            issuer=MINISTRY,
            number=number,
            issued_on=SIGNED,
            title="Công bố thủ tục hành chính",
            in_force_on=SIGNED,
            signer_name="Nguyễn Văn A",
            signer_position="head_of_ministry",
            bases=(Basis("77/2024/TT-BYT", date(2024, 3, 1), MINISTRY, "circular", SIGNED),),
            lines=(Line(1, LineAction.AMENDED, code),),
        ),
    )


def explained(demo: Installation, person: Person, item_id: int, *, confirm: bool) -> None:
    lock = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    claim_id = claims.draft(
        demo,
        person(demo, "byt"),
        item_id,
        ClaimKind.DIFFERENCE,
        {"explanation": "Cơ sở dữ liệu chưa kết nối, bỏ giấy tờ theo lộ trình trong năm."},
        item_revision=lock,
        submit=True,
    )
    if confirm:
        revision = claims.get(demo, person(demo, "byt"), claim_id)[0].revision
        claims.act(demo, person(demo, "vpcp"), claim_id, Action.CONFIRM, revision=revision)


def test_every_enacted_item_has_one_outcome_and_only_published_records_differ(demo: Installation) -> None:
    moment = demo.moment()
    for programme, measure in (
        (figures.SIMPLIFICATION, "simplification.done"),
        (figures.DECENTRALISATION, "decentralisation.done"),
    ):
        frame = promises.check(demo, moment, programme=programme)
        assert frame.height == figures.compute(demo, measure, moment).numerator
        published = set(
            items.find(demo, moment, programme, ItemFilter(progress="published"), size=5000)["item_id"]
        )
        by_verdict = {
            verdict: set(frame.filter(pl.col("verdict") == verdict)["item_id"]) for verdict in Verdict
        }
        assert by_verdict[Verdict.DIFFERS] <= published
        assert not by_verdict[Verdict.NOT_VISIBLE] & published
        assert len(by_verdict[Verdict.MATCHES] & published) > 0.85 * len(published)


def test_the_demonstration_records_that_differ_are_those_published_with_another_change(
    demo: Installation,
) -> None:
    frame = promises.check(demo, demo.moment(), programme=figures.SIMPLIFICATION)
    counts = dict(frame["outcome"].value_counts().iter_rows())
    assert counts == {"matches": 360, "not_visible": 258, "unanswered": 28, "unknown": 12}
    assert "differs" not in promises.check(demo, demo.moment(), programme=figures.DECENTRALISATION)["verdict"]


def test_what_is_not_enacted_is_not_checked(demo: Installation) -> None:
    wanted = ItemFilter(progress="open")
    item_id = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted)["item_id"][0]
    assert promises.of_item(demo, demo.moment(), item_id) is None
    assert promises.check(demo, demo.moment(), items=[item_id]).is_empty()


def test_the_check_follows_the_day_that_is_asked_about(demo: Installation) -> None:
    wanted = ItemFilter(agency=MINISTRY, progress="published", promise=Outcome.MATCHES)
    for row in items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=200).iter_rows(
        named=True
    ):
        if row["published_on"] > row["enacted_on"] + timedelta(days=1):
            break
    eve = demo.moment(row["published_on"] - timedelta(days=1))
    before, after = (
        promises.check(demo, moment, items=[row["item_id"]])["verdict"][0] for moment in (eve, demo.moment())
    )
    assert (before, after) == (Verdict.NOT_VISIBLE, Verdict.MATCHES)


def test_one_item_is_told_as_in_the_list(demo: Installation) -> None:
    frame = promises.check(demo, demo.moment())
    for row in frame.sample(25, seed=4).iter_rows(named=True):
        one = promises.of_item(demo, demo.moment(), row["item_id"])
        assert one is not None
        assert (one.verdict, one.outcome) == (row["verdict"], row["outcome"])
        told = [(each.position, each.finding.verdict, each.finding.shown.reason) for each in one.measures]
        assert told == [(each["position"], each["verdict"], each["reason"]) for each in row["measures"]]


def test_the_list_filters_and_counts_by_outcome(demo: Installation) -> None:
    moment, programme = demo.moment(), figures.SIMPLIFICATION
    frame = promises.check(demo, moment, programme=programme)
    for outcome in Outcome:
        expected = set(frame.filter(pl.col("outcome") == outcome)["item_id"])
        found = items.find(demo, moment, programme, ItemFilter(promise=outcome), size=2000)
        assert set(found["item_id"]) == expected
    own = ItemFilter(agency=MINISTRY)
    assert items.summary(demo, moment, programme, own)["unanswered"] == (
        checked(demo, Outcome.UNANSWERED).height
    )
    late = items.summary(demo, moment, programme, ItemFilter(deadline_state="done_late"))["unanswered"]
    in_time = items.summary(demo, moment, programme, ItemFilter(deadline_state="done_in_time"))["unanswered"]
    assert late + in_time == frame.filter(pl.col("outcome") == Outcome.UNANSWERED).height


@pytest.mark.writes
def test_a_record_published_again_without_the_cut_begins_to_differ(
    demo: Installation, person: Person
) -> None:
    row = checked(demo, Outcome.NOT_VISIBLE).row(0, named=True)
    figure = figures.compute(demo, "simplification.done", demo.moment())
    published_again(demo, person, row["procedure_code"])
    one = promises.of_item(demo, demo.moment(), row["item_id"])
    assert one is not None
    assert one.outcome is Outcome.UNANSWERED
    # It never blocks and never uncounts.
    assert figures.compute(demo, "simplification.done", demo.moment()).numerator == figure.numerator


@pytest.mark.writes
def test_a_difference_is_answered_by_a_confirmed_explanation_until_the_record_says_something_new(
    demo: Installation, person: Person
) -> None:
    row = checked(demo, Outcome.UNANSWERED).row(0, named=True)
    before = demo.moment()
    explained(demo, person, row["item_id"], confirm=False)
    assert row["item_id"] in promises.ids(demo, demo.moment(), figures.SIMPLIFICATION, Outcome.UNANSWERED)
    answered = checked(demo, Outcome.ANSWERED)
    assert answered.is_empty()
    explained(demo, person, row["item_id"], confirm=True)
    answered = checked(demo, Outcome.ANSWERED)
    assert (answered["item_id"].to_list(), answered["verdict"].to_list()) == ([row["item_id"]], ["differs"])
    assert row["item_id"] in promises.ids(demo, before, figures.SIMPLIFICATION, Outcome.UNANSWERED)
    published_again(demo, person, row["procedure_code"])
    assert checked(demo, Outcome.ANSWERED).is_empty()
    assert row["item_id"] in checked(demo, Outcome.UNANSWERED)["item_id"]


@pytest.mark.writes
def test_a_decision_that_names_an_enacted_procedure_is_offered_for_reporting(
    demo: Installation, person: Person
) -> None:
    wanted = ItemFilter(agency=MINISTRY, progress="not_published", promise=Outcome.NOT_VISIBLE)
    claimed = set(claims.find(demo, person(demo, "byt"), agency=MINISTRY, size=5000)["item_id"])
    row = next(
        row
        for row in items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted, size=200).iter_rows(
            named=True
        )
        if row["item_id"] not in claimed
    )
    assert row["item_id"] not in offered(demo)
    document_id = published_again(demo, person, row["procedure_code"])
    frame = promises.publication_candidates(demo, MINISTRY)
    found = frame.filter(pl.col("document_id") == document_id).row(0, named=True)
    assert (found["number"], found["issued_on"]) == ("901/QĐ-BYT", SIGNED)
    assert found["item_ids"] == [row["item_id"]]
    assert promises.publication_candidates(demo, "bo-tu-phap").filter(number="901/QĐ-BYT").is_empty()
    lock = items.get(demo, demo.moment(), row["item_id"]).state["lock_revision"]
    values = {"number": "901/QĐ-BYT", "issued_on": SIGNED}
    claims.draft(demo, person(demo, "byt"), row["item_id"], ClaimKind.PUBLISHED, values, item_revision=lock)
    assert row["item_id"] not in offered(demo)


@pytest.mark.writes
@pytest.mark.parametrize(
    ("number", "day", "code", "naming"),
    [
        ("901/QĐ-BYT", SIGNED, None, Naming.NAMED),
        ("901/qđ-byt", SIGNED, "1.000000", Naming.NOT_NAMED),
        ("901/QĐ-BYT", SIGNED - timedelta(days=1), None, Naming.NOT_REGISTERED),
        ("77/2024/TT-BYT", date(2024, 3, 1), None, Naming.NOT_REGISTERED),
        (None, None, None, Naming.NOT_REGISTERED),
    ],
)
def test_a_reviewer_sees_whether_the_cited_decision_names_the_procedure(
    demo: Installation, person: Person, number: str | None, day: date | None, code: str | None, naming: Naming
) -> None:
    named = checked(demo, Outcome.NOT_VISIBLE)["procedure_code"][0]
    published_again(demo, person, named)
    content = {"number": number, "issued_on": day.isoformat() if day else None}
    assert promises.publication_check(demo, content, code or named, MINISTRY) is naming


def test_numbers_stand_beside_the_changes_of_the_record(demo: Installation) -> None:
    frame = promises.check(demo, demo.moment(), programme=figures.SIMPLIFICATION)
    short = frame.explode("measures").filter(
        pl.col("measures").struct.field("reason") == Reason.SHORT_OF_PROMISE,
        pl.col("measures").struct.field("measure_type") == "shorter_time",
    )
    one = promises.of_item(demo, demo.moment(), short["item_id"][0])
    assert one is not None
    judged = next(each for each in one.measures if each.finding.measure.type == "shorter_time")
    shown = judged.finding.shown
    assert shown.was is not None and shown.now is not None and shown.promised is not None
    assert shown.promised < shown.now < shown.was
    assert [type(change).__name__ for change in judged.changes] == ["TimeChanged"]


def offered(demo: Installation) -> list[int]:
    return promises.publication_candidates(demo, MINISTRY)["item_ids"].explode().to_list()
