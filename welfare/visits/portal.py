"""A visit is begun from anywhere, also from a branch chair's phone."""

from union_portal.base.portal import Contribution, Place, contribute

contribute(
    Contribution(creates=(Place("welfare", "登记走访", "admin:welfare_visit_add", "welfare.add_visit", "handshake"),))
)
