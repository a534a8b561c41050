"""The round that may be begun from every page of the desk."""

from union_portal.base.portal import Contribution, Place, contribute

_NEW = Place("welfare", "新建发放批次", "admin:welfare_round_add", "welfare.add_round", "inventory")
contribute(Contribution(creates=(_NEW,)))
