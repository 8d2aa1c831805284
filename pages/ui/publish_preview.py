"""What confirming a decision would do, line by line in words, and how it keeps the limits."""

from collections import Counter

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.version import Version
from catalogue.services.effects import Effect, EffectKind
from catalogue.services.installation import Installation
from catalogue.services.publications import Preview
from pages.ui import plain, timeliness_words

_LEVELS = ("ministry", "provincial", "district", "communal", "other")
_ICONS = {
    EffectKind.CREATED: ":material/add_circle:",
    EffectKind.CHANGED: ":material/edit:",
    EffectKind.ABOLISHED: ":material/cancel:",
    EffectKind.KEPT: ":material/content_cut:",
    EffectKind.REPEATED: ":material/content_copy:",
}


def show(installation: Installation, preview: Preview, t: Translator) -> None:
    """In a sentence, then code by code; beside it the limits and the lag behind the ministry."""
    st.subheader(t("publish.preview_title"), anchor=False)
    warnings = sum(issue.severity == "warning" for issue in preview.issues)
    if warnings:
        st.caption(t("publish.warnings_count", count=warnings))
    counted = Counter(effect.kind for effect in preview.effects)
    st.markdown(
        f"**{' · '.join(t(f'publish.effect_count_{kind}', count=counted[kind]) for kind in EffectKind if counted[kind])}**"
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        for effect in preview.effects:
            with st.container(gap=None, key=f"effect-{effect.row}-{effect.code}"):
                head = plain.markdown(f"{effect.code} · {effect.name}")
                st.markdown(f"{_ICONS[effect.kind]} {effect.row}. **{head}**")
                st.caption(plain.markdown(" ".join(_words(effect, t))))
    with right:
        timeliness_words.checks(preview.checks, installation.working_date, t)
        for cited, lag in preview.lags:
            after = t("publication.lag_after", days=lag.days, working_days=lag.working_days)
            st.markdown(f":material/hourglass_bottom: {plain.markdown(cited.number)}: {after}")


def _words(effect: Effect, t: Translator) -> list[str]:
    day = effect.after.effective_date if effect.after else None
    said: list[str] = []
    if effect.kind is EffectKind.CHANGED and effect.before and effect.after:
        changes = _changes(effect.before, effect.after, t)
        said.append(t("publish.effect_changed" if changes else "publish.effect_changed_same", day=day))
        said += changes
    elif effect.kind is EffectKind.KEPT:
        said.append(t("publish.effect_kept", note=effect.note))
    elif effect.kind is EffectKind.REPEATED:
        said.append(t("publish.effect_repeated"))
    else:
        said.append(t(f"publish.effect_{effect.kind}", day=day))
        if effect.kind is EffectKind.CREATED and effect.after:
            said.append(" · ".join(filter(None, (effect.after.field_name, _levels(effect.after, t)))))
    if effect.until:
        said.append(t("publish.effect_until", day=effect.until))
    return said


def _changes(before: Version, after: Version, t: Translator) -> list[str]:
    """What a line can change: name, field and levels, old and new."""
    unknown = t("app.unknown")
    pairs = {
        "name": (before.name, after.name),
        "field_name": (before.field_name, after.field_name),
        "levels": (_levels(before, t), _levels(after, t)),
    }
    return [
        t(f"publish.change_{part}", old=old or unknown, new=new or unknown) + "."
        for part, (old, new) in pairs.items()
        if old != new
    ]


def _levels(version: Version, t: Translator) -> str:
    return ", ".join(t(f"procedure.level_{level}") for level in _LEVELS if level in version.levels)
