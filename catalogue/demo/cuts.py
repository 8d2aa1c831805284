"""Cutting a procedure: the promised measure in words before and after, and the record once it is carried out."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from catalogue.demo.content import CITIZEN_PAPERS, ONLINE, Content, dong


@dataclass(frozen=True)
class Cut:
    """One measure on one item; `explanation` where the list of measures asks for one."""

    measure: str
    before: str
    after: str
    explanation: str | None = None


Change = tuple[Cut, Content]
ABOLITION = Cut("abolish", "Có TTHC", "Bãi bỏ TTHC")


def choose(content: Content, count: int, rng: random.Random) -> tuple[list[Cut], Content]:
    """As many different measures as asked for (where the record allows them) and the record with all of them."""
    cuts: list[Cut] = []
    for kind in rng.choices(list(_KINDS), weights=[share for share, _ in _KINDS.values()], k=40):
        if len(cuts) == count:
            break
        change = None if any(cut.measure == kind for cut in cuts) else _KINDS[kind][1](content, rng)
        if change:
            cuts.append(change[0])
            content = change[1]
    return cuts, content


def ordinary_change(content: Content, rng: random.Random) -> Content:
    """An amendment outside any programme: another time limit, fee, dossier or channel."""
    kind = rng.choice(("time", "fee", "papers", "ways", "time"))
    if kind == "papers" and len(content.papers) > 1:
        return replace(content, papers=content.papers[:-1])
    if kind == "fee" and content.fee:
        return replace(content, fee=content.fee * 3 // 2)
    if kind == "ways" and ONLINE not in content.ways:
        return replace(content, ways=(*content.ways, ONLINE))
    value = content.time_value
    return replace(content, time_value=value - max(1, value // 4) if value > 2 else value + 2)


def _fewer_documents(content: Content, rng: random.Random) -> Change | None:
    if len(content.papers) < 3:
        return None
    drop = rng.choice((1, 2))
    after = replace(content, papers=content.papers[drop:])
    words = [f"{record.paper_count} giấy tờ" for record in (content, after)]
    return Cut("fewer_documents", *words), after


def _data_for_documents(content: Content, _: random.Random) -> Change | None:
    paper = next((paper for paper in content.papers if paper in CITIZEN_PAPERS), None)
    if paper is None or len(content.papers) < 2:
        return None
    after = replace(content, papers=tuple(name for name in content.papers if name != paper))
    return Cut("data_for_documents", paper, "Khai thác từ Cơ sở dữ liệu quốc gia về dân cư"), after


def _shorter_time(content: Content, rng: random.Random) -> Change | None:
    if content.time_value < 3:
        return None
    after = replace(content, time_value=max(1, content.time_value * rng.choice((5, 6, 7)) // 10))
    return Cut("shorter_time", content.time_text, after.time_text), after


def _simpler_form(content: Content, rng: random.Random) -> Change | None:
    after = replace(content, form=f"{content.form}a")
    fields = rng.randint(18, 30)
    before_words, after_words = (
        f"{content.form}: {fields} mục",
        f"{after.form}: {fields - rng.randint(4, 9)} mục",
    )
    return Cut("simpler_form", before_words, after_words), after


def _lower_fee(content: Content, rng: random.Random) -> Change | None:
    if not content.fee or content.fee < 50_000:
        return None
    after = replace(content, fee=content.fee * rng.choice((5, 7, 8)) // 10)
    assert after.fee is not None
    return Cut("lower_fee", f"{dong(content.fee)} đồng", f"{dong(after.fee)} đồng"), after


def _fewer_conditions(content: Content, _: random.Random) -> Change | None:
    if not content.conditions:
        return None
    left = content.conditions[1:]
    words = [f"{len(conditions)} yêu cầu, điều kiện" for conditions in (content.conditions, left)]
    return Cut("fewer_conditions", *words), replace(content, conditions=left)


def _full_online(content: Content, _: random.Random) -> Change | None:
    if ONLINE in content.ways:
        return None
    after = replace(content, ways=(*content.ways, ONLINE))
    return Cut("full_online", "Trực tiếp, bưu chính", "Trực tuyến toàn trình"), after


def _interlink(content: Content, _: random.Random) -> Change | None:
    steps = (
        *content.steps,
        "Bước cuối: Dữ liệu được chuyển liên thông tới cơ quan giải quyết thủ tục tiếp theo.",
    )
    return Cut("interlink", "Nộp 2 hồ sơ", "Nộp 1 hồ sơ, liên thông"), replace(content, steps=steps)


def _other(content: Content, _: random.Random) -> Change | None:
    after = replace(content, case=f"{content.case} (hồ sơ mẫu hóa)")
    reason = "Cung cấp hồ sơ điền sẵn, người dân chỉ bổ sung thông tin còn thiếu"
    return Cut("other", "Tự chuẩn bị hồ sơ", "Hồ sơ điền sẵn", reason), after


_KINDS: dict[str, tuple[int, Callable[[Content, random.Random], Change | None]]] = {
    "fewer_documents": (30, _fewer_documents),
    "data_for_documents": (28, _data_for_documents),
    "shorter_time": (14, _shorter_time),
    "simpler_form": (12, _simpler_form),
    "lower_fee": (5, _lower_fee),
    "fewer_conditions": (4, _fewer_conditions),
    "full_online": (4, _full_online),
    "interlink": (2, _interlink),
    "other": (1, _other),
}
