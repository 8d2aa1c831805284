"""An instrument that is issued but in force later: nothing is done today, and everything is on its day, untouched."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from streamlit.testing.v1 import AppTest

from catalogue.services import commitments, documents, enactment, figures, items
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

Run = Callable[..., AppTest]
ASSIGNED, ISSUED, IN_FORCE = date(2026, 9, 1), date(2026, 11, 2), date(2026, 12, 15)


def item_with_an_issued_instrument(empty: Installation) -> int:
    resolution = Basis("resolution", "66/NQ-CP", ASSIGNED, "Nghị quyết cắt giảm", "chinh-phu")
    with empty.database.transaction("plan.load") as transaction:
        assigned_by = documents.cite(transaction, resolution)
        circular = documents.plan(
            transaction, document_type="circular", title="Thông tư sửa đổi", drafting_agency="bo-y-te",
            planned_issue_on=None, effective_date=ASSIGNED,
        )  # fmt: skip
        new = NewItem("cấp phép", "Cấp phép", "bo-y-te", documents=(circular,), deadline=IN_FORCE)
        (item_id,) = commitments.assign(
            transaction, empty.reference, figures.SIMPLIFICATION, assigned_by, ASSIGNED, [new]
        )
        documents.issue(
            transaction, circular, number="11/2026/TT-BYT", issued_on=ISSUED, in_force_on=IN_FORCE,
            agency_code="bo-y-te", claim_id=None,
        )  # fmt: skip
        enactment.settle_documents(transaction, [circular])
    return item_id


def done(installation: Installation) -> tuple[int, int]:
    moment = installation.moment()
    figure = figures.compute(installation, "simplification.done", moment)
    listed = items.find(installation, moment, figures.SIMPLIFICATION, ItemFilter(progress="done")).height
    assert figure.numerator == listed == figures.stages(installation, figures.SIMPLIFICATION, moment)["done"]
    return figure.numerator, figure.denominator or 0


def said(test: AppTest) -> str:
    assert not test.exception
    return "\n".join(element.value for element in [*test.markdown, *test.caption, *test.html])


def test_it_counts_from_its_day_without_anybody_touching_it(empty: Installation, run: Run) -> None:
    clock = empty.database.clock
    item_id = item_with_an_issued_instrument(empty)
    revision = empty.moment().revision
    clock.now = datetime(2026, 12, 14, 16, 59, tzinfo=UTC)  # type: ignore[attr-defined]  # 23:59 in Hà Nội
    assert done(empty) == (0, 1)
    assert "có hiệu lực từ 15/12/2026" in said(run(empty, "item", id=str(item_id)))
    clock.now = datetime(2026, 12, 14, 17, 1, tzinfo=UTC)  # type: ignore[attr-defined]  # 00:01 in Hà Nội
    assert done(empty) == (1, 1)
    assert "Hoàn thành đúng hạn" in said(run(empty, "item", id=str(item_id)))
    assert empty.moment().revision == revision
