"""The catalogue given away: read some at a time at one moment, whatever is written meanwhile; and the record of it all."""

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph
from rdflib.namespace import DCTERMS

from catalogue.errors import CatalogueError, Invalid, NotFound
from catalogue.interchange.open_data.forms import forms, media_type
from catalogue.interchange.open_data.graph import graph_pieces
from catalogue.model.content import ROLES
from catalogue.model.period import Organisation
from catalogue.services import exports, versions
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion
from tests import cpsv
from tests.cpsv import CV, DCAT

pytestmark = [pytest.mark.reads_only, cpsv.READS_JSONLD]
IANA = "https://www.iana.org/assignments/media-types/"


def _codes(installation: Installation, batches: int, size: int, **more: Any) -> list[str]:
    found = exports.batches(installation, installation.moment(), size=size, **more)
    return [record.code for batch in islice(found, batches) for record in batch]


def test_a_batch_is_read_when_it_is_asked_for(demo: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    read = demo.database.read
    asked: list[str] = []

    def counted(name: str, /, **params: Any) -> Any:
        asked.append(name)
        return read(name, **params)

    monkeypatch.setattr(demo.database, "read", counted)
    monkeypatch.setattr(exports, "BATCH", 10)
    export = exports.open_export(demo, demo.moment(), "catalogue", "jsonld")
    next(export.pieces)
    assert asked == [], "the head of the graph is written before anything is read"
    for batch in (1, 2):
        next(export.pieces)
        assert asked.count("exports/procedures") == batch
    assert export.counts == {"procedures": 20}


def test_batches_follow_each_other_without_gap_or_repetition(demo: Installation) -> None:
    known = demo.database.read(
        "exports/procedures", as_of=demo.working_date, revision=demo.moment().revision, after="", size=60, with_abolished=True
    )  # fmt: skip
    expected = known["procedure_code"].to_list()
    assert _codes(demo, 3, 20, with_abolished=True) == expected == sorted(set(expected))
    assert set(_codes(demo, 1, 40)) < set(expected), (
        "the abolished ones are left out unless they are asked for"
    )


@pytest.mark.writes
def test_what_is_recorded_meanwhile_does_not_change_an_export(demo: Installation) -> None:
    moment = demo.moment()
    found = exports.batches(demo, moment, size=5)
    before = next(exports.batches(demo, moment, size=10))
    first = next(found)
    last = before[-1]
    with demo.database.transaction("a test") as transaction:
        following = NextVersion(last.code, demo.working_date, {"name": "Tên mới"}, "a test", in_force=False)
        versions.write(transaction, demo.reference, [following])
    assert first + next(found) == before
    assert last.code not in _codes(demo, 1, 10), "a later question sees it"


def test_a_record_has_its_decision_its_documents_and_its_agencies(demo: Installation) -> None:
    today = demo.moment(organisation=Organisation.TODAY)
    records = next(exports.batches(demo, today, size=2500))
    moved = {
        (one.issuing.code, one.answering.code)
        for one in records
        if one.issuing and one.answering and one.issuing != one.answering
    }
    assert ("bo-giao-thong-van-tai", "bo-xay-dung") in moved
    decided = next(one for one in records if one.decision)
    assert decided.decided_by == decided.decision
    assert decided.decision and decided.decision.number and decided.decision.issued_on
    named = {text for one in records for text in one.bodies}
    assert named and named <= {
        text for one in records for role in ROLES for text in one.version.agencies.get(role, ())
    }
    based = [one for one in records if one.documents]
    assert based
    for one in based:
        assert set(one.documents) <= {basis.text for basis in one.version.legal_bases or ()}


def test_an_abolished_procedure_was_in_force_before(demo: Installation) -> None:
    records = next(exports.batches(demo, demo.moment(), with_abolished=True, size=100))
    gone = next(one for one in records if not one.version.in_force)
    before = demo.moment(gone.version.effective_date - timedelta(days=1))
    found = next(exports.batches(demo, before, size=100))
    assert next(one for one in found if one.code == gone.code).version.in_force


@pytest.mark.parametrize(
    ("name", "form", "error"),
    [("nothing", "csv", NotFound), ("catalogue", "csv", Invalid), ("procedures", "xlsx", Invalid)],
)
def test_what_there_is_not_is_refused_before_anything_is_read(
    demo: Installation, name: str, form: str, error: type[CatalogueError]
) -> None:
    with pytest.raises(error):
        exports.open_export(demo, demo.moment(), name, form)


def test_the_dcat_record_names_files_that_can_be_had(demo: Installation) -> None:
    address = "https://dulieu.example:8443"
    export = exports.open_export(demo, demo.moment(), "dcat", "jsonld", address=address)
    graph = cpsv.read(export.pieces)
    files = {}
    for one in graph.subjects(RDF.type, DCAT.Distribution):
        url = str(graph.value(one, DCAT.downloadURL))
        name, _, form = url.removeprefix(f"{address}/api/v1/exports/").partition(".")
        files[name, form] = graph.value(one, DCAT.mediaType), graph.value(one, DCAT.packageFormat)
        assert str(graph.value(one, DCTERMS.license)).startswith("https://creativecommons.org/")
        (note,) = graph.objects(one, DCTERMS.rights)
        assert {value.language for value in graph.objects(note, RDFS.label)} == {"vi", "en"}, "assumed"
    offered = {(name, form) for name, of_name in forms().items() for form in of_name}
    assert offered - set(files) == {("dictionary", "json"), ("dcat", "jsonld")}
    assert [str(one) for one in files["catalogue", "csv.zip"]] == [
        f"{IANA}text/csv",
        f"{IANA}application/zip",
    ]
    assert files["procedures", "parquet"] == (
        graph.resource(f"{IANA}{media_type('parquet')}").identifier,
        None,
    )
    dataset = cpsv.BASE["dataset/catalogue"]
    assert (
        str(graph.value(dataset, DCTERMS.issued))
        < str(graph.value(dataset, DCTERMS.modified))
        <= "2024-03-21"
    )
    assert {value.language for value in graph.objects(dataset, DCTERMS.title)} == {"vi", "en"}
    standard = graph.value(cpsv.BASE["distribution/catalogue.jsonld"], DCTERMS.conformsTo)
    assert "3.2.0" in str(standard) and str(graph.value(standard, DCTERMS.title)) == "CPSV-AP 3.2.0"
    assert cpsv.violations(graph + cpsv.graph_of(cpsv.made_up()), Graph().parse(cpsv.CARDINALITIES)) == []


def test_the_dcat_record_of_a_past_moment_points_to_that_moment(demo: Installation) -> None:
    past = demo.moment(date(2024, 1, 1), date(2024, 2, 1))
    record = exports.dcat_record(demo, past)
    urls = [node["dcat:downloadURL"] for node in record["@graph"] if "dcat:downloadURL" in node]
    assert urls and all(url.endswith("?as_of=2024-01-01&known_at=2024-02-01") for url in urls)
    assert all(
        "?" not in node.get("dcat:downloadURL", "")
        for node in exports.dcat_record(demo, demo.moment())["@graph"]
    )


def test_the_graph_says_which_moment_it_describes(demo: Installation) -> None:
    moment = demo.moment(date(2024, 1, 1), date(2024, 2, 1))
    head = graph_pieces(exports.graph_about(demo, moment), [], Counter())
    graph = cpsv.read(head)
    dataset = cpsv.BASE["dataset/catalogue"]
    said = [str(graph.value(dataset, cpsv.OWN[name])) for name in ("asOf", "knownAt", "revision")]
    assert said == ["2024-01-01", "2024-02-01", str(moment.revision)]
    text = str(graph.value(dataset, DCTERMS.description))
    assert "01/01/2024" in text and "DỮ LIỆU TRÌNH DIỄN" in text and "giả định" in text
    assert (dataset, DCTERMS.publisher, cpsv.BASE["agency/van-phong-chinh-phu"]) in graph
    assert not set(graph.subjects(CV.hasCompetentAuthority))
