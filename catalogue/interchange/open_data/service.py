"""A procedure as a cpsv:PublicService of CPSV-AP 3.2.0, with everything that hangs on it alone.

The cardinalities stand in the shapes: one identifier a node, a title and a description at least, an authority at least,
one processing time at most. What CPSV-AP has no place for is said in terms of our own (terms.yml).
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from catalogue.interchange.form import form
from catalogue.interchange.open_data.durations import duration, in_words
from catalogue.interchange.open_data.names import CATALOGUE, VIETNAMESE, Node, Shared, segment
from catalogue.interchange.open_data.record import Document, OpenRecord
from catalogue.model.shown import names_no_conditions
from catalogue.model.version import Channel, Fee, LegalBasis, Paper
from catalogue.text import fold

_LOCAL = ("ubnd", "hdnd")  # in the numbers of local authorities: 475/QĐ-UBND
_LONGEST_TITLE = 300  # letters; a longer requirement is a description
_PARTICIPANTS = ("implementing", "authorised", "cooperating")


def service(record: OpenRecord, shared: Shared) -> Node:
    """The node of a procedure; whatever several procedures name goes to `shared`."""
    return known(_Service(record, shared).node())


def known(node: Node) -> Node:
    """A node without what is unknown or empty."""
    return {key: value for key, value in node.items() if value is not None and value != []}


class _Service:
    """One procedure on its way into the graph."""

    def __init__(self, record: OpenRecord, shared: Shared) -> None:
        self.record, self.version, self.details = record, record.version, record.version.details
        self.shared, self.t = shared, shared.t
        self.name = f"procedure/{segment(record.code)}"
        self.bases = [self._basis(place, one) for place, one in _numbered(self.version.legal_bases)]
        issued_by = self.version.agency_name
        self.issuer = shared.organisation(issued_by, record.issuing) if issued_by or record.issuing else None

    def node(self) -> Node:
        version, details, record, shared = self.version, self.details, self.record, self.shared
        answering = record.answering
        concept = shared.concept
        return {
            "@id": self.name,
            "@type": "cpsv:PublicService",
            "dct:identifier": record.national_code,
            "dct:title": version.name or record.code,
            "dct:description": details.description or _joined(details.steps) or version.name or record.code,
            "cv:hasCompetentAuthority": self._authorities(),
            "adms:status": self._status(),
            "dct:type": concept("type", version.procedure_type) if version.procedure_type else None,
            "cv:thematicArea": concept("field", version.field_name) if version.field_name else None,
            "dct:audience": [concept("addressee", text) for text in details.addressees or ()],
            "dcat:keyword": list(details.keywords or ()),
            "dct:language": VIETNAMESE,
            "dct:isPartOf": CATALOGUE,
            "cv:processingTime": self._time(),
            "cv:hasChannel": [self._channel(place, one) for place, one in _numbered(details.channels)],
            "cv:hasCost": list(self._costs()),
            "cpsv:hasInput": list(self._inputs()),
            "cpsv:produces": [self._output(place, text) for place, text in _numbered(details.results)],
            "cpsv:follows": self._rule(),
            "cv:holdsRequirement": self._requirement(),
            "cv:hasLegalResource": self.bases,
            "cv:hasParticipation": list(self._participations()),
            "tthc:fullCode": record.code,
            "tthc:effectiveDate": version.effective_date.isoformat(),
            "tthc:level": [concept("level", level, _level(level)) for level in sorted(version.levels)],
            "tthc:isVertical": version.is_vertical,
            "tthc:publicationDecision": self._decision(),
            "tthc:answeringAgency": shared.organisation(None, answering) if answering else None,
            "tthc:dossierSets": details.dossier_sets,
            "tthc:receivingAddress": details.address,
            "tthc:relatedProcedure": list(details.related or ()),
        }

    def _authorities(self) -> list[str]:
        """Who decides; where the source does not say, who issued it; where it says neither, who carries it out.

        Where nobody at all is named, an agency that is said to be unknown: the shapes ask for one.
        """
        competent, implementing = (
            self.version.agencies.get(role, ()) for role in ("competent", "implementing")
        )
        if not competent and self.issuer is not None:
            return [self.issuer]
        named = [self._organisation(text) for text in competent or implementing]
        return named or [self.shared.organisation(None, None)]

    def _organisation(self, text: str) -> str:
        return self.shared.organisation(text, self.record.bodies.get(text))

    def _status(self) -> str:
        status = "in-force" if self.version.in_force else "abolished"
        label = self.t("export.status_in_force" if self.version.in_force else "export.status_abolished")
        return self.shared.concept("status", status, label)

    def _time(self) -> str | None:
        """One time for the whole procedure where all channels that say one say the same."""
        times = {duration(channel.time) for channel in self.details.channels or () if channel.time}
        return times.pop() if len(times) == 1 else None

    def _channel(self, place: int, channel: Channel) -> Node:
        time = channel.time
        words = in_words(time) if time else None
        said = (self.t("export.time_limit", words=words) if words else None, channel.note)
        is_counted = time is not None and time.value is not None
        return known(
            {
                **self._own("channel", place, "cv:Channel"),
                "dct:type": self.shared.concept("way", channel.way) if channel.way else None,
                "dct:description": _joined([text for text in said if text]),
                "cv:processingTime": duration(time),
                "tthc:timeValue": f"{time.value:f}" if time and is_counted else None,
                "tthc:timeUnit": self.shared.concept("unit", time.unit) if time and time.unit else None,
            }
        )

    def _costs(self) -> Iterator[Node]:
        fees = ((place, fee) for place, one in _numbered(self.details.channels) for fee in one.fees or ())
        for number, (channel, fee) in enumerate(fees, start=1):
            yield self._cost(number, channel, fee)

    def _cost(self, number: int, channel: int, fee: Fee) -> Node:
        is_foreign = fee.currency is not None
        amount = fee.amount if is_foreign else fee.amount_vnd
        currency = fee.currency or "VND"
        return known(
            {
                **self._own("cost", number, "cv:Cost"),
                "cv:hasValue": None if amount is None else float(amount),
                "cv:currency": None if amount is None else self.shared.currency(currency),
                "dct:description": fee.text,
                "cv:ifAccessedThrough": f"{self.name}/channel/{channel}",
                "cv:isDefinedBy": self.issuer,
            }
        )

    def _inputs(self) -> Iterator[Node]:
        cases = self.details.dossier or ()
        papers = ((case.name, paper) for case in cases for paper in case.papers)
        for number, (case, paper) in enumerate(papers, start=1):
            yield known(
                {
                    **self._own("paper", number, "cv:Evidence"),
                    "dct:title": paper.name,
                    "dct:description": self._counts(case, paper),
                    "tthc:dossierCase": case,
                    "tthc:formName": paper.form,
                    "tthc:originals": paper.originals,
                    "tthc:copies": paper.copies,
                }
            )

    def _counts(self, case: str | None, paper: Paper) -> str | None:
        values = {"originals": paper.originals, "copies": paper.copies, "form": paper.form, "case": case}
        said = [
            self.t(f"export.paper_{what}", value=str(value))
            for what, value in values.items()
            if value is not None
        ]
        return "; ".join(said) or None

    def _output(self, place: int, text: str) -> Node:
        return {**self._own("result", place, "cv:Output"), "dct:title": text}

    def _rule(self) -> Node | None:
        steps = _joined(self.details.steps)
        if steps is None:
            return None
        return {
            **self._own("steps", None, "cpsv:Rule"),
            "dct:title": _header("steps"),
            "dct:description": steps,
            "cpsv:implements": [basis["@id"] for basis in self.bases],
        }

    def _requirement(self) -> Node | None:
        text = self.details.requirements
        if text is None or names_no_conditions(text):
            return None
        is_long = len(text) > _LONGEST_TITLE
        return known(
            {
                **self._own("requirement", None, "cv:Requirement"),
                "dct:title": _header("requirements") if is_long else text,
                "dct:description": text if is_long else None,
                "cv:fulfils": f"{self.name}/steps" if self.details.steps else None,
            }
        )

    def _participations(self) -> Iterator[Node]:
        parts = ((role, text) for role in _PARTICIPANTS for text in self.version.agencies.get(role, ()))
        for number, (role, text) in enumerate(parts, start=1):
            yield {
                **self._own("participation", number, "cv:Participation"),
                "dct:description": f"{_header(role)}: {text}",
                "cv:role": self.shared.concept("role", role, _header(role)),
                "cv:hasParticipant": self._organisation(text),
            }

    def _basis(self, place: int, basis: LegalBasis) -> Node:
        number, issued_on = self.record.identity(basis)
        known_as = self.record.documents.get(basis.text)
        name = _document(number, issued_on, known_as) or f"{self.name}/legal-basis/{place}"
        return known(
            {
                "@id": name,
                "@type": "eli:LegalResource",
                "dct:identifier": number,
                "dct:issued": issued_on.isoformat() if issued_on else None,
                "dct:title": basis.text,
            }
        )

    def _decision(self) -> Node | None:
        decision = self.record.decided_by
        if decision is None:
            return None
        return known(
            {
                "@id": _document(decision.number, decision.issued_on, decision) or f"{self.name}/decision",
                "@type": "tthc:PublicationDecision",
                "dct:identifier": decision.number,
                "dct:issued": decision.issued_on.isoformat() if decision.issued_on else None,
                "dct:title": decision.title,
            }
        )

    def _own(self, kind: str, place: int | None, of_class: str) -> Node:
        """Name, class and identifier of something that belongs to this procedure alone."""
        number = "" if place is None else f"/{place}"
        return {
            "@id": f"{self.name}/{kind}{number}",
            "@type": of_class,
            "dct:identifier": f"{self.record.code}#{kind}{number.replace('/', '-')}",
        }


def _document(number: str | None, issued_on: date | None, known: Document | None) -> str | None:
    """The name of a document, which is its number and its date; without either it is no document in particular.

    Numbers of local authorities do not say which of them: there the document itself, where it is known, does.
    """
    if number is None or issued_on is None:
        return None
    name = f"document/{segment(number)}/{issued_on.isoformat()}"
    if not any(body in fold(number) for body in _LOCAL):
        return name
    return f"{name}/{known.document_id}" if known and known.document_id else None


def _numbered(values: tuple[Any, ...] | None) -> Iterator[tuple[int, Any]]:
    return enumerate(values or (), start=1)


def _joined(texts: Any) -> str | None:
    return "\n".join(texts or ()) or None


@cache
def _header(name: str) -> str:
    """What the records call a part."""
    return next(column.header for column in form().main.columns if column.name == name)


@cache
def _level(level: str) -> str:
    return str(form().lists["levels"][level])
