"""A ministry's own system as it reports in: a client of the API with a token."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

from starlette.testclient import TestClient

from catalogue.services import api_tokens
from catalogue.services.figures import SIMPLIFICATION
from catalogue.services.installation import Installation

NAME = "Hệ thống điều hành"
PDF = b"%PDF-1.4 ban ky"
ISSUED = {"number": "99/2024/TT-BYT", "issued_on": "2024-03-18", "in_force_on": "2024-03-20"}


@dataclass
class System:
    """Asks under `/api/v1/reporting` with its token; each batch gets a key of its own."""

    client: TestClient
    number: int
    secret: str
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def of(
        cls, installation: Installation, client: TestClient, agency: str = "bo-y-te", name: str = NAME
    ) -> Self:
        """A system with a new token that lives for half a year."""
        last_day = installation.today.replace(month=12)
        number, secret = api_tokens.issue(
            installation, name=name, agency_code=agency, last_day=last_day, by=None
        )
        return cls(client, number, secret)

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """An answer, whatever it is."""
        headers = {"Authorization": f"Bearer {self.secret}"} | options.pop("headers", {})
        return self.client.request(method, f"/api/v1/reporting{path}", headers=headers, **options)

    def get(self, path: str) -> dict[str, Any]:
        """The body of an answer that must be one."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def send(self, name: str = "99-2024-TT-BYT.pdf", content: bytes = PDF) -> str:
        """Send a file; its sha256."""
        digest = hashlib.sha256(content).hexdigest()
        answer = self.ask(
            "PUT",
            f"/files/{digest}",
            params={"name": name},
            content=content,
            headers={"Content-Type": "application/pdf"},
        )
        assert answer.status_code == 200, answer.text
        return digest

    def report(
        self, *updates: Mapping[str, Any], submit: bool = True, key: str | None = None, lang: str = "vi"
    ) -> Any:
        """The answer to a batch."""
        return self.ask(
            "POST",
            "/claims",
            params={"lang": lang},
            json={"submit": submit, "updates": list(updates)},
            headers={"Idempotency-Key": key or f"key-{next(self.keys)}"},
        )

    def reported(self, *updates: Mapping[str, Any], submit: bool = True) -> list[dict[str, Any]]:
        """What became of the updates of a batch that must be taken in."""
        answer = self.report(*updates, submit=submit)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found

    def open_items(self, kind: str = "enacted") -> Sequence[dict[str, Any]]:
        """Its simplification items of which a kind can be reported and nothing is reported yet, that wait for one document at most."""
        rows = self.get(f"/items?programme={SIMPLIFICATION}&progress=open&limit=500")["data"]
        return [
            row for row in rows if kind in row["kinds"] and not row["claims"] and len(row["documents"]) <= 1
        ]


def enacted(item: Mapping[str, Any], digest: str, **more: Any) -> dict[str, Any]:
    """An update: the document that the item waits for was issued."""
    return {"kind": "enacted", **about(item), **ISSUED, "files": [digest], **more}


def obstacle(item: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """An update: something is in the way."""
    told = {
        "expected_on": "2024-06-30", "decision": "Cắt giảm một phần", "reason": "Chờ nghị định.", "stuck_at": "Đang lấy ý kiến.",
    }  # fmt: skip
    return {"kind": "obstacle", **about(item), **told, **more}


def about(item: Mapping[str, Any]) -> dict[str, Any]:
    """What every update of an item says."""
    return {"item_id": item["item_id"], "item_revision": item["item_revision"]}
