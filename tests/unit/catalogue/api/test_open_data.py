"""The routes of the open data: the services' own numbers, both clocks, every row once, nothing for signed-in people only."""

import asyncio
from datetime import date
from threading import Lock, Thread
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest
from anyio.to_thread import current_default_thread_limiter
from starlette.testclient import TestClient

from catalogue.api.application import ROUTERS
from catalogue.api.kept_answers import KeptAnswers
from catalogue.api.turns import AT_ONCE, TurnRoute, in_turn
from catalogue.services import (
    agency_standing,
    decisions,
    figures,
    indicators,
    instruments,
    procedures,
    search,
)
from catalogue.services.figures import DECENTRALISATION, SIMPLIFICATION
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only


@pytest.fixture
def client(demo: Installation, open_data_client: TestClient) -> TestClient:
    return open_data_client


def ask(client: TestClient, path: str) -> dict[str, Any]:
    """The answer as JSON, which names its moment."""
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    assert body["is_demonstration"] is True
    assert answer.headers["X-As-Of"] == body["clocks"]["as_of"]
    assert answer.headers["X-Revision"] == str(body["clocks"]["revision"])
    assert body["links"]["self"].startswith(f"/api/v1{quote(path.split('?')[0])}")
    return body


def every_page(client: TestClient, path: str) -> list[dict[str, Any]]:
    """The rows of all pages, as `links.next` leads from one to the next."""
    rows: list[dict[str, Any]] = []
    link = f"/api/v1{path}"
    while link:
        answer = client.get(link)
        body = answer.json()
        assert body["count"] == len(body["data"])
        assert (body["links"]["next"] is None) == ('rel="next"' not in answer.headers["Link"])
        rows += body["data"]
        link = body["links"]["next"]
    assert len(rows) == body["total"]
    return rows


@pytest.mark.parametrize(
    ("path", "total"),
    [
        ("/procedures", 6317),
        ("/procedures?level_group=central", 3835),
        ("/procedures?level_group=local", 1328),
        ("/procedures?level_group=vertical", 1728),
        ("/decisions", 1544),
        (f"/items?programme={SIMPLIFICATION}", 1086),
        (f"/items?programme={SIMPLIFICATION}&progress=done", 658),
        (f"/items?programme={DECENTRALISATION}&progress=done", 195),
        (f"/items?programme={DECENTRALISATION}&deadline=overdue", 58),
        ("/figures/simplification.done/items", 1086),
        ("/figures/simplification.done/items?side=numerator", 658),
        ("/figures/decentralisation.agencies/items?side=numerator", 17),
        ("/figures/catalogue.total/items", 6317),
        ("/programmes", 3),
    ],
)
def test_a_list_counts_what_was_published(client: TestClient, path: str, total: int) -> None:
    body = ask(client, f"{path}{'&' if '?' in path else '?'}limit=3")
    assert (body["total"], body["count"]) == (total, 3)


def test_figures_are_those_of_the_ledger_at_both_clocks(client: TestClient, demo: Installation) -> None:
    done = ask(client, "/figures/simplification.done")["data"]
    assert (done["numerator"], done["denominator"], done["percent"]) == (658, 1086, 60.5893)
    assert done["printed"][0]["relation"] == "rounded"
    assert "/api/v1/figures/simplification.done?as_of=2024-03-21&known_at=" in done["citation"]["url"]
    for as_of, known_at in ((date(2024, 2, 29), None), (date(2023, 10, 31), date(2023, 11, 30))):
        clocks = f"as_of={as_of}" + (f"&known_at={known_at}" if known_at else "")
        body = ask(client, f"/figures?limit=500&{clocks}")
        moment = demo.moment(as_of, known_at)
        assert body["clocks"] == {
            "as_of": str(as_of),
            "known_at": known_at and str(known_at),
            "revision": moment.revision,
            "agencies": "at_the_time",
        }
        told = {row["measure"]: (row["numerator"], row["denominator"]) for row in body["data"]}
        known = figures.compute_all(demo, moment)
        assert told == {one.measure: (one.numerator, one.denominator) for one in known}
    cited = client.get(done["citation"]["url"]).json()["data"]
    assert (cited["numerator"], cited["denominator"]) == (658, 1086)
    assert cited["history"][-1] == {
        "as_of": "2024-03-21", "numerator": 658, "denominator": 1086, "percent": 60.5893,
    }  # fmt: skip


