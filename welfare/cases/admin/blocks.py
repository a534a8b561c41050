"""What keeps a case's step from succeeding, asked by the services' own checks before anybody presses."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.accounts.requests import account_of
from union_portal.base.admin import Block, refused_by
from welfare.cases.services import deciding
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.four_eyes import may_approve_grant, second_person


def _page(grant: Grant) -> str:
    return reverse("admin:welfare_grant_change", args=[grant.pk])


def _on_paper(grant: Grant, _user: User) -> Block | None:
    paper = grant.paper_approval_id
    address = reverse("admin:welfare_paperapproval_change", args=[paper]) if paper else ""
    return refused_by(deciding.not_on_paper, held=grant, label="查看线下审批", address=address)


def _approve(grant: Grant, user: User) -> Block | None:
    return (
        _on_paper(grant, user)
        or refused_by(may_approve_grant, grant=grant, actor=user)
        or refused_by(deciding.must_be_answered, grant=grant, label="查看超标提醒", address=f"{_page(grant)}#warnings")
    )


def _send_back(grant: Grant, user: User) -> Block | None:
    if block := _on_paper(grant, user):
        return block
    if grant.state != GrantState.SUBMITTED:
        return None
    return refused_by(second_person, prepared_by=grant.prepared_by_id, actor=user)


_BLOCKS: Mapping[str, Callable[[Grant, User], Block | None]] = {
    "approve": _approve,
    "decline": _on_paper,
    "withdraw": _on_paper,
    "send_back": _send_back,
}


def block_of(request: HttpRequest, action: str, grant: Grant) -> Block | None:
    """Return what is in the way of the action for whoever asks; None where nothing is."""
    asked = _BLOCKS.get(action)
    return asked(grant, account_of(request)) if asked else None
