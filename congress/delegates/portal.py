"""A person's mandates, for the register."""

from collections.abc import Iterator

from django.urls import reverse

from congress.delegates.models import Delegate
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, Episode, contribute


def person_episodes(user: User, person_id: int) -> Iterator[Episode]:
    if not user.has_perm("congress.view_delegate"):
        return
    mandates = Delegate.objects.visible_to(user).filter(person=person_id)
    for one in mandates.select_related("congress__branch", "delegation"):
        told = (one.delegation and one.delegation.name, one.get_began_by_display(), one.get_ended_by_display())
        yield Episode(
            on=one.valid_from,
            until=one.valid_to,
            kind="民主管理",
            title=f"{one.congress} {one.get_seat_display()}",
            detail=" · ".join(filter(None, told)),
            address=reverse("admin:congress_delegate_change", args=[one.pk]),
        )


contribute(Contribution(person_episodes=person_episodes))
