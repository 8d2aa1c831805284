"""The portal's list of procedures -> the contract; pure, every value used or reported."""

from collections.abc import Sequence

from pipelines.contract import TransformResult
from pipelines.listing import Reader, Said, read_listing
from pipelines.sources import Source
from pipelines.strict import split
from pipelines.workbook import Row

_PARTS = frozenset({"name", "field_name", "issuing_agency_text", "implementing"})


def transform(rows: Sequence[Row], source: Source, file: str, sheet: str | None) -> TransformResult:
    """The list as contract rows; raises ImportRejected when the table itself cannot be understood."""
    return read_listing(rows, source, file, sheet, _say, _PARTS)


def _say(reader: Reader, row: Row) -> Said:
    agencies = split(reader.words(row, "implementing"), reader.source.split["implementing"])
    texts = {part: reader.text(row, part) for part in ("name", "field_name", "issuing_agency_text")}
    return Said({part: text for part, text in texts.items() if text} | {"implementing": list(agencies)})