def test_a_search_is_that_of_the_page(client: TestClient, demo: Installation) -> None:
    body = ask(client, "/procedures?q=giay khai sihn&agency=bo-tu-phap&limit=20")
    wanted = search.ProcedureFilter(text="giay khai sihn", agency="bo-tu-phap")
    found = search.search(demo, demo.moment(), wanted)
    assert [row["procedure_code"] for row in body["data"]] == found["procedure_code"].to_list()
    assert body["total"] == found["total"][0]
    assert body["reading"]["corrected"] == [{"typed": "sihn", "searched": "sinh"}]


def test_a_record_and_its_versions_are_those_of_the_page(client: TestClient, demo: Installation) -> None:
    code = "1.901364"
    record = ask(client, f"/procedures/{code}")["data"]
    known = procedures.get(demo, demo.moment(), code)
    assert (record["name"], record["version_id"]) == (known.version.name, known.version.version_id)
    fee = known.content["channels"][0]["fees"][0]["amount_vnd"]
    assert record["content"]["channels"][0]["fees"][0]["amount_vnd"] == fee > 0
    versions = ask(client, f"/procedures/{code}/versions")["data"]
    assert [row["effective_date"] for row in versions] == [
        str(step.version.effective_date) for step in procedures.versions(demo, demo.moment(), code)
    ]
    assert versions[1]["changed_parts"] == ["channels"]
    older = ask(client, f"/procedures/{code}?as_of={versions[0]['effective_date']}")["data"]
    assert older["version_id"] == versions[0]["version_id"]


def test_a_diff_tells_typed_changes_between_two_days(client: TestClient) -> None:
    told = ask(client, "/procedures/1.901364/diff?from=2021-03-25&to=2021-03-26")["data"]
    assert told["summary"] == {
        "papers_dropped": 0, "papers_added": 0, "time": -3.0, "time_unit": "ngày làm việc", "fee_vnd": None,
    }  # fmt: skip
    (change,) = told["changes"]
    assert (change["kind"], change["part"]) == ("time_changed", "channels")
    assert (change["old"][0]["value"], change["new"][0]["value"]) == ("15", "12")
    same = ask(client, "/procedures/1.901364/diff?from=2021-03-26&to=2021-03-27")["data"]
    assert (same["old_version_id"], same["changes"]) == (same["new_version_id"], [])


def test_a_decision_opens_to_its_annex(client: TestClient, demo: Installation) -> None:
    row = ask(client, "/decisions?agency=bo-cong-thuong&timeliness=in_time&limit=1")["data"][0]
    body = client.get(row["url"]).json()["data"]
    known = decisions.get(demo, demo.moment(), row["document_id"])
    assert [line["procedure_code"] for line in body["lines"]] == known.lines["procedure_code"].to_list()
    assert len(body["lines"]) == row["lines"]
    assert [check["state"] for check in body["checks"]] == [check.state for check in known.checks]


def test_an_item_opens_to_its_facts_and_its_instruments(client: TestClient) -> None:
    row = ask(client, f"/items?programme={SIMPLIFICATION}&progress=done&q=thuốc&limit=1")["data"][0]
    body = client.get(row["url"]).json()["data"]
    assert body["done_on"] == body["enacted_on"] == row["done_on"]
    assert {"assigned", "enacted", "deadline"} <= {fact["subject"] for fact in body["facts"]}
    assert all(one["is_in_force"] for one in body["instruments"])
    instrument = ask(client, f"/instruments/{body['instruments'][0]['document_id']}")["data"]
    assert body["item_id"] in {item["item_id"] for item in instrument["items"]}
    moved = ask(client, f"/items?programme={DECENTRALISATION}&to_level=provincial&limit=1")["data"][0]
    transfer = client.get(moved["url"]).json()["data"]["transfer"]
    assert (transfer["first"]["giver"]["level"], transfer["now"]["taker"]["level"]) == (
        "ministry",
        "provincial",
    )


