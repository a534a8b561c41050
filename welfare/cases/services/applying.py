"""What a member sees of the own cases: those asked for until they are given, and all that came of the applications."""

from django.db.models import Exists, OuterRef, QuerySet

from union_portal.accounts.models import User
from welfare.cases.models import CaseReturn
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, GrantMove


def own_applications(user: User) -> QuerySet[Grant]:
    """Return the cases that the account's owner asked for himself, whatever became of them; newest first."""
    asked = GrantMove.objects.filter(subject=OuterRef("pk"), source="", target=GrantState.APPLIED)
    found = Grant.objects.filter(Exists(asked), person__user=user, round=None)
    return found.select_related("person", "benefit", "event", "branch").order_by("-granted_on", "-pk")


def last_return(grant: Grant) -> CaseReturn | None:
    """Return why a case came back the last time, while it lies with whoever entered it; None where it does not."""
    if grant.state not in {GrantState.SENT_BACK, GrantState.DECLINED}:
        return None
    found = CaseReturn.objects.filter(move__subject=grant).select_related("reason", "move")
    return found.order_by("-move").first()
