"""On any day there is exactly one transfer an item that moves a decision, its level and agency exist, the first is kept."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.errors import Invalid
from catalogue.model.actor import Actor, Role
from catalogue.model.authority import Authority, Direction, Form, Level, Transfer
from catalogue.services import audit, commitments, documents, items, transfers
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.figures import DECENTRALISATION
from catalogue.services.installation import Installation
from catalogue.settings import Settings

REVIEWER = Actor(1, "vpcp", "Người kiểm soát", Role.REVIEWER)
GIVEN = date(2022, 8, 30)
DECISION = Basis("decision", "1015/QĐ-TTg", GIVEN, "Phương án phân cấp", "thu-tuong-chinh-phu")
FIELDS = (
    "Môi trường",
    "Tài nguyên nước",
    "Dược phẩm",
    "Lý lịch tư pháp",
    "Đường bộ",
    "không có lĩnh vực này",
)
AGENCIES = (
    None,
    None,
    "bo-giao-thong-van-tai",
    "bo-tu-phap",
    "bo-xay-dung",
    "ubnd-quang-binh",
    "ubnd-quang-tri",
)

levels, days = st.sampled_from(list(Level)), st.dates(date(2022, 8, 30), date(2026, 11, 20))
sides = st.builds(Authority, levels, st.sampled_from(AGENCIES), st.sampled_from((None, "Phòng Tư pháp")))
moves = st.builds(Transfer, st.sampled_from(list(Form)), sides, sides)
changes = st.lists(st.tuples(days, moves), max_size=3)


@pytest.fixture(scope="module")
def ledger(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for all examples: each adds items of its own."""
    place = Settings(data_dir=tmp_path_factory.mktemp("transfers"))
    shutil.copy(empty_template, place.database)
    installation = bootstrap.open_catalogue(place, clock=lambda: datetime(2026, 11, 20, 3, tzinfo=UTC))
    yield installation
    installation.database.close()


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    first=moves.filter(lambda one: one.direction is not Direction.UP),
    field=st.sampled_from(FIELDS),
    told=changes,
    asked=st.lists(days, min_size=1, max_size=4),
)
def test_one_transfer_an_item_on_any_day(
    ledger: Installation, first: Transfer, field: str, told: list[tuple[date, Transfer]], asked: list[date]
) -> None:
    known = ledger.moment().revision
    new = NewItem(f"việc {known}", "Cấp phép", "bo-tu-phap", field_name=field, transfer=first)
    with ledger.database.transaction("plan.load") as transaction:
        document_id = documents.cite(transaction, DECISION)
        (item_id,) = commitments.assign(
            transaction, ledger.reference, DECENTRALISATION, document_id, GIVEN, [new], reason="Rà soát"
        )
    recorded: list[tuple[date, Transfer]] = []
    for day, transfer in told:
        revision = items.get(ledger, ledger.moment(), item_id).state["lock_revision"]
        try:
            transfers.change(
                ledger, REVIEWER, item_id, revision=revision, on=day, reason="Đổi", transfer=transfer
            )
            recorded.append((day, transfer))
        except Invalid:
            continue
    for day in [*asked, date(2025, 2, 28), date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1)]:
        moment = ledger.moment(day)
        rows = ledger.database.read(
            "transfers/standing", items=[item_id], as_of=day, revision=moment.revision
        )
        assert rows.height == 1
        found = transfers.of_item(ledger, moment, item_id)
        assert found is not None
        said = next((transfer for on, transfer in reversed(recorded) if on <= day), first)
        assert (found.first, found.said) == (first, said)
        ended = {one.level for one in ledger.reference.level_endings if one.on <= day}
        taker = found.now.taker
        assert taker.level not in ended
        assert (taker.level != said.taker.level) == (found.rule is not None)
        valid = {agency.code for agency in ledger.reference.agencies_on(day)}
        assert taker.agency is None or taker.agency in valid


def test_the_ledger_of_all_examples_holds(ledger: Installation) -> None:
    assert audit.check(ledger).is_empty()
