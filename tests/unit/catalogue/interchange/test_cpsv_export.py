"""The catalogue as JSON-LD: what CPSV-AP 3.2.0 asks is kept, and what a record says is found again in the graph."""

from datetime import date
from functools import cache

import pytest
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS

from catalogue.interchange.open_data import service
from catalogue.interchange.open_data.dictionary import terms
from catalogue.interchange.open_data.names import segment
from catalogue.interchange.open_data.record import Document
from catalogue.services.installation import Installation
from tests import cpsv
from tests.cpsv import ADMS, BASE, CPSV, CV, OWN, SERVICE

pytestmark = [pytest.mark.reads_only, cpsv.READS_JSONLD]
CHANNELS = [SERVICE + f"/channel/{number}" for number in (1, 2, 3)]


@cache
def _shapes() -> Graph:
    return Graph().parse(cpsv.CARDINALITIES)


@pytest.fixture(scope="module")
def whole() -> Graph:
    """The graph of the procedures that are made up."""
    return cpsv.graph_of(cpsv.made_up())


def _texts(graph: Graph, subject: URIRef, predicate: URIRef) -> set[str]:
    return {str(value) for value in graph.objects(subject, predicate)}


def test_a_sample_of_the_demonstration_breaks_no_cardinality(demo: Installation) -> None:
    records = cpsv.sample(demo)
    graph = cpsv.graph_of(records)
    services = set(graph.subjects(RDF.type, CPSV.PublicService))
    assert len(services) == len(records) == 50
    assert {str(value) for value in graph.objects(None, ADMS.status)} == {
        f"{BASE}status/in-force",
        f"{BASE}status/abolished",
    }
    assert cpsv.violations(graph, _shapes()) == []
    untagged = [
        row
        for row in graph
        if row[1] in (DCTERMS.title, DCTERMS.description, SKOS.prefLabel) and row[2].language != "vi"
    ]
    assert untagged == []


@pytest.mark.parametrize("fault", cpsv.FAULTS)
def test_each_fault_is_one_violation(whole: Graph, fault: str) -> None:
    assert cpsv.violations(whole, _shapes()) == []
    assert len(cpsv.violations(cpsv.faulty(whole, fault), _shapes())) == 1


def test_times_are_said_where_they_can_be_said(whole: Graph) -> None:
    said = [whole.value(channel, CV.processingTime) for channel in CHANNELS]
    days = [None if one is None else str(one) for one in said]
    assert days == ["P10D", "PT12H", None], "half a day has hours; three of what is not told"
    assert {one.datatype for one in said if one is not None} == {XSD.duration}
    assert whole.value(SERVICE, CV.processingTime) is None, "never one of several"
    assert whole.value(CHANNELS[0], OWN.timeUnit) == BASE["unit/ngày_làm_việc"]
    assert _texts(whole, CHANNELS[0], DCTERMS.description) == {
        "Thời hạn giải quyết: 10 ngày làm việc\nNộp tại bộ phận một cửa"
    }
    assert _texts(whole, CHANNELS[2], DCTERMS.description) == {"Thời hạn giải quyết: 3 hoặc 5 tùy hồ sơ"}
    same = BASE["procedure/1.012753"]
    assert str(whole.value(same, CV.processingTime)) == "P14D", "two weeks and fourteen days are one time"


def test_copies_of_one_national_code_are_two_services(whole: Graph) -> None:
    copies = [BASE["procedure/1.012753"], BASE["procedure/1.012753.H37"]]
    assert [_texts(whole, one, DCTERMS.identifier) for one in copies] == [{"1.012753"}] * 2
    assert [_texts(whole, one, OWN.fullCode) for one in copies] == [{"1.012753"}, {"1.012753.H37"}]
    identifiers = [str(value) for value in whole.objects(None, DCTERMS.identifier) if "#" in value]
    assert len(identifiers) == len(set(identifiers)), "whatever hangs on a copy is its own"


def test_a_description_is_there_whatever_the_source_says(whole: Graph) -> None:
    assert _texts(whole, SERVICE, DCTERMS.description) == {"Mô tả riêng"}
    assert _texts(whole, BASE["procedure/3.000001"], DCTERMS.description) == {"Thủ tục chỉ có tên"}
    stepped = cpsv.record("3.000002", {"name": "Tên", "steps": ["Bước 1", "Bước 2"]})
    graph = cpsv.graph_of([stepped])
    assert _texts(graph, BASE["procedure/3.000002"], DCTERMS.description) == {"Bước 1\nBước 2"}


def test_fees_are_doubles_in_their_currency_on_their_channel(whole: Graph) -> None:
    costs = {
        str(cost).rsplit("/", 1)[1]: (
            whole.value(cost, CV.hasValue),
            str(whole.value(cost, CV.currency)).rsplit("/", 1)[-1],
            whole.value(cost, CV.ifAccessedThrough),
        )
        for cost in whole.objects(SERVICE, CV.hasCost)
    }
    assert costs == {
        "1": (Literal("25.5", datatype=XSD.double), "USD", CHANNELS[0]),
        "2": (None, "None", CHANNELS[0]),
        "3": (Literal("0.0", datatype=XSD.double), "VND", CHANNELS[1]),
    }


