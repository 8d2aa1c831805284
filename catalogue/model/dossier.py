"""The papers of a dossier by case: what changed between two dossiers, and a dossier with one change applied."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from catalogue.model.change import CaseRenamed, OfDossier, PaperAdded, PaperChanged, PaperDropped, Rewritten
from catalogue.model.version import Case, Paper
from catalogue.text import spelling_key

Dossier: TypeAlias = tuple[Case, ...]
Papers: TypeAlias = dict[str | None, dict[str, Paper]]


def changes(old: Dossier, new: Dossier) -> Iterator[OfDossier | Rewritten]:
    """Papers that came, went or changed; last, whatever these do not say of the order."""
    reached = old
    for change in _typed(old, new):
        reached = applied(change, reached)
        yield change
    if reached != new:
        yield Rewritten("dossier", old, new)


def applied(change: OfDossier, dossier: Dossier) -> Dossier:
    """The dossier after one change; a case without papers is none, a paper of a new case makes it."""
    if isinstance(change, CaseRenamed):
        return tuple(replace(case, name=change.new) if case.name == change.old else case for case in dossier)
    if isinstance(change, PaperAdded) and all(case.name != change.case for case in dossier):
        return (*dossier, Case(change.case, (change.paper,)))
    edited = (
        replace(case, papers=tuple(_edited(change, case.papers))) if case.name == change.case else case
        for case in dossier
    )
    return tuple(case for case in edited if case.papers)


def _edited(change: PaperDropped | PaperAdded | PaperChanged, papers: Sequence[Paper]) -> Sequence[Paper]:
    match change:
        case PaperDropped(name):
            return [paper for paper in papers if paper.name != name]
        case PaperAdded(paper, _, place):
            return [*papers[:place], paper, *papers[place:]]
        case PaperChanged(old, new):
            return [new if paper == old else paper for paper in papers]


def _typed(old: Dossier, new: Dossier) -> Iterator[OfDossier]:
    before, after = _by_case(old), _by_case(new)
    gone = [case for case in before if case not in after]
    come = [case for case in after if case not in before]
    if len(gone) == len(come) == 1:  # one case under another name, not a dossier given up for a new one
        yield CaseRenamed(gone[0], come[0])
        before = {come[0] if case == gone[0] else case: papers for case, papers in before.items()}
    for case in dict.fromkeys((*before, *after)):
        was, now = before.get(case, {}), after.get(case, {})
        for key, paper in was.items():
            if key not in now:
                yield PaperDropped(paper.name, case)
            elif now[key] != paper:
                yield PaperChanged(paper, now[key], case)
        for place, (key, paper) in enumerate(now.items()):
            if key not in was:
                yield PaperAdded(paper, case, place)


def _by_case(dossier: Dossier) -> Papers:
    found: Papers = {}
    for case in dossier:
        papers = found.setdefault(case.name, {})
        for paper in case.papers:
            papers.setdefault(spelling_key(paper.name), paper)
    return found
