"""What can be imported into the register and exported from it."""

from members.resources.people import PeopleResource

__all__ = ["PeopleResource"]
