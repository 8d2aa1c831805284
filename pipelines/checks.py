"""The assertions of a source.yml against what its transform delivered."""

from collections.abc import Iterator

from catalogue.errors import Issue
from pipelines.contract import ROW_LEFT_OUT, SCHEMA, TransformResult
from pipelines.sources import Source


def check(result: TransformResult, source: Source) -> tuple[Issue, ...]:
    """What the batch as a whole breaks; empty when every assertion holds."""
    return tuple(_broken(result, source))


def _broken(result: TransformResult, source: Source) -> Iterator[Issue]:
    limits = source.assertions
    if result.frame.schema != SCHEMA:
        yield Issue("contract_broken", value=str(result.frame.schema))
    if result.frame.height < limits.min_rows:
        yield Issue("too_few_rows", value=f"{result.frame.height} < {limits.min_rows}")
    left_out = {issue.row for issue in result.issues if issue.rule in ROW_LEFT_OUT}
    if result.rows_read != result.frame.height + len(left_out):
        yield Issue("rows_unaccounted", value=str(result.rows_read - result.frame.height - len(left_out)))
    wrong = {i.row for i in result.issues if i.rule in ROW_LEFT_OUT and i.severity == "error"}
    if result.rows_read and len(wrong) / result.rows_read > limits.max_error_share:
        yield Issue("too_many_errors", value=f"{len(wrong)}/{result.rows_read}")
