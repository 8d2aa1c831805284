"""The catalogue in its format of exchange: a form to fill in, or what stands at a moment, of one agency or of all."""

from catalogue.errors import Invalid
from catalogue.interchange.plain import Record, write_csv, write_json_lines
from catalogue.interchange.workbook import Origin, write_workbook
from catalogue.model.period import Moment
from catalogue.services import heirs, versions
from catalogue.services.installation import Installation

FORMATS = ("xlsx", "csv", "jsonl")


def template() -> bytes:
    """The empty workbook."""
    return write_workbook(())


def records(installation: Installation, moment: Moment, agency: str | None = None) -> list[Record]:
    """Code and content of each procedure in force (that an agency answers for), by code.

    Raises: NotFound for an agency that is not known.
    """
    gifts = None
    if agency is not None:
        gifts = list(heirs.gifts(installation, moment, installation.reference.agency(agency).code))
    reader = installation.database
    frame = reader.read("versions/of_agency", as_of=moment.as_of, revision=moment.revision, gifts=gifts)
    codes = frame["procedure_code"].to_list()
    standing = versions.standing(reader, moment.as_of, moment.revision, codes)
    return [(code, standing[code].content) for code in codes]


def export(
    installation: Installation, moment: Moment, agency: str | None = None, *, form: str = "xlsx"
) -> bytes:
    """The records as a file of one of `FORMATS`; imported again as of the same day it changes nothing.

    CSV says what has one value or one list a procedure; the workbook and JSON lines say everything.
    Raises: NotFound; Invalid for another format, or when a sheet cannot hold so many rows.
    """
    if form not in FORMATS:
        raise Invalid("format_unknown", value=form)
    found = records(installation, moment, agency)
    if form == "csv":
        return write_csv(found)
    if form == "jsonl":
        return write_json_lines(found)
    name = installation.reference.agency(agency).name if agency else None
    return write_workbook(found, Origin(name, moment.as_of, moment.known_at))
