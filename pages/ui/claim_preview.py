"""What confirming claims will move, in words before anybody confirms."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.services import figures
from catalogue.services.claim_reading import Preview
from pages.ui import plain, tables

_KINDS = {code: kind for kind, code in figures.PROGRAMMES.items()}


def show(preview: Preview, key: str, t: Translator) -> None:
    """Each programme's figure before and after, the items that are completed, and what cannot be confirmed."""
    if preview.issued_otherwise:
        numbers = ", ".join(plain.markdown(number) for number in preview.issued_otherwise)
        st.error(t("claim.issued_otherwise", number=numbers), icon=":material/block:")
    if preview.issued_already:
        numbers = ", ".join(plain.markdown(number) for number in preview.issued_already)
        st.info(t("claim.issued_already", number=numbers), icon=":material/content_copy:")
    items = preview.released
    if items.is_empty():
        return
    st.markdown("  \n".join([t("claim.preview", items=items.height), *_moves(preview, t)]))
    with st.expander(t("claim.preview_items", items=items.height)):
        tables.show(
            items.select("procedure_code", "title", "enacted_on"),
            {
                "procedure_code": st.column_config.TextColumn(t("item.col_code"), width="small"),
                "title": t("item.col_title"),
                "enacted_on": st.column_config.DateColumn(t("claim.enacted_from"), format="DD/MM/YYYY"),
            },
            key=f"released-{key}",
            title=t("claim.preview_title"),
            t=t,
        )


def _moves(preview: Preview, t: Translator) -> list[str]:
    moves = []
    for moved in preview.moved:
        name = t(f"programme.{_KINDS[moved.programme]}") if moved.programme in _KINDS else moved.programme
        moves.append(
            t(
                "claim.preview_moves",
                programme=name,
                before=moved.before.numerator,
                after=moved.after,
                base=moved.before.denominator,
            )
        )
    days = [moved.before.moment.as_of for moved in preview.moved]
    if days:
        coming = preview.released.filter(pl.col("enacted_on") > days[0])
        if coming.height:
            moves.append(t("claim.preview_later", items=coming.height, day=coming["enacted_on"].min()))
    return moves
