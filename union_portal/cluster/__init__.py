"""The embedded PostgreSQL: a private cluster on a Unix socket, made and started with the system's own binaries.

Needs nothing but the standard library, so that the scripts can use it before anything else works.
"""

from union_portal.cluster.errors import ClusterError
from union_portal.cluster.launcher import ensure_running, is_running, stop
from union_portal.cluster.layout import DATABASE, OWNER, RUNTIME, Layout, default_urls, resolve

__all__ = [
    "DATABASE",
    "OWNER",
    "RUNTIME",
    "ClusterError",
    "Layout",
    "default_urls",
    "ensure_running",
    "is_running",
    "resolve",
    "stop",
]
