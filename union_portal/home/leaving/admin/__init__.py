"""整体导出 and 整体迁入 on the desk."""

from union_portal.home.leaving.admin import arrivals, leavings

__all__ = ["arrivals", "leavings"]
