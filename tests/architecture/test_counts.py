"""What is counted is written in one way on every screen: in groups of three, a space, the unit (1,178 人).

Papers and reports keep to the standard for official documents: neither commas nor spaces.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ("members", "welfare", "congress", "activities", "union_portal")
UNITS = "人件项份次名笔条张户场个票位家台批处段类册队组篇枚席封行"
BESIDE = re.compile(rf"^ ?[{UNITS}]")
ORDINAL = re.compile("第 ?$")
# Layers that write papers, reports and the words of terminals, and the words of figures.
ON_PAPER = re.compile(
    r"renderers|/reports?[/.]|/report$|wording|identity|/paper/|/figures/|spoken|/management/|/demo/|/migrations/"
    r"|credentials|ratings/|sessions/resources"
)
# Numbers that no school brings to a thousand.
BOUNDED = re.compile(
    r"times|months|seats|SMALL_ROUND|least|min_seconders|needed|MOST|longest|decimals|LEAST|grouped|figure"
)
SHOWN = re.compile(rf"(?<!第 )\{{\{{ ([^}}]+?) \}}\}}(?:</\w+>)? ?(?:<\w[^>]*>)?/? ?[{UNITS}]")
WORDS = re.compile(r"\|figure|label|\.line$|name|kind|\bwhat\b|\|date")


def test_templates_group_what_they_count() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {one.group(0)}"
        for path in (ROOT / "templates").rglob("*.html")
        if "/paper/" not in str(path) and path.name != "signoff_sheet.html"
        for one in SHOWN.finditer(path.read_text("utf-8"))
        if not WORDS.search(one.group(1))
    ]
    assert not found, "\n".join(found)


def counts(path: Path) -> Iterator[tuple[str, ast.FormattedValue, str]]:
    """Yield every value of a text that stands right before a unit and counts: its source, itself, the unit."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        for place, part in enumerate(parts[:-1]):
            after, before = parts[place + 1], parts[place - 1] if place else None
            if not (isinstance(part, ast.FormattedValue) and isinstance(after, ast.Constant)):
                continue
            if isinstance(before, ast.Constant) and ORDINAL.search(str(before.value)):
                continue
            if BESIDE.match(str(after.value)):
                yield ast.unparse(part.value), part, str(after.value)


def test_sentences_group_what_they_count() -> None:
    found = []
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            if ON_PAPER.search(name):
                continue
            for source, value, after in counts(path):
                grouped = value.format_spec is not None and ast.unparse(value.format_spec) == "f','"
                if not grouped and not BOUNDED.search(source) and value.format_spec is None:
                    found.append(f"{name}:{value.lineno}: {source}{after[:6]} is not grouped")
                if grouped and not after.startswith(" "):
                    found.append(f"{name}:{value.lineno}: {source}{after[:6]} lacks its space")
    assert not found, "\n".join(found)
