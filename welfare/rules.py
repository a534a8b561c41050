"""Who may do what with benefits, rounds, grants and the ledger.

The welfare officer prepares; chair, vice chair and finance approve; audit only looks. That preparer and approver are
two people, and nobody approves for himself or his kin, is checked by the services and the database.
"""

from rules.permissions import add_perm
from rules.predicates import predicate

from union_portal.accounts.enums import Role
from union_portal.accounts.rules import allow, has_role, sees
from welfare.models import (
    Cover,
    Grant,
    Round,
)

_school = has_role(Role.CHAIR, Role.VICE_CHAIR, Role.WELFARE, Role.WOMEN, Role.FINANCE, Role.AUDIT)
_staff = _school | has_role(Role.BRANCH_CHAIR)
_preparers = has_role(Role.WELFARE)
_approvers = has_role(Role.CHAIR, Role.VICE_CHAIR, Role.FINANCE)
_money = has_role(Role.WELFARE, Role.FINANCE)
_bookkeepers = has_role(Role.FINANCE, Role.CHAIR, Role.VICE_CHAIR)
_events = has_role(Role.WELFARE, Role.WOMEN)
_nobody = predicate(lambda _user: False, name="nobody")

allow("welfare.benefit", look=_school, write=_preparers)
allow("welfare.benefitrule", look=_school, write=_preparers)
allow("welfare.occasion", look=_school, write=_preparers)
allow("welfare.round", look=_school & sees(Round), write=_preparers)
allow("welfare.roundpaper", look=_school, write=_nobody)
allow("welfare.purchase", look=_school, write=_nobody)
allow("welfare.rulewarning", look=_school, write=_nobody)
allow("welfare.lifeevent", look=_school, write=_events)
allow("welfare.grant", look=_staff & sees(Grant), write=_events)
allow("welfare.mutualaidplan", look=_school, write=_preparers)
allow("welfare.cover", look=_staff & sees(Cover), write=_preparers)
allow("welfare.book", look=_school, write=_bookkeepers)
allow("welfare.fund", look=_school, write=_bookkeepers)
allow("welfare.ledgeraccount", look=_school, write=_bookkeepers)
allow("welfare.fiscalyear", look=_school, write=_nobody)
allow("welfare.posting", look=_school, write=_nobody)
allow("welfare.ledgerentry", look=_school, write=_nobody)

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
