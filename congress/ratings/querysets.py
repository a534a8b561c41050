"""How proposals stand in the account of their handling: their last reply, its rating, who leads, whether in time."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from congress.handling.enums import Duty, ReplyState
from congress.proposals.enums import Outcome

# Everything a proposal may count as in an account; `rated` are those of the three grades.
ACCOUNT_NAMES = (
    *("collected", "merged", "reviewed", "filed", "passed_on", "declined", "withdrawn", "undecided"),
    *("answered", "due", "on_time", "rated", "satisfied", "basically", "dissatisfied", "unrated"),
)
# The figure kinds of the totals (往年数据补录) that enter an account.
TOTAL_KINDS = [f"congress.proposals.{name}{part}" for name in ACCOUNT_NAMES for part in ("", ".staff", ".union")]


def with_account(proposals: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Annotate `answered`, `grade` (of the last reply that was sent), `replied_on`, `on_time` and `lead` (a name).

    In time: every reply was sent by the deadline that held then, and no second one is overdue.
    """
    replies: Any = apps.get_model("congress", "Reply").objects.filter(proposal=OuterRef("pk"), state=ReplyState.SENT)
    leads: Any = apps.get_model("congress", "Assignment").objects.filter(
        proposal=OuterRef("pk"), duty=Duty.LEAD, ended_at__isnull=True
    )
    last = replies.order_by("-round")
    found: models.QuerySet[Any] = proposals.annotate(
        answered=Case(When(outcome=Outcome.FILED, then=Exists(replies)), default=Value(False)),
        grade=Subquery(last.values("rating__grade")[:1]),
        replied_on=Coalesce(
            F("answered_on"),
            Subquery(last.annotate(day=TruncDate("sent_at")).values("day")[:1]),
            output_field=DateField(),
        ),
        lead=Subquery(leads.values("department__name")[:1]),
        late=Exists(
            replies.annotate(day=TruncDate("sent_at")).filter(day__gt=Coalesce(F("due_on"), OuterRef("due_on")))
        ),
        last_round=Subquery(last.values("round")[:1]),
    ).annotate(
        on_time=Case(
            When(Q(late=True) | Q(last_round__lt=F("round"), due_on__lt=timezone.localdate()), then=Value(False)),
            default=F("answered"),
        )
    )
    return found
