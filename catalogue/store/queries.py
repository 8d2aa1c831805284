"""SQL by name: each `.sql` file under store/sql is one statement with $named parameters."""

import hashlib
from functools import cache
from importlib.resources import files

_ROOT = files("catalogue.store")


@cache
def load(name: str) -> str:
    """The text of sql/<noun>/<verb>.sql for the name `noun/verb`."""
    return _ROOT.joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def scripts(folder: str) -> list[tuple[str, str]]:
    """(name, text) of every file of store/<folder>, in the order of their names."""
    found = [entry for entry in _ROOT.joinpath(folder).iterdir() if entry.name.endswith(".sql")]
    return [(entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)]


@cache
def digest(folder: str) -> str:
    """One digest of every file of store/<folder>, names and texts."""
    whole = hashlib.sha256()
    for name, text in scripts(folder):
        whole.update(f"{name}\0{len(text)}\0{text}".encode())
    return whole.hexdigest()
