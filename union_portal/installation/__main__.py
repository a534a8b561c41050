"""The handle of script/install: `python3 -m union_portal.installation settings|certificate|place|host|check …`."""

import argparse
import sys
from pathlib import Path

from union_portal.installation import checks
from union_portal.installation.machine import Machine, Unfit


def main() -> int:
    """Run one command; 1 when it is refused, or when something is missing."""
    parser = argparse.ArgumentParser(prog="union_portal.installation")
    commands = parser.add_subparsers(dest="command", required=True)
    told = commands.add_parser("settings", help="write down what was said")
    told.add_argument("host")
    told.add_argument("--port", default="")
    told.add_argument("--database", nargs=2, metavar=("RUNTIME_URL", "OWNER_URL"))
    files = commands.add_parser("certificate", help="say what is wrong with a certificate and its key")
    files.add_argument("certificate", type=Path)
    files.add_argument("key", type=Path)
    files.add_argument("host")
    commands.add_parser("place", help="put units and nginx's file in place; name those that changed")
    commands.add_parser("host", help="name the host that was written down")
    commands.add_parser("check", help="tell what is missing")
    asked, machine = parser.parse_args(), Machine()
    if asked.command == "settings":
        machine.remember(host=asked.host, port=asked.port, urls=tuple(asked.database) if asked.database else None)
    elif asked.command == "certificate":
        if trouble := checks.certificate_trouble(asked.certificate, asked.key, host=asked.host):
            raise Unfit(trouble)
    elif asked.command == "place":
        _say(*machine.put())
    elif asked.command == "host":
        _say(machine.host)
    else:
        found = list(checks.findings(machine))
        _say(*found)
        return 1 if any(one.missing for one in found) else 0
    return 0


def _say(*lines: object) -> None:
    for line in lines:
        print(line)  # noqa: T201 - a command


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unfit as error:
        sys.exit(str(error))
