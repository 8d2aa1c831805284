"""What every change of an item asks for: from which day, why, and by which document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.period import Moment
from catalogue.model.plan import DOCUMENT_TYPES, Assignment
from catalogue.services import plans
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.items import ItemPage
from pages.ui import feedback, seen

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2044, 12, 31)
_ISSUERS = {"chinh-phu": "Chính phủ", "thu-tuong-chinh-phu": "Thủ tướng Chính phủ"}


@dataclass(frozen=True)
class Ground:
    """From which day, why, and by which document."""

    on: date
    reason: str
    basis: Basis | None
    is_whole: bool  # the document is named whole, or not at all


@dataclass(frozen=True)
class ChangeForm:
    """What the forms of one run need."""

    installation: Installation
    actor: Actor
    page: ItemPage
    moment: Moment
    t: Translator
    revision: int

    @property
    def item_id(self) -> int:
        return int(self.page.state["item_id"])

    def key(self, name: str) -> str:
        """A key of this item as it stands: a form is empty again once its change is recorded."""
        return f"change-{self.item_id}-{self.page.state['lock_revision']}-{name}"


def asked(form: ChangeForm) -> Ground:
    """The day, the reason, and the document where there is one."""
    t = form.t
    on = st.date_input(
        t("item_changes.field_effective_date"),
        value=form.installation.working_date,
        min_value=_FIRST_DAY,
        max_value=form.installation.working_date,
        format="DD/MM/YYYY",
        key=form.key("on"),
    )
    reason = st.text_area(t("item_changes.field_reason"), height=80, max_chars=4000, key=form.key("reason"))
    st.markdown(t("item_changes.basis"))
    first, second = st.columns(2)
    types = {name: t(f"plan.type_{name}") for name in DOCUMENT_TYPES}
    with first:
        kind = st.selectbox(
            t("plan.field_type"), list(types), format_func=lambda name: types[name], key=form.key("type")
        )
    number = second.text_input(t("plan.field_number"), key=form.key("number"))
    first, second = st.columns(2)
    issued = first.date_input(
        t("plan.field_issued_on"),
        value=None,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="DD/MM/YYYY",
        key=form.key("issued"),
    )
    issuers = _ISSUERS | {
        one.code: one.name for one in form.installation.reference.agencies if one.kind != "province"
    }
    with second:
        issuer = st.selectbox(
            t("plan.field_issuer"),
            list(issuers),
            index=None,
            format_func=lambda code: issuers[code],
            placeholder=t("plan.issuer_by_type"),
            key=form.key("issuer"),
        )
    title = st.text_input(t("plan.field_title"), key=form.key("title"))
    issued_on = issued if isinstance(issued, date) else None
    one = plans.completed(
        Assignment("", kind or DOCUMENT_TYPES[0], number or "", issued_on, issuer, title or "")
    )
    said = (one.number, one.issued_on, one.title)
    basis = None
    if all(said) and one.issued_on and one.issuer:
        basis = Basis(one.type, one.number, one.issued_on, one.title, one.issuer)
    day = on if isinstance(on, date) else form.installation.working_date
    return Ground(day, reason or "", basis, basis is not None or not any(said))


def record(form: ChangeForm, way: str, ground: Ground, write: Callable[..., None], **change: Any) -> None:
    """Write a change by a service and say so, or say why it is refused; `change`: what it asks for beside the ground."""
    if not ground.is_whole:
        st.error(form.t("item_changes.basis_incomplete"), icon=":material/error:")
        return
    try:
        write(
            form.installation,
            form.actor,
            form.item_id,
            revision=form.revision,
            on=ground.on,
            reason=ground.reason,
            basis=ground.basis,
            **change,
        )
    except CatalogueError as error:
        feedback.show(form.t, error, form="item_changes")
    else:
        seen.forget()
        feedback.remember(form.t(f"item_changes.said_{way}"))
        st.rerun()
