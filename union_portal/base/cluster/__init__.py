"""The embedded PostgreSQL cluster."""

from pathlib import Path


def default_urls(data_dir: Path) -> tuple[str, str]:
    """Return the runtime and the owner database URL of the embedded cluster, starting nothing."""
    socket = data_dir / "socket"
    return f"postgres://portal_runtime@/portal?host={socket}", f"postgres://portal_owner@/portal?host={socket}"
