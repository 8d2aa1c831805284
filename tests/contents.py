"""Any content that a source may say, for laws: hostile words, several lines, long texts, amounts and days."""

from datetime import date

from hypothesis import strategies as st

from catalogue.model.content import normal
from catalogue.text import clean
from pipelines.parse.words import paragraphs, said

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+84 24 3804 4444",
    "-- 1 bản chính",
    "'=1+1",
    "''",
    '"; DROP TABLE procedure; --"',
    "https://example.gov.vn/?a=1&b=2",
    "→ Văn bản dài 1",
    "---",
    "----",
    "_x000D_ _x005F_",
    "2.000460",
    "45352",
    "TRUE",
    "Không",
    "Miễn phí",
    "a,b;c\td",
    "<b>&amp;</b> ]]>",
    "😀 𠮷",
    "{{7*7}}",
)


class Long(str):
    """A text that a failing test does not print whole."""

    def __repr__(self) -> str:
        return f"Long({self[:10]!r}…, {len(self)})"


_long = st.builds(
    lambda piece, count: Long(clean(piece * count)),
    st.sampled_from(("dài ", "😀", "ở")),
    st.integers(8_000, 33_000),
)
line = st.one_of(
    st.sampled_from(HOSTILE).map(said),
    st.text(max_size=30).map(said),
    st.sampled_from(("Cấp thẻ", "Hộ tịch, quốc tịch")),
).filter(bool)
lines = st.lists(line, min_size=1, max_size=3).map("\n".join).map(paragraphs).filter(bool)
day = st.dates(date.min, date.max).map(date.isoformat)
count = st.integers(0, 999)
decimal = st.one_of(st.integers(0, 9999), st.from_regex(r"\A[0-9]{1,4}\.[0-9]{1,2}\Z"))


def _some(**values: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=values)


fee = st.one_of(
    _some(amount_vnd=st.integers(0, 10**14), text=lines),
    st.fixed_dictionaries(
        {
            "amount": st.from_regex(r"\A[1-9][0-9]{0,5}(\.[0-9]{1,2})?\Z"),
            "currency": st.sampled_from(("USD", "EUR")),
        },
        optional={"text": lines},
    ),
)
channel = _some(
    way=st.sampled_from(("Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính", "=1+1")),
    time_value=decimal,
    time_unit=st.sampled_from(("giờ", "ngày", "ngày làm việc", "tuần", "tháng", "năm")),
    time_text=lines,
    fees=st.lists(fee, max_size=3),
    note=lines,
)
paper = st.fixed_dictionaries({"name": lines}, optional={"form": lines, "originals": count, "copies": count})
case = _some(case=lines, papers=st.lists(paper, max_size=3))
basis = st.fixed_dictionaries({"text": lines}, optional={"number": line, "issued_on": day})
names = st.lists(line, max_size=3)

contents = st.fixed_dictionaries(
    {"name": line},
    optional={
        "field_name": line,
        "issuing_agency_text": line,
        "levels": st.sets(st.sampled_from(("ministry", "provincial", "district", "communal", "other"))).map(
            sorted
        ),
        "is_vertical": st.booleans(),
        "procedure_type": line,
        "implementing": names,
        "competent": names,
        "authorised": names,
        "cooperating": names,
        "legal_bases": st.lists(basis, max_size=2),
        "steps": st.lists(st.one_of(lines, _long), max_size=3),
        "channels": st.lists(channel, max_size=3),
        "dossier": st.lists(case, max_size=3),
        "dossier_sets": count,
        "addressees": names,
        "results": st.lists(lines, max_size=2),
        "requirements": st.one_of(lines, _long),
        "description": lines,
        "keywords": names,
        "address": lines,
        "related": names,
        "decision_number": line,
        "decision_date": day,
    },
).map(normal)
codes = st.sampled_from(
    [f"{kind}.{number:06}" for kind in (1, 2, 6) for number in (1, 460, 12753)] + ["1.000460.H19"]
)
records = st.dictionaries(codes, contents, min_size=1, max_size=4).map(lambda found: sorted(found.items()))
