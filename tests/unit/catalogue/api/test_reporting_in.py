"""Ministries' systems report in: the screens' own rules and trail, whole batches or nothing, once however often they are sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from catalogue.model.actor import Actor
from catalogue.model.claim import Action, ClaimState
from catalogue.services import accounts, audit, claims
from catalogue.services.installation import Installation
from tests.installations import Clock
from tests.reporting import NAME, System, about, enacted, obstacle

Person = Callable[[Installation, str], Actor]


def faults(answer: Any) -> dict[str, str]:
    """Code by place."""
    return {one["pointer"]: one["code"] for one in answer.json()["errors"]}


def decide(
    demo: Installation, reviewer: Actor, claim_id: int, action: Action, comment: str | None = None
) -> None:
    revision = claims.get(demo, reviewer, claim_id)[0].revision
    claims.act(demo, reviewer, claim_id, action, revision=revision, comment=comment)


def revisions(demo: Installation) -> int:
    return demo.database.revision


def test_a_batch_is_submitted_returned_mended_and_confirmed(
    demo: Installation, system: System, person: Person
) -> None:
    vpcp = person(demo, "vpcp")
    first, second = system.open_items()[:2]
    before = revisions(demo)
    told = system.reported(enacted(first, system.send()), obstacle(second))
    assert [(one["state"], one["became"], one["item_id"]) for one in told] == [
        ("submitted", "created", first["item_id"]), ("submitted", "created", second["item_id"]),
    ]  # fmt: skip
    assert told[0]["document_id"] == first["documents"][0]["document_id"]
    assert revisions(demo) == before + 1
    claim_id = told[0]["claim_id"]
    story, files = claims.story(demo, vpcp, claim_id)
    assert story["action"].to_list() == ["draft", "submit"]
    assert set(story["actor_name"]) == {f"{NAME} (API {system.number})"} == set(files["actor_name"])
    assert files["file_name"].to_list() == ["99-2024-TT-BYT.pdf"]
    assert demo.database.whole("api_file").is_empty()  # it is evidence now
    waiting = [
        one
        for one in system.get("/items?progress=open&limit=500")["data"]
        if first["documents"][0] in one["documents"]
    ]
    assert len(waiting) > 1  # whoever waits for the same document sees that it is reported
    assert all(claim_id in {claim["claim_id"] for claim in one["claims"]} for one in waiting)

    decide(demo, vpcp, claim_id, Action.RETURN, "Thiếu trang ký")
    (returned,) = [one for one in system.get("/claims?state=returned")["data"] if one["claim_id"] == claim_id]
    assert (returned["comment"], returned["content"]["number"]) == ("Thiếu trang ký", "99/2024/TT-BYT")
    record = system.get(f"/claims/{claim_id}")["data"]
    assert [(one["action"], one["by"], one["comment"]) for one in record["story"]][-1] == (
        "return", "office", "Thiếu trang ký",
    )  # fmt: skip
    assert [one["file_name"] for one in record["evidence"]] == ["99-2024-TT-BYT.pdf"]
    mended = {
        "kind": "enacted",
        **about(returned),
        "note": "đã bổ sung",
    }  # what it does not say stays as it was
    (again,) = system.reported(mended)
    assert (again["claim_id"], again["became"], again["state"]) == (claim_id, "changed", "submitted")
    content = system.get(f"/claims/{claim_id}")["data"]["content"]
    assert (content["note"], content["in_force_on"]) == ("đã bổ sung", "2024-03-20")

    decide(demo, vpcp, claim_id, Action.CONFIRM)
    assert system.get(f"/claims/{claim_id}")["data"]["state"] == "confirmed"
    (row,) = system.get(f"/items?limit=1&after={first['item_id'] - 1}")["data"]
    assert row["enacted_on"] == "2024-03-20"
    assert "enacted" not in row["kinds"]
    assert {"published", "difference"} <= set(row["kinds"])
    (explained,) = system.reported(
        {"kind": "difference", **about(row), "explanation": "Danh mục sẽ sửa trong tháng 4."}
    )
    assert explained["state"] == "submitted"
    assert audit.check(demo).is_empty()


def test_nothing_is_written_where_one_update_is_wrong_and_every_fault_has_its_place(
    demo: Installation, system: System, person: Person
) -> None:
    items, digest, before = system.open_items(), system.send(), revisions(demo)
    unknown = "0" * 64
    answer = system.report(
        enacted(items[0], digest),
        enacted(items[1], digest, number=None, issued_on="2024-03-22", in_force_on="2024-03-01"),
        enacted(items[2], unknown),
        {"kind": "extension", **about(items[3]), "new_deadline": items[3]["current_deadline"], "reason": "x"},
        {"kind": "completed", **about(items[4]), "done_on": "2024-03-01", "files": [digest]},
        obstacle(items[5] | {"item_id": 999_999_999}),
        obstacle(items[5] | {"item_revision": before + 1}),
        enacted(items[0], digest, note="khác"),
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "report_refused")
    assert faults(answer) == {
        "#/updates/0": "row_twice",
        "#/updates/1/number": "field_missing",
        "#/updates/1/issued_on": "date_in_future",
        "#/updates/1/in_force_on": "in_force_before_issue",
        "#/updates/2/files": "evidence_missing",
        "#/updates/3/number": "field_missing",
        "#/updates/3/issued_on": "field_missing",
        "#/updates/3/new_deadline": "deadline_not_later",
        "#/updates/3/files": "evidence_missing",
        "#/updates/4/kind": "stage_not_applicable",
        "#/updates/5/item_id": "item_unknown",
        "#/updates/6/item_revision": "revision_unknown",
        "#/updates/7": "row_twice",
    }
    assert "file_unknown" in {one["code"] for one in answer.json()["errors"]}
    english = system.report(enacted(items[1], digest, number=None), lang="en").json()
    assert english["errors"][0]["detail"] == "Document number: not filled in."
    assert (revisions(demo), demo.database.whole("api_answer").height) == (before, 0)
    byt = person(demo, "byt")
    drafted = claims.find(demo, byt, agency="bo-y-te", state=ClaimState.DRAFT, size=1000)
    assert items[0]["item_id"] not in drafted["item_id"]


def test_an_agency_reports_and_reads_of_its_own_items_only(
    demo: Installation, system: System, person: Person
) -> None:
    own, before = system.open_items()[0], revisions(demo)
    theirs = claims.find(demo, person(demo, "vpcp"), size=1000)
    other = theirs.filter(theirs["answering_agency"] != "bo-y-te").row(0, named=True)
    answer = system.report(obstacle(own), obstacle(own | {"item_id": other["item_id"]}))
    assert (answer.status_code, answer.json()["code"]) == (403, "report_not_yours")
    assert faults(answer) == {"#/updates/1/item_id": "item_not_yours"}
    assert revisions(demo) == before
    assert system.ask("GET", f"/claims/{other['claim_id']}").status_code == 404
    own_claims = claims.find(demo, person(demo, "byt"), agency="bo-y-te", size=1000)
    listed = system.get("/claims?limit=500")
    assert [one["claim_id"] for one in listed["data"]] == sorted(own_claims["claim_id"])
    items = system.get("/items?limit=500")
    assert items["total"] == len(items["data"]) > 100
    states = demo.database.read(
        "items/answering", items=[one["item_id"] for one in items["data"]], day=demo.working_date
    )
    assert set(states["agency_code"]) == {"bo-y-te"}
    assert items["revision"] == revisions(demo)


def test_lists_are_paged_by_number(system: System) -> None:
    whole = [one["item_id"] for one in system.get("/items?limit=500&progress=open")["data"]]
    rows, link = [], "/items?limit=50&progress=open"
    while link:
        body = system.get(link)
        assert (body["total"], body["count"]) == (len(whole), len(body["data"]))
        rows += [one["item_id"] for one in body["data"]]
        link = (body["links"]["next"] or "").removeprefix("/api/v1/reporting")
    assert rows == whole == sorted(whole)


def test_what_others_changed_meanwhile_is_a_conflict_that_says_what(
    demo: Installation, system: System, person: Person, open_data_client: Any
) -> None:
    item, untouched = system.open_items()[:2]
    colleague = System.of(demo, open_data_client, name="Hệ thống khác")
    colleague.reported(obstacle(item), submit=False)
    own, before = obstacle(item, reason="Khác"), revisions(demo)
    answer = system.report(own, obstacle(untouched, reason=None))
    assert (answer.status_code, answer.json()["code"]) == (409, "report_stale")
    stale, incomplete = answer.json()["errors"]
    assert (stale["pointer"], stale["code"], incomplete["pointer"]) == (
        "#/updates/0", "row_stale", "#/updates/1/reason",
    )  # fmt: skip
    assert stale["changes"] == [
        {"kind": "obstacle", "revision": before, "recorded_at": stale["changes"][0]["recorded_at"]}
    ]
    assert "Hệ thống khác" not in answer.text  # what changed, not who
    (read_again,) = system.get(f"/items?limit=1&after={item['item_id'] - 1}")["data"]
    assert [one["state"] for one in read_again["claims"]] == ["draft"]
    (taken,) = system.reported(own | about(read_again))
    assert (taken["became"], taken["state"]) == ("changed", "submitted")
    # One's own changes are known to oneself: the older revision is no conflict.
    (done,) = system.reported({"kind": "extension", **about(read_again)}, submit=False)
    assert done["state"] == "draft"
    accounts_of_people = accounts.list_accounts(demo, by=None)["account"]
    assert not [one for one in accounts_of_people if "token" in one]


def test_drafts_may_be_incomplete_and_are_sent_by_the_same_updates(
    demo: Installation, system: System
) -> None:
    first, second = system.open_items()[:2]
    part = obstacle(first, reason=None)
    told = system.reported(part, obstacle(second), submit=False)
    assert [one["state"] for one in told] == ["draft", "draft"]
    assert [(one["pointer"], one["code"]) for one in told[0]["missing"]] == [
        ("#/updates/0/reason", "field_missing")
    ]
    assert told[1]["missing"] == []
    assert faults(system.report(part, obstacle(second))) == {"#/updates/0/reason": "field_missing"}
    sent = system.reported({"kind": "obstacle", **about(first), "reason": "Chờ nghị định."}, obstacle(second))
    assert [(one["claim_id"], one["became"], one["state"]) for one in sent] == [
        (told[0]["claim_id"], "changed", "submitted"), (told[1]["claim_id"], "unchanged", "submitted"),
    ]  # fmt: skip
    waits = system.report(obstacle(second, reason="Khác"))
    assert faults(waits) == {"#/updates/0/kind": "claim_waits"}


def test_the_same_batch_under_its_key_is_done_once_and_answered_alike(
    demo: Installation, system: System
) -> None:
    items = system.open_items()
    refused = system.report(obstacle(items[0], reason=None), key="k")
    assert refused.status_code == 422
    first = system.report(obstacle(items[0]), key="k")  # what was refused has not used the key
    after = revisions(demo)
    assert "idempotent-replayed" not in first.headers
    again = system.report(obstacle(items[0]), key="k")
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = system.report(obstacle(items[1]), key="k")
    assert (other.status_code, other.json()["code"]) == (422, "api_key_reused")
    assert revisions(demo) == after
    unchanged = system.report(obstacle(items[0]), key="another").json()["data"][0]
    assert (unchanged["became"], revisions(demo)) == ("unchanged", after)


def test_a_batch_sent_many_times_at_once_is_written_once(demo: Installation, system: System) -> None:
    item, digest, before = system.open_items()[0], system.send(), revisions(demo)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: system.report(enacted(item, digest), key="k"), range(6)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 5
    assert revisions(demo) == before + 1


def test_a_file_is_what_its_name_and_its_address_say(system: System) -> None:
    digest = system.send()
    put = {"params": {"name": "a.pdf"}, "headers": {"Content-Type": "application/pdf"}}
    other = system.ask("PUT", f"/files/{'0' * 64}", content=b"%PDF-1.4", **put)
    assert (other.status_code, other.json()["errors"][0]["code"]) == (422, "file_digest")
    for name, content, code in (
        ("a.exe", b"MZ", "file_kind"),
        ("a.pdf", b"MZ", "file_kind"),
        ("a.pdf", b"", "file_empty"),
    ):
        answer = system.ask("PUT", f"/files/{digest}", content=content, **(put | {"params": {"name": name}}))
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_a_file_that_proves_one_claim_may_prove_another_without_being_sent_again(
    demo: Installation, system: System, clock: Clock, open_data_client: Any
) -> None:
    first, second = system.open_items()[:2]
    digest = system.send()
    system.reported(enacted(first, digest))
    told = system.reported(enacted(second, digest))
    assert told[0]["state"] == "submitted"
    assert demo.database.whole("evidence_content").filter(sha256=digest).height == 1
    stranger = System.of(demo, open_data_client, agency="bo-cong-an")
    answer = stranger.report(enacted(stranger.open_items()[0], digest))
    assert "file_unknown" in {one["code"] for one in answer.json()["errors"]}
