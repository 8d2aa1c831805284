"""A process that writes until it is killed: `python crash_writer.py DATA_DIR`, run by test_crash.py.

Four threads draft and edit claims through the services; each acknowledged change is one line of JSON on stdout.
"""

import json
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

from catalogue import bootstrap
from catalogue.errors import CatalogueError, StaleVersion
from catalogue.model.actor import Actor, Role
from catalogue.model.claim import Action, ClaimKind
from catalogue.services import claims, figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.settings import Settings

THREADS = 4
_told = threading.Lock()


def say(**line: Any) -> None:
    """One line, gone to the parent before the next change begins."""
    with _told:
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def write(installation: Installation, editor: Actor, item_ids: list[int], place: int) -> None:
    """Draft, edit, submit and recall claims about one's own share of the items, for ever."""
    number = 0
    while True:
        item_id = item_ids[(place + THREADS * (number % (len(item_ids) // THREADS))) % len(item_ids)]
        number += 1
        lock = items.get(installation, installation.moment(), item_id).state["lock_revision"]
        content = {
            "expected_on": "2024-09-30",
            "reason": f"Lần {place}/{number}",
            "stuck_at": "Thẩm định",
            "decision": "Cắt giảm",
        }
        evidence = [(f"{place}-{number}.pdf", f"%PDF-1.4 {place} {number}".encode())]
        try:
            claim_id = claims.draft(
                installation, editor, item_id, ClaimKind.OBSTACLE, content, item_revision=lock, files=evidence
            )
            revision = acknowledged(installation, editor, claim_id, content["reason"], "draft")
            content["reason"] += " sửa"
            claims.edit(installation, editor, claim_id, content, revision=revision, submit=True)
            revision = acknowledged(installation, editor, claim_id, content["reason"], "submitted")
            claims.act(installation, editor, claim_id, Action.RECALL, revision=revision)
            acknowledged(installation, editor, claim_id, content["reason"], "draft")
        except StaleVersion:
            continue


def acknowledged(installation: Installation, editor: Actor, claim_id: int, reason: str, state: str) -> int:
    """Tell the parent what the service said yes to; returns the claim's lock."""
    claim, _ = claims.get(installation, editor, claim_id)
    say(claim_id=claim_id, revision=claim.revision, reason=reason, state=state)
    return claim.revision


def main() -> None:
    installation = bootstrap.open_catalogue(Settings(data_dir=Path(sys.argv[1])))
    row = next(r for r in installation.database.read("accounts/demo").to_dicts() if r["account"] == "byt")
    editor = Actor(row["actor_id"], "byt", row["full_name"], Role(row["role"]), row["agency_code"])
    wanted = ItemFilter(agency=editor.agency_code, progress="open")
    found = items.find(
        installation, installation.moment(date(2024, 3, 21)), figures.SIMPLIFICATION, wanted, size=40
    )
    threads = [
        threading.Thread(
            target=_run, args=(installation, editor, found["item_id"].to_list(), place), daemon=True
        )
        for place in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    threads[0].join()


def _run(installation: Installation, editor: Actor, item_ids: list[int], place: int) -> None:
    try:
        write(installation, editor, item_ids, place)
    except CatalogueError as error:
        say(error=str(error))
        raise


if __name__ == "__main__":
    main()
