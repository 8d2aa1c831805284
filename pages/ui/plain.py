"""Text of the data as it is: without this, a name with `*`, `_` or `$` would be read as Markdown."""

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~$:-])")


def markdown(text: str) -> str:
    """The text with every character that Markdown reads as a sign escaped."""
    return _SPECIAL.sub(r"\\\1", text)
