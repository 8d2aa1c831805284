"""The assertions of a source.yml against what its transform delivered."""

from collections.abc import Iterator

from catalogue.errors import Issue
from catalogue.model.content import PARTS
from pipelines.contract import ROW_LEFT_OUT, TransformResult
from pipelines.sources import Source


def check(result: TransformResult, source: Source) -> tuple[Issue, ...]:
    """What the batch as a whole breaks; empty when every assertion holds."""
    return tuple(_broken(result, source))


def _broken(result: TransformResult, source: Source) -> Iterator[Issue]:
    limits = source.assertions
    if strange := {part for one in result.listed for part in one.content} - result.parts | (
        result.parts - set(PARTS)
    ):
        yield Issue("contract_broken", value=", ".join(sorted(strange)))
    if len(result.listed) < limits.min_rows:
        yield Issue("too_few_rows", value=f"{len(result.listed)} < {limits.min_rows}")
    about_rows = [i for i in result.issues if i.rule in ROW_LEFT_OUT and i.sheet == result.sheet]
    left_out = {issue.row for issue in about_rows}
    if result.rows_read != len(result.listed) + len(left_out):
        yield Issue("rows_unaccounted", value=str(result.rows_read - len(result.listed) - len(left_out)))
    wrong = {issue.row for issue in about_rows if issue.severity == "error"}
    if result.rows_read and len(wrong) / result.rows_read > limits.max_error_share:
        yield Issue("too_many_errors", value=f"{len(wrong)}/{result.rows_read}")
