"""What the golden rows say, entered once: 25 published shares and 10 totals with parts, each with its relation.

(numerator, denominator, printed percentage) -> relation; (total, parts) -> relation.
"""

from decimal import Decimal

from catalogue.model.figure import Relation

Share = tuple[Decimal, Decimal | None, Decimal | None]
_SHARES = (
    ("437", "1086", "40", "exact"),
    ("658", "1086", "61", "rounded"),
    ("81", "699", "", "not_printed"),
    ("195", "699", "27.8", "truncated"),
    ("3163", "", "74.86", "no_denominator"),
    ("2028", "7806", "26", "rounded"),
    ("2051", "4888", "42", "rounded"),
    ("2263", "6974", "32", "exact"),
    ("3071", "4888", "62.8", "exact"),
    ("2269", "6974", "32.5", "exact"),
    ("3085", "4888", "63.1", "exact"),
    ("2371", "6974", "33.9", "truncated"),
    ("1235", "4888", "", "not_printed"),
    ("849", "6974", "", "not_printed"),
    ("1517", "6191", "", "not_printed"),
    ("900", "5905", "15.2", "exact"),
    ("3425", "6191", "110.6", "other_denominator"),
    ("1614", "4795", "34", "rounded"),
    ("3248", "4751", "68", "exact"),
    ("16051", "16274", "98.62", "truncated"),
    ("223", "16274", "1.38", "mismatch"),
    ("197", "390", "50.5", "exact"),
    ("1652", "2306", "71.64", "rounded"),
    ("192.4", "393.4", "", "not_printed"),
    ("167", "245", "", "not_printed"),
)
SHARES: dict[Share, Relation] = {
    (Decimal(one), Decimal(of) if of else None, Decimal(percent) if percent else None): Relation(found)
    for one, of, percent, found in _SHARES
}
SUMS: dict[tuple[int, tuple[int, ...]], Relation] = {
    (6317, (3835, 1328, 1728)): Relation.OVERLAP,
    (628, (304, 20, 2, 146)): Relation.DOES_NOT_CLOSE,
    (144, (139, 3, 2)): Relation.CLOSES,
    (618, (568, 50)): Relation.CLOSES,
    (699, (81, 618)): Relation.CLOSES,
    (81, (34, 20, 13)): Relation.PARTIAL_LIST,
    (21914, (14068, 1983, 5640, 223)): Relation.CLOSES,
    (511, (390, 121)): Relation.CLOSES,
    (121, (41, 80)): Relation.CLOSES,
    (100, (18, 20, 12, 10, 18, 22)): Relation.CLOSES,
}
