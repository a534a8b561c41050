"""The places outside the clone, and what stands in them."""

import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("portal-database.service", "portal-web.service", "portal-worker.service", "portal-backup.service")
TIMER = "portal-backup.timer"
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
# Told to nobody but root: who serves is not the database's owner.
OWNERS = ("DATABASE_OWNER_URL",)
# From here on nginx warns of the word in `listen`, which is all that Debian 12's knows.
_HTTP2_BY_SWITCH = (1, 25, 1)
_SHIPPED = {"root": "/srv/union-portal", "host": "union.example.edu.cn", "port": "8000"}


class Unfit(Exception):
    """A setting cannot be what it was said to be; the message says what it should look like."""


def _nginx_version() -> tuple[int, ...]:
    try:
        done = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=False)  # noqa: S607 - the system's
    except FileNotFoundError:
        return ()
    return tuple(int(part) for part in re.findall(r"\d+", done.stderr.partition("/")[2])[:3])


@dataclass(frozen=True)
class Machine:
    """Where the portal's files lie. The defaults are those of a real machine."""

    root: Path = ROOT
    settings: Path = Path("/etc/union-portal")
    units: Path = Path("/etc/systemd/system")
    nginx: Path = Path("/etc/nginx/conf.d/union-portal.conf")
    has_ipv6: bool = Path("/proc/net/if_inet6").exists()
    nginx_version: tuple[int, ...] = field(default_factory=_nginx_version)

    @property
    def serve(self) -> Path:
        """The settings of those who serve."""
        return self.settings / "serve.env"

    @property
    def owner(self) -> Path:
        """The settings of the database's owner; there only where the database is another machine's."""
        return self.settings / "owner.env"

    @property
    def certificate(self) -> Path:
        """The certificate with its chain, or a link to it."""
        return self.settings / "tls" / "certificate.pem"

    @property
    def key(self) -> Path:
        """The certificate's key, or a link to it."""
        return self.settings / "tls" / "key.pem"

    def read(self) -> dict[str, str]:
        """Return the settings that are written down, the owner's too where they may be read."""
        return {**_read(self.serve), **(_read(self.owner) if os.access(self.owner, os.R_OK) else {})}

    @property
    def host(self) -> str:
        """The name under which people reach the portal; empty before it was installed."""
        return self.read().get("ALLOWED_HOSTS", "").partition(",")[0]

    def remember(self, *, host: str, port: str = "", urls: tuple[str, str] | None = None) -> None:
        """Write down what was said, beside what an administrator wrote there; what was not said stays.

        Raises:
            Unfit: the host is no name, or only one of the database's two addresses was given.
        """
        if not HOST.fullmatch(host):
            raise Unfit(f"“{host}” is no host name: it looks like union.example.edu.cn.")
        if port and not (port.isdecimal() and 0 < int(port) < 1 << 16):
            raise Unfit(f"“{port}” is no port.")
        if urls is not None and not all(url.startswith(("postgres://", "postgresql://")) for url in urls):
            raise Unfit("an outside database has two addresses, postgres://…: of the runtime role and of the owner.")
        told = {
            "ALLOWED_HOSTS": host,
            "CSRF_TRUSTED_ORIGINS": f"https://{host}",
            "PORTAL_TRUSTED_PROXIES": "1",
            **({"PORTAL_PORT": port} if port else {}),
            **({"DATABASE_URL": urls[0]} if urls else {}),
        }
        self.settings.mkdir(mode=0o755, parents=True, exist_ok=True)
        (self.settings / "root").write_text(f"{self.root}\n")
        _write(self.serve, {**_read(self.serve), **told})
        if urls:
            _write(self.owner, {**_read(self.owner), "DATABASE_OWNER_URL": urls[1]})

    def shipped(self) -> dict[Path, str]:
        """Return what `deploy/` holds for this machine, with its own place, name and port in it."""
        told = self.read()
        folder, port = self.root / "deploy", told.get("PORTAL_PORT", _SHIPPED["port"])
        texts = {self.units / name: (folder / name).read_text() for name in (*UNITS, TIMER)}
        server = (folder / "nginx.conf").read_text().replace(_SHIPPED["host"], self.host)
        server = server.replace(f"127.0.0.1:{_SHIPPED['port']}", f"127.0.0.1:{port}")
        if not self.has_ipv6:
            server = re.sub(r"^ *listen \[::\].*\n", "", server, flags=re.MULTILINE)
        if self.nginx_version >= _HTTP2_BY_SWITCH:
            server = server.replace(" ssl http2;", " ssl;").replace(
                "    server_tokens off;", "    http2 on;\n    server_tokens off;"
            )
        texts[self.nginx] = server
        data = told.get("PORTAL_DATA_DIR", f"{self.root}/var")
        return {
            place: text.replace(f"{_SHIPPED['root']}/var/", f"{data}/").replace(_SHIPPED["root"], str(self.root))
            for place, text in texts.items()
        }

    def put(self) -> list[Path]:
        """Write these files where they differ; return which."""
        changed = [place for place, text in self.shipped().items() if not place.exists() or place.read_text() != text]
        for place in changed:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.shipped()[place])
        return changed


def _read(file: Path) -> dict[str, str]:
    """Read lines NAME=VALUE, as systemd does; others are an administrator's remarks."""
    if not file.exists():
        return {}
    lines = (line.partition("=") for line in file.read_text().splitlines() if not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, mark, value in lines if mark}


def _write(file: Path, told: dict[str, str]) -> None:
    """Write the settings beside the remarks, readable by root alone; whole or not at all."""
    remarks = [line for line in (file.read_text().splitlines() if file.exists() else []) if line.startswith("#")]
    if any("\n" in value for value in told.values()):
        raise Unfit("a setting is one line.")
    part = file.with_name(f"{file.name}.new")
    part.touch(mode=0o600)
    part.chmod(0o600)
    part.write_text("\n".join([*remarks, *(f"{name}={value}" for name, value in told.items())]) + "\n")
    part.replace(file)
