"""Steps on accounts: taken at once, or asked for and taken when a second person confirms."""

from django.db import transaction

from union_portal.accounts.enums import AskedStep, Step
from union_portal.accounts.models import AccountRequest, User
from union_portal.accounts.services.access import ask_step, takes_two
from union_portal.accounts.services.by_two import confirmed
from union_portal.accounts.services.codes import ask_for_code, issue_code
from union_portal.accounts.services.people import close_account, reopen_account, reset_second_factor
from union_portal.base.errors import Conflict, Refused
from union_portal.base.steps import hold, saved

_LOGGED = {AskedStep.MAILED_CODE: Step.CODE}


def take(*, user: User, step: AskedStep, actor: User | None, asked_by: User | None = None) -> str:
    """Take the step; return the code where it is one to be shown, once, else nothing."""
    if step == AskedStep.CODE:
        return issue_code(user=user, issued_by=actor, asked_by=asked_by)
    if step == AskedStep.MAILED_CODE:
        ask_for_code(user=user, issued_by=actor, asked_by=asked_by)
    else:
        does = {
            AskedStep.RESET: reset_second_factor,
            AskedStep.CLOSE: close_account,
            AskedStep.REOPEN: reopen_account,
        }[step]
        does(user=user, actor=actor, asked_by=asked_by)
    return ""


@transaction.atomic
def ask(*, user: User, step: AskedStep, reason: str, actor: User) -> AccountRequest:
    """Ask for a step on the account of somebody with a role; nobody asks for his own."""
    if user == actor:
        raise Refused(f"不能为自己办理“{step.label}”，请由其他管理员申请。")
    held = hold(user)
    if not takes_two(user=held, actor=actor):
        raise Conflict("该账号目前没有角色，可以直接办理，请刷新页面。")
    if AccountRequest.objects.standing().filter(user=held, step=step, confirmed_by=None).exists():
        raise Conflict("该账号已有同样的申请待确认。")
    asked = saved(AccountRequest(user=held, step=step, reason=reason.strip(), asked_by=actor))
    ask_step(user=held, actor=actor, step=_LOGGED.get(step) or Step(step.label))
    return asked


@transaction.atomic
def confirm_request(*, asked: AccountRequest, actor: User) -> str:
    """Agree to what somebody else asked for, and take the step; return the code where it is one, to be shown once."""
    held = confirmed(asked, by=actor)
    return take(user=held.user, step=AskedStep(held.step), actor=actor, asked_by=held.asked_by)
