"""The way to the statistics by which awards are chosen."""

from union_portal.base.portal import Contribution, Place, contribute

_STANDINGS = Place("congress", "评优统计", "admin:congress_award_standings", "congress.view_award", beside="proposals")


contribute(Contribution(places=(_STANDINGS,)))
