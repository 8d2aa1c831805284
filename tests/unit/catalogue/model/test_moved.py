"""Whether a record names who is to decide: level, agency or body, and who acts in the name of another."""

from datetime import date
from typing import Any

import pytest

from catalogue.model.measure import Decider, Measure, Reason
from catalogue.model.moved import moved
from catalogue.model.version import Version, version_of

ENDED = (("district", date(2025, 7, 1)),)


def record(*levels: str, **agencies: list[str]) -> Version:
    content: dict[str, Any] = {"name": "Cấp giấy phép", "levels": list(levels), **agencies}
    return version_of(content, version_id=1, code="1.000001", effective_date=date(2023, 1, 1))


BEFORE = record("ministry", competent=["Bộ Y tế"])
BODY = ("Sở Y tế các tỉnh, thành phố",)
CASES: list[tuple[Decider, Version, bool | None, Reason]] = [
    (Decider("provincial"), record("provincial"), True, Reason.MOVED_DOWN),
    (Decider("provincial"), record("ministry", "provincial"), True, Reason.MOVED_DOWN),
    (Decider("provincial"), BEFORE, False, Reason.NOT_MOVED),
    (Decider("provincial"), record("communal"), False, Reason.OTHER_LEVEL),
    (Decider("provincial"), record(), None, Reason.NOT_STATED),
    (Decider("provincial", ended=ENDED), record("district"), False, Reason.LEVEL_ENDED),
    (Decider("provincial", ended=ENDED), BEFORE, False, Reason.NOT_MOVED),
    (Decider("district"), record("district"), True, Reason.MOVED_DOWN),
    (Decider("provincial", BODY), record("provincial", competent=["Sở Y tế"]), True, Reason.MOVED_DOWN),
    (Decider("provincial", BODY), record("provincial", competent=["Sở"]), False, Reason.OTHER_AGENCY),
    (Decider("provincial", BODY), record("provincial", implementing=["SỞ Y TẾ CÁC TỈNH, THÀNH PHỐ."]), True,
     Reason.MOVED_DOWN),
    (Decider("provincial", BODY), record("provincial", competent=["Sở Công Thương"]), False, Reason.OTHER_AGENCY),
    (Decider("provincial", BODY), record("provincial"), True, Reason.MOVED_DOWN),
    (Decider("communal", ("Ủy ban nhân dân cấp xã",)), record("communal", competent=["UBND cấp xã"]), True,
     Reason.MOVED_DOWN),
    (Decider("ministry", ("Bộ Xây dựng",)), record("ministry", competent=["Cục Hàng hải - Bộ Xây dựng"]), True,
     Reason.MOVED_DOWN),
    (Decider("other", ("Bộ Xây dựng",)), record("ministry", competent=["Bộ Xây dựng"]), True, Reason.MOVED_DOWN),
    (Decider("other", ("Bộ Xây dựng",)), BEFORE, False, Reason.OTHER_AGENCY),
    (Decider("other", ("Bộ Xây dựng",)), record("ministry"), None, Reason.NOT_STATED),
    (Decider("other"), record("provincial"), True, Reason.MOVED_DOWN),
    (Decider("provincial", is_authorised=True), record("ministry", competent=["Bộ Y tế"], authorised=["Sở Y tế"]),
     True, Reason.AUTHORISED),
    (Decider("provincial", is_authorised=True), record("provincial", competent=["Sở Y tế"]), False,
     Reason.NOT_AUTHORISED),
    (Decider("provincial", is_authorised=True), record("provincial"), True, Reason.MOVED_DOWN),
    (Decider("provincial", BODY, is_authorised=True), record("ministry", authorised=["Sở Nội vụ"]), False,
     Reason.OTHER_AGENCY),
    (Decider("communal", is_authorised=True, ended=ENDED), record("ministry", authorised=["UBND cấp huyện"]), False,
     Reason.LEVEL_ENDED),
]  # fmt: skip


@pytest.mark.parametrize(("to", "now", "as_promised", "reason"), CASES)
def test_what_a_record_says_of_who_is_to_decide(
    to: Decider, now: Version, as_promised: bool | None, reason: Reason
) -> None:
    shown = moved(Measure("decentralise", to=to), BEFORE, now)
    assert (shown.as_promised, shown.reason) == (as_promised, reason)


def test_a_level_that_is_no_more_is_told_with_its_last_day() -> None:
    shown = moved(
        Measure("decentralise", to=Decider("communal", ended=ENDED)), BEFORE, record("ministry", "district")
    )
    assert (shown.levels, shown.since) == (("district",), date(2025, 7, 1))
