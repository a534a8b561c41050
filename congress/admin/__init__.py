"""The congress desk; importing a module registers its pages."""

from congress.admin import agenda, bodies, delegates, proposal_reports, sessions, sittings

__all__ = ["agenda", "bodies", "delegates", "proposal_reports", "sessions", "sittings"]
