"""What keeps a round's step from succeeding, asked by the services' own checks before anybody presses."""

from django.urls import reverse

from union_portal.accounts.models import User
from union_portal.base.admin import Block, Blocks, refused_by
from welfare.approvals.admin import waits_on_paper
from welfare.grants.admin.history import round_address
from welfare.grants.enums import RoundState
from welfare.grants.models import Round
from welfare.grants.services.four_eyes import may_approve_round
from welfare.grants.services.warnings import may_confirm_all, unanswered
from welfare.rounds.services import approval
from welfare.rounds.services.foretelling import foretell


def _lock(round_: Round, _user: User) -> Block | None:
    if not round_.selection:
        return None
    told = foretell(round_=round_)
    left = f"没有可列入名册的人员。{f'{told.words}。' if told.words else ''}"
    return None if told.new else Block(left, "选择人员", _step(round_, "choose_people"))


def _ready(round_: Round, _user: User) -> Block | None:
    if round_.state != RoundState.LOCKED:
        return None
    mended = ("补入人员", "add_person") if round_.unit_price is not None else ("确定单价", "step_set_price")
    return refused_by(approval.must_be_ready, round_=round_, label=mended[0], address=_step(round_, mended[1]))


def _submit(round_: Round, user: User) -> Block | None:
    if block := _ready(round_, user):
        return block
    count = unanswered(round_=round_)
    words = f"{count:,} 条超标提醒须先填写理由和决定文件。"
    return Block(words, "填写理由和文件", round_address(round_.pk, "warnings")) if count else None


def _approve(round_: Round, user: User) -> Block | None:
    return (
        waits_on_paper(round_, user)
        or refused_by(may_approve_round, round_=round_, actor=user)
        or refused_by(
            may_confirm_all,
            round_=round_,
            actor=user,
            label="查看超标提醒",
            address=round_address(round_.pk, "warnings"),
        )
    )


BLOCKS: Blocks = {
    "lock": _lock,
    "submit": _submit,
    "register_paper": _ready,
    "approve": _approve,
    "return": waits_on_paper,
    "withdraw": waits_on_paper,
}


def _step(round_: Round, name: str) -> str:
    return reverse(f"admin:welfare_round_{name}", args=[round_.pk])
