"""The rooms' desks, for Django's admin."""

from union_portal.base.rooms import load_rooms

load_rooms(__package__, "admin")
