"""What a file that leaves the system says of itself: as of which day, by what was recorded, counted by which agencies."""

from collections.abc import Iterator

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services.installation import Installation


def lines(installation: Installation, moment: Moment, t: Translator) -> list[str]:
    """The source in one line, and on a demonstration installation that its data are no real ones."""
    known = moment.known_at or t("app.known_at_now")
    said = [t("app.source_line", as_of=moment.as_of, known_at=known, revision=moment.revision)]
    if installation.is_demo:
        said.append(t("app.demo_line", day=installation.working_date))
    return said


def pairs(installation: Installation, moment: Moment, t: Translator) -> Iterator[tuple[str, str]]:
    """The same as (what, value), one after the other."""
    yield t("item_book.about_as_of"), t.day(moment.as_of)
    known = t.day(moment.known_at) if moment.known_at else t("app.known_at_now")
    yield t("item_book.about_known_at"), known
    yield t("item_book.about_revision"), str(moment.revision)
    yield t("item_book.about_organisation"), t(f"item_book.organisation_{moment.organisation}")
    yield t("item_book.about_source"), t("item_book.source")
    if installation.is_demo:
        yield t("item_book.about_demo"), t("app.demo_line", day=installation.working_date)