def test_programmes_and_instruments_say_what_holds_back(client: TestClient, demo: Installation) -> None:
    row = ask(client, f"/programmes/{SIMPLIFICATION}")["data"]
    assert (row["assigned"], row["done"], row["overdue"]) == (1086, 658, 60)
    assert row["base_changes"][-1]["base_after"] == 1086
    assert (row["is_done_stage_inferred"], len(row["documents"])) == (True, 19)
    body = ask(client, "/instruments?limit=5")
    known = instruments.find(demo, demo.moment())
    assert body["total"] == known["total"][0]
    assert [one["alone"] for one in body["data"]] == known["alone"].to_list()[:5]


def test_indicators_say_whose_values_they_are(client: TestClient, demo: Installation) -> None:
    row = next(one for one in ask(client, "/indicators")["data"] if one["period"])
    known = indicators.latest(demo, row["indicator"], demo.moment(), group=row["group"])
    assert known is not None
    assert (row["period"], row["mean"]) == (known.period.text, float(known.mean or 0))
    periods = client.get(row["url"]).json()["data"]["periods"]
    assert periods[-1]["period"] == row["period"]
    assert "break" in periods[-1]
    values = ask(
        client, f"/indicators/{row['indicator']}/agencies?group={row['group']}&period={row['period']}"
    )
    assert [one["rank"] for one in values["data"]] == known.agencies["rank"].to_list()[:50]
    nothing = ask(client, f"/indicators/{row['indicator']}/agencies?period=2011")
    assert (nothing["total"], nothing["mean"]) == (0, None)


def test_agencies_are_those_of_the_day_with_their_succession(client: TestClient, demo: Installation) -> None:
    before, after = (
        ask(client, f"/agencies?kind=province&as_of={day}")["total"] for day in ("2025-06-30", "2025-07-01")
    )
    assert (before, after) == (63, 34)
    heir = ask(client, "/agencies/bo-tai-chinh?as_of=2025-07-01")["data"]
    origin = ask(client, "/agencies/bo-ke-hoach-va-dau-tu?as_of=2025-07-01")["data"]
    assert (origin["exists"], origin["gave"][-1]["agency_code"]) == (False, "bo-tai-chinh")
    assert "bo-ke-hoach-va-dau-tu" in {one["agency_code"] for one in heir["received"]}
    assert origin["taken_over"]
    assert all(one in heir["taken_over"] for one in origin["taken_over"])
    health = ask(client, "/agencies/bo-y-te")["data"]
    known = agency_standing.positions(demo, demo.moment(), "bo-y-te")
    assert [(one["programme_code"], one["done"], one["base"]) for one in health["positions"]] == [
        (one.programme.code, one.stages["done"], one.stages["assigned"]) for one in known
    ]
    assert ask(client, "/agencies?existing=false&kind=province")["total"] == 63


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/items?limit=500", "item_id"),
        ("/procedures?limit=400&agency=bo-tai-chinh", "procedure_code"),
        ("/procedures?limit=300&q=cấp giấy phép", "procedure_code"),
        ("/decisions?limit=500", "document_id"),
        ("/figures/simplification.done/items?limit=500", "member"),
    ],
)
def test_paging_sees_every_row_once(client: TestClient, path: str, key: str) -> None:
    rows = every_page(client, path)
    assert len({row[key] for row in rows}) == len(rows) > 500


def test_the_way_begins_at_the_root(client: TestClient) -> None:
    assert client.get("/api", follow_redirects=False).headers["location"] == "/api/docs"
    links = ask(client, "")["links"]
    assert client.get(links.pop("reporting")).status_code == 401  # only for who has a token
    assert {client.get(link).status_code for link in links.values()} == {200}


