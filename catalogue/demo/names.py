"""Names of procedures: verbs and objects of a field, then qualifiers, in a seeded order."""

import random
from collections.abc import Iterator
from itertools import islice

from catalogue.demo.economy_words import ECONOMY
from catalogue.demo.society_words import SOCIETY
from catalogue.demo.vocabulary import COMMON, QUALIFIERS, VERBS

_LONG_TAIL = (
    "trong trường hợp tổ chức, cá nhân thay đổi tên gọi, địa chỉ trụ sở chính hoặc người đại diện theo pháp luật",
    "trong trường hợp chia, tách, hợp nhất, sáp nhập hoặc chuyển đổi loại hình tổ chức theo quy định của pháp luật",
    "bao gồm cả trường hợp hồ sơ được nộp qua dịch vụ bưu chính công ích hoặc trên môi trường điện tử",
    "đối với dự án, cơ sở đã được cơ quan nhà nước có thẩm quyền chấp thuận trước ngày văn bản quy phạm pháp luật mới có hiệu lực",
    "trừ các trường hợp thuộc thẩm quyền giải quyết của Thủ tướng Chính phủ, Bộ trưởng hoặc Thủ trưởng cơ quan ngang bộ",
)


def weight(field: str) -> float:
    """How large a field is: one with many words of its own has far more procedures than one without."""
    own = ECONOMY.get(field) or SOCIETY.get(field)
    return (own.count("|") + 1) ** 1.4 if own else 2.5


def names(field: str, count: int, taken: set[str], rng: random.Random) -> list[str]:
    """As many names as asked for that nobody has taken; plain ones first, then the same with a qualifier."""
    fresh = (name for name in _candidates(field, rng) if name not in taken)
    found = list(islice(dict.fromkeys(islice(fresh, count * 3)), count))
    taken.update(found)
    return found


def lengthened(name: str, rng: random.Random) -> str:
    """The name with the qualifications that real lists carry: 300 to 600 characters."""
    tails = rng.sample(_LONG_TAIL, len(_LONG_TAIL))
    text = name
    while len(text) < 300 and tails:
        text = f"{text}, {tails.pop()}"
    return text


def lower_first(text: str) -> str:
    """The text inside a sentence; an abbreviation keeps its capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _words(field: str) -> str:
    return (
        ECONOMY.get(field) or SOCIETY.get(field) or COMMON.format(*[lower_first(field)] * COMMON.count("{}"))
    )


def _candidates(field: str, rng: random.Random) -> Iterator[str]:
    things = [(part[0], part[2:]) for part in _words(field).split("|")]
    plain = [(kind, f"{verb} {thing}".strip()) for kind, thing in things for verb in VERBS[kind]]
    rng.shuffle(plain)
    yield from (text for _, text in plain)
    qualified = [f"{text} {qualifier}" for kind, text in plain for qualifier in QUALIFIERS[kind]]
    rng.shuffle(qualified)
    yield from qualified
    twice = [
        f"{text} {first} {second}"
        for kind, text in plain
        for first in QUALIFIERS[kind]
        for second in QUALIFIERS[kind]
        if first != second
    ]
    rng.shuffle(twice)
    yield from twice
