"""The code of a procedure, and the words it is found by."""

import re
from functools import lru_cache

from catalogue.text import words

WHOLE_AGENCY = "000.00.00."  # in a code's suffix: the agency as a whole, none of its units

_WITH_SUFFIX = re.compile(r"(?P<national>\d+\.\d+)\.(?P<suffix>.+)")


def split_code(code: str) -> tuple[str, str | None]:
    """A published code as national code and agency suffix: `1.012753.000.00.00.H19` -> `1.012753`, `H19`."""
    match = _WITH_SUFFIX.fullmatch(code)
    if match is None:
        return code, None
    return match["national"], match["suffix"].removeprefix(WHOLE_AGENCY)


def search_text(code: str, name: str, field: str | None) -> str:
    """Folded words of code, name and field, between spaces: ` 1.000001 cap giay phep `."""
    return " ".join(("", *words(f"{code} {name}"), *_field_words(field or ""), ""))


@lru_cache(maxsize=1024)
def _field_words(field: str) -> list[str]:
    return words(field)
