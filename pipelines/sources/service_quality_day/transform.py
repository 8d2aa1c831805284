"""The table of one day, read like the sheets of the workbook."""

from pipelines.sources.service_quality.transform import transform

__all__ = ["transform"]
