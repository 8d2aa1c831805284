"""Where the numbers of a page come from, in one line."""

from catalogue.i18n import Translator
from catalogue.model.period import Moment


def source_line(moment: Moment, t: Translator) -> str:
    """Source, as_of, known_at and the data revision."""
    known = moment.known_at or t("app.known_at_now")
    return t("app.source_line", as_of=moment.as_of, known_at=known, revision=moment.revision)
