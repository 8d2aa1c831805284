"""Levels as sets: procedures by the exact set of levels they are carried out at, and what is counted more than once.

A procedure is one procedure however many levels it has; its memberships are its levels. They differ by the overlap.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LEVELS = ("ministry", "provincial", "district", "communal", "other")
GROUPS = ("central", "local", "vertical")
LOCAL = frozenset({"provincial", "district", "communal"})

LevelSet = frozenset[str]


@dataclass(frozen=True)
class Sets:
    """Procedures by exact set; the empty set is those of which the source does not say."""

    counts: Mapping[LevelSet, int]

    @property
    def total(self) -> int:
        """All procedures."""
        return sum(self.counts.values())

    @property
    def unknown(self) -> int:
        """Procedures in no known set."""
        return self.counts.get(frozenset(), 0)

    @property
    def known(self) -> int:
        """Procedures in at least one set."""
        return self.total - self.unknown

    @property
    def memberships(self) -> int:
        """Every procedure as often as it is in a set."""
        return sum(len(names) * count for names, count in self.counts.items())

    @property
    def overlap(self) -> int:
        """What the memberships count beyond the procedures."""
        return self.memberships - self.known

    @property
    def by_size(self) -> dict[int, int]:
        """Procedures by how many sets they are in, from one on."""
        found: dict[int, int] = {}
        for names, count in sorted(self.counts.items(), key=lambda one: len(one[0])):
            if names:
                found[len(names)] = found.get(len(names), 0) + count
        return found

    def touching(self, name: str) -> int:
        """Procedures of which the set has this member, among others or alone."""
        return sum(count for names, count in self.counts.items() if name in names)

    def only(self, name: str) -> int:
        """Procedures of which the set has this member and no other."""
        return self.counts.get(frozenset({name}), 0)

    def largest_first(self) -> list[tuple[LevelSet, int]]:
        """The known sets, the largest first, then the smaller sets first."""
        known = [(names, count) for names, count in self.counts.items() if names and count]
        return sorted(known, key=lambda one: (-one[1], len(one[0]), sorted(one[0])))

    def mapped(self, group: Callable[[LevelSet], LevelSet]) -> "Sets":
        """The same procedures by other sets."""
        found: dict[LevelSet, int] = {}
        for names, count in self.counts.items():
            found[group(names)] = found.get(group(names), 0) + count
        return Sets(found)


def groups_of(levels: LevelSet, is_vertical: bool | None) -> LevelSet:
    """The groups of the published counts that a procedure touches (architecture.md, glossary: level_group)."""
    local = {"vertical" if is_vertical else "local"} if levels & LOCAL and is_vertical is not None else set()
    return frozenset(({"central"} if "ministry" in levels else set()) | local)
