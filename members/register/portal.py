"""What the register puts on the staff desk and on the member's own page."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from members.branches.models import BranchAssignment, Office
from members.branches.portal import desk_items
from members.cohorts.models import Cohort
from members.memberships.portal import membership_episodes
from members.people.models import Person
from union_portal.base.identity import mask_bank_card, mask_identity, mask_mobile
from union_portal.base.portal import Contribution, Episode, Place, contribute

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


def member_facts(user: "User") -> Iterator[tuple[Any, str]]:
    """Return what the register says about the account's owner, numbers masked."""
    today = timezone.localdate()
    people: Any = Person.objects.filter(user=user)
    person = people.with_branch(on=today).first()
    if person is None:
        return
    yield "工号", person.staff_number or "—"
    yield "分工会", person.branch_name_on or "—"
    joined = person.memberships.order_by("valid_from").first()
    yield "入会时间", f"{joined.valid_from:%Y-%m-%d}" if joined else "—"
    yield "手机", mask_mobile(person.mobile) or "—"
    yield "身份证号", mask_identity(person.identity_number) or "—"
    yield "银行卡号", mask_bank_card(person.bank_card) or "—"


def person_episodes(user: "User", person_id: int) -> Iterator[Episode]:
    """Return memberships, branches, offices and special groups as episodes of one life; five queries."""
    yield from membership_episodes(user, person_id)
    for assigned in BranchAssignment.objects.visible_to(user).filter(person=person_id).select_related("branch"):
        yield Episode(assigned.valid_from, assigned.branch.name, until=assigned.valid_to, kind="分工会")
    for office in Office.objects.visible_to(user).filter(person=person_id).select_related("term__branch"):
        yield Episode(
            on=office.valid_from,
            until=office.valid_to,
            kind="工会任职",
            title=f"{office.term.branch.name} · {office.get_position_display()}",
            detail=f"第 {office.term.number} 届",
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


contribute(
    Contribution(
        desk_items=desk_items,
        creates=(Place("members", "新增人员", "admin:members_person_add", "members.add_person", "person_add"),),
        person_episodes=person_episodes,
        member_facts=member_facts,
        places=(
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
