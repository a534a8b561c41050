"""A kept statement answers about this account and now: what is kept is the question, never the answer."""

import datetime as dt
from collections.abc import Iterable

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from time_machine import TimeMachineFixture

from members.branches.models import Branch, Term
from members.people.models import Person
from tests.factories import members
from tests.factories.accounts import account, officer
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.base.prepared import again, existing, latest, own, seen, totals
from union_portal.home.desk.portal import desk_figures, desk_items, drafts

pytestmark = pytest.mark.django_db


def _held(user: User) -> set[str]:
    return {one.role for one in own(user, "test roles", lambda found: RoleAssignment.objects.filter(user=found))}


def _again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_each_account_hears_of_itself_alone() -> None:
    chair, welfare, nobody = officer(Role.CHAIR), officer(Role.WELFARE), account()
    for _turn in range(7):  # the server keeps the plan after the fifth
        assert (_held(chair), _held(welfare), _held(nobody)) == ({Role.CHAIR}, {Role.WELFARE}, set())


def test_an_account_that_was_not_saved_hears_nothing() -> None:
    officer(Role.CHAIR)
    assert _held(User()) == set()


def test_what_was_given_or_taken_just_now_holds_for_the_next_request() -> None:
    user = officer(Role.CHAIR)
    assert _again(user).roles == {Role.CHAIR}
    RoleAssignment.objects.create(user=user, role=Role.WELFARE, valid_from=dt.date(2020, 1, 1))
    assert _again(user).roles == {Role.CHAIR, Role.WELFARE}
    RoleAssignment.objects.filter(user=user, role=Role.CHAIR).delete()
    assert _again(user).roles == {Role.WELFARE}


def test_a_new_day_asks_anew(time_machine: TimeMachineFixture) -> None:
    user = account()
    RoleAssignment.objects.create(
        user=user, role=Role.CHAIR, valid_from=dt.date(2026, 1, 1), valid_to=dt.date(2026, 6, 30)
    )
    time_machine.move_to(dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC), tick=False)
    assert _again(user).roles == {Role.CHAIR}
    time_machine.move_to(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), tick=False)
    assert _again(user).roles == frozenset()


def test_rows_come_whole_in_one_query() -> None:
    user = officer(Role.CHAIR)
    with CaptureQueriesContext(connection) as asked:
        (found,) = own(user, "test whole", lambda one: RoleAssignment.objects.filter(user=one).select_related("user"))
        assert (found.user, found.user.name, found.get_role_display()) == (user, user.name, Role.CHAIR.label)
    assert len(asked) == 1


def test_a_question_is_told_apart_by_its_name_in_one_statement() -> None:
    user = officer(Role.CHAIR)

    def asked(one: User) -> dict[str, object]:
        held = RoleAssignment.objects.filter(user=one)
        return {"chair": held.filter(role=Role.CHAIR), "welfare": held.filter(role=Role.WELFARE)}

    assert existing(user, "test existing", asked) == {"chair"}  # type: ignore[arg-type]
    assert existing(account(), "test existing", asked) == set()  # type: ignore[arg-type]


def _chair(branch: Branch) -> User:
    return members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))


def _branches_seen(user: User) -> set[str]:
    return {one.name for one in seen(user, "test branches", Branch.objects.visible_to)}


def test_who_leads_a_branch_hears_of_it_alone_and_who_sees_the_school_of_all() -> None:
    first, second = members.branch(name="文学院分工会"), members.branch(name="理学院分工会")
    chairs = [_chair(one) for one in (first, second)]
    chair, nobody = officer(Role.CHAIR), account()
    for _turn in range(7):
        assert [_branches_seen(one) for one in chairs] == [{first.name}, {second.name}]
        assert {first.name, second.name} <= _branches_seen(chair)
        assert _branches_seen(nobody) == set()


def test_a_branch_that_was_given_away_is_not_heard_of_in_the_next_request() -> None:
    held = members.branch(name="文学院分工会")
    user = _chair(held)
    assert _branches_seen(user) == {held.name}
    RoleAssignment.objects.filter(user=user).update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert _branches_seen(_again(user)) == set()


