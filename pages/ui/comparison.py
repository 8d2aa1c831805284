"""Two versions side by side: the parts that differ, line by line, with the words that went and came marked."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.change import Change, part_of
from catalogue.model.diff import PARTS
from catalogue.model.version import Version
from pages.ui import procedure_words as words
from pages.ui import record_lines

Side = tuple[str, str]

_ALIKE = 0.5  # a line in another wording, rather than another line


def table(old: Version, new: Version, changes: Sequence[Change], t: Translator) -> None:
    """The parts that differ, the older version on the left; on a phone one above the other."""
    differing = {part_of(change) for change in changes}
    rows = [_force(old, new, t)] if old.in_force != new.in_force else []
    rows += [_row(part, old, new, t) for part in PARTS if part in differing]
    before, after = (t("compare.from_day", day=version.effective_date) for version in (old, new))
    head = f'<div class="head"><b></b><b>{escape(before)}</b><b>{escape(after)}</b></div>'
    st.html(f'<div class="compare">{head}{"".join(rows)}</div>')


def _force(old: Version, new: Version, t: Translator) -> str:
    states = [
        t("procedure.in_force" if version.in_force else "procedure.is_abolished") for version in (old, new)
    ]
    return _html(
        t("compare.force"),
        (f"<p><del>{escape(states[0])}</del></p>", f"<p><ins>{escape(states[1])}</ins></p>"),
        t,
    )


def _row(part: str, old: Version, new: Version, t: Translator) -> str:
    before, after = (record_lines.lines(version, part, t) for version in (old, new))
    unknown = f'<p class="unknown">{escape(t("procedure.unknown"))}</p>'
    if before is None or after is None:  # known on one side only: nothing is said to have changed
        sides = [
            "".join(f"<p>{escape(line)}</p>" for line in some or ()) or unknown for some in (before, after)
        ]
        return _html(words.capital(words.part(part, t)), (sides[0], sides[1]), t)
    if sorted(before) == sorted(after):
        order = f'<p class="same">{escape(t("compare.order"))}</p>'
        return _html(words.capital(words.part(part, t)), (order, order), t)
    pairs = list(_pairs(before, after))
    known = set(after)
    alike = sum(line in known for line in before)
    same = f'<p class="same">{escape(t("compare.same", count=alike))}</p>' if alike else ""
    left = "".join(pair[0] for pair in pairs) + same
    right = "".join(pair[1] for pair in pairs) + same
    return _html(words.capital(words.part(part, t)), (left, right), t)


def _html(label: str, sides: Side, t: Translator) -> str:
    left, right = sides
    return (
        f'<div class="part"><h3>{escape(label)}</h3>'
        f'<div><span class="side">{escape(t("compare.before"))}</span>{left}</div>'
        f'<div><span class="side">{escape(t("compare.after"))}</span>{right}</div></div>'
    )


def _pairs(before: Sequence[str], after: Sequence[str]) -> Iterator[Side]:
    """Lines that differ, each beside the one it became; equal lines are left out."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = list(before[a:b]), list(after[c:d])
        for line in gone:
            partner = max(come, key=lambda other: _likeness(line, other), default=None)
            if partner is not None and _likeness(line, partner) >= _ALIKE:
                come.remove(partner)
                yield _marked(line, partner)
            else:
                yield f"<p><del>{escape(line)}</del></p>", ""
        for line in come:
            yield "", f"<p><ins>{escape(line)}</ins></p>"


def _likeness(one: str, other: str) -> float:
    """The share of words that both lines have."""
    left, right = set(one.split()), set(other.split())
    return len(left & right) / max(len(left | right), 1)


def _marked(old: str, new: str) -> Side:
    """Two wordings of a line with the words marked that only one of them has."""
    before, after = old.split(), new.split()
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = escape(" ".join(before[a:b])), escape(" ".join(after[c:d]))
        if tag == "equal":
            left.append(gone)
            right.append(come)
            continue
        if gone:
            left.append(f"<del>{gone}</del>")
        if come:
            right.append(f"<ins>{come}</ins>")
    return f"<p>{' '.join(left)}</p>", f"<p>{' '.join(right)}</p>"
