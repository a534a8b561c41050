"""What script/install refuses before it changes anything."""

import os
import subprocess
from pathlib import Path

import pytest

from union_portal.installation.machine import ROOT

HOST = ["--host", "union.example.edu.cn"]
pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="only root installs"),
    pytest.mark.skipif(Path("/etc/union-portal").exists(), reason="this machine serves a portal"),
]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (["--bogus"], "unknown option --bogus"),
        (["--host"], "--host needs a value"),
        ([], "needs the name under which people reach the portal"),
        ([*HOST, "--certificate", "a.pem"], "--certificate and --key belong together"),
        ([*HOST, "--database", "postgres://a"], "--database and --owner belong together"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(said: list[str], answer: str) -> None:
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PORTAL_"))}
    done = subprocess.run(
        ["script/install", *said],
        cwd=ROOT,
        env=usual,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert answer in done.stderr
    assert done.stderr.count("\n") == 1
    assert not Path("/etc/union-portal").exists()
