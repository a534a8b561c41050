"""The page that says how to add a kind of record is followed to the letter, in a copy of the tree."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests import clusters
from tests.architecture.test_layers import ROOT, tracked

PAGE = (ROOT / "docs" / "adding-a-record.md").read_text()
BLOCKS = re.compile(r"```python\n# (activities/loans/[^\n]+)\n(.*?)```", re.DOTALL)
FILES: dict[str, str] = dict(BLOCKS.findall(PAGE))


def test_the_kind_of_the_page_is_six_short_files() -> None:
    assert sorted(Path(name).stem for name in FILES) == ["admin", "enums", "models", "report", "resources", "rules"]
    lines = [line for code in FILES.values() for line in code.splitlines() if line.strip()]
    assert len(lines) <= 65
    for name, code in FILES.items():
        formatted = subprocess.run(
            [str(Path(sys.executable).with_name("ruff")), "format", "--stdin-filename", name, "-"],
            cwd=ROOT,
            input=code,
            capture_output=True,
            text=True,
            check=True,
        )
        assert formatted.stdout == code, name


@pytest.fixture
def scratch(db: None) -> Iterator[str]:
    """A database of its own with the tables of the tests' one, so that only the new kind's remain to be made."""
    usual = connection.settings_dict
    name, host = f"{usual['NAME']}_scratch", usual["OPTIONS"].get("host") or usual["HOST"]
    place = f"host={host} user={usual['USER']} dbname="
    with psycopg.connect(f"{place}postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}")
        server.execute(f"CREATE DATABASE {name}")
        clusters.fill(place + name)
        yield name
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.heavy
def test_the_page_builds_a_kind_that_works(tmp_path: Path, scratch: str) -> None:
    for path in tracked():
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (tmp_path / "activities" / "loans").mkdir()
    (tmp_path / "activities" / "loans" / "__init__.py").touch()
    for place, code in FILES.items():
        (tmp_path / place).write_text(code)
    with (tmp_path / "tests" / "settings.py").open("a") as file:
        file.write(f'DATABASES["default"]["TEST"] = {{"NAME": "{scratch}"}}\n')
    (tmp_path / "tests" / "activities" / "test_loans.py").write_text(
        (ROOT / "tests" / "architecture" / "scratch_loans.py").read_text()
    )
    run(tmp_path, "manage.py", "makemigrations", "activities", "--name", "loans", "--skip-checks")
    run(tmp_path, "manage.py", "check", "--tag", "admin", "--tag", "models")
    run(tmp_path, "-m", "pytest", "tests/activities/test_loans.py", "-q", "--reuse-db")


def run(tree: Path, *command: str) -> None:
    """Run Python in the copy, against the tests' own cluster."""
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PORTAL_DATA_DIR": str(settings.PORTAL_DATA_DIR.parent)}
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
