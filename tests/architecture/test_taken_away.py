"""Every chart and every table of a page can be taken away: pages draw them through two functions only."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in (ROOT / "pages").rglob("*.py")
}
CHARTS = {
    "altair_chart",
    "area_chart",
    "bar_chart",
    "graphviz_chart",
    "line_chart",
    "plotly_chart",
    "pydeck_chart",
    "pyplot",
    "scatter_chart",
    "vega_lite_chart",
}
# Tables with nothing to take away, each with its reason.
BARE = {
    "pages/ui/item_list.py": "one page of a list whose every row stands in the workbook offered below it",
    "pages/ui/item_choice.py": "boxes to tick before a common report; the list itself is taken away from its other view",
    "pages/ui/cost_excel.py": "what a file that somebody has just brought comes to, before it is written",
    "pages/ui/import_scores.py": "the rows of a file that somebody has just brought, before they are accepted",
    "pages/ui/verify_many.py": "boxes to tick before a decision: a queue that changes under the reviewer's hands",
}


def _called(tree: ast.AST, owner: str | None = None) -> set[str]:
    """The names of what a page calls of a module, `owner.name(...)`; of anything where there is no owner."""
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and owner in (None, getattr(node.func.value, "id", ""))
    }


def _callers(names: set[str], owner: str | None = None) -> set[str]:
    return {path for path, tree in PAGES.items() if _called(tree, owner) & names}


def test_nothing_is_taken_from_streamlit_by_name() -> None:
    taken = [
        path
        for path, tree in PAGES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "streamlit"
    ]
    assert not taken, "so that the calls below are seen"


def test_charts_are_drawn_in_one_place() -> None:
    assert _callers(CHARTS) == {"pages/ui/chart_view.py"}


def test_tables_are_drawn_in_one_place() -> None:
    assert _callers({"dataframe"}) | _callers({"table"}, "st") == {"pages/ui/tables.py"}


def test_tables_without_a_download_are_the_ones_named_here() -> None:
    assert _callers({"bare"}, "tables") == set(BARE)
    assert all(BARE.values())
