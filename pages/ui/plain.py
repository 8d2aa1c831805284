"""Text of the data as it is: without this, a name with `*`, `_` or `$` would be read as Markdown."""

import re

_SIGN = re.compile(r"([\\`*_\[\]<>~$:|])")
_AT_START = re.compile(r"^(\s*)([-+#]|\d+(?=[.)]\s))")


def markdown(text: str) -> str:
    """The text with every character that Markdown reads as a sign escaped."""
    return _AT_START.sub(_escaped_start, _SIGN.sub(r"\\\1", text))


def _escaped_start(match: re.Match[str]) -> str:
    space, sign = match.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"
