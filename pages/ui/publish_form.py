"""The form of a publication decision: its own fields, the documents it names, when it was entered and posted.

Every input keeps its value for the whole session, so that nothing is lost on another page or with a mistake.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Role
from catalogue.model.annex import Extent
from catalogue.model.document import ISSUER_BY_TYPE
from catalogue.model.publication import BASIS_TYPES, Basis, Cited, Draft, Superseded
from catalogue.services import answering
from catalogue.services.installation import Installation
from pages.ui import plain
from pages.ui.places import Places

CitedT = TypeVar("CitedT", bound=Cited)
PREFIX = "publish-"
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2044, 12, 31)


@dataclass(frozen=True)
class Form:
    """What the inputs of one run need."""

    installation: Installation
    actor: Actor
    places: Places
    t: Translator

    def text(self, field: str, key: str | None = None, **options: Any) -> str:
        """A line of text."""
        typed = st.text_input(
            self.t(f"publish.field_{field}"),
            key=PREFIX + (key or field),
            help=self._help(field) if key is None else None,
            persist_state="session",
            **options,
        )
        return typed or ""

    def day(self, field: str, key: str | None = None) -> date | None:
        """A day, empty until one is chosen."""
        chosen = st.date_input(
            self.t(f"publish.field_{field}"),
            value=None,
            min_value=_FIRST_DAY,
            max_value=_LAST_DAY,
            format="DD/MM/YYYY",
            help=self._help(field) if key is None else None,
            key=PREFIX + (key or field),
            persist_state="session",
        )
        return chosen if isinstance(chosen, date) else None

    def _help(self, field: str) -> str | None:
        """What helps with a field of the decision itself."""
        key = f"publish.help_{field}"
        return self.t(key) if self.t.has(key) else None

    def choice(
        self, field: str, options: dict[str, str], key: str | None = None, placeholder: str = ""
    ) -> str | None:
        """One of some values, none until one is chosen."""
        value: str | None = st.selectbox(
            self.t(f"publish.field_{field}"),
            list(options),
            index=None,
            format_func=lambda name: options[name],
            placeholder=placeholder or "–",
            key=PREFIX + (key or field),
            persist_state="session",
        )
        return value

    def agency(self, key: str, *kinds: str, placeholder: str = "") -> str | None:
        """One of the agencies (of these kinds, or all) by its present name."""
        agencies = self.installation.reference.agencies
        options = {one.code: one.name for one in agencies if not kinds or one.kind in kinds}
        return self.choice("issuer", options, key, placeholder)


def decision(form: Form) -> Draft:
    """The decision without its annex."""
    t, places = form.t, form.places
    st.subheader(t("publish.part_decision"), anchor=False)
    issuer = _issuer(form)
    first, second, third = st.columns(3)
    with first:
        number = form.text("number")
        places.here(field="number")
    with second:
        issued_on = form.day("issued_on")
        places.here(field="issued_on")
    with third:
        in_force_on = form.day("in_force_on")
        places.here(field="in_force_on")
    title = form.text("title")
    places.here(field="title")
    left, right = st.columns(2)
    with left:
        reference = form.installation.reference
        positions = {one.code: getattr(one, f"name_{t.language}") for one in reference.signers}
        position = form.choice("signer_position", positions)
        places.here(field="signer_position")
    with right:
        signer_name = form.text("signer_name")
        places.here(field="signer_name")
    bases = _bases(form, issuer)
    mirrors = _mirrors(form, issuer)
    supersedes = _supersedes(form, issuer)
    entered_on, posted_on = _days(form)
    return Draft(
        issuer, number, issued_on, title, in_force_on, signer_name, position, bases, mirrors, supersedes, entered_on, posted_on
    )  # fmt: skip


def _issuer(form: Form) -> str | None:
    if form.actor.role is Role.MINISTRY_EDITOR:
        own = form.installation.reference.agency(form.actor.agency_code or "")
        if before := answering.predecessors(form.installation, own.code):
            st.session_state.setdefault(f"{PREFIX}issuer", own.code)
            return form.choice("issuer", {one.code: one.name for one in (own, *before)})
        st.markdown(form.t("publish.own_issuer", agency=f"**{plain.markdown(own.name)}**"))
        return own.code
    issuer = form.agency("issuer")
    form.places.here(field="issuer")
    return issuer


def _bases(form: Form, issuer: str | None) -> tuple[Basis, ...]:
    found = []
    for row, key in _rows(form, "bases", open_rows=1):
        columns = st.columns([1.2, 1.4, 1.8, 1, 1])
        with columns[0]:
            kinds = {kind: form.t(f"publish.type_{kind}") for kind in BASIS_TYPES}
            st.session_state.setdefault(f"{PREFIX}{key}-type", BASIS_TYPES[0])
            kind = form.choice("type", kinds, f"{key}-type") or ""
            form.places.here("bases", row, "type")
        with columns[1]:
            number = form.text("number", f"{key}-number")
            form.places.here("bases", row, "number")
        with columns[2]:
            by_type = kind in ISSUER_BY_TYPE
            own = issuer if kind in ("circular", "decision") and _is_ministry(form, issuer) else None
            placeholder = form.t("publish.issuer_by_type") if by_type else _name(form, own)
            chosen = form.agency(f"{key}-issuer", placeholder=placeholder) or own
            form.places.here("bases", row, "issuer")
        with columns[3]:
            issued_on = form.day("issued_on", f"{key}-issued_on")
            form.places.here("bases", row, "issued_on")
        with columns[4]:
            in_force_on = form.day("in_force_on", f"{key}-in_force_on")
            form.places.here("bases", row, "in_force_on")
        found.append(Basis(number, issued_on, chosen, kind, in_force_on))
    return _filled(found)


def _mirrors(form: Form, issuer: str | None) -> tuple[Cited, ...]:
    if issuer and _is_ministry(form, issuer):
        return ()
    found = []
    for row, key in _rows(form, "mirrors"):
        number, chosen, issued_on = _cited(form, "mirrors", row, key, ("ministry", "ministry_level", "other"))
        found.append(Cited(number, issued_on, chosen))
    return _filled(found)


def _supersedes(form: Form, issuer: str | None) -> tuple[Superseded, ...]:
    found = []
    for row, key in _rows(form, "supersedes"):
        number, chosen, issued_on = _cited(form, "supersedes", row, key, (), issuer)
        left, right = st.columns([1, 3])
        with left:
            extents = {extent.value: form.t(f"publish.extent_{extent}") for extent in Extent}
            extent = form.choice("extent", extents, f"{key}-extent", extents["whole"])
        with right:
            note = form.text("note", f"{key}-note")
            form.places.here("supersedes", row, "note")
        found.append(Superseded(number, issued_on, chosen or issuer, Extent(extent or "whole"), note))
    return _filled(found)


def _cited(
    form: Form, part: str, row: int, key: str, kinds: tuple[str, ...], usual: str | None = None
) -> tuple[str, str | None, date | None]:
    columns = st.columns([1.4, 2.2, 1])
    with columns[0]:
        number = form.text("number", f"{key}-number")
        form.places.here(part, row, "number")
    with columns[1]:
        issuer = form.agency(f"{key}-issuer", *kinds, placeholder=_name(form, usual))
        form.places.here(part, row, "issuer")
    with columns[2]:
        issued_on = form.day("issued_on", f"{key}-issued_on")
        form.places.here(part, row, "issued_on")
    return number, issuer, issued_on


def _days(form: Form) -> tuple[date | None, date | None]:
    st.subheader(form.t("publish.part_days"), anchor=False)
    left, right, _ = st.columns([1, 1, 2])
    with left:
        entered_on = form.day("entered_on")
        form.places.here(field="entered_on")
    with right:
        posted_on = form.day("posted_on")
        form.places.here(field="posted_on")
    return entered_on, posted_on


def _rows(form: Form, part: str, open_rows: int = 0) -> list[tuple[int, str]]:
    """The rows of a part of the form, each under a key of its own, and the buttons that add and remove them."""
    st.subheader(form.t(f"publish.part_{part}"), anchor=False)
    form.places.here(part)
    name = f"{PREFIX}rows-{part}"
    if name not in st.session_state:
        st.session_state[name], st.session_state[f"{name}-next"] = list(range(open_rows)), open_rows
    ids: list[int] = st.session_state[name]
    with st.container(horizontal=True, gap="small"):
        st.button(
            form.t(f"publish.add_{part}"),
            icon=":material/add:",
            key=f"{name}-add",
            on_click=_open,
            args=(name,),
        )
        if ids:
            st.button(
                form.t("publish.remove"), icon=":material/remove:", key=f"{name}-remove", on_click=ids.pop
            )
    return [(row, f"{part}-{number}") for row, number in enumerate(ids, start=1)]


def _open(name: str) -> None:
    """Another row, empty: the number of a removed one is not given again."""
    st.session_state[name].append(st.session_state[f"{name}-next"])
    st.session_state[f"{name}-next"] += 1


def _filled(rows: list[CitedT]) -> tuple[CitedT, ...]:
    """The rows without the empty ones at the end, so that each keeps its place."""
    while rows and not (rows[-1].number or rows[-1].issued_on or getattr(rows[-1], "in_force_on", None)):
        rows.pop()
    return tuple(rows)


def _is_ministry(form: Form, code: str | None) -> bool:
    return code is not None and form.installation.reference.agency(code).kind != "province"


def _name(form: Form, code: str | None) -> str:
    return form.installation.reference.agency(code).name if code else ""
