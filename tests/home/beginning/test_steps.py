"""A school's first steps on the desk: they follow what is there, and go away."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from members.branches.models import Branch
from tests.factories import members as make
from union_portal.accounts.enums import Role
from union_portal.base import profile
from union_portal.base.importing.kinds import kinds
from union_portal.base.models import UnionProfile
from union_portal.base.portal import CONTRIBUTIONS, Contribution, FirstStep, first_steps
from union_portal.home.beginning.portal import all_steps, steps_left

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
DESK, PAGE = "/admin/", "/admin/beginning/"
SHOWN = 'id="beginning"'
ORDER = ["profile", "branches", "people", "officers", "roles", "congress", "standards", "openings", "totals", "rounds"]


@pytest.fixture
def one_step() -> Iterator[None]:
    """Let one room alone contribute a step."""
    kept = list(CONTRIBUTIONS)
    rows: QuerySet[Branch] = Branch.objects.all()
    step = FirstStep(
        key="only",
        rank=1,
        title="建立分工会",
        why="一切由此开始",
        by="组织委员",
        rows=rows.all,
        unit="个分工会",
        page="admin:members_branch_add",
        permission="members.add_branch",
        kind="branches",
    )
    CONTRIBUTIONS[:] = [Contribution(first_steps=(step,))]
    yield
    CONTRIBUTIONS[:] = kept


def test_the_steps_stand_in_the_order_of_the_work_and_name_lists_that_are_there() -> None:
    assert [step.key for step in first_steps()] == ORDER
    assert {step.kind for step in first_steps()} - {""} <= {one.kind.key for one in kinds()}


def test_an_empty_school_sees_what_to_begin_with_and_then_what_comes_next(client: Client) -> None:
    client.force_login(make.account_with_role(Role.ORGANISATION))
    shown = client.get(DESK).content.decode()
    assert SHOWN in shown
    assert "/admin/imports/?kind=branches" in shown
    assert "/admin/imports/template/branches/" in shown
    assert "待生活福利委员办理" in shown
    make.branch(founded_on=dt.date(2001, 1, 1))
    after = client.get(DESK).content.decode()
    assert "已有 1 个分工会" in after
    assert "/admin/imports/?kind=branches" not in after
    assert client.get("/admin/imports/?kind=branches").status_code == 200


@pytest.mark.usefixtures("one_step")
def test_a_step_goes_when_it_is_done() -> None:
    officer = make.account_with_role(Role.ORGANISATION)
    assert [one.is_next for one in steps_left(officer)] == [True]
    make.branch()
    assert steps_left(officer) == []
    assert profile.kept().has_begun


@pytest.mark.usefixtures("one_step")
def test_a_step_is_put_aside_and_taken_up_again_by_whoever_could_do_it(client: Client) -> None:
    client.force_login(make.account_with_role(Role.FINANCE))
    assert SHOWN not in client.get(DESK).content.decode()
    assert client.post(PAGE, {"aside": "only"}).status_code == 403
    client.force_login(make.account_with_role(Role.ORGANISATION))
    client.post(PAGE, {"aside": ["only", "unknown"]})
    assert UnionProfile.objects.get().steps_aside == ["only"]
    assert SHOWN not in client.get(DESK).content.decode()
    assert "重新列出" in client.get(PAGE).content.decode()
    client.post(PAGE, {"back": "only"})
    assert SHOWN in client.get(DESK).content.decode()


def test_all_steps_are_counted_by_one_statement() -> None:
    officer = make.account_with_role(Role.ORGANISATION)
    make.member(branch=make.branch())
    all_steps(officer)
    with CaptureQueriesContext(connection) as asked:
        found = {one.step.key: one.count for one in all_steps(officer)}
    assert (found["people"], found["branches"], found["rounds"]) == (1, 1, 0)
    # Which are done, and how many rows there are.
    assert len([one for one in asked if "EXECUTE" in one["sql"]]) == 2
    assert len(asked) <= 3
