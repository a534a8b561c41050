"""What keeps a case's step from succeeding, asked by the services' own checks before anybody presses."""

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.admin import Block, Blocks, refused_by
from welfare.approvals.admin import waits_on_paper
from welfare.cases.services import deciding
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant
from welfare.grants.services.four_eyes import may_approve_grant, second_person


def _page(grant: Grant) -> str:
    return reverse("admin:welfare_grant_change", args=[grant.pk])


def _approve(grant: Grant, user: User) -> Block | None:
    return (
        waits_on_paper(grant, user)
        or refused_by(may_approve_grant, grant=grant, actor=user)
        or refused_by(deciding.must_be_answered, grant=grant, label="查看超标提醒", address=f"{_page(grant)}#warnings")
    )


def _send_back(grant: Grant, user: User) -> Block | None:
    if block := waits_on_paper(grant, user):
        return block
    if grant.state != GrantState.SUBMITTED:
        return None
    return refused_by(second_person, prepared_by=grant.prepared_by_id, actor=user)


def _confirm(grant: Grant, user: User) -> Block | None:
    return refused_by(deciding.may_confirm, grant=grant, actor=user)


BLOCKS: Blocks = {
    "confirm": _confirm,
    "approve": _approve,
    "decline": waits_on_paper,
    "withdraw": waits_on_paper,
    "send_back": _send_back,
}
