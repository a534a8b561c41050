"""Who may do what with benefits, rounds, grants and the ledger.

The welfare officer prepares; chair, vice chair and finance approve; audit only looks. That preparer and approver are
two people, and nobody approves for himself or his kin, is checked by the services and the database.
"""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import has_role
from welfare.models import (
    Benefit,
    BenefitRule,
    Book,
    Cover,
    FiscalYear,
    Fund,
    Grant,
    LedgerAccount,
    LedgerEntry,
    LifeEvent,
    MutualAidPlan,
    Occasion,
    Posting,
    Purchase,
    Round,
    RoundPaper,
    RuleWarning,
)


def _sees(model: Any) -> Any:
    def check(user: Any, subject: Any) -> bool:
        return subject is None or bool(model.objects.visible_to(user).filter(pk=subject.pk).exists())

    return predicate(check, name=f"sees:{model.__name__}")


_school = has_role(Role.CHAIR, Role.VICE_CHAIR, Role.WELFARE, Role.WOMEN, Role.FINANCE, Role.AUDIT)
_staff = _school | has_role(Role.BRANCH_CHAIR)
_preparers = has_role(Role.WELFARE)
_approvers = has_role(Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE)
_money = has_role(Role.WELFARE, Role.FINANCE)
_bookkeepers = has_role(Role.FINANCE, Role.CHAIR, Role.VICE_CHAIR)
_events = has_role(Role.WELFARE, Role.WOMEN)
_nobody = predicate(lambda _user: False, name="nobody")

# model, who looks, who writes
_TABLE: tuple[tuple[Any, Any, Any], ...] = (
    (Benefit, _school, _preparers),
    (BenefitRule, _school, _preparers),
    (Occasion, _school, _preparers),
    (Round, _school & _sees(Round), _preparers),
    (RoundPaper, _school, _nobody),
    (Purchase, _school, _nobody),
    (RuleWarning, _school, _nobody),
    (LifeEvent, _school, _events),
    (Grant, _staff & _sees(Grant), _events),
    (MutualAidPlan, _school, _preparers),
    (Cover, _staff & _sees(Cover), _preparers),
    (Book, _school, _bookkeepers),
    (Fund, _school, _bookkeepers),
    (LedgerAccount, _school, _bookkeepers),
    (FiscalYear, _school, _nobody),
    (Posting, _school, _nobody),
    (LedgerEntry, _school, _nobody),
)
for _model, _look, _write in _TABLE:
    _name = _model._meta.model_name  # noqa: SLF001
    add_perm(f"welfare.view_{_name}", _look)
    add_perm(f"welfare.change_{_name}", _write)
    add_perm(f"welfare.add_{_name}", _write)
    add_perm(f"welfare.export_{_name}", _look)

add_perm("welfare.prepare_round", _preparers)
add_perm("welfare.approve_round", _approvers)
add_perm("welfare.answer_warning", _preparers | _events)
add_perm("welfare.confirm_warning", _approvers)
add_perm("welfare.collect_round", _preparers)
add_perm("welfare.pay_round", _money)
add_perm("welfare.export_payout", _money)
add_perm("welfare.enter_grant", _events)
add_perm("welfare.approve_grant", _approvers)
add_perm("welfare.reverse_entry", _bookkeepers)
add_perm("welfare.note_voucher", _bookkeepers)
add_perm("welfare.open_year", _bookkeepers)
add_perm("welfare.reopen_year", has_role(Role.CHAIR))
add_perm("welfare.import_grant", _events)
add_perm("welfare.import_cover", _preparers)
add_perm("welfare.post_premium", _approvers)
