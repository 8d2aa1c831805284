"""What each draft of an agency still lacks before it can be sent, said before anybody tries."""

from dataclasses import dataclass

from catalogue.errors import CatalogueError, Issue
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import ClaimState
from catalogue.services import claim_checks
from catalogue.services.claim_reading import claim_of, find
from catalogue.services.installation import Installation
from catalogue.store.database import Row

_ALL = 10_000


@dataclass(frozen=True)
class Readiness:
    """A draft, what is missing in it, and why the item does not allow it at all (where it does not)."""

    row: Row
    issues: tuple[Issue, ...] = ()
    refusal: CatalogueError | None = None

    @property
    def is_complete(self) -> bool:
        return not self.issues and self.refusal is None


def of_drafts(installation: Installation, actor: Actor) -> list[Readiness]:
    """The drafts about items that the actor's agency answers for, the oldest first.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.WRITE_CLAIMS)
    rows = find(
        installation, actor, state=ClaimState.DRAFT, agency=actor.agency_code or "", size=_ALL
    ).to_dicts()
    ground = claim_checks.ground(installation, installation.database, (row["item_id"] for row in rows))
    found = []
    for row in rows:
        claim, item = claim_of(row), ground.item(row["item_id"])
        refusal = claim_checks.refusal(ground, item, claim)
        issues = claim_checks.missing(installation, item, claim.kind, claim.content, row["files"])
        found.append(Readiness(row, refusal=refusal) if refusal else Readiness(row, issues))
    return found
