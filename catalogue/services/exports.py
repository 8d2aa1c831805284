"""The catalogue given away: as of a day, as known at a moment, read in batches and written as it is read.

Nothing is held beyond one batch. Every batch is a read of its own up to the same revision, so that what is recorded
meanwhile changes nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from catalogue.errors import Invalid, NotFound
from catalogue.i18n import LANGUAGES, Translator
from catalogue.interchange.open_data import dcat, files, graph, workbook
from catalogue.interchange.open_data.dictionary import dictionary as described
from catalogue.interchange.open_data.forms import CATALOGUE, DCAT, DICTIONARY, forms, media_type
from catalogue.interchange.open_data.record import Body, Document, OpenRecord
from catalogue.interchange.open_data.tables import tables
from catalogue.model.content import ROLES
from catalogue.model.period import Moment
from catalogue.services import heirs, versions
from catalogue.services.installation import Installation
from catalogue.services.procedures import version_from
from catalogue.services.versions import Standing

BATCH = 500  # procedures

Pieces = Iterator[bytes]


@dataclass(frozen=True)
class Export:
    """A file on its way; `counts`: rows (of the graph: procedures) by table, as far as `pieces` was read."""

    file_name: str
    media_type: str
    pieces: Pieces
    counts: Counter[str] = field(default_factory=Counter)


def open_export(
    installation: Installation,
    moment: Moment,
    name: str,
    form: str,
    *,
    with_abolished: bool = False,
    address: str | None = None,
) -> Export:
    """One file of catalogue.interchange.open_data.forms, which names everything there is; the catalogue is read while `pieces` is.

    `with_abolished`: also procedures that are not in force any more; `address`: where the server is reached from outside
    (`https://…` without a path), without it the one of the reference data. Reading `pieces` raises Invalid when a
    sheet cannot hold so many rows.
    Raises: NotFound for another name; Invalid for another form.
    """
    offered = forms()
    if name not in offered:
        raise NotFound("export_not_found", id=name, offered=", ".join(offered))
    if form not in offered[name]:
        raise Invalid("export_format_unknown", id=name, value=form, offered=", ".join(offered[name]))
    counts: Counter[str] = Counter()
    if name == DICTIONARY:
        pieces = _plain(dictionary(installation))
    elif name == DCAT:
        pieces = _plain(dcat_record(installation, moment, address))
    else:
        found = batches(installation, moment, with_abolished=with_abolished)
        pieces = _pieces(installation, moment, name, form, found, counts)
    file_name = f"{name}_{moment.as_of}_r{moment.revision}.{form}"
    return Export(file_name, media_type(form), pieces, counts)


def batches(
    installation: Installation, moment: Moment, *, with_abolished: bool = False, size: int | None = None
) -> Iterator[list[OpenRecord]]:
    """The procedures in force (and the abolished ones) by code, `size` or `BATCH` at a time; the next ones are read when
    they are asked for."""
    read = installation.database.read
    clocks = {"as_of": moment.as_of, "revision": moment.revision}
    after = ""
    while True:
        rows = read(
            "exports/procedures", after=after, size=size or BATCH, with_abolished=with_abolished, **clocks
        )
        if rows.is_empty():
            return
        after = rows["procedure_code"][-1]
        yield _records(installation, moment, rows.to_dicts())


def dictionary(installation: Installation) -> dict[str, Any]:
    """Every table with its columns, and the terms of our own namespace, in both languages."""
    return described(installation.reference.open_data.namespace)


def dcat_record(installation: Installation, moment: Moment, address: str | None = None) -> dict[str, Any]:
    """The DCAT-AP record of the data sets; its addresses are pinned to the moment where that is not the present one."""
    said = installation.reference.open_data
    row = installation.database.row("exports/recorded", as_of=moment.as_of, revision=moment.revision) or {}
    is_present = moment.known_at is None and moment.as_of == installation.working_date
    known_at = f"&known_at={moment.known_at}" if moment.known_at else ""
    return dcat.record(
        dcat.Published(
            namespace=said.namespace,
            address=(address or said.address).rstrip("/"),
            query="" if is_present else f"?as_of={moment.as_of}{known_at}",
            publisher=_body(installation, moment, said.publisher),
            licence=said.licence.uri,
            licence_name=said.licence.name,
            is_licence_confirmed=said.licence.confirmed,
            issued_on=row.get("issued_on"),
            modified_on=row.get("modified_on"),
            version=f"{moment.as_of}/r{moment.revision}",
            notes=("export.demonstration",) if installation.is_demo else (),
        )
    )


def graph_about(installation: Installation, moment: Moment) -> graph.About:
    """What the graph says of itself."""
    said = installation.reference.open_data
    return graph.About(
        namespace=said.namespace,
        publisher=_body(installation, moment, said.publisher),
        licence=said.licence.uri,
        title=Translator("vi")("export.catalogue_title"),
        description=_description(installation, moment, "vi"),
        as_of=moment.as_of,
        known_at=moment.known_at,
        revision=moment.revision,
    )


def _plain(value: Mapping[str, Any]) -> Pieces:
    yield orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"


def _pieces(
    installation: Installation,
    moment: Moment,
    name: str,
    form: str,
    found: Iterator[list[OpenRecord]],
    counts: Counter[str],
) -> Pieces:
    if form == "jsonld":
        return graph.graph_pieces(graph_about(installation, moment), found, counts)
    if form == "xlsx":
        return workbook.workbook_pieces(_sheet_about(installation, moment), found, counts)
    said = {
        "as_of": str(moment.as_of),
        "known_at": str(moment.known_at or ""),
        "revision": str(moment.revision),
        "demonstration": str(installation.is_demo).lower(),
        "licence": installation.reference.open_data.licence.uri,
    }
    if name == CATALOGUE:
        enclosed = {
            "about.json": b"".join(_plain(said)),
            "dictionary.json": b"".join(_plain(dictionary(installation))),
        }
        return files.archive_pieces(form.removesuffix(".zip"), found, said, counts, enclosed)
    return files.table_pieces(form, tables()[name], found, said, counts)


def _records(installation: Installation, moment: Moment, rows: list[dict[str, Any]]) -> list[OpenRecord]:
    """One batch: the whole content of some procedures with whom and what it names."""
    codes = [row["procedure_code"] for row in rows]
    standing = versions.standing(installation.database, moment.as_of, moment.revision, codes)
    gifts = {row["gift"] for row in rows if row["gift"] is not None}
    answering = heirs.at(installation, moment).by_gift(gifts)
    documents = _documents(installation, moment, standing)
    return [
        OpenRecord(
            version=version_from(version),
            national_code=row["national_code"],
            agency_suffix=row["agency_suffix"],
            source=row["source"],
            issuing=_body(installation, moment, version.issuing_agency) if version.issuing_agency else None,
            answering=_body(installation, moment, answering[row["gift"]])
            if row["gift"] in answering
            else None,
            decision=documents.get(version.decision_id or 0),
            documents={
                text: documents[document_id]
                for text, document_id in version.documents.items()
                if document_id in documents
            },
            bodies=_bodies(installation, moment, version),
        )
        for row in rows
        for version in (standing[row["procedure_code"]],)
    ]


def _documents(
    installation: Installation, moment: Moment, standing: Mapping[str, Standing]
) -> dict[int, Document]:
    ids = {one.decision_id for one in standing.values() if one.decision_id}
    ids |= {document_id for one in standing.values() for document_id in one.documents.values()}
    rows = installation.database.read(
        "exports/documents", ids=sorted(ids), as_of=moment.as_of, revision=moment.revision
    )
    return {row["document_id"]: Document(**row) for row in rows.iter_rows(named=True)}


def _bodies(installation: Installation, moment: Moment, version: Standing) -> dict[str, Body]:
    texts = {text for role in ROLES for text in version.content.get(role) or ()}
    codes = {text: versions.agency_code(installation.reference, text) for text in texts}
    return {text: _body(installation, moment, code) for text, code in codes.items() if code is not None}


def _body(installation: Installation, moment: Moment, code: str) -> Body:
    """An agency of the reference data by its names of the day; one that has left it goes by its code."""
    try:
        agency = installation.reference.agency(code)
    except NotFound:
        return Body(code, code)
    day = moment.organised_on
    place = agency.short_name_on(day) if agency.kind == "province" else None
    return Body(agency.code, agency.name_on(day), place)


def _description(installation: Installation, moment: Moment, language: str) -> str:
    t = Translator(language)
    known_at = t.day(moment.known_at) if moment.known_at else t("export.now")
    told = [
        t("export.catalogue_description"),
        t("export.moment", as_of=moment.as_of, known_at=known_at, revision=str(moment.revision)),
    ]
    if installation.is_demo:
        told.append(t("export.demonstration"))
    if not installation.reference.open_data.licence.confirmed:
        told.append(t("export.licence_assumed"))
    return " ".join(told)


def _sheet_about(installation: Installation, moment: Moment) -> list[tuple[str, str]]:
    """The first sheet of the workbook, in both languages."""
    said = installation.reference.open_data
    told = [Translator(language) for language in LANGUAGES]

    def both(key: str) -> str:
        return " / ".join(t(f"export.{key}") for t in told)

    return [
        (both("about_title"), both("catalogue_title")),
        *(
            (both("about_description"), _description(installation, moment, language))
            for language in LANGUAGES
        ),
        (both("about_as_of"), moment.as_of.isoformat()),
        (both("about_known_at"), moment.known_at.isoformat() if moment.known_at else both("now")),
        (both("about_revision"), str(moment.revision)),
        (both("about_publisher"), _body(installation, moment, said.publisher).name),
        (both("about_licence"), f"{said.licence.name} {said.licence.uri}"),
        *((both("about_reading"), t("export.reading")) for t in told),
        *(
            (f"{both('about_sheets')}: {table.name}", f"{table.vi} / {table.en}")
            for table in tables().values()
        ),
    ]
