"""Branches on the desk: the tree, merging, electing."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.branches.enums import BranchKind, Position
from members.branches.models import Branch
from members.branches.portal import desk_items
from members.branches.services import offices, tree
from members.people.models import Person
from tests.factories import members as make
from tests.factories.accounts import signed_in
from tests.members.register.test_desk import D
from union_portal.accounts.enums import Role
from union_portal.base.errors import DomainError


def test_branches_stand_as_a_tree_with_chair_members_and_the_end_of_the_term() -> None:
    root = make.branch(code="00", kind=BranchKind.SCHOOL)
    late = make.branch(code="02", parent=root)
    early = make.branch(code="01", parent=root)
    group = make.branch(code="99", parent=early)
    person = make.member(branch=early)
    today = timezone.localdate()
    term = offices.start_term(branch=early, began_on=D(2021, 1, 1), ends_on=today + dt.timedelta(days=30))
    offices.elect(person=person, term=term, position=Position.CHAIR)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    rows = list(client.get(reverse("admin:members_branch_changelist")).context["cl"].queryset)
    assert [row.pk for row in rows] == [root.pk, early.pk, group.pk, late.pk]
    assert [(row.depth, row.chair_on, row.members_on) for row in rows[:2]] == [(0, None, 0), (1, person.name, 1)]
    due, chairless = desk_items(make.account_with_role(Role.ORGANISATION))
    assert due.due_on == term.ends_on
    assert (chairless.count, chairless.address) == (2, "/admin/members/branch/?standing=chairless")
    found = client.get(chairless.address).context["cl"].queryset
    assert {row.pk for row in found} == {late.pk, group.pk}
    assert not list(desk_items(make.account_with_role(Role.AUDIT, Role.ACTIVITIES)))
    assert list(desk_items(make.account_with_role(Role.BRANCH_CHAIR, branches=(late,)))) == []


def elect(client: Client, branch: Branch, **told: Any) -> str:
    """Begin a term: look at what follows, then confirm it; return what was said before."""
    address = f"/admin/members/branch/{branch.pk}/begin-term/"
    looked = client.post(address, told)
    assert "请核对，确认后办理" in looked.content.decode(), looked.context["form"].errors
    assert client.post(address, {"sealed": looked.context["sealed"]}).status_code == 302
    return str(looked.context["confirmation"])


def test_an_election_is_one_page_that_names_who_comes_who_goes_and_refuses_the_whole_of_it() -> None:
    branch = make.branch(name="文学院分工会")
    old, new, stays = (make.member(branch=branch, name=name) for name in ("程志婉", "李文", "白安研"))
    stranger = make.person(name="何晓岚")
    term = offices.start_term(branch=branch, began_on=D(2021, 1, 1), ends_on=D(2026, 1, 1))
    offices.elect(person=old, term=term, position=Position.CHAIR)
    offices.elect(person=stays, term=term, position=Position.WELFARE)
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    told = {"began_on": "2026.1.2", "ends_on": "2031-01-01", "post_chair": new.pk, "post_welfare": [stays.pk]}
    refused = client.post(f"/admin/members/branch/{branch.pk}/begin-term/", {**told, "post_women": [stranger.pk]})
    assert "何晓岚在 2026-01-02 不是在职会员，不能当选。" in refused.content.decode()
    assert branch.terms.count() == 1

    said = elect(client, branch, **told)
    assert "班子：主席李文、生活福利委员白安研；随之卸任：程志婉（主席）" in said
    held = {one.person: one.position for one in branch.terms.get(number=2).offices.all()}
    assert held == {new: Position.CHAIR, stays: Position.WELFARE}
    assert "不在本分工会" not in said
    other = make.branch(name="理学院分工会")
    away = make.member(branch=other, name="李文")
    named = client.post(
        f"/admin/members/branch/{branch.pk}/begin-term/",
        {"began_on": "2026.2.2", "ends_on": "2031-01-01", "post_chair": away.pk},
    )
    assert "李文属于理学院分工会，不在本分工会" in named.context["confirmation"]
    assert old.offices.get().valid_to == D(2026, 1, 1)


def test_branch_steps_merge_and_elect() -> None:
    old, new = make.branch(), make.branch()
    person = make.member(branch=old, staff_number="5")
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    elect(client, old, began_on="2021-01-01", ends_on="2025-12-31")
    client.post(
        f"/admin/members/branch/{old.pk}/elect-officer/", {"on": "2021-01-01", "person": person.pk, "position": "chair"}
    )
    assert person.offices.get().position == Position.CHAIR
    client.post(f"/admin/members/branch/{old.pk}/merge-into/", {"on": "2022-01-01", "into": new.pk})
    assert Branch.objects.get(pk=old.pk).merged_into == new
    assert list(Person.objects.in_branch([new], on=D(2022, 1, 1))) == [person]


def test_a_new_branch_counts_from_its_founding_and_the_page_names_officers_and_members() -> None:
    client = signed_in(make.account_with_role(Role.ORGANISATION))
    address = reverse("admin:members_branch_add")
    today = timezone.localdate()
    assert f'value="{today}"' in client.get(address).content.decode()
    new = {"code": "77", "name": "人工智能学院分工会", "kind": "branch"}
    inlines = {f"terms-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    refused = client.post(address, {**new, **inlines, "founded_on": ""})
    assert "founded_on" in refused.context["adminform"].form.errors
    client.post(address, {**new, **inlines, "founded_on": "2026.9.1"})
    branch = Branch.objects.get(code="77")
    assert branch.founded_on == D(2026, 9, 1)
    assert branch not in Branch.objects.standing(on=D(2025, 12, 31))
    person = make.member(branch=branch, on=D(2026, 9, 1), name="白安研", staff_number="20090012")
    term = offices.start_term(branch=branch, began_on=D(2026, 9, 1), ends_on=D(2031, 8, 31))
    offices.elect(person=person, term=term, position=Position.CHAIR)
    page = client.get(reverse("admin:members_branch_change", args=[branch.pk])).content.decode()
    assert "白安研（20090012）" in page
    assert f"{reverse('admin:members_person_changelist')}?branch={branch.pk}" in page
    assert "查看会员（1 人）" in page


def test_an_old_branch_without_a_founding_day_counts_as_always_there() -> None:
    branch = make.branch()
    Branch.objects.filter(pk=branch.pk).update(founded_on=None)
    assert branch in Branch.objects.standing(on=D(1990, 1, 1))
    branch.refresh_from_db()
    assert tree.change_branch(branch=branch, name="老分工会").founded_on is None
    with pytest.raises(DomainError) as refused:
        tree.found_branch(code="78", name="新分工会")
    assert refused.value.field == "founded_on"


pytestmark = pytest.mark.django_db
