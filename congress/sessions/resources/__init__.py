"""The lists of sessions and of their agendas, and how other lists name a session."""

from congress.sessions.resources.lists import AgendaResource, SessionResource
from congress.sessions.resources.naming import session_parser

__all__ = ["AgendaResource", "SessionResource", "session_parser"]
