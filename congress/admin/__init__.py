"""The congress desk."""

from congress.admin import agenda, bodies, delegates, sessions, sittings

__all__ = ["agenda", "bodies", "delegates", "sessions", "sittings"]
