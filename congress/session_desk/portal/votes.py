"""What waits about votes and surveys: to count, to confirm, to answer."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from congress.elections.models import Election
from congress.surveys.enums import SurveyState
from congress.surveys.models import Survey
from congress.voting.enums import BallotState
from congress.voting.models import Ballot
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.portal import Contribution, DeskItem, MemberItem, Standing, contribute
from union_portal.base.prepared import own, seen, totals


def desk_items(user: User) -> Iterator[DeskItem]:
    """Yield votes that wait for their count or its confirmation, approvals to come, surveys whose last day is over."""
    if not user.has_role(Role.CONGRESS, Role.CHAIR, Role.VICE_CHAIR, Role.BRANCH_CHAIR):
        return
    for name, model in (("item", Ballot), ("committee", Election)):
        for sheet in seen(user, ("open sheets", name), partial(_open_sheets, name=name, model=model)):
            counted = sheet.state == BallotState.COUNTED
            yield DeskItem(
                title=f"{'确认' if counted else '录入'}计票单：{getattr(sheet, name)}",
                detail="计票单待监票人确认。" if counted else "正在投票。",
                address=reverse(f"admin:congress_{sheet._meta.model_name}_change", args=[sheet.pk]),  # noqa: SLF001
                urgent=True,
            )
    count = _to_approve(user) if user.has_role(Role.CONGRESS) else 0
    if count:
        yield DeskItem(
            title="尚未登记上级批复的选举",
            detail="任职自批复之日起算。",
            address=f"{reverse('admin:congress_election_changelist')}?state__exact=confirmed&approved_on__isnull=True",
            count=count,
        )
    for survey in seen(user, "surveys to close", _to_close):
        yield DeskItem(
            title=f"结束测评：{survey}",
            detail="已过截止日期，结束后才能查看结果。",
            address=reverse("admin:congress_survey_change", args=[survey.pk]),
            due_on=survey.closes_on,
        )


def _open_sheets(user: User, *, name: str, model: Any) -> "QuerySet[Any]":
    everywhere = user.has_role(Role.CONGRESS, Role.CHAIR, Role.VICE_CHAIR)
    rows: QuerySet[Any] = model.objects.all() if everywhere else model.objects.run_by(user)
    return rows.filter(state__in=[BallotState.OPEN, BallotState.COUNTED]).select_related(name)[:5]


def _to_approve(user: User) -> int:
    """Return how many elections the union above has not approved."""
    confirmed: QuerySet[Any] = Election.objects.filter(state=BallotState.CONFIRMED, recorded=False)
    unapproved = confirmed.filter(first_round=None, approved_on=None)
    return totals(user, "elections to approve", lambda _account: {"all": (unapproved, "")})["all"][0]


def _to_close(user: User) -> "QuerySet[Any]":
    found: QuerySet[Any] = Survey.objects.run_by(user).filter(state=SurveyState.OPEN)
    return found.filter(closes_on__lt=timezone.localdate())[:5]


def _to_confirm(user: User) -> "tuple[QuerySet[Any], QuerySet[Any]]":
    mine = {"scrutineer__user": user, "state": BallotState.COUNTED}
    return Ballot.objects.filter(**mine), Election.objects.filter(**mine)


def _confirming(user: User) -> Iterator[MemberItem]:
    """Yield counting sheets that the account is to confirm."""
    for sheets, name in zip(_to_confirm(user), ("item", "committee"), strict=True):
        for sheet in sheets.select_related(name):
            yield MemberItem(
                title=f"确认计票单：{getattr(sheet, name)}",
                state="count",
                state_label="待您以监票人身份确认",
                on=timezone.localdate(),
                address=reverse(f"congress:{sheet._meta.model_name}", args=[sheet.pk]),  # noqa: SLF001
                standing=Standing.DUE,
            )


def _answering(user: User) -> Iterator[MemberItem]:
    """Yield surveys that the account is asked to answer."""
    for survey in own(user, "surveys to answer", Survey.objects.open_to):
        yield MemberItem(
            title=survey.title,
            state="survey",
            state_label="待填写",
            on=survey.opens_on,
            until=survey.closes_on,
            detail="匿名填写，答卷与您本人没有任何关联。" if survey.anonymous else "实名填写。",
            address=reverse("congress:survey", args=[survey.pk]),
            standing=Standing.DUE,
        )


contribute(Contribution(desk_items=desk_items, member_items=_confirming, concerns=_to_confirm))
contribute(Contribution(member_items=_answering, concerns=lambda user: [Survey.objects.open_to(user)]))
