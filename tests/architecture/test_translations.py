"""Everything a user reads is there in Chinese; `script/messages --check` compares with the code itself."""

import ast
import subprocess
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from tests.architecture.test_layers import ROOT
from union_portal.base.catalogues import faults


@pytest.mark.parametrize("place", ["zh_Hans", "theme/zh_Hans"])
def test_no_text_lacks_its_chinese(place: str) -> None:
    assert faults(ROOT / "locale" / place / "LC_MESSAGES" / "django.po") == []


def test_the_themes_own_words_are_chinese() -> None:
    with override("zh-hans"):
        assert gettext("Apply Filters") == "应用筛选"


def test_no_text_hides_inside_an_f_string() -> None:
    """Debian 12's xgettext does not look there, so such a text would have no Chinese and nobody would notice."""
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = [
        f"{path}:{call.lineno}"
        for path in listed.split()
        if not path.startswith(("tests/", "bench/")) and Path(ROOT, path).exists()
        for string in ast.walk(ast.parse(Path(ROOT, path).read_text()))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id == "_" or "gettext" in call.func.id
    ]
    assert found == []