def test_who_decides_is_known_by_code_or_by_name_or_said_to_be_unknown(whole: Graph) -> None:
    assert set(whole.objects(SERVICE, CV.hasCompetentAuthority)) == {
        BASE["agency/ubnd-lang-son"],
        BASE["agency/bo-tu-phap"],
    }
    assert whole.value(BASE["agency/ubnd-lang-son"], DCTERMS.spatial) == BASE["place/Lạng_Sơn"]
    (unknown,) = whole.objects(BASE["procedure/3.000001"], CV.hasCompetentAuthority)
    assert _texts(whole, unknown, SKOS.prefLabel) == {"Chưa có thông tin về cơ quan"}
    only_carried_out = cpsv.record("3.000003", {"name": "Tên", "implementing": ["Sở Y tế"]})
    graph = cpsv.graph_of([only_carried_out])
    assert set(graph.objects(None, CV.hasCompetentAuthority)) == {BASE["agency/name/Sở_Y_tế"]}


def test_a_document_is_its_number_and_its_date(whole: Graph) -> None:
    assert set(whole.objects(SERVICE, CV.hasLegalResource)) == {
        BASE["document/60%2F2014%2FQH13/2014-11-20"],
        BASE["document/04%2F2020%2FTT-BTP/2020-05-28"],
        SERVICE + "/legal-basis/3",
    }
    assert set(whole.objects(SERVICE + "/steps", CPSV.implements)) == set(
        whole.objects(SERVICE, CV.hasLegalResource)
    )


def test_no_requirement_is_made_of_a_text_that_says_there_is_none(whole: Graph) -> None:
    assert set(whole.subjects(CV.holdsRequirement)) == {SERVICE}
    assert _texts(whole, SERVICE + "/requirement", DCTERMS.title) == {"Yêu cầu, điều kiện"}
    short = cpsv.graph_of([cpsv.record("3.000004", {"name": "Tên", "requirements": "Có mặt bằng."})])
    assert _texts(short, BASE["procedure/3.000004/requirement"], DCTERMS.title) == {"Có mặt bằng."}


def test_what_cpsv_has_no_place_for_is_said_in_terms_that_the_graph_explains(whole: Graph) -> None:
    assert set(whole.objects(SERVICE, OWN.level)) == {BASE["level/communal"], BASE["level/provincial"]}
    decision = whole.value(SERVICE, OWN.publicationDecision)
    assert decision == BASE["document/2226%2FQĐ-BTP/2024-02-29"]
    assert _texts(whole, SERVICE + "/paper/1", OWN.dossierCase) == {"Lần đầu"}
    used = {str(row[1]) for row in whole} | {str(value) for value in whole.objects(None, RDF.type)}
    used_own = {name.removeprefix(str(OWN)) for name in used if name.startswith(str(OWN))}
    explained = {term["term"] for term in terms()}
    assert explained - used_own == {"knownAt"}, "said only of what is known at a past day"
    assert used_own <= explained
    for term in explained:
        assert {value.language for value in whole.objects(OWN[term], RDFS.comment)} == {"vi", "en"}


def test_texts_come_back_as_they_are(whole: Graph) -> None:
    assert whole.value(SERVICE, DCTERMS.title) == Literal(cpsv.WHOLE["name"], lang="vi")
    addressee = whole.value(SERVICE, DCTERMS.audience)
    assert _texts(whole, addressee, SKOS.prefLabel) == {"Tổ chức (không bao gồm doanh nghiệp, HTX)"}


def test_two_programs_read_the_same_graph(whole: Graph) -> None:
    pieces = cpsv.graph_pieces(cpsv.ABOUT, cpsv.batched(cpsv.made_up(), 2), cpsv.Counter())
    assert set(cpsv.read_fast(pieces)) == set(whole)


def test_the_graph_is_the_same_however_many_are_written_at_a_time(demo: Installation) -> None:
    records = cpsv.sample(demo)[38:]
    one_by_one = [
        cpsv.graph_pieces(cpsv.ABOUT, cpsv.batched(records, size), cpsv.Counter()) for size in (1, 20)
    ]
    first, second = (set(cpsv.read(pieces)) for pieces in one_by_one)
    assert first == second


def test_no_two_texts_have_one_name() -> None:
    texts = ["a b", "a_b", "a%20b", "a/b", "a:b", "Hộ tịch", "Hộ tịch.", "ho tich", "a\nb", "<a>", "a%5Fb"]
    assert len({segment(text) for text in texts}) == len(texts)
    assert segment("Hộ tịch") == "Hộ_tịch"
    assert not set(segment("".join(texts))) & set(' /:<>"{}|\\^`\n#?')


def test_decisions_of_two_provinces_under_one_number_are_two_documents() -> None:
    day = date(2024, 5, 2)
    found = {
        service._document("475/QĐ-UBND", day, known)
        for known in (Document(7), Document(8), Document(0), None)
    }
    assert found == {"document/475%2FQĐ-UBND/2024-05-02/7", "document/475%2FQĐ-UBND/2024-05-02/8", None}
    assert service._document("07/2024/TT-BYT", day, None) == "document/07%2F2024%2FTT-BYT/2024-05-02"


def test_a_text_of_dots_names_no_other_place() -> None:
    assert segment("..") == "%2E%2E"
    assert segment("1.5") == "1.5"