def test_totals_count_and_tell_the_first_day_in_one_statement() -> None:
    user, other = officer(Role.CHAIR), officer(Role.WELFARE)
    RoleAssignment.objects.create(user=user, role=Role.WELFARE, valid_from=dt.date(2010, 3, 1))

    def asked(one: User) -> dict[str, tuple[QuerySet[RoleAssignment], str]]:
        held = RoleAssignment.objects.filter(user=one)
        return {"held": (held, "valid_from"), "lent": (held.none(), "valid_from"), "all": (held, "")}

    assert user.roles
    with CaptureQueriesContext(connection) as queries:
        found = totals(user, "test totals", asked)
    assert (found["held"], found["lent"], found["all"]) == ((2, dt.date(2010, 3, 1)), (0, None), (2, None))
    assert totals(other, "test totals", asked)["held"][0] == 1
    assert len(queries) == 1


def test_what_reads_rows_while_it_is_asked_is_asked_plainly() -> None:
    user = officer(Role.CHAIR)

    def asked(_one: User) -> QuerySet[User]:
        return User.objects.filter(pk__in=list(User.objects.values_list("pk", flat=True)))

    for count in (1, 2):
        assert len(seen(user, "test reading", asked)) == count
        found = totals(
            user, "test reading totals", lambda one: {"all": (asked(one), ""), "day": (asked(one), "date_joined")}
        )
        assert (found["all"], found["day"][0]) == ((count, None), count)
        officer(Role.AUDIT)


def test_a_branch_chair_hears_of_the_branchs_people_by_a_statement_that_is_kept() -> None:
    first, second = members.branch(name="文学院分工会"), members.branch(name="理学院分工会")
    people = {one: [members.member(branch=one).pk for _turn in range(2)] for one in (first, second)}
    chairs = {one: _chair(one) for one in (first, second)}
    for _turn in range(7):
        for branch, chair in chairs.items():
            found = seen(_again(chair), "test people", Person.objects.visible_to)
            assert {one.pk for one in found} == set(people[branch])
    user = _again(chairs[first])
    assert user.roles
    with CaptureQueriesContext(connection) as asked:
        told = totals(user, "test people totals", lambda one: {"all": (Person.objects.visible_to(one), "")})
    assert told["all"][0] == 2
    # The branches, the people, and how many: each by its kept statement.
    assert [query["sql"][:14] for query in asked.captured_queries] == ["EXECUTE portal"] * 3


def test_the_last_rows_of_tables_are_told_in_one_statement() -> None:
    user = officer(Role.CHAIR)
    last = RoleAssignment.objects.order_by("-pk").values_list("pk", flat=True).first()
    assert latest(user, User, RoleAssignment, Term) == [User.objects.order_by("-pk")[0].pk, last, None]


@pytest.mark.parametrize("role", Role)
def test_the_desk_of_every_role_is_asked_by_statements_that_can_be_kept(role: Role) -> None:
    desk_items(officer(role))
    drafts(officer(role))
    desk_figures(officer(role), 2026)


@pytest.mark.parametrize(
    "roles", [tuple(Role), *((Role.BRANCH_CHAIR, one) for one in Role if one != Role.BRANCH_CHAIR)]
)
def test_so_is_the_desk_of_who_holds_several(roles: tuple[Role, ...]) -> None:
    user = officer(*roles)
    assert user.roles == set(roles)
    desk_items(user)
    drafts(user)
    desk_figures(user, 2026)


def _listed(numbers: Iterable[int]) -> list[tuple[int, str]]:
    found = []
    for number in numbers:
        with connection.cursor() as cursor:
            cursor.execute(*again("SELECT %s::int, '100%%' || max(staff_number) FROM accounts_user", [number]))
            found += cursor.fetchall()
    return found


def test_a_statement_asked_again_is_planned_once_and_answers_as_things_are_now() -> None:
    account(staff_number="A1")
    assert _listed([1, 1, 1]) == [(1, "100%A1")] * 3
    account(staff_number="A2")
    assert _listed([1]) == [(1, "100%A2")]
    with CaptureQueriesContext(connection) as asked:
        _listed([1])
    assert asked[0]["sql"].startswith("EXECUTE portal_list_")


def test_a_connection_keeps_no_more_plans_than_it_may() -> None:
    account(staff_number="A1")
    assert len(_listed([*range(60), *range(60), *range(20, 60), *range(20, 60)])) == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'portal_list_%'")
        assert cursor.fetchone()[0] <= 40