def test_the_reasons_of_facts_are_for_signed_in_people(client: TestClient, demo: Installation) -> None:
    fact = demo.database.whole("item_event").drop_nulls("reason").row(0, named=True)
    answer = client.get(f"/api/v1/items/{fact['item_id']}")
    assert str(fact["effective_date"]) in {one["effective_date"] for one in answer.json()["data"]["facts"]}
    assert fact["reason"] not in answer.text


def test_the_same_question_is_answered_once_and_another_address_or_moment_anew(
    demo: Installation, open_data_client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "/api/v1/figures/simplification.done?as_of=2024-01-15"
    first = open_data_client.get(asked)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("it was made again")

    monkeypatch.setattr(figures, "compute", refuse)
    again = open_data_client.get(asked)
    assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
    monkeypatch.undo()
    other = open_data_client.get(f"{asked}&lang=en").json()
    assert other["links"]["self"].endswith("lang=en")
    assert open_data_client.get(asked.replace("01-15", "01-16")).json()["clocks"]["as_of"] == "2024-01-16"


def test_answers_are_kept_within_a_bound() -> None:
    kept = KeptAnswers()
    for place in range(50):
        kept.keep(str(place), "", bytes(2**20), {}, "text/plain")
    held = [kept.find(str(place), "") is not None for place in range(50)]
    assert held == [False] * 19 + [True] * 31
    assert kept.keep("large", "", bytes(2**20 + 1), {}, "text/plain").status_code == 200
    assert kept.find("large", "") is None


def test_answers_beyond_a_few_wait_for_their_turn_and_hold_no_thread_meanwhile() -> None:
    running, most, threads, lock = 0, 0, 0, Lock()

    def work() -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        sleep(0.01)
        with lock:
            running -= 1

    async def crowd() -> None:
        nonlocal threads
        crowd = [asyncio.ensure_future(in_turn(work)()) for _ in range(15)]
        await asyncio.sleep(0.005)
        threads = current_default_thread_limiter().borrowed_tokens
        await asyncio.gather(*crowd)

    apart = Thread(target=asyncio.run, args=(crowd(),))  # a worker may have a loop of Playwright's already
    apart.start()
    apart.join()
    assert (running, threads) == (0, 0)
    assert 0 < most <= AT_ONCE


def test_every_route_takes_its_turn() -> None:
    assert all(isinstance(route, TurnRoute) for router in ROUTERS for route in router.routes)


def test_a_cursor_leads_to_nothing_later_than_what_is_asked(client: TestClient) -> None:
    later = ask(client, "/items?limit=5")["links"]["next"].partition("cursor=")[2]
    early = ask(client, "/items?limit=5&known_at=2023-12-31")
    assert early["links"]["next"]
    answer = client.get(f"/api/v1/items?limit=5&known_at=2023-12-31&cursor={later}")
    assert (answer.status_code, answer.json()["code"]) == (400, "api_bad_cursor")


def test_links_keep_the_clocks_that_were_asked_for(client: TestClient) -> None:
    clocks = "as_of=2024-02-29&known_at=2024-03-01"
    figure = ask(client, f"/figures/simplification.done?{clocks}")
    assert figure["links"]["items"].endswith(f"/items?{clocks}")
    members = client.get(figure["links"]["items"], params={"side": "numerator", "limit": 1} | dict(
        part.split("=") for part in clocks.split("&")
    )).json()  # fmt: skip
    assert members["total"] == figure["data"]["numerator"]
    row = ask(client, f"/items?programme={SIMPLIFICATION}&limit=1&{clocks}")["data"][0]
    assert row["url"].endswith(f"?{clocks}")


def test_the_history_of_a_period_begins_with_it(client: TestClient) -> None:
    told = ask(client, "/figures/publication.decisions?as_of=2024-03-21&since=2023-06-01")["data"]
    assert told["history"][-1]["numerator"] == told["numerator"]
    assert told["history"][0]["as_of"] >= "2023-06-01"
