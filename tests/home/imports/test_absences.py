"""Members whom an HR list does not name: a worklist with steps for ticked ones, which remembers what was said."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from members.memberships.enums import MembershipEnd
from members.people.enums import PersonKind
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.home.imports.uploads import page, upload
from union_portal.accounts.enums import Access, Role
from union_portal.accounts.models import AccessEntry, User
from union_portal.base.errors import Refused
from union_portal.home.imports.enums import AbsenceState
from union_portal.home.imports.models import Absence
from union_portal.home.imports.services import absences

D = dt.date
LIST = "admin:home_absence_changelist"


@pytest.fixture
def absent() -> list[Person]:
    branch = make.branch(name="文学院分工会")
    names = ("安一", "安二", "安三", "安四")
    return [
        make.member(on=D(2010, 3, 1), branch=branch, staff_number=f"9{place}", name=name)
        for place, name in enumerate(names)
    ]


def listed(client: Any, *rows: list[Any]) -> Any:
    pending = upload(client, *rows)
    return page(client, "import_absent", pending, post=True)


def ticked(client: Any, step: str, people: list[Person], **values: str) -> Any:
    """Tick the people, choose the step, fill in its page."""
    keys = [str(pk) for pk in Absence.objects.filter(person__in=people).values_list("pk", flat=True)]
    chosen = {"action": f"all_{step}", "_selected_action": keys}
    assert client.post(reverse(LIST), chosen).status_code == 200
    return client.post(reverse(LIST), {**chosen, "keys": ",".join(keys), **values}, follow=True)


def test_those_whom_the_list_does_not_name_stand_in_a_worklist(officer: User, absent: list[Person]) -> None:
    client = signed_in(officer)
    shown = listed(client, ["90", "安一", ""])
    assert "新列入 3 人" in shown.content.decode()
    assert set(Absence.objects.values_list("person__name", flat=True)) == {"安二", "安三", "安四"}
    found = client.get(reverse(LIST), {"q": "安三"}).content.decode()
    assert "安三" in found
    assert "安四" not in found
    other = make.branch(name="理学院分工会")
    empty = client.get(reverse(LIST), {"branch__id__exact": str(other.pk)}).content.decode()
    assert "安三" not in empty


def test_the_worklist_can_be_taken_along_and_that_is_logged(officer: User, absent: list[Person]) -> None:
    client = signed_in(officer)
    listed(client, ["1", "张三", ""])
    file = client.post(reverse("admin:home_absence_export"), {"format": 0, "resource": 0, "purpose": "核对"})
    assert file.content.startswith(b"PK")
    assert AccessEntry.objects.filter(action=Access.EXPORT, user=officer, rows=4).exists()


def test_ticked_ones_retire_are_transferred_and_leave_by_the_registers_services(
    officer: User, absent: list[Person]
) -> None:
    client = signed_in(officer)
    listed(client, ["1", "张三", ""])
    ticked(client, "retire", absent[:2], on="2026-08-31")
    ticked(client, "transfer_out", absent[2:3], on="2026-08-31", counterpart="某大学工会")
    ticked(client, "leave", absent[3:], on="2026-08-31")
    of = Absence.objects.filter
    ends = [person.memberships.get(valid_to=D(2026, 8, 31)).ended_by for person in absent]
    assert ends == [MembershipEnd.RETIRED] * 2 + [MembershipEnd.TRANSFERRED_OUT, MembershipEnd.LEFT]
    absent[0].refresh_from_db()
    assert absent[0].kind == PersonKind.RETIREE
    assert not Absence.objects.filter(state=AbsenceState.OPEN).exists()
    with pytest.raises(Refused):
        absences.leave(rows=of(person=absent[3]), actor=officer, on=D(2026, 9, 30))
    with pytest.raises(Refused):
        absences.retire(rows=of(person=absent[0]), actor=officer, on=D(2026, 9, 30))


def test_one_who_cannot_leave_takes_all_back(officer: User, absent: list[Person]) -> None:
    listed(signed_in(officer), ["1", "张三", ""])
    with pytest.raises(Refused):
        absences.leave(rows=Absence.objects.all(), actor=officer, on=D(2001, 1, 1))
    assert Absence.objects.filter(state=AbsenceState.OPEN).count() == 4


def test_what_was_said_is_remembered_and_who_is_named_again_leaves_the_list(
    officer: User, absent: list[Person]
) -> None:
    client = signed_in(officer)
    listed(client, ["90", "安一", ""])
    aside = Absence.objects.get(person=absent[1])
    step = reverse("admin:home_absence_step_set_aside", args=[aside.pk])
    assert client.post(step, {"why": ""}).status_code == 422
    client.post(step, {"why": "出国访学，明年回校"})
    aside.refresh_from_db()
    assert (aside.state, aside.moves.get(action="set_aside").reason) == ("set_aside", "出国访学，明年回校")
    shown = listed(client, ["90", "安一", ""], ["92", "安三", ""])
    assert "新列入 0 人；1 人又在名单中" in shown.content.decode()
    states = dict(Absence.objects.values_list("person__name", "state"))
    assert states == {"安二": AbsenceState.SET_ASIDE, "安三": AbsenceState.BACK, "安四": AbsenceState.OPEN}


def test_only_who_keeps_the_register_sees_it(officer: User, absent: list[Person]) -> None:
    listed(signed_in(officer), ["1", "张三", ""])
    for role in (Role.WELFARE, Role.BRANCH_CHAIR, Role.CHAIR):
        other = signed_in(make.account_with_role(role))
        assert other.get(reverse(LIST)).status_code in {302, 403}


pytestmark = pytest.mark.django_db
