"""The scripts' handle: `python -m union_portal.cluster start|start-throwaway|stop|remove|status|made|urls|programs`."""

import os
import sys
from pathlib import Path

from union_portal.cluster import (
    ClusterError,
    binaries,
    default_urls,
    ensure_running,
    is_running,
    launcher,
    resolve,
    stop,
)


def main(command: str) -> int:
    """Run one command on the cluster of PORTAL_DATA_DIR; 1 when it fails, or `status` or `made` finds it is not."""
    home = Path(os.environ.get("PORTAL_DATA_DIR") or Path(__file__).resolve().parents[2] / "var").resolve()
    if command in {"start", "start-throwaway"}:
        started = ensure_running(home, throwaway=command == "start-throwaway")
        print("started" if started else "running")  # noqa: T201
    elif command == "stop":
        stop(home)
    elif command == "remove":
        launcher.remove(home)
    elif command in {"status", "made"}:
        layout = resolve(home)
        return 0 if (is_running(layout) if command == "status" else layout.made) else 1
    elif command == "urls":
        print("\n".join(default_urls(home)))  # noqa: T201
    elif command == "programs":
        layout = resolve(home)
        print(binaries.programs(major=binaries.version_of(layout) if layout.made else None))  # noqa: T201
    else:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:2] or ["help"]))
    except ClusterError as error:
        sys.exit(str(error))
