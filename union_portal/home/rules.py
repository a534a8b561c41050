"""The rooms' permissions, for the rules library."""

from union_portal.base.rooms import load_rooms

load_rooms(__package__, "rules")
