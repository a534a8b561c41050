"""A moment is kept in UTC: its day, and how people read it, are always the local ones."""

import ast

from tests.architecture.test_layers import ROOT, tracked

PARTS = {"date", "year", "month", "day", "hour", "weekday", "isocalendar", "strftime"}


def is_moment(node: ast.expr) -> bool:
    """Tell whether the expression is a kept moment (`entered_at`, `at`) or this one (`timezone.now()`)."""
    if isinstance(node, ast.Attribute):
        return node.attr == "at" or node.attr.endswith("_at")
    return isinstance(node, ast.Call) and ast.unparse(node.func) in {"timezone.now", "dt.datetime.now"}


def utc_words(node: ast.AST) -> bool:
    """Tell whether the node takes a day or words from a moment as it is kept."""
    if isinstance(node, ast.Attribute):
        return node.attr in PARTS and is_moment(node.value)
    if isinstance(node, ast.FormattedValue):
        spec = ast.unparse(node.format_spec) if node.format_spec is not None else ""
        return is_moment(node.value) and "%" in spec
    return False


def test_no_day_and_no_words_are_taken_from_a_moment_as_it_is_kept() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"  # type: ignore[attr-defined]
        for path in tracked("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if utc_words(node)
    ]
    assert found == []


def test_the_search_finds_what_it_looks_for() -> None:
    for code in ("event.entered_at.date()", "timezone.now().year", "f'{self.at:%Y-%m-%d}'"):
        assert any(utc_words(node) for node in ast.walk(ast.parse(code))), code
    for code in ("timezone.localdate(event.entered_at)", "f'{minute(self.at)}'", "raw.date()"):
        assert not any(utc_words(node) for node in ast.walk(ast.parse(code))), code
