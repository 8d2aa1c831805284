"""The portal's detail pages -> the contract; pure, every page read or reported."""

from collections.abc import Sequence

from pipelines.contract import TransformResult
from pipelines.listing import CODE, Reader, Said, read_listing
from pipelines.sources import Source
from pipelines.sources.portal_detail.page import PARTS, parse_page
from pipelines.workbook import Row


def transform(rows: Sequence[Row], source: Source, file: str, sheet: str | None) -> TransformResult:
    """The pages as the contract; raises ImportRejected when a column that must be there is missing."""
    return read_listing(rows, source, file, sheet, _say, PARTS)


def _say(reader: Reader, row: Row) -> Said:
    page = parse_page(
        {part: reader.words(row, part) for part in reader.table.position}, reader.source.lookups
    )
    code = reader.text(row, CODE)
    if page.code and page.code != code:
        issue = reader.issue("page_of_another_procedure", "error", row, CODE, f"{code} ≠ {page.code}")
        return Said({}, errors=(issue,))
    return Said(page.content, page.problems, raw=page.raw)
