"""What is there and what is missing of an installed portal, in one line each; nothing is changed."""

import datetime as dt
import http.client
import os
import pwd
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from union_portal.installation.machine import TIMER, Machine

_BACKUPS = Path("/srv/backups")
_SOON = 21 * 24 * 3600
_ANSWERS_WITHIN = 10
INSTALL = "run script/install"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. What is missing says how it is had; a remark is no fault."""

    what: str
    missing: str = ""
    remark: str = ""

    def __str__(self) -> str:
        mark = "missing" if self.missing else "note   " if self.remark else "ok     "
        return f"{mark}  {self.what}" + (f": {self.missing or self.remark}" if self.missing or self.remark else "")


def findings(machine: Machine) -> Iterator[Finding]:
    """Look at everything that an installation makes, in the order in which it makes it."""
    yield from _programs(machine)
    yield _unless(bool(machine.host), "settings with the host name", INSTALL)
    if not machine.host:
        return
    yield from _portal(machine)
    yield from _certificate(machine)
    wrong = [str(place) for place, text in machine.shipped().items() if not place.exists() or place.read_text() != text]
    yield _unless(not wrong, "units and nginx's file", f"{', '.join(wrong)} not as shipped; {INSTALL}")
    yield from _services()
    yield from _answer(machine)
    yield _backups()


def _unless(there: bool, what: str, remedy: str) -> Finding:
    return Finding(what, "" if there else remedy)


def _programs(machine: Machine) -> Iterator[Finding]:
    kinds = [line.split() for line in (machine.root / "script/packages").read_text().splitlines() if line[:1] != "#"]
    wanted = [words[1] for words in kinds if words and words[0] in {"portal", "serve"}]
    lost = [name for name in wanted if _said(["dpkg-query", "-W", "-f=${db:Status-Status}", name]) != "installed"]
    yield _unless(not lost, "system packages", f"{' '.join(lost)}; {INSTALL}")
    lock, used = machine.root / "requirements.lock", machine.root / ".venv/requirements.lock"
    same = used.exists() and used.read_bytes() == lock.read_bytes()
    yield _unless(same, "Python packages of requirements.lock", INSTALL)


def _portal(machine: Machine) -> Iterator[Finding]:
    """Ask the portal itself, as the account that serves: settings, keys, tables, rights, the first account."""
    try:
        pwd.getpwnam("union-portal")
    except KeyError:
        yield Finding("the account union-portal", INSTALL)
        return
    python = str(machine.root / ".venv/bin/python")
    as_server = [
        "setpriv",
        "--reuid=union-portal",
        "--regid=union-portal",
        "--clear-groups",
        "env",
        "HOME=/nonexistent",
    ]
    told = {name: value for name, value in machine.read().items() if name != "DATABASE_OWNER_URL"}
    done = subprocess.run(  # noqa: S603 - our own words
        [*as_server, python, "manage.py", "ready"],
        cwd=machine.root,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", **told},
        capture_output=True,
        text=True,
        check=False,
    )
    said = (done.stderr or done.stdout).strip().rpartition("\n")[2]
    yield _unless(done.returncode == 0, "keys, fonts, static files, database and first account", said or INSTALL)


def _certificate(machine: Machine) -> Iterator[Finding]:
    what, remedy = "the certificate", "script/install --certificate FILE --key FILE"
    if not machine.certificate.exists() or not machine.key.exists():
        yield Finding(what, remedy)
        return
    trouble = certificate_trouble(machine.certificate, machine.key, host=machine.host)
    if trouble:
        yield Finding(what, f"{trouble}; {remedy}")
    elif is_self_made(machine.certificate):
        yield Finding(what, remark=f"self-made, so browsers warn; {remedy}")
    else:
        yield Finding(what)


def certificate_trouble(certificate: Path, key: Path, *, host: str) -> str:
    """Return why a certificate and its key cannot serve a host; empty when they can."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=lambda: b"")
    except (OSError, ssl.SSLError) as error:
        return f"{certificate} and {key} do not belong together or cannot be read ({error})"
    asked = ["openssl", "x509", "-noout", "-in", str(certificate)]
    if "does match" not in _said([*asked, "-checkhost", host]):
        return f"{certificate} is not for {host}"
    if "will not expire" not in _said([*asked, "-checkend", "0"]):
        return f"{certificate} has expired"
    return (
        "" if "will not expire" in _said([*asked, "-checkend", str(_SOON)]) else f"{certificate} expires within weeks"
    )


def is_self_made(certificate: Path) -> bool:
    """Tell whether nobody but itself vouches for a certificate."""
    names = _said(["openssl", "x509", "-noout", "-subject", "-issuer", "-in", str(certificate)]).splitlines()
    return len({line.partition("=")[2].strip() for line in names}) == 1


def _services() -> Iterator[Finding]:
    if not Path("/run/systemd/system").exists():
        yield Finding("services", remark="systemd is not running on this machine")
        return
    for unit in ("portal-web", "portal-worker", TIMER, "nginx"):
        state = _said(["systemctl", "is-active", unit])
        yield _unless(state == "active", unit, f"{state}; journalctl -u {unit}")
        if _said(["systemctl", "is-enabled", unit]) != "enabled":
            yield Finding(f"{unit} at the next start", INSTALL)


def _answer(machine: Machine) -> Iterator[Finding]:
    """Ask for the portal's pulse through nginx, as a browser on this machine would."""
    what = f"https://{machine.host}/health/ on this machine"
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # whom it is for was looked at above
    try:
        with socket.create_connection(("127.0.0.1", 443), timeout=_ANSWERS_WITHIN) as plain:
            connection = http.client.HTTPConnection(machine.host, timeout=_ANSWERS_WITHIN)
            connection.sock = context.wrap_socket(plain, server_hostname=machine.host)
            connection.request("GET", "/health/")
            answer = connection.getresponse()
            said = answer.read().decode(errors="replace").split("\n")
    except (OSError, http.client.HTTPException) as error:
        yield Finding(what, f"no answer ({error}): systemctl restart nginx portal-web")
        return
    if answer.status != http.HTTPStatus.OK:
        yield Finding(what, f"answered {answer.status}: systemctl restart portal-web; journalctl -u portal-web")
        return
    yield from (
        _unless(line.endswith(": ok"), f"{what}: {line}", "journalctl -u portal-worker") for line in said if line
    )


def _backups() -> Finding:
    made = [folder.stat().st_mtime for folder in _BACKUPS.glob("union-portal-*") if not folder.name.endswith(".part")]
    if not made:
        return Finding("backups", remark=f"none in {_BACKUPS} yet")
    age = dt.datetime.now(dt.UTC).timestamp() - max(made)
    old = age > dt.timedelta(days=2).total_seconds()
    return Finding(
        "backups", f"the newest in {_BACKUPS} is older than two days: journalctl -u portal-backup" if old else ""
    )


def _said(command: list[str]) -> str:
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    return done.stdout.strip()
