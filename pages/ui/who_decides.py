"""Who decides on a procedure, who did before and on what basis: the catalogue's record beside the ledger."""

from datetime import date

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.authority import Form
from catalogue.model.period import Moment
from catalogue.model.promise import Verdict
from catalogue.services import promises, transfers
from catalogue.services.installation import Installation
from catalogue.services.procedures import ProcedureRecord
from catalogue.services.transfers import Assignment
from pages.ui import menu, plain, procedure_words
from pages.ui.promise_view import reason_words
from pages.ui.transfer_view import Words

_DECENTRALISE = "decentralise"


def show(
    installation: Installation, moment: Moment, record: ProcedureRecord, actor: Actor, t: Translator
) -> None:
    """What the record says, and every transfer of the procedure; nothing where no programme moves its decision."""
    code = record.version.procedure_code
    found = [one for one in transfers.of_procedure(installation, moment, code) if one.item["in_base"]]
    if not found:
        return
    words = Words(installation.reference, moment.as_of, t)
    st.subheader(t("transfer.who_decides"))
    st.markdown(_record(record, t))
    for one in found:
        with st.container(gap=None, key=f"related-transfer-{one.item['item_id']}"):
            st.markdown(_in_force(one, words, t) if one.is_in_force else _assigned(one, words, t))
            st.caption("  \n".join(_grounds(one, words, t)))
            if one.transfer.is_overtaken:
                is_reader = actor.has(Right.READ_CLAIMS)
                said = words.overtaken(one.transfer, is_reader=is_reader, is_in_force=one.is_in_force)
                st.warning("  \n".join(said), icon=":material/swap_horiz:")
            if one.is_in_force:
                _difference(installation, moment, one, t)
            menu.link("item", t("transfer.open_item"), id=one.item["item_id"])


def _record(record: ProcedureRecord, t: Translator) -> str:
    agencies = "; ".join(one.text for one in record.agencies.get("competent", ()))
    return t(
        "transfer.record_says",
        agencies=plain.markdown(agencies) or t("transfer.record_silent"),
        levels=procedure_words.levels(record.version.levels, t) or t("transfer.levels_unknown"),
    )


def _in_force(one: Assignment, words: Words, t: Translator) -> str:
    now = one.transfer.now
    return t(
        "transfer.in_force_authorised" if now.form is Form.UY_QUYEN else "transfer.in_force",
        taker=procedure_words.capital(words.authority(now.taker)),
        giver=words.authority(now.giver),
        day=_since(one),
        form=words.form(now.form).lower(),
    )


def _assigned(one: Assignment, words: Words, t: Translator) -> str:
    now = one.transfer.now
    return t(
        "transfer.not_in_force",
        giver=words.authority(now.giver),
        taker=words.authority(now.taker),
        form=words.form(now.form).lower(),
    )


def _grounds(one: Assignment, words: Words, t: Translator) -> list[str]:
    """Who decided before; by which documents, or what is waited for; who assigned it."""
    item = one.item
    needed = one.instruments.to_dicts()
    issued = [
        t(
            "transfer.document_in_force",
            number=plain.markdown(row["number"]),
            issued=row["issued_on"],
            force=row["in_force_on"],
        )
        for row in needed
        if row["is_in_force"]
    ]
    assigned = t(
        "transfer.assigned_by",
        number=plain.markdown(item["assigned_by_number"] or "–"),
        day=item["assigned_by_date"],
    )
    if one.is_in_force:
        return [_before(one, words, t), t("transfer.basis", documents="; ".join([*issued, assigned]))]
    waiting = [plain.markdown(row["title"]) for row in needed if not row["is_in_force"]]
    waits = t("transfer.waits", documents="; ".join(waiting)) if waiting else t("transfer.waits_unknown")
    due = [t("transfer.due", day=item["current_deadline"])] if item["current_deadline"] else []
    until = t("transfer.until_then", giver=words.authority(one.transfer.now.giver))
    return [until, " · ".join([waits, *due]), t("transfer.basis", documents=assigned)]


def _since(one: Assignment) -> date:
    """Since when whoever decides now does: since the enactment, or since something else took the place of the first."""
    enacted_on: date = one.item["enacted_on"]
    return max(enacted_on, one.transfer.since or enacted_on)


def _before(one: Assignment, words: Words, t: Translator) -> str:
    first, enacted_on = one.transfer.first, one.item["enacted_on"]
    giver = words.authority(first.giver)
    if _since(one) == enacted_on:
        return t("transfer.before", giver=giver)
    return t("transfer.before_twice", taker=words.authority(first.taker), day=enacted_on, giver=giver)


def _difference(installation: Installation, moment: Moment, one: Assignment, t: Translator) -> None:
    """Where the record does not say what the ledger says."""
    check = promises.of_item(installation, moment, one.item["item_id"])
    judged = check.measures if check else ()
    for each in judged:
        finding = each.finding
        if finding.measure.type != _DECENTRALISE or finding.verdict is Verdict.MATCHES:
            continue
        said = t(f"transfer.{finding.verdict}", reason=reason_words(finding, t))
        st.markdown(f":material/difference: {said}")
