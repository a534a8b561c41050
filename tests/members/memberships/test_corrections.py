"""Whatever was recorded of a membership can be put right, by a further entry that says who, when and why."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from members.branches.enums import Position
from members.branches.models import Office
from members.branches.services import offices
from members.branches.services.checks import Undone
from members.memberships import signals
from members.memberships.enums import Correction, MembershipChange, MembershipEnd, MembershipStart
from members.memberships.models import RegisterEntry
from members.memberships.portal import register_entries
from members.memberships.services import corrections, steps
from members.memberships.services.corrections import Corrected
from members.memberships.services.foretelling import foretell
from members.people import services as people
from members.people.enums import Employment, MembershipState, PersonKind
from members.people.models import Person
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.errors import DomainError, Refused

D = dt.date


def put_right(person: Person, change: MembershipChange, was: dt.date, **right: object) -> Corrected:
    how = Correction.DAY if "on" in right else Correction.BRANCH if "branch" in right else Correction.NEVER
    given: dict[str, object] = {"how": how, "why": "人事处来函更正", "actor": None} | right
    return corrections.correct(person=person, act=f"{change}:{was}", **given)  # type: ignore[arg-type]


def chair(person: Person, branch: object) -> Office:
    term = offices.start_term(branch=branch, began_on=D(2021, 1, 1), ends_on=D(2035, 12, 31))  # type: ignore[arg-type]
    return offices.elect(person=person, term=term, position=Position.CHAIR)


def test_a_retirement_that_never_was_is_undone_with_all_that_followed() -> None:
    branch = make.branch()
    person = make.member(on=D(2010, 3, 1), branch=branch, employment=Employment.ESTABLISHED)
    office = chair(person, branch)
    steps.retire(person=person, on=D(2026, 3, 31))
    done = put_right(person, MembershipChange.RETIRE, D(2026, 3, 31))
    person.refresh_from_db()
    office.refresh_from_db()
    assert (person.retired_on, person.kind, person.employment) == (None, PersonKind.STAFF, Employment.ESTABLISHED)
    assert (person.memberships.get().valid_to, office.valid_to, done.left) == (None, None, [])
    assert Person.objects.members(on=D(2026, 9, 1)).get() == person


def test_a_retirement_on_another_day_moves_everything_to_that_day_and_the_history_shows_both() -> None:
    branch = make.branch()
    officer = make.account_with_role(Role.ORGANISATION)
    person = make.member(on=D(2010, 3, 1), branch=branch)
    office = chair(person, branch)
    steps.retire(person=person, on=D(2026, 3, 20), document="退休通知", actor=officer)
    put_right(person, MembershipChange.RETIRE, D(2026, 3, 20), on=D(2026, 3, 31), actor=officer)
    person.refresh_from_db()
    office.refresh_from_db()
    held = list(person.memberships.order_by("valid_from").values_list("state", "valid_from", "valid_to", "document"))
    assert held == [
        (MembershipState.ACTIVE, D(2010, 3, 1), D(2026, 3, 31), "退休通知"),
        (MembershipState.RETAINED, D(2026, 4, 1), None, "退休通知"),
    ]
    assert (person.retired_on, office.valid_to) == (D(2026, 3, 31), D(2026, 3, 31))
    first, correction, second = RegisterEntry.objects.filter(person=person, change=MembershipChange.RETIRE)
    assert (first.on, first.corrected_by, second.on) == (D(2026, 3, 20), correction, D(2026, 3, 31))
    assert (correction.actor, correction.reason) == (officer, "人事处来函更正")
    assert correction.note == "更正：退休 2026-03-20 应为 2026-03-31"
    with pytest.raises(DatabaseError), transaction.atomic():
        RegisterEntry.objects.filter(pk=correction.pk).update(reason="")


def test_a_death_recorded_for_the_wrong_person_brings_everything_back() -> None:
    branch = make.branch()
    person = make.member(on=D(2010, 3, 1), branch=branch)
    user = people.link_account(person=person)
    role = RoleAssignment.objects.create(user=user, role=Role.WELFARE, valid_from=D(2020, 1, 1))
    office = chair(person, branch)
    steps.record_death(person=person, on=D(2026, 5, 4))
    done = put_right(person, MembershipChange.DEATH, D(2026, 5, 4), why="登记错人")
    person.refresh_from_db()
    office.refresh_from_db()
    role.refresh_from_db()
    assert (person.died_on, office.valid_to, role.valid_to, done.left) == (None, None, None, [])
    back = ["在职会籍", f"在{branch.name}的归属", f"{branch.name}主席", "账号", "角色“生活福利委员”"]
    assert done.restored == back
    # The page says so at once, and the person's history for ever.
    assert f"已恢复：{'、'.join(back)}。" in str(done)
    officer = make.account_with_role(Role.ORGANISATION)
    told = next(one for one in register_entries(officer, person) if one.label.startswith("更正"))
    assert f"已恢复：{'、'.join(back)}" in told.reason
    assert User.objects.get(pk=user.pk).is_active
    assert person.memberships.get().valid_to is None
    assert Person.objects.in_branch([branch], on=D(2026, 9, 1)).get() == person


def test_a_death_taken_back_gives_back_the_document_and_names_the_retirement_that_it_forestalled() -> None:
    person = make.member(on=D(2010, 3, 1))
    steps.retire(person=person, on=D(2090, 3, 31), document="退休通知")
    told = foretell(person=Person.objects.get(pk=person.pk), change=MembershipChange.DEATH, on=D(2026, 5, 4))
    assert "尚未到期的退休登记（2090-03-31）" in str(told)
    steps.record_death(person=person, on=D(2026, 5, 4), document="讣告")
    done = put_right(person, MembershipChange.DEATH, D(2026, 5, 4), why="登记错人")
    assert done.left == ["此前登记的 2090-03-31 退休已随之撤回，仍然有效的请重新办理退休。"]
    held = person.memberships.get()
    assert (held.valid_to, held.document) == (None, "")


def test_what_cannot_come_back_by_itself_is_named() -> None:
    branch = make.branch(name="文学院分工会")
    person, other = make.member(branch=branch), make.member(branch=branch, name="王芳")
    office = chair(person, branch)
    steps.leave(person=person, on=D(2026, 3, 31))
    offices.elect(person=other, term=office.term, position=Position.CHAIR, on=D(2026, 5, 1))
    done = put_right(person, MembershipChange.LEAVE, D(2026, 3, 31))
    assert done.left == ["文学院分工会主席现由王芳担任（自 2026-05-01），未恢复。"]
    assert done.restored == ["在职会籍", "在文学院分工会的归属"]
    assert "未恢复、请接着处理：文学院分工会主席现由王芳担任" in str(done)
    assert person.memberships.get().valid_to is None
    assert person.assignments.get().valid_to is None


def test_a_new_term_ends_a_restored_office_as_it_would_have() -> None:
    branch = make.branch()
    person = make.member(branch=branch)
    office = chair(person, branch)
    steps.transfer_out(person=person, on=D(2026, 3, 31), counterpart="邻校工会")
    offices.start_term(branch=branch, began_on=D(2026, 7, 1), ends_on=D(2031, 6, 30))
    put_right(person, MembershipChange.TRANSFER_OUT, D(2026, 3, 31))
    office.refresh_from_db()
    assert office.valid_to == D(2026, 6, 30)


def test_joining_is_corrected_to_another_day_with_its_branch_or_taken_back() -> None:
    branch = make.branch()
    person = make.member(on=D(2026, 3, 1), branch=branch)
    put_right(person, MembershipChange.JOIN, D(2026, 3, 1), on=D(2025, 9, 1))
    assert (person.memberships.get().valid_from, person.assignments.get().valid_from) == (D(2025, 9, 1), D(2025, 9, 1))
    put_right(person, MembershipChange.JOIN, D(2025, 9, 1))
    assert not person.memberships.exists()
    notes = [entry.note for entry in person.entries.order_by("pk")]
    assert notes == [
        "入会 2026-03-01",
        "更正：入会 2026-03-01 应为 2025-09-01",
        "入会 2025-09-01",
        "更正：入会 2025-09-01 未发生",
    ]


def test_a_resumed_membership_that_never_was_is_retained_again() -> None:
    same, later = make.member(on=D(2010, 3, 1)), make.member(on=D(2010, 3, 1))
    for person, day in ((same, D(2022, 9, 1)), (later, D(2023, 9, 1))):
        steps.retire(person=person, on=D(2022, 8, 31))
        steps.resume(person=person, on=day)
        put_right(person, MembershipChange.RESUME, day)
        last = person.memberships.order_by("-valid_from").first()
        assert last is not None
        assert (last.valid_from, last.valid_to) == (D(2022, 9, 1), None)
        assert (last.state, last.began_by) == (MembershipState.RETAINED, MembershipStart.RETAINED)


def test_a_move_is_corrected_by_branch_by_day_or_taken_back() -> None:
    first, wrong, right = make.branch(), make.branch(), make.branch()
    person = make.member(on=D(2020, 3, 1), branch=first)
    steps.move_to_branch(person=person, branch=wrong, on=D(2026, 3, 1))
    put_right(person, MembershipChange.MOVE, D(2026, 3, 1), branch=right)
    assert Person.objects.in_branch([right], on=D(2026, 3, 1)).get() == person
    put_right(person, MembershipChange.MOVE, D(2026, 3, 1), on=D(2026, 6, 1))
    assert Person.objects.in_branch([first], on=D(2026, 5, 31)).get() == person
    put_right(person, MembershipChange.MOVE, D(2026, 6, 1))
    assert person.assignments.get().branch == first
    assert person.assignments.get().valid_to is None


def test_what_rests_on_a_step_is_put_right_first() -> None:
    person = make.member(on=D(2010, 3, 1))
    steps.retire(person=person, on=D(2022, 8, 31))
    steps.resume(person=person, on=D(2023, 9, 1))
    with pytest.raises(Refused, match="恢复会籍（2023-09-01），请先更正"):
        put_right(person, MembershipChange.RETIRE, D(2022, 8, 31))
    put_right(person, MembershipChange.RESUME, D(2023, 9, 1))
    put_right(person, MembershipChange.RETIRE, D(2022, 8, 31))
    assert person.memberships.get().valid_to is None


def test_a_correction_needs_a_reason_and_must_change_something() -> None:
    person = make.member(on=D(2020, 3, 1))
    for right, field in (({"why": " "}, "why"), ({"on": D(2020, 3, 1)}, "on")):
        with pytest.raises(DomainError) as refused:
            put_right(person, MembershipChange.JOIN, D(2020, 3, 1), **right)
        assert refused.value.field == field
    with pytest.raises(Refused, match="已不在册"):
        put_right(person, MembershipChange.DEATH, D(2020, 3, 1))


def test_a_register_from_before_the_entries_is_corrected_too_and_names_what_it_cannot_know() -> None:
    branch = make.branch()
    person = make.member(on=D(2010, 3, 1), branch=branch)
    person.memberships.update(valid_to=D(2022, 8, 31), ended_by=MembershipEnd.LEFT)
    person.assignments.update(valid_to=D(2022, 8, 31))
    done = put_right(person, MembershipChange.LEAVE, D(2022, 8, 31))
    assert person.assignments.get().valid_to is None
    assert "请核对是否需要重新登记任职" in done.left[0]


def test_who_hears_of_it_restores_or_names_what_is_his() -> None:
    person = make.member(on=D(2010, 3, 1))
    steps.leave(person=person, on=D(2026, 3, 31))

    def hear(*, change: MembershipChange, on: dt.date, told: Undone, **_rest: object) -> None:
        told.left.append(f"{change.label} {on}：请核对")

    signals.person_returned.connect(hear)
    try:
        done = put_right(person, MembershipChange.LEAVE, D(2026, 3, 31))
    finally:
        signals.person_returned.disconnect(hear)
    assert "退会 2026-03-31：请核对" in done.left


pytestmark = pytest.mark.django_db
