"""Everything that can be had, by name, and the forms it comes in: `procedures` as `csv`, `catalogue` as `csv.zip`."""

from catalogue.interchange.open_data.tables import tables

CATALOGUE, DICTIONARY, DCAT = "catalogue", "dictionary", "dcat"

_MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def forms() -> dict[str, tuple[str, ...]]:
    """The forms of each name, the fullest first."""
    return {
        CATALOGUE: ("jsonld", "xlsx", "csv.zip", "parquet.zip"),
        **dict.fromkeys(tables(), ("csv", "parquet")),
        DICTIONARY: ("json",),
        DCAT: ("jsonld",),
    }


def data_sets() -> tuple[str, ...]:
    """The names that hold data: the catalogue and its tables."""
    return (CATALOGUE, *tables())


def media_type(form: str) -> str:
    """The media type of a file: `application/zip` of `csv.zip`."""
    return _MEDIA_TYPES[form.split(".")[-1]]


def content_type(form: str) -> str:
    """The media type of what a file holds: `text/csv` of `csv.zip`."""
    return _MEDIA_TYPES[form.split(".")[0]]
