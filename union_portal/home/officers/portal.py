"""新任干部, beside the accounts and among what may be begun."""

from union_portal.base.portal import Contribution, Place, contribute

GIVE = "accounts.add_roleassignment"
_NEW = Place("settings", "新任干部", "home:officer", GIVE, "person_add", beside="accounts")

contribute(Contribution(places=(_NEW,), creates=(_NEW,)))
