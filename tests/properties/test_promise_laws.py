"""A promise that was carried out exactly as promised, by changes applied to any record, never differs from it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.change import (
    Change,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    PaperChanged,
    PaperDropped,
    TextChanged,
    TimeChanged,
    WayAdded,
)
from catalogue.model.diff import apply, diff
from catalogue.model.promise import Decider, Measure, Record, Verdict, evidence, judge
from catalogue.model.shown import ONLINE
from catalogue.model.version import Channel, Duration, Fee, Version, version_of
from catalogue.text import spelling_key
from tests.properties.record_contents import contents, papers

amounts = st.sampled_from([10_000, 50_000, 120_000, 2_500_000])
unit = st.sampled_from(["giờ", "ngày", "ngày làm việc", "tuần", "tháng", "năm"])
ways = st.lists(st.sampled_from(["Trực tiếp", ONLINE, "Dịch vụ bưu chính"]), unique=True, min_size=1)
conditions = st.lists(
    st.sampled_from(["Có địa điểm", "Có nhân sự", "Có vốn", "Không bị cấm"]), min_size=1, unique=True
)
Promise = tuple[Measure, Version, tuple[Change, ...]]


def made(content: dict[str, Any]) -> Version:
    return version_of(content, version_id=1, code="1.000001", effective_date=date(2023, 1, 1))


@st.composite
def shorter_time(draw: st.DrawFn) -> Promise:
    """One of the limits of a record, in one unit, is cut; the other ways of filing keep theirs."""
    word, open_ways = draw(unit), draw(ways)
    limits = {way: draw(st.integers(2, 9)) for way in open_ways}
    channels = [{"way": way, "time_value": limit, "time_unit": word} for way, limit in limits.items()]
    before = made(draw(contents) | {"channels": channels})
    old = limits[draw(st.sampled_from(open_ways))]
    new = draw(st.integers(1, old - 1))
    cut = tuple(way for way in open_ways if limits[way] == old)
    one, other = (Duration(Decimal(value), word) for value in (old, new))
    words = draw(
        st.sampled_from([f"{new} {word}", f"Còn {new} {word}", f"Giảm {old - new} {word}", "Rút ngắn"])
    )
    return Measure("shorter_time", f"{old} {word}", words), before, (TimeChanged(cut, (one,), (other,)),)


@st.composite
def lower_fee(draw: st.DrawFn) -> Promise:
    old = draw(amounts)
    new = draw(st.sampled_from([0, old // 2, old - 1_000]))
    channels = [{"way": way, "fees": [{"amount_vnd": old}]} for way in draw(ways)]
    before = made(draw(contents) | {"channels": channels})
    after = "Miễn phí" if new == 0 else f"{new:,} đồng".replace(",", ".")
    change = FeeChanged(tuple(one["way"] for one in channels), (Fee(old),), (Fee(new),))
    words = draw(st.sampled_from([after, "Giảm phí"]))
    return Measure("lower_fee", f"{old:,} đồng".replace(",", "."), words), before, (change,)


@st.composite
def fewer_papers(draw: st.DrawFn) -> Promise:
    """Every sheet of one paper goes, wherever it is asked for; the promise may count the papers, or name it."""
    before = made(draw(contents) | {"dossier": [{"papers": draw(papers)}]})
    (case,) = before.details.dossier or ()
    gone = draw(st.sampled_from(case.papers))
    names = {spelling_key(paper.name) for paper in case.papers}
    same = [paper for paper in case.papers if spelling_key(paper.name) == spelling_key(gone.name)]
    changes = tuple(PaperDropped(paper.name, case.name) for paper in same)
    counted = Measure("fewer_documents", f"{len(names)} giấy tờ", f"{len(names) - 1} giấy tờ")
    # A name within another name is that of both.
    is_its_own = all(name == spelling_key(gone.name) or spelling_key(gone.name) not in name for name in names)
    named = Measure("data_for_documents", gone.name if is_its_own else None)
    return draw(st.sampled_from([counted, named, Measure("fewer_documents")])), before, changes


@st.composite
def simpler_form(draw: st.DrawFn) -> Promise:
    before = made(draw(contents) | {"dossier": [{"papers": [{"name": "Đơn", "form": "Mẫu số 1"}]}]})
    (case,) = before.details.dossier or ()
    new = replace(case.papers[0], form=draw(st.sampled_from(["Mẫu số 1a", None])))
    return Measure("simpler_form", "Mẫu số 1: 20 mục", "12 mục"), before, (PaperChanged(case.papers[0], new),)


@st.composite
def fewer_conditions(draw: st.DrawFn) -> Promise:
    lines = draw(conditions)
    left = draw(st.lists(st.sampled_from(lines), unique=True, max_size=len(lines) - 1))
    before = made(draw(contents) | {"requirements": "\n".join(lines)})
    change = TextChanged("requirements", "\n".join(lines), "\n".join(left))
    words = (f"{len(lines)} yêu cầu, điều kiện", f"{len(left)} yêu cầu, điều kiện")
    return Measure("fewer_conditions", *draw(st.sampled_from([words, (None, None)]))), before, (change,)


@st.composite
def full_online(draw: st.DrawFn) -> Promise:
    before = made(draw(contents))
    return Measure("full_online"), before, (WayAdded(Channel(way=ONLINE)),)


@st.composite
def decentralised(draw: st.DrawFn) -> Promise:
    before = made(draw(contents) | {"levels": ["ministry"]})
    level = draw(st.sampled_from(["provincial", "communal"]))
    return Measure("decentralise", to=Decider(level)), before, (LevelsChanged(("ministry",), (level,)),)


@st.composite
def ended(draw: st.DrawFn) -> Promise:
    kind = draw(st.sampled_from(["abolish", "merge", "other", "shorter_time"]))
    return Measure(kind), made(draw(contents)), (ForceChanged(in_force=False),)


promises = st.one_of(
    shorter_time(),
    lower_fee(),
    fewer_papers(),
    simpler_form(),
    fewer_conditions(),
    full_online(),
    decentralised(),
    ended(),
)


@given(promises, st.booleans())
def test_a_promise_carried_out_exactly_never_differs(promise: Promise, is_republished: bool) -> None:
    measure, before, changes = promise
    now = apply(changes, before)
    found = judge(measure, Record(before, now, is_republished, at_enactment=before))
    says_nothing = measure.type in ("fewer_documents", "data_for_documents") and not now.details.dossier
    assert found.verdict is (Verdict.UNKNOWN if says_nothing else Verdict.MATCHES)
    assert evidence(measure.type, diff(before, now))


@given(promises)
def test_a_record_that_stays_as_it_was_never_keeps_a_promise(promise: Promise) -> None:
    measure, before, _ = promise
    assert judge(measure, Record(before, before, is_republished=True)).verdict is not Verdict.MATCHES
    assert judge(measure, Record(before, before, at_enactment=before)).verdict is not Verdict.DIFFERS
