"""Legal documents: identity is number, date and issuer; numbers repeat over the years (896/QĐ-TTg of 2013 and of 2022)."""

import re

from catalogue.text import clean

# The State bodies that issue instruments above the ministries, by type of document.
ISSUER_BY_TYPE = {
    "law": "quoc-hoi",
    "ordinance": "uy-ban-thuong-vu-quoc-hoi",
    "decree": "chinh-phu",
    "resolution": "chinh-phu",
    "directive": "thu-tuong-chinh-phu",
}


def number_key(number: str) -> str:
    """A number as its identity: no spaces, no trailing dot, upper case (`2827 /QĐ-BGDĐT.` -> `2827/QĐ-BGDĐT`)."""
    return re.sub(r"\s+", "", clean(number)).rstrip(".").upper()


def issuer_of(document_type: str, agency_code: str) -> str:
    """Who issues a document of a type that an agency drafts."""
    return ISSUER_BY_TYPE.get(document_type, agency_code)
