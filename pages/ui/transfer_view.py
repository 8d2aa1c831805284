"""From whom to whom a decision moves, in words: on the item's page, in its story and on the procedure's page."""

from datetime import date

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.authority import Authority, Form
from catalogue.model.period import Moment
from catalogue.reference import Reference
from catalogue.services.installation import Installation
from catalogue.services.items import ItemPage
from catalogue.services.transfers import Standing
from pages.ui import plain


def show(
    installation: Installation, moment: Moment, page: ItemPage, t: Translator, *, is_reader: bool
) -> None:
    """What an item moves from whom to whom, and what became of it; nothing where it moves no decision."""
    standing = page.transfer
    if standing is None:
        return
    words = Words(installation.reference, moment.as_of, t)
    st.markdown(words.line(standing))
    if standing.is_overtaken:
        is_in_force = page.state["in_base"] and page.state["enacted_on"] is not None
        said = words.overtaken(standing, is_reader=is_reader, is_in_force=is_in_force)
        st.warning("  \n".join(said), icon=":material/swap_horiz:")
    elif standing.change is not None:
        said = [
            words.first(standing),
            t("transfer.changed", basis=words.basis(standing, is_reader=is_reader)),
        ]
        st.caption("  \n".join(said))


class Words:
    """How authorities are called on a day in one language."""

    def __init__(self, reference: Reference, day: date, t: Translator) -> None:
        self._reference, self._day, self._t = reference, day, t

    def authority(self, one: Authority) -> str:
        """The body or agency that is named, with its level; the level alone where none is named."""
        t = self._t
        level = t(f"item.level_{one.level}")
        agency = self._reference.agency(one.agency).name_on(self._day) if one.agency else None
        if one.body and agency:
            name = t("transfer.inside", body=one.body, agency=agency)
        else:
            name = one.body or agency or ""
        if not name:
            return level
        return plain.markdown(name if one.level == "other" else t("transfer.named", name=name, level=level))

    def form(self, form: Form) -> str:
        return self._t(f"transfer.form_{form}")

    def line(self, standing: Standing) -> str:
        """Form, giver and taker as they hold."""
        now = standing.now
        giver, taker = self.authority(now.giver), self.authority(now.taker)
        return self._t("transfer.line", form=self.form(now.form), giver=giver, taker=taker)

    def first(self, standing: Standing) -> str:
        first = standing.first
        return self._t("transfer.first", giver=self.authority(first.giver), taker=self.authority(first.taker))

    def overtaken(self, standing: Standing, *, is_reader: bool, is_in_force: bool) -> list[str]:
        """That an assignment is overtaken, what it said, who decides now and by which rule or document."""
        t, taker = self._t, standing.now.taker
        basis = self.basis(standing, is_reader=is_reader)
        if standing.is_void:
            now = t("transfer.void", level=t(f"item.level_{taker.level}"), basis=basis)
        else:
            key = "transfer.now" if is_in_force else "transfer.now_assigned"
            now = t(key, taker=self.authority(taker), basis=basis)
        said = [f"**{t('transfer.overtaken', day=standing.ended_on)}**", self.first(standing), now]
        note = standing.rule.note if standing.rule else None
        return [*said, plain.markdown(note)] if note else said

    def basis(self, standing: Standing, *, is_reader: bool) -> str:
        """By which rule, document or succession somebody else decides; the reason of a change is for signed-in people."""
        t, rule, change = self._t, standing.rule, standing.change
        if rule is not None:
            level = t(f"item.level_{rule.level}")
            if rule.document:
                document = plain.markdown(rule.document)
                said = t("transfer.by_rule_document", document=document, level=level, day=rule.on)
            else:
                said = t("transfer.by_rule", level=level, day=rule.on)
            return t("transfer.by_rule_memory", basis=said) if rule.basis == "memory" else said
        if change is None:
            return t("transfer.by_heir")
        if change.number:
            document = t("item.stage_assigned_by", number=plain.markdown(change.number), day=change.issued_on)
            said = t("transfer.by_change", document=document, day=change.on)
        else:
            said = t("transfer.by_change_alone", day=change.on)
        return f"{said}: {plain.markdown(change.reason)}" if is_reader else said
