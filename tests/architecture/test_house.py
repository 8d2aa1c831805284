"""The layout rules that no import contract can say."""

import ast
import re
import subprocess
from pathlib import Path

import duckdb
import pytest
import yaml

from catalogue.i18n import LANGUAGES, texts
from catalogue.store import queries

ROOT = Path(__file__).resolve().parents[2]
SQL = ROOT / "catalogue" / "store" / "sql"
PYTHON = [path for folder in ("catalogue", "pipelines", "pages") for path in (ROOT / folder).rglob("*.py")]


def test_the_visible_top_level_is_fixed() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    names = {Path(name).parts[0] for name in tracked if name} - {""}
    visible = {name for name in names if not name.startswith(".")}
    assert visible <= {"app.py", "pages", "catalogue", "pipelines", "tests", "requirements.txt", "README.md"}


def test_only_the_router_stands_at_the_first_level_of_pages() -> None:
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == {"router.py", "__init__.py"}


def test_no_file_is_named_for_nothing() -> None:
    assert not [path for path in PYTHON if re.fullmatch(r"(utils?|helpers?|common|misc|core)", path.stem)]


def test_no_sql_text_in_python() -> None:
    verb = re.compile(
        r"^\s*(select|insert|update|delete|with|create|alter|drop)\b.*\b(from|into|set|table|as)\b",
        re.I | re.S,
    )
    found = []
    for path in PYTHON:
        if path.is_relative_to(ROOT / "catalogue" / "store"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and verb.match(node.value)
                and "\n" not in node.value[:7]
            ):
                docstring = node.value.count(" ") > 5 and not re.search(r"[*=$]|\bvalues\b", node.value)
                if not docstring:
                    found.append(f"{path}: {node.value[:60]}")
    assert not found


def test_the_environment_is_read_in_settings_only() -> None:
    readers = [path for path in PYTHON if re.search(r"os\.environ|getenv", path.read_text(encoding="utf-8"))]
    assert readers == [ROOT / "catalogue" / "settings.py"]


@pytest.mark.parametrize("path", sorted(SQL.rglob("*.sql")), ids=lambda path: str(path.relative_to(SQL)))
def test_each_sql_file_is_one_statement_that_is_called(path: Path) -> None:
    name = str(path.relative_to(SQL)).removesuffix(".sql")
    assert len(duckdb.extract_statements(queries.load(name))) == 1
    noun, _ = name.split("/")
    sources = [source.read_text(encoding="utf-8") for source in PYTHON + list((ROOT / "tests").rglob("*.py"))]
    assert any(f'"{name}"' in text or f'"{noun}/{{' in text or f'f"{noun}/' in text for text in sources), (
        "no caller"
    )


def test_texts_are_whole_in_both_languages() -> None:
    for key, text in texts().items():
        assert set(text) == set(LANGUAGES)
        fields = {language: set(re.findall(r"{(\w+)}", text[language])) for language in LANGUAGES}
        assert fields["vi"] == fields["en"], key
        assert text["vi"].strip(), key


def test_no_text_stands_twice_in_one_file() -> None:
    for path in (ROOT / "catalogue" / "i18n").glob("*.yml"):
        keys = [
            line.split(":")[0]
            for line in path.read_text(encoding="utf-8").splitlines()
            if re.match(r"^[\w.]+:", line)
        ]
        assert len(keys) == len(set(keys)), path
        assert set(keys) == set(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_text_a_page_asks_for_is_there() -> None:
    asked = re.compile(r"""\bt\(\s*"([a-z_]+\.[a-z_.]+)\"""")
    missing = {
        f"{path.name}: {key}"
        for path in PYTHON
        for key in asked.findall(path.read_text(encoding="utf-8"))
        if key not in texts()
    }
    assert not missing


def test_requirements_are_pinned_and_explained() -> None:
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[\w-]+==[\w.]+ +# .+", line), line


def test_readme_names_the_two_commands_and_every_verb() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "pip install -r requirements.txt && python app.py" in readme
    assert "pip install -r requirements.txt && python -m pytest" in readme
    for verb in (
        "migrate",
        "demo",
        "figures",
        "export",
        "report",
        "check",
        "backup",
        "restore",
        "user",
        "token",
    ):
        assert f"python -m catalogue {verb}" in readme, verb
    for verb in ("sources", "run", "status", "accept"):
        assert f"python -m pipelines {verb}" in readme, verb
