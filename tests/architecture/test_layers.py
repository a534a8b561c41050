"""What import tools cannot see: foreign keys by name, files that outgrow themselves, the page that shows the house."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
FLOORS = [re.split(r"\s*[|:]\s*", layer) for layer in CONTRACT]
HEIGHT = {name: len(FLOORS) - floor for floor, names in enumerate(FLOORS) for name in names}


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).exists()]


def test_foreign_keys_lead_down_the_layers() -> None:
    wrong = []
    for model in apps.get_models():
        mine = HEIGHT.get(apps.get_app_config(model._meta.app_label).name)
        for field in model._meta.get_fields():
            if mine is None or not field.concrete or not field.related_model or isinstance(field.related_model, str):
                continue
            theirs = HEIGHT.get(apps.get_app_config(field.related_model._meta.app_label).name, 0)
            if theirs > mine or (theirs == mine and field.related_model._meta.app_label != model._meta.app_label):
                wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert not wrong


@pytest.mark.parametrize(("pattern", "limit"), [("*.py", 300), ("*.html", 150)])
def test_no_file_outgrows_its_seam(pattern: str, limit: int) -> None:
    files = [path for path in tracked(pattern) if "migrations" not in path.parts]
    long = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in files}
    assert {name: lines for name, lines in long.items() if lines > limit} == {}


def test_the_house_on_paper_is_the_house_in_code() -> None:
    drawn = re.search(r"```layers\n(.*?)```", (ROOT / "docs" / "architecture.md").read_text(), re.DOTALL)
    assert drawn
    assert drawn[1].strip().splitlines() == CONTRACT
