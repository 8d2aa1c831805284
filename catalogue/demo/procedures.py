"""The procedures of the demonstration: who issues them, at which levels they are handled, what they are called."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from catalogue.demo.content import Content, new_content
from catalogue.demo.names import lengthened, names, weight
from catalogue.demo.shares import apportion
from catalogue.demo.vocabulary import VERTICAL
from catalogue.reference import ProcedureField, Reference

# In force on 2024-03-21, as published: 3,835 central, 1,328 local, 1,728 vertical, 574 of them both central and below.
CENTRAL_AND_LOCAL = 230
LOCAL_ONLY = 1328 - CENTRAL_AND_LOCAL
_CENTRAL_AND_VERTICAL = {
    "bo-tai-chinh": 150,
    "bo-cong-an": 90,
    "bo-quoc-phong": 50,
    "ngan-hang-nha-nuoc-viet-nam": 30,
    "bo-tu-phap": 14,
    "bo-ke-hoach-va-dau-tu": 6,
    "bao-hiem-xa-hoi-viet-nam": 4,
}
_VERTICAL_ONLY = {
    "bo-tai-chinh": 700,
    "bo-cong-an": 330,
    "bo-quoc-phong": 190,
    "bo-tu-phap": 70,
    "ngan-hang-nha-nuoc-viet-nam": 50,
    "bao-hiem-xa-hoi-viet-nam": 30,
    "bo-ke-hoach-va-dau-tu": 14,
}
CENTRAL_AND_VERTICAL = sum(_CENTRAL_AND_VERTICAL.values())
VERTICAL_ONLY = sum(_VERTICAL_ONLY.values())
CENTRAL_ONLY = 3835 - CENTRAL_AND_LOCAL - CENTRAL_AND_VERTICAL

_FEW_CENTRAL = {"uy-ban-dan-toc": 4, "thanh-tra-chinh-phu": 6, "van-phong-chinh-phu": 7}
_CENTRAL_WEIGHTS = {
    "bo-tai-chinh": 600,
    "bo-cong-thuong": 320,
    "bo-giao-thong-van-tai": 290,
    "bo-nong-nghiep-va-phat-trien-nong-thon": 250,
    "bo-y-te": 250,
    "ngan-hang-nha-nuoc-viet-nam": 215,
    "bo-quoc-phong": 165,
    "bo-thong-tin-va-truyen-thong": 165,
    "bo-cong-an": 150,
    "bo-khoa-hoc-va-cong-nghe": 140,
    "bo-ke-hoach-va-dau-tu": 130,
    "bo-van-hoa-the-thao-va-du-lich": 125,
    "bo-lao-dong-thuong-binh-va-xa-hoi": 115,
    "bo-tu-phap": 110,
    "bo-tai-nguyen-va-moi-truong": 115,
    "bo-giao-duc-va-dao-tao": 85,
    "bo-noi-vu": 75,
    "bo-xay-dung": 125,
    "bo-ngoai-giao": 55,
}
_LOCAL_WEIGHTS = {
    "bo-lao-dong-thuong-binh-va-xa-hoi": 150,
    "bo-tu-phap": 130,
    "bo-giao-duc-va-dao-tao": 122,
    "bo-van-hoa-the-thao-va-du-lich": 120,
    "bo-nong-nghiep-va-phat-trien-nong-thon": 105,
    "bo-tai-nguyen-va-moi-truong": 100,
    "bo-y-te": 95,
    "bo-cong-thuong": 90,
    "bo-ke-hoach-va-dau-tu": 85,
    "bo-noi-vu": 80,
    "bo-giao-thong-van-tai": 75,
    "bo-xay-dung": 62,
    "bo-thong-tin-va-truyen-thong": 40,
    "bo-khoa-hoc-va-cong-nghe": 30,
    "bo-tai-chinh": 25,
    "bo-ngoai-giao": 6,
    "thanh-tra-chinh-phu": 9,
    "van-phong-chinh-phu": 3,
}
_LOCAL_ONLY_IN_UBDT = 6

# Abolished before 2024-03-21: those whose abolition an item promised and a decision published, and the others.
PROMISED_ABOLITIONS = {
    "bo-cong-an": 9,
    "bo-tu-phap": 7,
    "bo-lao-dong-thuong-binh-va-xa-hoi": 6,
    "bo-giao-duc-va-dao-tao": 5,
    "bo-tai-chinh": 5,
    "bo-y-te": 4,
    "bo-giao-thong-van-tai": 3,
    "bo-nong-nghiep-va-phat-trien-nong-thon": 3,
    "bo-noi-vu": 2,
    "ngan-hang-nha-nuoc-viet-nam": 2,
    "bo-cong-thuong": 1,
}
_OTHER_ABOLITIONS = 105

_BELOW = (
    (("provincial",), 62),
    (("provincial", "district"), 9),
    (("district",), 9),
    (("communal",), 9),
    (("district", "communal"), 6),
    (("provincial", "district", "communal"), 5),
)
_LONG_NAMES = 18
_SHARED_NAMES_SHARE = 0.03


@dataclass(eq=False, repr=False)
class Procedure:
    """One procedure; `taken` once an item tracks it, so that nothing else changes it later."""

    agency: str
    field: ProcedureField
    name: str
    levels: tuple[str, ...]
    is_vertical: bool
    fate: str  # kept | abolition_promised | abolished
    content: Content
    code: str = ""
    taken: bool = False
    levels_before: tuple[str, ...] = ()  # where it was handled before it was decentralised
    is_authorised: bool = False  # it was decentralised in the name of the ministry


def allot(reference: Reference, rng: random.Random) -> list[Procedure]:
    """Every procedure, with contiguous codes in the order of agencies and fields."""
    plans: dict[str, list[tuple[ProcedureField, str, str]]] = {}
    for group, counts in _counts().items():
        for agency, count in counts.items():
            plans.setdefault(agency, []).extend(_in_fields(reference, agency, group, count, "kept"))
    for agency, count in PROMISED_ABOLITIONS.items():
        plans[agency].extend(_in_fields(reference, agency, "", count, "abolition_promised"))
    for agency, count in apportion(
        _OTHER_ABOLITIONS, {key: len(plans[key]) for key in sorted(plans)}
    ).items():
        plans[agency].extend(_in_fields(reference, agency, "", count, "abolished"))
    procedures: list[Procedure] = []
    taken: set[str] = set()
    for agency in sorted(plans):
        by_field: dict[str, list[tuple[ProcedureField, str, str]]] = defaultdict(list)
        for plan in plans[agency]:
            by_field[plan[0].name].append(plan)
        for field in sorted(by_field):
            procedures.extend(_named(agency, by_field[field], taken, rng))
    _make_lifelike(procedures, rng)
    for number, procedure in enumerate(procedures, start=1):
        procedure.code = f"1.{900_000 + number}"
    return procedures


def _counts() -> Mapping[str, Mapping[str, int]]:
    few = sum(_FEW_CENTRAL.values())
    return {
        "central": apportion(CENTRAL_ONLY - few, _CENTRAL_WEIGHTS) | _FEW_CENTRAL,
        "central+local": apportion(CENTRAL_AND_LOCAL, _LOCAL_WEIGHTS),
        "central+vertical": _CENTRAL_AND_VERTICAL,
        "local": apportion(LOCAL_ONLY - _LOCAL_ONLY_IN_UBDT, _LOCAL_WEIGHTS)
        | {"uy-ban-dan-toc": _LOCAL_ONLY_IN_UBDT},
        "vertical": _VERTICAL_ONLY,
    }


def _in_fields(
    reference: Reference, agency: str, group: str, count: int, fate: str
) -> Iterable[tuple[ProcedureField, str, str]]:
    fields = {field.name: field for field in reference.fields_of(agency)}
    line = VERTICAL.get(agency, ())
    if group.endswith("vertical"):
        fields = {name: field for name, field in fields.items() if name in line or line == ("*",)}
    elif group.endswith("local"):
        fields = {name: field for name, field in fields.items() if name not in line}
    shares = apportion(count, {name: weight(name) for name in sorted(fields)})
    for name, share in shares.items():
        of_group = group or _usual_group(name in line or line == ("*",))
        yield from [(fields[name], of_group, fate)] * share


def _usual_group(is_vertical: bool) -> str:
    return "vertical" if is_vertical else "local"


def _named(
    agency: str, plans: list[tuple[ProcedureField, str, str]], taken: set[str], rng: random.Random
) -> Iterable[Procedure]:
    rng.shuffle(plans)
    for (field, group, fate), name in zip(
        plans, names(plans[0][0].name, len(plans), taken, rng), strict=True
    ):
        below = rng.choices([levels for levels, _ in _BELOW], weights=[share for _, share in _BELOW])[0]
        yield Procedure(
            agency=agency,
            field=field,
            name=name,
            levels=(("ministry",) if group.startswith("central") else ())
            + (() if group == "central" else below),
            is_vertical=group.endswith("vertical"),
            fate=fate,
            content=new_content(rng, for_citizens=group != "central" and rng.random() < 0.5),
        )


def _make_lifelike(procedures: list[Procedure], rng: random.Random) -> None:
    """Some very long names, and some names that two codes bear, as the national list has them."""
    kept = [procedure for procedure in procedures if procedure.fate == "kept"]
    for procedure in rng.sample(kept, _LONG_NAMES):
        procedure.name = lengthened(procedure.name, rng)
    for one, other in pairwise(kept):
        alike = one.field is other.field and one.levels != other.levels and len(one.name) < 150
        if alike and rng.random() < _SHARED_NAMES_SHARE:
            other.name = one.name
