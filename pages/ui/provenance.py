"""Where the numbers of a page come from, in one line and in the name of a file."""

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.text import ascii_code

_LONGEST = 90  # letters of a title in a file's name


def source_line(moment: Moment, t: Translator) -> str:
    """Source, as_of, known_at and the data revision."""
    known = moment.known_at or t("app.known_at_now")
    return t("app.source_line", as_of=moment.as_of, known_at=known, revision=moment.revision)


def file_name(title: str, moment: Moment, form: str) -> str:
    """`duong-tien-do-2024-02-29.png`: every program and mail server takes ASCII."""
    name = ascii_code(title)
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rpartition("-")[0]
    return f"{name}-{moment.as_of.isoformat()}.{form}"
