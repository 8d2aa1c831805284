"""Strict YAML that remembers the line of every entry, so that a mistake is reported where it can be mended."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from catalogue.errors import BadReferenceData
from catalogue.text import clean

Place = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
_SCALARS: dict[str, tuple[str, str, Callable[[str], Any]]] = {
    "null": (r"^(?:null|~|)$", "n~", lambda _: None),
    "bool": (r"^(?:true|false)$", "tf", lambda text: text == "true"),
    "int": (r"^-?(?:0|[1-9][0-9]*)$", "-0123456789", int),
    "float": (r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789", Decimal),
    "timestamp": (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789", date.fromisoformat),
}


class _Loader(yaml.CSafeLoader):
    """Five kinds of plain scalars only: `on` and `no` stay text, a leading zero stays text, decimals stay exact."""


_Loader.yaml_implicit_resolvers = {}
for _name, (_pattern, _first, _) in _SCALARS.items():
    _firsts = [*_first, ""] if _name == "null" else list(_first)
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(_pattern), _firsts)


@dataclass(frozen=True)
class YamlSource:
    """What one YAML file says, and on which line it says each thing."""

    file: str
    data: Any
    lines: Mapping[Place, int]

    def line(self, *path: str | int) -> int:
        """Line of the entry at `path`, or of the nearest entry around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def refuse(self, reason: str, *path: str | int) -> BadReferenceData:
        """The error to raise about the entry at `path`."""
        return refusal(self.file, self.line(*path), reason)


def refusal(file: str, line: int, reason: str) -> BadReferenceData:
    """The error that names a file, a line and what is wrong there."""
    return BadReferenceData("bad_reference_data", file=file, line=line, reason=reason)


def read_yaml(file: str, content: bytes) -> YamlSource:
    """Read one file; lists become tuples, decimals Decimal, days date. Raises BadReferenceData."""
    try:
        loader = _Loader(content)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not readable as YAML in UTF-8"
        raise refusal(file, mark.line + 1 if mark else 1, reason) from error
    if node is None:
        raise refusal(file, 1, "the file is empty")
    lines: dict[Place, int] = {}
    return YamlSource(file, _build(file, node, (), lines), lines)


def _build(file: str, node: yaml.Node, path: Place, lines: dict[Place, int]) -> Any:
    line = lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(file, node, path, lines)
    if isinstance(node, yaml.SequenceNode):
        return tuple(_build(file, item, (*path, index), lines) for index, item in enumerate(node.value))
    name = node.tag.removeprefix(_TAG)
    if name == "str":
        return _text(file, line, node.value)
    if name not in _SCALARS:
        raise refusal(file, line, f"the tag {node.tag} is not allowed")
    try:
        return _SCALARS[name][2](node.value)
    except (ValueError, ArithmeticError) as error:
        raise refusal(file, line, f"{node.value!r} cannot be read: {error}") from error


def _mapping(file: str, node: yaml.MappingNode, path: Place, lines: dict[Place, int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag != _TAG + "str":
            raise refusal(file, line, "a key must be text; put quotes around it")
        if key.value in result:
            raise refusal(file, line, f"the key {key.value!r} is given twice")
        lines[(*path, key.value)] = line
        result[key.value] = _build(file, value, (*path, key.value), lines)
    return result


def _text(file: str, line: int, text: str) -> str:
    if clean(text) != text:
        raise refusal(file, line, f"{text[:60]!r} is not clean text (NFC, single spaces, nothing invisible)")
    return text
