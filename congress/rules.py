"""Who may do what in the congress.

The congress office runs sessions and proposals; chair and vice chair approve; audit looks. Delegates, seconders,
departments and leaders act on what concerns them: their steps are judged per object, by the same querysets as lists.
"""

from typing import Any

from rules.permissions import add_perm
from rules.predicates import predicate

from congress.enums import PETITION_ROLES, DepartmentDuty, Duty, ProposalState
from congress.models import (
    CommitteeSeat,
    Department,
    Petition,
    Proposal,
    Suggestion,
)
from congress.querysets import reads_all, runs_school, sees_school
from union_portal.accounts.enums import SCHOOL_ROLES, Role
from union_portal.accounts.models import User
from union_portal.accounts.rules import allow, has_role, sees


def _sees_it(user: Any, subject: Any) -> bool:
    """Judge whatever row is asked about by its own list: a step may be asked with the session, a line or a vote."""
    if subject is None or sees_school(user):
        return True
    return bool(type(subject)._default_manager.visible_to(user).filter(pk=subject.pk).exists())  # noqa: SLF001


def _runs_it(user: Any, subject: Any) -> bool:
    if subject is None or runs_school(user):
        return True
    return bool(type(subject)._default_manager.run_by(user).filter(pk=subject.pk).exists())  # noqa: SLF001


def _of_account(name: str, check: Any) -> Any:
    return predicate(lambda user, subject: isinstance(user, User) and check(user, subject), name=name)


_school = has_role(*SCHOOL_ROLES)
_office = has_role(Role.CONGRESS)
_heads = has_role(Role.CHAIR, Role.VICE_CHAIR)
_branches = _school | has_role(Role.BRANCH_CHAIR)
_looks = _branches & predicate(_sees_it, name="sees_it")
# The congress office runs every congress; a branch chair the own branch's (二级教代会), wholly.
_runs = has_role(Role.CONGRESS, Role.BRANCH_CHAIR) & predicate(_runs_it, name="runs_it")
_keeps_committees = has_role(Role.CONGRESS, Role.ORGANISATION, Role.BRANCH_CHAIR) & predicate(_runs_it, name="runs_it")
_readers = predicate(lambda user: isinstance(user, User) and reads_all(user), name="reads_all_proposals")
_nobody = predicate(lambda _user: False, name="nobody")
_takes_petitions = has_role(*PETITION_ROLES)

allow("congress.congress", look=_looks, write=_runs)
allow("congress.delegation", look=_looks, write=_runs)
allow("congress.delegate", look=_looks, write=_runs)
allow("congress.unitelection", look=_looks, write=_runs)
allow("congress.session", look=_looks, write=_runs)
allow("congress.sitting", look=_looks, write=_runs)
allow("congress.agendaitem", look=_looks, write=_runs)
allow("congress.rollentry", look=_looks, write=_runs)
allow("congress.ballot", look=_looks, write=_nobody)
allow("congress.election", look=_looks, write=_nobody)
allow("congress.resolution", look=_looks, write=_runs)
allow("congress.survey", look=_looks, write=_runs)
allow("congress.surveyquestion", look=_looks, write=_runs)
allow("congress.department", look=_school, write=_office)
allow("congress.departmentpost", look=_school, write=_office)
allow("congress.proposalcategory", look=_readers, write=_office)
allow("congress.proposaldrive", look=_readers, write=_office)
allow("congress.proposal", look=_readers & sees(Proposal), write=_office)
allow("congress.proposalreport", look=_readers, write=_office | _heads)
allow("congress.followup", look=_readers, write=_nobody)
allow("congress.suggestion", look=_readers & sees(Suggestion), write=_office)
allow("congress.suggestiondrive", look=_school, write=_office)
allow("congress.suggestiongroup", look=_readers, write=_office)
allow("congress.inspection", look=_school, write=_office)
allow("congress.finding", look=_school, write=_office)
allow(
    "congress.petition",
    look=_takes_petitions & sees(Petition),
    write=_takes_petitions & sees(Petition),
    add=_takes_petitions,
)
allow("congress.committee", look=_looks, write=_keeps_committees)
allow("congress.committeeseat", look=_school, write=has_role(Role.CONGRESS, Role.ORGANISATION))
allow("congress.meeting", look=_school, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN))
allow(
    "congress.revieweddocument", look=_school, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.AUDIT, Role.WOMEN)
)
allow("congress.regulation", look=_school, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE))
allow("congress.regulationversion", look=_school, write=has_role(Role.CONGRESS, Role.ORGANISATION, Role.FINANCE))
allow("congress.award", look=_school, write=_office)

