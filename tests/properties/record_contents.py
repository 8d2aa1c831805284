"""Contents of records as hypothesis draws them: few words, so that equal, respelt and changed parts all come up."""

from datetime import date

from hypothesis import strategies as st

from catalogue.model.content import ROLES

words = st.sampled_from(
    ["Tờ khai", "tờ khai", "Giấy uỷ quyền", "Giấy ủy quyền", "Sổ hộ khẩu", "Ảnh 3x4", "Bản sao", "Mẫu 02"]
)
texts = st.lists(words, max_size=3)
days = st.dates(date(2020, 1, 1), date(2020, 1, 3)).map(date.isoformat)
fees = st.lists(
    st.fixed_dictionaries(
        {}, optional={"amount_vnd": st.sampled_from([0, 50_000]), "text": words, "currency": st.just("USD")}
    ).filter(bool),
    max_size=2,
)
channels = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "way": st.sampled_from(["direct", "online"]),
            "time_value": st.sampled_from([3, 7, "0.5"]),
            "time_unit": st.sampled_from(["ngày", "giờ"]),
            "time_text": words,
            "fees": fees,
            "note": words,
        },
    ).filter(bool),
    max_size=3,
)
papers = st.lists(
    st.fixed_dictionaries(
        {"name": words}, optional={"form": words, "originals": st.integers(0, 2), "copies": st.integers(0, 2)}
    ),
    min_size=1,
    max_size=4,
)
cases = st.lists(
    st.fixed_dictionaries({"papers": papers}, optional={"case": st.sampled_from(["Lần đầu", "Cấp lại"])}),
    max_size=3,
)
bases = st.lists(
    st.fixed_dictionaries(
        {"text": words}, optional={"number": st.sampled_from(["896/QĐ-TTg", "1/NĐ-CP"]), "issued_on": days}
    ),
    max_size=3,
)
contents = st.fixed_dictionaries(
    {"name": words},
    optional={
        "field_name": words,
        "issuing_agency_text": words,
        "levels": st.lists(st.sampled_from(["communal", "ministry"]), unique=True).map(sorted),
        "is_vertical": st.booleans(),
        "procedure_type": words,
        **dict.fromkeys((*ROLES, "steps", "addressees", "results", "keywords", "related"), texts),
        "legal_bases": bases,
        "channels": channels,
        "dossier": cases,
        "dossier_sets": st.integers(1, 3),
        **dict.fromkeys(("requirements", "description", "address", "decision_number"), words),
        "decision_date": days,
    },
)
