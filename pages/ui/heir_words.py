"""Who answers for what another agency published, and what is said of an agency that was not on the day."""

from typing import Any

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment, Organisation
from catalogue.services import heirs
from catalogue.services.installation import Installation
from pages.ui import plain


def agency(row: dict[str, Any], t: Translator) -> str | None:
    """The agency that answers for a row (`agency_name`), with who published it where that is another."""
    if row["issuer_name"] is None:
        name: str | None = row["agency_name"]
        return name
    return t("heir.of_issuer", agency=row["agency_name"], issuer=row["issuer_name"])


def absent(installation: Installation, moment: Moment, code: str | None, t: Translator) -> None:
    """Why the agency that is asked for does not answer on the day, and whoever does, each a button that asks for it."""
    found = heirs.absence(installation, moment, code)
    if found is None:
        return
    names = [installation.reference.agency(one).name for one in found.answering]
    is_today = moment.organisation is Organisation.TODAY
    when = t("heir.when_today") if is_today else t("heir.when_at_the_time", day=moment.as_of)
    kind = "heir.to_come" if found.is_to_come else "heir.gone"
    said = t(kind, agency=found.agency.name, day=found.day, when=when, heirs="; ".join(names))
    st.info(plain.markdown(said), icon=":material/domain:")
    with st.container(horizontal=True, gap="small", key="heirs"):
        for one, name in zip(found.answering, names, strict=True):
            st.button(
                plain.markdown(t("heir.show", agency=name)),
                key=f"heir-{one}",
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=st.session_state.__setitem__,
                args=("agency", one),
            )
