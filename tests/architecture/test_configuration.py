"""Every setting is documented, nothing else is, and the production settings are safe ones."""

import os
import re
import subprocess
import sys

from tests.architecture.test_layers import ROOT, tracked

READ = re.compile(r"(?:env\.[a-z_]+|environ\.get)\(\s*\"([A-Z_]+)\"")


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    tree = tracked("union_portal/**/*.py", "union_portal/*.py")
    sources = [path for path in tree if "demo" not in path.relative_to(ROOT).parts]
    read = {name for path in sources for name in READ.findall(path.read_text())}
    written = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "configuration.md").read_text(), re.MULTILINE))
    assert read == written


def test_the_production_settings_pass_the_deployment_check() -> None:
    production = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "union_portal.settings",
        "PORTAL_HTTPS": "on",
        "DEBUG": "off",
        "SECRET_KEY": "check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQR",
        "ALLOWED_HOSTS": "union.example.edu.cn",
        # No site's database: whether its keys fit is another check's matter, with tests of its own.
        "DATABASE_URL": "postgres://nobody@/nothing?host=/nowhere",
        "DATABASE_OWNER_URL": "postgres://nobody@/nothing?host=/nowhere",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=production,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
