"""What the register puts on the staff desk and on the member's own page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from members.branches.models import Branch, BranchAssignment, Office
from members.branches.portal import desk_items
from members.cohorts.models import Cohort
from members.memberships.models import Membership
from members.memberships.portal import desk_figures, membership_episodes
from members.people.models import Person
from union_portal.base.identity import mask_bank_card, mask_identity, mask_mobile
from union_portal.base.portal import FOUND_OF_A_KIND, Contribution, Episode, FirstStep, Found, Place, contribute
from union_portal.base.prepared import own

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def member_facts(user: "User") -> Iterator[tuple[Any, str]]:
    """Return what the register says about the account's owner, numbers masked."""

    def asked(account: "User") -> "QuerySet[Any]":
        joined = Membership.objects.filter(person=OuterRef("pk")).order_by("valid_from").values("valid_from")[:1]
        found: Any = Person.objects.filter(user=account).annotate(joined=Subquery(joined))
        told: QuerySet[Any] = found.with_branch(on=timezone.localdate())
        return told.only("staff_number", "mobile", "identity_number", "bank_card")

    for person in own(user, "facts", asked):
        yield "工号", person.staff_number or "—"
        yield "分工会", person.branch_name_on or "—"
        yield "入会时间", f"{person.joined:%Y-%m-%d}" if person.joined else "—"
        yield "手机", mask_mobile(person.mobile) or "—"
        yield "身份证号", mask_identity(person.identity_number) or "—"
        yield "银行卡号", mask_bank_card(person.bank_card) or "—"


def person_episodes(user: "User", person_id: int) -> Iterator[Episode]:
    """Return memberships, branches, offices and special groups as episodes of one life; five queries."""
    yield from membership_episodes(user, person_id)
    for assigned in BranchAssignment.objects.visible_to(user).filter(person=person_id).select_related("branch"):
        yield Episode(assigned.valid_from, assigned.branch.name, until=assigned.valid_to, kind="分工会")
    looks = user.has_perm("members.view_office")
    for office in Office.objects.visible_to(user).filter(person=person_id).select_related("term__branch"):
        yield Episode(
            on=office.valid_from,
            until=office.valid_to,
            kind="工会任职",
            title=f"{office.term.branch.name} · {office.get_position_display()}",
            detail=" · ".join(part for part in (f"第 {office.term.number} 届", *_of_office(office)) if part),
            address=reverse("admin:members_office_change", args=[office.pk]) if looks else "",
        )
    for place in Cohort.objects.visible_to(user).filter(person=person_id).select_related("kind"):
        yield Episode(
            on=place.valid_from,
            until=place.valid_to,
            kind="特殊群体",
            title=place.kind.name,
            detail=place.document,
            grave=place.kind.sensitive,
        )


def finds(user: "User", words: str) -> Iterator[Found]:
    """Yield people by name, staff number and pinyin, and branches by name; each only those that the account may see."""
    if user.has_perm("members.view_person"):
        people: Any = Person.objects.visible_to(user)
        for one in people.search(words).nearest(words).for_picking()[:FOUND_OF_A_KIND]:
            told = (one.staff_number or one.get_kind_display(), one.branch_name_on, "已去世" if one.died_on else "")
            yield Found(
                title=one.name,
                kind="人员",
                address=reverse("admin:members_person_change", args=[one.pk]),
                detail=" · ".join(part for part in told if part),
                icon="person",
            )
    if user.has_perm("members.view_branch"):
        for branch in Branch.objects.visible_to(user).filter(name__icontains=words)[:FOUND_OF_A_KIND]:
            yield Found(
                title=branch.name,
                kind="分工会",
                address=reverse("admin:members_branch_change", args=[branch.pk]),
                detail=f"{branch.dissolved_on} 撤销" if branch.dissolved_on else branch.code,
                icon="account_tree",
            )


def _of_office(office: Office) -> tuple[str, str]:
    return "补选" if office.by_election else "", "专职" if office.full_time else ""


def _begins(step: str, label: str, icon: str, beside: str = "") -> Place:
    """Return the page on which a step begins without a person."""
    return Place("members", label, f"admin:members_person_do_{step}", "members.change_person", icon, beside)


_STEPS = (
    ("admit_member", "入会", "person_add"),
    ("transfer_member", "调动", "move_up"),
    ("retire_member", "退休", "elderly"),
    ("leave_union", "退会", "person_remove"),
    ("resume_membership", "恢复会籍", "restart_alt"),
    ("record_death_of", "去世", "deceased"),
    ("rename_member", "更名", "edit_note"),
    ("correct_entry", "更正登记", "undo"),
)
_JOIN = Place("members", "入会", "admin:members_person_add", "members.add_person", "person_add")
contribute(
    Contribution(
        finds=finds,
        desk_items=desk_items,
        desk_figures=desk_figures,
        # What comes up most; every step stands beside the applications.
        creates=(_JOIN, *(_begins(*one) for one in _STEPS[1:3])),
        first_steps=(
            FirstStep(
                key="people",
                rank=30,
                title="导入会员名册",
                why="名册是慰问、选举和报告的依据；人事部门的名单可以直接导入",
                by="组织委员",
                rows=Membership.objects.all,
                unit="段会籍",
                page="admin:members_person_add",
                permission="members.add_person",
                kind="people",
            ),
        ),
        person_episodes=person_episodes,
        member_facts=member_facts,
        places=(
            *(_begins(*one, beside="moves") for one in _STEPS),
            Place(
                job="members",
                label="某日名册",
                name="admin:members_person_roster",
                permission="members.view_person",
                icon="event_note",
                beside="roll",
            ),
            Place(
                job="settings",
                label="批量开通账号",
                name="admin:members_person_codes",
                permission="members.open_accounts",
                icon="key",
                beside="accounts",
            ),
        ),
    )
)
