"""Who is looking, in which language, at which moment; the one seam to the product that tests replace."""

from datetime import date

import streamlit as st

from catalogue import bootstrap
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.period import Moment, Organisation
from catalogue.services import accounts
from catalogue.services.installation import Installation

COOKIE = "tracker_session"


def token() -> str | None:
    """The opaque token of this browser; it proves nothing before `accounts.who` has looked it up."""
    return st.context.cookies.get(COOKIE)


def installation() -> Installation:
    """The installation this process serves."""
    return bootstrap.current()


def actor() -> Actor:
    """The signed-in person, looked up anew at every run, so that an ended session ends in every tab."""
    return accounts.who(installation(), token())


def translator() -> Translator:
    """Texts in the language chosen by the switch."""
    return Translator(st.session_state.get("lang") or st.query_params.get("lang") or "vi")


def moment() -> Moment:
    """The two clocks chosen at the top of the page, and by which agencies it counts."""
    as_of: date | None = st.session_state.get("as_of")
    known_at: date | None = st.session_state.get("known_at")
    today = st.session_state.get("agencies_today")
    return installation().moment(as_of, known_at, Organisation.TODAY if today else Organisation.AT_THE_TIME)
