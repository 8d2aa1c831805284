"""The list of items to take away, made only when it is asked for."""

from functools import partial

import streamlit as st

from catalogue.correspondence import item_book
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter


def show(
    installation: Installation, moment: Moment, programme: str, wanted: ItemFilter, t: Translator
) -> None:
    """One button for every row that the filters leave."""
    st.download_button(
        t("item_book.button"),
        data=partial(item_book.write, installation, moment, programme, wanted),
        file_name=item_book.file_name(programme, moment),
        help=t("item_book.button_help"),
        icon=":material/download:",
        on_click="ignore",
        key=f"items-download-{programme}",
    )
