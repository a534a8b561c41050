"""What can be imported into welfare: grants approved on paper, covers; and the lists rounds are locked from."""

from welfare.resources.covers import CoverResource
from welfare.resources.grants import GrantResource
from welfare.resources.rosters import read_people

__all__ = ["CoverResource", "GrantResource", "read_people"]
