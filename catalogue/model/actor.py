"""Who acts, and what a role may do. Rights are asked here by services and by screens alike."""

from dataclasses import dataclass
from enum import StrEnum

from catalogue.errors import Forbidden, NotSignedIn


class Role(StrEnum):
    """The roles of an installation; `ANONYMOUS` is anybody who has not signed in."""

    ANONYMOUS = "anonymous"
    VIEWER = "viewer"
    MINISTRY_EDITOR = "ministry_editor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What may be done. Reading the catalogue, the figures and confirmed stages needs no right."""

    READ_CLAIMS = "read_claims"  # claims, comments, obstacles, evidence, people's names
    WRITE_CLAIMS = "write_claims"  # for items that one's own agency answers for
    DECIDE_CLAIMS = "decide_claims"  # confirm, return or refuse
    MANAGE_PROGRAMMES = "manage_programmes"  # load a plan, add, adjust, withdraw and reopen items
    WRITE_INSTRUMENTS = "write_instruments"  # a ministry's editor: documents that one's own agency drafts
    FILE_RETURNS = "file_returns"  # a ministry's return for a reporting period
    MANAGE_PERIODS = "manage_periods"  # open and close reporting periods, write reminder letters
    STAGE_IMPORTS = (
        "stage_imports"  # a ministry's editor: records of one's own agency, in the interchange format
    )
    DECIDE_IMPORTS = "decide_imports"  # accept or reject what is staged
    PUBLISH_DECISIONS = "publish_decisions"  # a ministry's editor: decisions that one's own agency issued
    WRITE_COSTS = (
        "write_costs"  # cost sheets; a ministry's editor: of procedures that one's own agency answers for
    )
    PUBLISH_FIGURES = "publish_figures"  # draft, approve (another person's), publish and withdraw figures
    ADMINISTER = "administer"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ANONYMOUS: frozenset(),
    Role.VIEWER: frozenset({Right.READ_CLAIMS}),
    Role.MINISTRY_EDITOR: frozenset(
        {
            Right.READ_CLAIMS,
            Right.WRITE_CLAIMS,
            Right.WRITE_INSTRUMENTS,
            Right.FILE_RETURNS,
            Right.STAGE_IMPORTS,
            Right.PUBLISH_DECISIONS,
            Right.WRITE_COSTS,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            Right.READ_CLAIMS,
            Right.DECIDE_CLAIMS,
            Right.MANAGE_PROGRAMMES,
            Right.WRITE_INSTRUMENTS,
            Right.MANAGE_PERIODS,
            Right.STAGE_IMPORTS,
            Right.DECIDE_IMPORTS,
            Right.PUBLISH_DECISIONS,
            Right.WRITE_COSTS,
            Right.PUBLISH_FIGURES,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.READ_CLAIMS,
            Right.STAGE_IMPORTS,
            Right.DECIDE_IMPORTS,
            Right.PUBLISH_DECISIONS,
            Right.PUBLISH_FIGURES,
            Right.ADMINISTER,
        }
    ),
}
_OF_OWN_AGENCY = frozenset(
    {
        Right.WRITE_CLAIMS,
        Right.WRITE_INSTRUMENTS,
        Right.FILE_RETURNS,
        Right.STAGE_IMPORTS,
        Right.PUBLISH_DECISIONS,
        Right.WRITE_COSTS,
    }
)


@dataclass(frozen=True)
class Actor:
    """A signed-in person, the token of an agency's system, or nobody in particular (`NOBODY`)."""

    actor_id: int | None
    account: str
    full_name: str
    role: Role
    agency_code: str | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.role is not Role.ANONYMOUS

    def is_bound(self, right: Right) -> bool:
        """Whether the actor uses a right for its own agency only."""
        return self.role is Role.MINISTRY_EDITOR and right in _OF_OWN_AGENCY

    def has(self, right: Right, agency_code: str | None = None) -> bool:
        """Whether the actor has a right, for an agency's rows where the right is bound to one's own agency."""
        if right not in _RIGHTS[self.role]:
            return False
        return not self.is_bound(right) or agency_code is None or agency_code == self.agency_code

    def require(self, right: Right, agency_code: str | None = None) -> int:
        """The actor's id, if the right is there.

        Raises: NotSignedIn for nobody in particular; Forbidden for the wrong role or another agency's rows.
        """
        if self.actor_id is None:
            raise NotSignedIn
        if not self.has(right, agency_code):
            raise Forbidden(right=right.value, agency=agency_code)
        return self.actor_id


NOBODY = Actor(None, "", "", Role.ANONYMOUS)
