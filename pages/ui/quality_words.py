"""Rules of quality in words: what each is called, what it means and how to mend it, what a source says there."""

from catalogue.i18n import Translator
from catalogue.model.content import PARTS
from pages.ui import procedure_words as words


def title(rule: str, t: Translator) -> str:
    """The short name of a rule; of one without a name, the rule itself."""
    for key in (f"quality.title_{rule}", f"rule_title.{rule}"):
        if t.has(key):
            return t(key)
    return rule


def why(rule: str, t: Translator) -> str:
    """What a rule means and how to mend it, in a sentence or two."""
    key = f"quality.why_{rule}"
    return t(key) if t.has(key) else ""


def value(rule: str, part: str | None, said: str | None, t: Translator) -> str:
    """What is flagged, in the source's words, and where in the record it stands."""
    if rule in ("name_shared", "name_respelt"):
        return t("quality.same_name_as", value=said)
    if (rule, part, said) == ("district_after_abolition", "levels", "district"):
        return t("quality.district_level")
    shown = [t("quality.value", value=words.clipped(said))] if said else []
    key = f"procedure.part_{part}"
    if part and (part in PARTS or t.has(key)):
        shown.append(t("quality.part", part=words.part(part, t)))
    return " ".join(shown)
