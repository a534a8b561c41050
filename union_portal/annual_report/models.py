"""The rooms' models, for Django."""

from union_portal.base.rooms import load_rooms

load_rooms(__package__, "models")
