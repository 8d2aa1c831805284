"""Procedures for tests of the open data, their graph, and copies of it with one fault each."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyshacl import validate
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SH, SKOS
from rdflib.term import Node

from catalogue.interchange.open_data.graph import About, graph_pieces
from catalogue.interchange.open_data.record import Body, Document, OpenRecord
from catalogue.model.version import version_of
from catalogue.services import exports
from catalogue.services.installation import Installation

BASE = Namespace("https://tthc.example/")
OWN = Namespace(f"{BASE}vocabulary#")
CV, CPSV = Namespace("http://data.europa.eu/m8g/"), Namespace("http://purl.org/vocab/cpsv#")
ADMS, DCAT = Namespace("http://www.w3.org/ns/adms#"), Namespace("http://www.w3.org/ns/dcat#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")

CARDINALITIES = Path(__file__).parent / "unit/catalogue/interchange/cpsv_cardinalities.ttl"
# rdflib's own reader of JSON-LD uses what rdflib calls deprecated.
READS_JSONLD = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

ABOUT = About(
    namespace=str(BASE),
    publisher=Body("van-phong-chinh-phu", "Văn phòng Chính phủ"),
    licence="https://creativecommons.org/licenses/by/4.0/",
    title="Danh mục thủ tục hành chính",
    description="Danh mục trong một ca kiểm thử",
    as_of=date(2024, 3, 21),
    known_at=None,
    revision=1,
)
MINISTRY = Body("bo-tu-phap", "Bộ Tư pháp")
PROVINCE = Body("ubnd-lang-son", "Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn")

# Two channels that differ, a fee in another currency, two cases, every agency role, a document known to the ledger.
WHOLE: dict[str, Any] = {
    "name": "Cấp giấy phép “thử”: đặt tên có dấu < > & và \\ trong đó",
    "field_name": "Hộ tịch",
    "issuing_agency_text": "Bộ Tư pháp",
    "levels": ["communal", "provincial"],
    "is_vertical": False,
    "procedure_type": "Loại khác",
    "implementing": ["Sở Tư pháp"],
    "competent": ["Ủy ban nhân dân tỉnh Lạng Sơn", "Bộ Tư pháp"],
    "authorised": ["Phòng Tư pháp"],
    "cooperating": ["Công an cấp xã"],
    "legal_bases": [
        {"text": "Luật Hộ tịch", "number": "60/2014/QH13", "issued_on": "2014-11-20"},
        {"text": "Thông tư đã biết"},
        {"text": "Nghị định không rõ ngày", "number": "123/2015/NĐ-CP"},
    ],
    "steps": ["Bước 1: Nộp hồ sơ.", "Bước 2: Trả kết quả."],
    "channels": [
        {
            "way": "Trực tiếp",
            "time_value": 10,
            "time_unit": "ngày làm việc",
            "fees": [{"amount": "25.5", "currency": "USD", "text": "25,5 USD"}, {"text": "Theo quy định"}],
            "note": "Nộp tại bộ phận một cửa",
        },
        {"way": "Trực tuyến", "time_value": "0.5", "time_unit": "ngày", "fees": [{"amount_vnd": 0}]},
        {"way": "Dịch vụ bưu chính", "time_value": 3, "time_text": "3 hoặc 5 tùy hồ sơ"},
    ],
    "dossier": [
        {"case": "Lần đầu", "papers": [{"name": "Tờ khai", "form": "Mẫu 01", "originals": 1, "copies": 0}]},
        {"case": "Cấp lại", "papers": [{"name": "Đơn đề nghị"}, {"name": "Giấy khai sinh", "copies": 2}]},
    ],
    "dossier_sets": 2,
    "addressees": ["Tổ chức (không bao gồm doanh nghiệp, HTX)"],
    "results": ["Giấy phép"],
    "requirements": "Có mặt bằng.\n" + "Điều kiện dài. " * 40,
    "description": "Mô tả riêng",
    "keywords": ["khai sinh"],
    "address": "Số 1, phố Hàng Bài",
    "related": ["Thủ tục khác"],
    "decision_number": "2226/QĐ-BTP",
    "decision_date": "2024-02-29",
}
BARE: dict[str, Any] = {"name": "Thủ tục chỉ có tên"}
LISTED: dict[str, Any] = {
    "name": "Thủ tục của danh mục",
    "issuing_agency_text": "Ủy ban nhân dân tỉnh Lạng Sơn",
    "requirements": "Không.",
    "channels": [
        {"way": "Trực tiếp", "time_value": 2, "time_unit": "tuần"},
        {"way": "Trực tuyến", "time_value": 14, "time_unit": "ngày"},
    ],
}


def record(code: str, content: dict[str, Any], *, in_force: bool = True, **more: Any) -> OpenRecord:
    """A procedure that says this from 1 January 2024 on."""
    version = version_of(content, version_id=7, code=code, effective_date=date(2024, 1, 1), in_force=in_force)
    given = {"national_code": code, "agency_suffix": None, "source": "interchange"} | more
    return OpenRecord(version=version, **given)


def made_up() -> list[OpenRecord]:
    """What the demonstration has none of: a whole record with everything in it, one with a name only, and two agencies'
    copies of one national code."""
    copies = [
        record(code, LISTED, national_code="1.012753", agency_suffix=suffix, issuing=PROVINCE)
        for code, suffix in (("1.012753", None), ("1.012753.H37", "H37"))
    ]
    return [
        record(
            "2.000460",
            WHOLE,
            issuing=MINISTRY,
            answering=MINISTRY,
            bodies={"Bộ Tư pháp": MINISTRY, "Ủy ban nhân dân tỉnh Lạng Sơn": PROVINCE},
            documents={"Thông tư đã biết": Document(5, "04/2020/TT-BTP", date(2020, 5, 28), "Thông tư 04")},
        ),
        record("3.000001", BARE),
        *copies,
    ]


def sample(installation: Installation) -> list[OpenRecord]:
    """About fifty procedures of an installation, an abolished one among them, and those that are made up."""
    moment = installation.moment()
    found = next(exports.batches(installation, moment, with_abolished=True, size=100))
    in_force = [one for one in found if one.version.in_force]
    gone = [one for one in found if not one.version.in_force]
    return [*in_force[:45], *gone[:1], *made_up()]


def graph_of(records: Iterable[OpenRecord]) -> Graph:
    """The graph that a reader makes of the export of some procedures, written two a batch."""
    return read(graph_pieces(ABOUT, batched(records, 2), Counter()))


def read(pieces: Iterable[bytes]) -> Graph:
    """A JSON-LD document as a graph."""
    return Graph().parse(data=b"".join(pieces), format="json-ld")


def read_fast(pieces: Iterable[bytes]) -> Graph:
    """The same by Oxigraph's reader: rdflib's takes three times as long, which counts for a whole catalogue."""
    graph, known = Graph(), dict[Any, Node]()
    for quad in pyoxigraph.parse(b"".join(pieces), format=pyoxigraph.RdfFormat.JSON_LD):
        for term in quad.triple:
            if term not in known:
                known[term] = _node(term)
        graph.add((known[quad.subject], known[quad.predicate], known[quad.object]))
    return graph


def _node(term: Any) -> Node:
    match term:
        case pyoxigraph.NamedNode():
            return URIRef(term.value)
        case pyoxigraph.BlankNode():
            return BNode(term.value)
    kind = URIRef(term.datatype.value)
    return Literal(
        term.value, lang=term.language, datatype=None if term.language or kind == XSD.string else kind
    )


def batched(records: Iterable[OpenRecord], size: int) -> Iterator[list[OpenRecord]]:
    """Records some at a time."""
    rest = iter(records)
    while batch := list(islice(rest, size)):
        yield batch


def violations(graph: Graph, shapes: Graph) -> list[str]:
    """What a graph has against shapes, one line a violation."""
    _, report, _ = validate(graph, shacl_graph=shapes, inplace=True)
    return [
        " ".join(str(report.value(one, part)) for part in (SH.focusNode, SH.resultPath, SH.resultMessage))
        for one in report.subjects(RDF.type, SH.ValidationResult)
    ]


Change = Callable[[Graph], object]
SERVICE = BASE["procedure/2.000460"]


def _without(subject: URIRef, predicate: URIRef, value: Any = None) -> Change:
    return lambda graph: graph.remove((subject, predicate, value))


def _also(subject: URIRef, predicate: URIRef, *values: Any) -> Change:
    return lambda graph: [graph.add((subject, predicate, value)) for value in values]


def _instead(subject: URIRef, predicate: URIRef, value: Any) -> Change:
    return lambda graph: graph.set((subject, predicate, value))


def _lasting(text: str) -> Literal:
    return Literal(text, datatype=XSD.duration)


_USD = URIRef("http://publications.europa.eu/resource/authority/currency/USD")
_CHANNEL, _COST = SERVICE + "/channel/1", SERVICE + "/cost/1"
# Each breaks one rule of the mapping in one place of the graph of `made_up`.
FAULTS: dict[str, Change] = {
    "no authority": _without(SERVICE, CV.hasCompetentAuthority),
    "an authority that is a text": _also(SERVICE, CV.hasCompetentAuthority, Literal("Bộ Tư pháp", lang="vi")),
    "a title without a language": _instead(SERVICE, DCTERMS.title, Literal("Cấp giấy phép")),
    "no title": _without(SERVICE, DCTERMS.title),
    "no description": _without(SERVICE, DCTERMS.description),
    "no identifier": _without(SERVICE, DCTERMS.identifier),
    "two identifiers": _also(SERVICE, DCTERMS.identifier, Literal("2.000461")),
    "a duration in words": _instead(_CHANNEL, CV.processingTime, Literal("10 ngày làm việc")),
    "two times of a channel": _also(_CHANNEL, CV.processingTime, _lasting("P11D")),
    "two times of a service": _also(SERVICE, CV.processingTime, _lasting("P1D"), _lasting("P2D")),
    "a concept that is not typed": _without(_USD, RDF.type),
    "a status that is a text": _instead(SERVICE, ADMS.status, Literal("Còn hiệu lực", lang="vi")),
    "a decimal for a double": _instead(_COST, CV.hasValue, Literal("25.5", datatype=XSD.decimal)),
    "two values of a cost": _also(_COST, CV.hasValue, Literal("26.0", datatype=XSD.double)),
    "a cost without an identifier": _without(_COST, DCTERMS.identifier),
    "a paper without a title": _without(SERVICE + "/paper/2", DCTERMS.title),
    "steps without a description": _without(SERVICE + "/steps", DCTERMS.description),
    "a requirement without a language": _instead(SERVICE + "/requirement", DCTERMS.title, Literal("Yêu cầu")),
    "a participation without a role": _without(SERVICE + "/participation/1", CV.role),
    "a participant of no kind": _without(BASE["agency/name/Công_an_cấp_xã"], RDF.type, FOAF.Agent),
    "an organisation without a place": _without(BASE["agency/ubnd-lang-son"], DCTERMS.spatial),
    "an organisation without a name": _without(BASE["agency/ubnd-lang-son"], SKOS.prefLabel),
    "a data set without a publisher": _without(BASE["dataset/catalogue"], DCTERMS.publisher),
    "a legal basis that is a text": _also(SERVICE, CV.hasLegalResource, Literal("Luật Hộ tịch", lang="vi")),
}


def faulty(graph: Graph, fault: str) -> Graph:
    """A copy of the graph of `made_up` with one fault."""
    copy = Graph()
    copy += graph
    FAULTS[fault](copy)
    assert set(copy) != set(graph)
    return copy
