"""What an installation writes outside the clone, and how it is repeated."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from union_portal.installation import checks
from union_portal.installation.machine import ROOT, TIMER, UNITS, Machine, Unfit

URLS = ("postgres://portal_runtime:a$b@db.example/portal", "postgres://portal_owner:c@db.example/portal")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine in a folder, its clone at another place than the usual one."""
    (tmp_path / "clone").symlink_to(ROOT)
    return Machine(
        root=tmp_path / "clone", settings=tmp_path / "etc", units=tmp_path / "units", nginx=tmp_path / "nginx.conf"
    )


def test_what_was_said_once_stays_with_what_the_administrator_wrote(machine: Machine) -> None:
    machine.remember(host="union.example.edu.cn", port="8001", urls=URLS)
    with machine.serve.open("a") as file:
        file.write("# by hand\nEMAIL_URL=smtp://mail.example:25\n")
    machine.remember(host="gonghui.example.edu.cn")
    told = machine.read()
    assert machine.host == "gonghui.example.edu.cn"
    assert told["CSRF_TRUSTED_ORIGINS"] == "https://gonghui.example.edu.cn"
    assert told["EMAIL_URL"] == "smtp://mail.example:25"
    assert told["PORTAL_PORT"] == "8001"
    assert (told["DATABASE_URL"], told["DATABASE_OWNER_URL"]) == URLS
    assert "# by hand" in machine.serve.read_text()
    # Who serves must not be the owner, so its settings do not name it; nobody else reads either.
    assert "portal_owner" not in machine.serve.read_text()
    assert {file.stat().st_mode & 0o777 for file in (machine.serve, machine.owner)} == {0o600}


@pytest.mark.parametrize(
    "said",
    [
        {"host": "https://union.example.edu.cn"},
        {"host": "union example"},
        {"host": "union.example.edu.cn", "port": "80000"},
        {"host": "union.example.edu.cn", "urls": ("portal", "portal")},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(machine: Machine, said: dict[str, str]) -> None:
    with pytest.raises(Unfit):
        machine.remember(**said)  # type: ignore[arg-type]
    assert not machine.serve.exists()


def test_units_and_servers_file_name_this_clone_and_host_and_are_written_once(machine: Machine) -> None:
    machine.remember(host="union.school.cn", port="8001")
    assert len(machine.put()) == len((*UNITS, TIMER)) + 1
    assert machine.put() == []
    everything = "".join(place.read_text() for place in machine.shipped())
    assert f"ExecStart={machine.root}/.venv/bin/python" in everything
    assert f"alias {machine.root}/var/static/;" in everything
    assert "server 127.0.0.1:8001;" in everything
    assert "union.example.edu.cn" not in everything
    assert "/srv/union-portal" not in everything
    machine.nginx.write_text("something else")
    assert machine.put() == [machine.nginx]


@pytest.mark.parametrize("version", [(), (1, 22, 1), (1, 25, 1), (1, 26, 3)])
def test_http2_is_said_as_the_servers_version_takes_it(machine: Machine, version: tuple[int, ...]) -> None:
    machine.remember(host="union.school.cn")
    text = replace(machine, nginx_version=version).shipped()[machine.nginx]
    by_switch = version >= (1, 25, 1)
    assert ("http2 on;" in text, "ssl http2;" in text) == (by_switch, not by_switch)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is missing")
def test_a_certificate_is_judged_by_key_host_and_end(tmp_path: Path) -> None:
    def make(name: str, *more: str) -> tuple[Path, Path]:
        files = tmp_path / f"{name}.pem", tmp_path / f"{name}.key"
        asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=a.example"]
        told = ["-addext", "subjectAltName=DNS:a.example", "-out", str(files[0]), "-keyout", str(files[1])]
        subprocess.run([*asked, *told, *more], check=True, capture_output=True)
        return files

    good, soon = make("good", "-days", "90"), make("soon", "-days", "3")
    assert checks.certificate_trouble(*good, host="a.example") == ""
    assert checks.is_self_made(good[0])
    assert "is not for b.example" in checks.certificate_trouble(*good, host="b.example")
    assert "do not belong together" in checks.certificate_trouble(good[0], soon[1], host="a.example")
    assert "expires within weeks" in checks.certificate_trouble(*soon, host="a.example")


def test_a_bare_machine_is_told_what_is_missing(machine: Machine) -> None:
    found = [str(finding) for finding in checks.findings(machine)]
    assert found[-1].startswith("missing  settings with the host name")
