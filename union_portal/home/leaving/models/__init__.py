"""整体导出 and 整体迁入."""

from union_portal.home.leaving.models.arrival import Arrival
from union_portal.home.leaving.models.leaving import KEPT, Leaving

__all__ = ["KEPT", "Arrival", "Leaving"]