# Sessions
add_perm("congress.run_session", _runs)
add_perm("congress.import_congress", _office)
add_perm("congress.import_committee", has_role(Role.CONGRESS, Role.ORGANISATION))
add_perm("congress.record_approval", _office | _heads)
add_perm(
    "congress.confirm_count",
    _of_account(
        "is_scrutineer",
        lambda user, sheet: sheet is not None and sheet.scrutineer is not None and sheet.scrutineer.user_id == user.pk,
    )
    | _runs
    | _heads,
)

# Proposals: the author and the seconders
add_perm(
    "congress.change_own_proposal",
    _of_account("is_author", lambda user, one: Proposal.objects.authored_by(user).filter(pk=one.pk).exists()),
)
add_perm(
    "congress.rate_proposal",
    _of_account("is_author", lambda user, one: Proposal.objects.authored_by(user).filter(pk=one.pk).exists()),
)
add_perm(
    "congress.answer_seconding",
    _of_account("is_asked", lambda user, one: one.delegate.person.user_id == user.pk),
)
add_perm(
    "congress.precheck_proposal",
    _of_account("heads_delegation", lambda user, one: Proposal.objects.to_precheck(user).filter(pk=one.pk).exists()),
)
# The committee, the leader, the office
add_perm(
    "congress.review_proposal",
    _office | _of_account("on_the_committee", lambda user, _one: CommitteeSeat.objects.reviewing(user).exists()),
)
add_perm("congress.decide_for_presidium", _office)
add_perm("congress.approve_filing", _heads)
add_perm("congress.assign_proposal", _office)
add_perm("congress.decide_extension", _office)
add_perm("congress.enter_paper_reply", _office)
add_perm("congress.resubmit_paper", _office)
# The departments and their leaders
add_perm(
    "congress.handle_proposal",
    _of_account(
        "answers_for_department",
        lambda user, one: (
            Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
            .filter(assignments__proposal=one, assignments__ended_at__isnull=True)
            .exists()
        ),
    ),
)


def _leads(user: User, one: Proposal) -> bool:
    mine = Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
    return mine.filter(
        assignments__proposal=one, assignments__duty=Duty.LEAD, assignments__ended_at__isnull=True
    ).exists()


# The joint reply, extensions and promises are the lead's; notes are every assigned department's.
_lead = _of_account("leads_for_department", _leads)
add_perm("congress.answer_proposal", _lead)
add_perm("congress.report_promise", _office | _lead)
add_perm("congress.close_unrated", _office)
add_perm(
    "congress.sign_reply",
    _of_account(
        "is_responsible_leader",
        lambda user, one: (
            one.state == ProposalState.SIGNING and Proposal.objects.to_sign(user).filter(pk=one.pk).exists()
        ),
    ),
)
add_perm(
    "congress.answer_suggestion",
    _office
    | _of_account(
        "answers_for_department",
        lambda user, one: (
            one.department_id is not None
            and Department.objects.of(user, DepartmentDuty.CONTACT, DepartmentDuty.HEAD)
            .filter(pk=one.department_id)
            .exists()
        ),
    ),
)

# Every move of a proposal's table and the permission it takes; pages offer and judge by it, and so does the test.
PROPOSAL_STEPS = {
    "invite": "congress.change_own_proposal",
    "edit_again": "congress.change_own_proposal",
    "submit": "congress.change_own_proposal",
    "submit_to_delegation": "congress.change_own_proposal",
    "submit_late": "congress.change_own_proposal",
    "withdraw": "congress.change_own_proposal",
    "submit_again": "congress.change_own_proposal",
    "pass_check": "congress.precheck_proposal",
    "return_to_author": "congress.precheck_proposal",
    "return": "congress.review_proposal",
    "refer": "congress.review_proposal",
    "file": "congress.review_proposal",
    "file_directly": "congress.review_proposal",
    "pass_on": "congress.review_proposal",
    "decline": "congress.review_proposal",
    "merge": "congress.review_proposal",
    "approve": "congress.approve_filing",
    "send_back": "congress.approve_filing",
    "assign": "congress.assign_proposal",
    "reply": "congress.answer_proposal",
    "reply_directly": "congress.answer_proposal",
    "sign": "congress.sign_reply",
    "return_reply": "congress.sign_reply",
    "return_second_reply": "congress.sign_reply",
    "rate": "congress.rate_proposal",
    "handle_again": "congress.rate_proposal",
    "close_unrated": "congress.close_unrated",
}
# What was referred is entered for the presidium.
FOR_THE_PRESIDIUM = "congress.decide_for_presidium"


def step_permission(*, state: str, action: str) -> str:
    """Return the permission that taking the action in the state needs."""
    return FOR_THE_PRESIDIUM if state == ProposalState.REFERRED else PROPOSAL_STEPS[action]
