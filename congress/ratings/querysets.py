"""How proposals stand in the account of their handling, and what each counts as, for figures, rows and reports."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, DateField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Now, TruncDate

from congress.handling.enums import Grade, ReplyKind, ReplyState
from congress.proposals.enums import Outcome

TODAY = TruncDate(Now())
REVIEWED = (Outcome.FILED, Outcome.PASSED_ON, Outcome.DECLINED)
_DUE = Q(outcome=Outcome.FILED, due_on__isnull=False) & (Q(answered=True) | Q(due_on__lt=TODAY))
# What a proposal of `with_account` counts as; collected is the sum of the six outcomes and the undecided.
COUNTED_AS: dict[str, Q] = {
    "collected": Q(pk__isnull=False),
    "merged": Q(outcome=Outcome.MERGED),
    "reviewed": Q(outcome__in=REVIEWED),
    "filed": Q(outcome=Outcome.FILED),
    "filed_before_merging": Q(outcome=Outcome.FILED) | Q(outcome=Outcome.MERGED, merged_into__outcome=Outcome.FILED),
    "passed_on": Q(outcome=Outcome.PASSED_ON),
    "declined": Q(outcome=Outcome.DECLINED),
    "withdrawn": Q(outcome=Outcome.WITHDRAWN),
    # One recorded later of which nobody knows the end waits for nobody.
    "undecided": Q(outcome=Outcome.UNDECIDED, recorded=False),
    "answered": Q(answered=True),
    "due": _DUE,
    "on_time": _DUE & Q(on_time=True),
    "solved": Q(answered=True, reply_kind=ReplyKind.DONE),
    "planned": Q(answered=True, reply_kind=ReplyKind.PLANNED),
    "cannot": Q(answered=True, reply_kind=ReplyKind.CANNOT),
    "rated": Q(answered=True, grade__isnull=False),
    "satisfied": Q(answered=True, grade=Grade.SATISFIED),
    "basically": Q(answered=True, grade=Grade.BASICALLY),
    "dissatisfied": Q(answered=True, grade=Grade.DISSATISFIED),
    "unrated": Q(answered=True, grade__isnull=True),
}
ACCOUNT_NAMES = tuple(COUNTED_AS)
# The figure kinds of the totals (往年数据补录) that enter an account.
TOTAL_KINDS = [f"congress.proposals.{name}{part}" for name in ACCOUNT_NAMES for part in ("", ".staff", ".union")]


class RatingQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Return the ratings that hold: not put right by a further one, and not void."""
        return self.filter(corrected_by__isnull=True, voided=False)

    def newest(self, *, reply: Any) -> Any:
        """Return the last that was entered of the reply, be it void, or None."""
        return self.filter(reply=reply, corrected_by__isnull=True).first()


def with_account(proposals: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Annotate `answered`, `grade` and `reply_kind` (of the last reply that was sent), `replied_on`, `on_time` and
    `lead` (a name).

    In time: every reply was sent by the deadline that held then, and no second one is overdue.
    """
    meta: Any = proposals.model._meta  # noqa: SLF001
    replies = meta.get_field("replies").related_model.objects.filter(proposal=OuterRef("pk"), state=ReplyState.SENT)
    last = replies.order_by("-round")
    standing = replies.model._meta.get_field("ratings").related_model.objects.standing().filter(reply=OuterRef("pk"))  # noqa: SLF001
    sent_on = Subquery(last.annotate(day=TruncDate("sent_at")).values("day")[:1])
    found: models.QuerySet[Any] = proposals.annotate(
        answered=Case(When(outcome=Outcome.FILED, then=Exists(replies)), default=Value(False)),
        grade=Subquery(last.annotate(grade=Subquery(standing.values("grade")[:1])).values("grade")[:1]),
        reply_kind=Subquery(last.values("kind")[:1]),
        replied_on=Coalesce(F("answered_on"), sent_on, output_field=DateField("答复日期")),
        lead=meta.get_field("assignments").related_model.objects.lead_names(),
        late=Exists(
            replies.annotate(day=TruncDate("sent_at")).filter(day__gt=Coalesce(F("due_on"), OuterRef("due_on")))
        ),
        last_round=Subquery(last.values("round")[:1]),
    ).annotate(
        on_time=Case(
            When(Q(late=True) | Q(last_round__lt=F("round"), due_on__lt=TODAY), then=Value(False)),
            default=F("answered"),
        )
    )
    return found


def counted(proposals: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Annotate the account, and for each name of `COUNTED_AS` whether the proposal counts as it; see `names_of`."""
    flags = {
        f"is_{name}": Case(When(condition, then=Value(True)), default=Value(False))
        for name, condition in COUNTED_AS.items()
    }
    found: models.QuerySet[Any] = with_account(proposals).annotate(**flags)
    return found


def names_of(proposal: Any) -> set[str]:
    """Return everything a proposal of `counted` counts as."""
    return {name for name in COUNTED_AS if getattr(proposal, f"is_{name}")}
