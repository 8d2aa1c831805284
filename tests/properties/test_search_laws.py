"""The search index answers any moment as the store does, however it came to its state, and reads whatever is typed."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.model.period import Moment
from catalogue.services import search
from catalogue.services.installation import Installation
from catalogue.services.search import ProcedureFilter
from catalogue.settings import Settings
from catalogue.store.search_index import SearchIndex, Snapshot
from catalogue.store.search_query import Filters, Questions
from catalogue.store.search_reading import Understanding, understand

DAY = date(2024, 1, 1)
DAYS = 3
NAMES = ("Đăng ký khai sinh", "Cấp giấy phép", "Đăng ký lại khai sinh")


@dataclass(frozen=True)
class Written:
    """A version of one of three procedures; ids need not grow with revisions."""

    procedure: int
    day: int
    in_force: bool
    name: str
    place: int


@st.composite
def histories(draw: st.DrawFn) -> list[list[Written]]:
    size = draw(st.integers(1, 7))
    places = draw(st.permutations(range(size)))
    versions = [
        Written(
            draw(st.integers(0, 2)),
            draw(st.integers(0, DAYS - 1)),
            draw(st.booleans()),
            draw(st.sampled_from(NAMES)),
            place,
        )
        for place in places
    ]
    cuts = sorted(draw(st.sets(st.integers(1, size - 1)))) if size > 1 else []
    return [versions[start:end] for start, end in zip([0, *cuts], [*cuts, size], strict=True)]


class Catalogue:
    """One database that grows from example to example, so that an index meets what others left."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self._codes = count(1)

    def codes(self) -> list[str]:
        return [f"1.{next(self._codes):06d}" for _ in range(3)]

    def write(self, codes: list[str], versions: list[Written], known: set[str]) -> None:
        database = self.installation.database
        with database.transaction("test") as transaction:
            for code in sorted({codes[version.procedure] for version in versions} - known):
                identity = {"procedure_code": code, "national_code": code, "origin": "test"}
                transaction.append("procedure", [identity])
                known.add(code)
            first = int(codes[0][2:]) * 100
            transaction.append(
                "procedure_version",
                [
                    {
                        "version_id": first + version.place,
                        "procedure_code": codes[version.procedure],
                        "effective_date": DAY + timedelta(version.day),
                        "in_force": version.in_force,
                        "name": version.name,
                        "source": "test",
                        "content_hash": "",
                        "search_text": "",
                        "details": "{}",
                    }
                    for version in versions
                ],
            )

    def standing(self, moment: Moment) -> list[int]:
        frame = self.installation.database.read(
            "versions/standing", as_of=moment.as_of, revision=moment.revision, codes=None
        )
        return sorted(frame["version_id"])


@pytest.fixture(scope="module")
def catalogue(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    chosen = Settings(data_dir=tmp_path_factory.mktemp("search"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen, with_demo=False)
    yield Catalogue(installation)
    installation.database.close()


def found(snapshot: Snapshot, moment: Moment, text: str = "", in_force: bool | None = None) -> list[int]:
    questions = Questions(snapshot, moment)
    reading = understand(text, (), questions) if text else Understanding()
    return questions.find(reading, Filters({}, in_force), 100_000).version_ids


@given(history=histories())
@settings(max_examples=12)
def test_the_index_holds_at_any_moment_what_stands_in_the_store(
    catalogue: Catalogue, history: list[list[Written]]
) -> None:
    codes, known = catalogue.codes(), set[str]()
    index = catalogue.installation.database.search_index
    before = catalogue.installation.moment().revision
    for versions in history:
        catalogue.write(codes, versions, known)
        index.at(catalogue.installation.moment().revision)
    last = catalogue.installation.moment().revision
    anew = SearchIndex(catalogue.installation.database).at(last)
    for day, revision in product(range(-1, DAYS), range(before, last + 1)):
        moment = Moment(DAY + timedelta(day), None, revision)
        stands = catalogue.standing(moment)
        assert sorted(found(index.at(revision), moment)) == stands
        assert sorted(found(anew, moment)) == stands
        for text, in_force in product(("khai sinh", "giấy phép"), (True, None)):
            answers = [found(state, moment, text, in_force) for state in (index.at(revision), anew)]
            assert answers[0] == answers[1]


TYPED = st.text(alphabet="aáđ kỳhoàiy.1/\\\"'()[]{}*?~^:+-|&!<>=,;\u0301\u200b\x00\t𝐚", max_size=40)
WORDS = st.lists(
    st.sampled_from(["khai", "sinh", "sihn", "giấy", "AND", "OR", "name:", "1.00", "63/2010/NĐ-CP", "k"]),
    max_size=8,
).map(" ".join)


@given(text=st.text(max_size=60) | TYPED | WORDS)
@example(text="(")
@example(text="khai AND")
@example(text="name:")
@example(text="giấy phép " * 1000)
@example(text="x" * 10_000)
@example(text="1.")
@example(text="/")
@example(text="9/\ud800")
@settings(max_examples=50)
def test_whatever_is_typed_is_read(demo_installation: Installation, text: str) -> None:
    moment = demo_installation.moment()
    wanted = ProcedureFilter(text=text, in_force=None)
    rows = search.search(demo_installation, moment, wanted)
    totals = search.facets(demo_installation, moment, wanted)
    assert rows.height <= search.PAGE_SIZE
    assert rows["total"].unique().to_list() in ([], totals.filter(facet="total")["procedures"].to_list())


@pytest.fixture(scope="module")
def demo_installation(
    demo_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    chosen = Settings(data_dir=tmp_path_factory.mktemp("search-demo"))
    shutil.copy(demo_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen, with_demo=False)
    yield installation
    installation.database.close()
