"""The official shapes of CPSV-AP 3.2.0, where the shared data folder is at hand: they find nothing in what is exported."""

from datetime import date
from pathlib import Path

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import SH

from catalogue.services import exports
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database
from pipelines.run import run
from tests import cpsv
from tests.cpsv import ADMS, BASE, CPSV

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
SHAPES = DATA / "cpsv-ap" / "shacl" / "cpsv-ap-SHACL.ttl"
SAMPLES = DATA / "cpsv-ap" / "samples"
CONFORMING = SAMPLES / "vn_1.001193_valid.ttl"
ONE_FAULT = sorted(SAMPLES.glob("bad_*.ttl"))
LIST = DATA / "procedure-lists" / "2025-04" / "danh-sach-tthc-2025-04-28.csv"
PAGES = DATA / "procedure-details" / "details-2026-07.jsonl.gz"

pytestmark = [pytest.mark.reads_only, cpsv.READS_JSONLD]

if SHAPES.is_file():

    @pytest.fixture(scope="module")
    def official() -> Graph:
        return Graph().parse(SHAPES)

    @pytest.fixture(scope="module")
    def ours() -> Graph:
        return Graph().parse(cpsv.CARDINALITIES)

    @pytest.fixture(scope="module")
    def whole() -> Graph:
        return cpsv.graph_of(cpsv.made_up())

    @pytest.fixture(scope="module")
    def quick(official: Graph) -> Graph:
        """The official shapes, each property asked of all nodes of a class at once: pyshacl asks the same node by node,
        and takes six times as long."""
        shapes = Graph()
        shapes += official
        for node, of_class in official.subject_objects(SH.targetClass):
            for part in official.objects(node, SH.property):
                shapes.remove((node, SH.property, part))
                shapes.add((part, SH.targetClass, of_class))
                shapes.add((part, RDF.type, SH.PropertyShape))
        return shapes

    def _all_of(installation: Installation) -> Graph:
        moment = installation.moment()
        return cpsv.read_fast(
            exports.open_export(installation, moment, "catalogue", "jsonld", with_abolished=True).pieces
        )

    def test_the_conforming_sample_has_no_violation(official: Graph, ours: Graph) -> None:
        for form in (".ttl", ".jsonld"):
            graph = Graph().parse(CONFORMING.with_suffix(form))
            assert len(graph) > 50
            assert cpsv.violations(graph, official) == cpsv.violations(graph, ours) == []

    @pytest.mark.parametrize("path", ONE_FAULT, ids=lambda path: path.stem)
    def test_each_one_fault_copy_has_exactly_one_violation(official: Graph, ours: Graph, path: Path) -> None:
        graph = Graph().parse(path)
        assert len(cpsv.violations(graph, official)) == len(cpsv.violations(graph, ours)) == 1

    @pytest.mark.parametrize("fault", cpsv.FAULTS)
    def test_the_official_shapes_find_the_faults_that_ours_find(
        official: Graph, quick: Graph, whole: Graph, fault: str
    ) -> None:
        assert cpsv.violations(whole, official) == []
        found = [cpsv.violations(cpsv.faulty(whole, fault), shapes) for shapes in (official, quick)]
        assert [len(lines) for lines in found] == [1, 1]
        assert len({tuple(lines[0].split()[:2]) for lines in found}) == 1, "the same node, the same property"

    def test_a_sample_of_the_demonstration_conforms(demo: Installation, official: Graph) -> None:
        record = cpsv.read(exports.open_export(demo, demo.moment(), "dcat", "jsonld").pieces)
        assert cpsv.violations(cpsv.graph_of(cpsv.sample(demo)) + record, official) == []

    def test_the_whole_demonstration_conforms(demo: Installation, quick: Graph) -> None:
        graph = _all_of(demo)
        assert sum(1 for _ in graph.subjects(RDF.type, CPSV.PublicService)) == 6469
        assert sum(1 for _ in graph.subjects(ADMS.status, BASE["status/in-force"])) == 6317
        assert cpsv.violations(graph, quick) == []


if SHAPES.is_file() and LIST.is_file() and PAGES.is_file():

    def test_an_imported_real_list_conforms(quick: Graph, tmp_path: Path) -> None:
        settings = Settings(data_dir=tmp_path / "real", demo=False)
        installation = open_installation(settings, Database.open(settings.database), demo=False)
        run(installation, "portal_list", LIST, date(2025, 4, 28), accept=True)
        run(installation, "portal_detail", PAGES, date(2026, 7, 31), accept=True)
        graph = _all_of(installation)
        installation.database.close()
        assert sum(1 for _ in graph.subjects(RDF.type, CPSV.PublicService)) > 4597
        assert cpsv.violations(graph, quick) == []
