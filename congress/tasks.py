"""The rooms' jobs, for the worker."""

from union_portal.base.rooms import load_rooms

load_rooms(__package__, "tasks")
