"""Collection by person: ticked by the officer or the branch chair, said by the member, led to by the sheet's code."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.branches.models import Branch
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from union_portal.base.models.papers import PaperState
from welfare.collecting.portal import desk_items
from welfare.grants.enums import GrantState
from welfare.grants.models import Grant, GrantMove, Round
from welfare.rounds.services import handing_out, reconciling
from welfare.sheets.models import RoundPaper
from welfare.sheets.services.codes import row_code, sheet_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_rows")]
DUE, RECEIVED = GrantState.DUE, GrantState.RECEIVED
DAY = dt.date(2024, 2, 1)


@pytest.fixture(scope="module")
def branch(one_data_set: Any) -> Branch:
    return members.branch(name="机关分工会")


@pytest.fixture(scope="module")
def people(branch: Branch) -> list[Person]:
    return [members.member(branch=branch) for _ in range(4)]


@pytest.fixture(scope="module")
def stranger(people: list[Person]) -> Person:
    return members.member(branch=members.branch(name="后勤分工会"))


@pytest.fixture(scope="module")
def made(people: list[Person], stranger: Person) -> Round:
    return welfare.approved()


@pytest.fixture(scope="module")
def head(branch: Branch) -> User:
    return members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))


@pytest.fixture(scope="module")
def officer(one_data_set: Any) -> User:
    return welfare.officer()


@pytest.fixture(scope="module")
def member(people: list[Person]) -> User:
    return members.account(of=people[0])


def address(made: Round, branch: Branch | None) -> str:
    return reverse("welfare:collecting_branch", args=[made.pk, branch.pk if branch else 0])


def grant_of(made: Round, person: Person) -> Grant:
    grant: Grant = made.grants.get(person=person)
    return grant


def tick(client: Client, at: str, grants: list[Grant], **told: Any) -> Any:
    told = {"on": "2024-02-01", "grant": [grant.pk for grant in grants], **told}
    return client.post(at, told, follow=True)


def test_whom_the_officer_ticks_has_collected_and_each_of_them_has_a_line(
    made: Round, branch: Branch, people: list[Person], officer: User
) -> None:
    chosen = [grant_of(made, person) for person in people[:3]]
    page = tick(signed_in(officer), address(made, branch), chosen, received_by=people[3].pk)
    assert "已登记 3 人于 2024-02-01 领取" in page.content.decode()
    assert made.grants.filter(state=RECEIVED, received_on=DAY, received_by=people[3]).count() == 3
    assert GrantMove.objects.filter(subject__in=chosen, action="collect", actor=officer).count() == 3
    sums = reconciling.reconcile(round_=made)
    assert (sums.received.count, sums.not_collected.count, sums.balances) == (3, 2, True)
    assert (
        "2 人已由他人登记"
        in tick(signed_in(officer), address(made, branch), [*chosen[:2], grant_of(made, people[3])]).content.decode()
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"grant": []}, "请先勾选人员"),
        ({"on": f"{timezone.localdate() + dt.timedelta(days=1)}"}, "不能晚于今天"),
        ({"received_by": "0"}, "没有找到，或不在您可查看的范围内"),
        ({"on": ""}, "up-field__error"),
    ],
)
def test_what_cannot_be_saved_is_said_and_the_ticks_stay(
    told: dict[str, Any], words: str, made: Round, branch: Branch, people: list[Person], officer: User
) -> None:
    grant = grant_of(made, people[0])
    page = tick(signed_in(officer), address(made, branch), [grant], **told)
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert page.content.decode().count(" checked") == (0 if told.get("grant") == [] else 1)
    assert grant_of(made, people[0]).state == DUE


def test_a_branch_chair_ticks_the_own_branch_and_no_other(
    made: Round, branch: Branch, people: list[Person], stranger: Person, head: User
) -> None:
    client = signed_in(head)
    other = grant_of(made, stranger)
    tick(client, address(made, branch), [grant_of(made, people[0]), other])
    assert [grant_of(made, one).state for one in (people[0], stranger)] == [RECEIVED, DUE]
    assert other.branch is not None
    elsewhere = client.get(address(made, other.branch))
    assert (elsewhere.status_code, "不属于您的分工会" in elsewhere.content.decode()) == (404, True)
    assert client.get(reverse("welfare:collecting_round", args=[made.pk])).url == address(made, branch)  # type: ignore[attr-defined]
    assert "尚有 3 人未登记" in "".join(item.detail for item in desk_items(head))


def test_a_mark_is_taken_back_with_a_reason_and_is_due_again(
    made: Round, branch: Branch, people: list[Person], head: User
) -> None:
    client, grant = signed_in(head), grant_of(made, people[1])
    tick(client, address(made, branch), [grant], received_by=people[2].pk)
    at = f"{address(made, branch)}?show=received"
    assert f"{people[2].name}代领" in client.get(at).content.decode()
    assert client.post(at, {"grant": [grant.pk], "why": ""}).status_code == 422
    page = client.post(at, {"grant": [grant.pk], "why": "勾错行"}, follow=True)
    assert "已撤销 1 人的领取" in page.content.decode()
    grant.refresh_from_db()
    assert (grant.state, grant.received_on, grant.received_by) == (DUE, None, None)
    assert "撤销领取：勾错行" in client.get(address(made, branch)).content.decode()
    assert reconciling.reconcile(round_=made).balances


def test_the_members_own_word_counts_until_staff_says_otherwise_and_both_stay_visible(
    made: Round, branch: Branch, people: list[Person], member: User, officer: User
) -> None:
    client, grant = signed_in(member), grant_of(made, people[0])
    own = reverse("welfare:own_grant", args=[grant.pk])
    assert own in client.get("/").content.decode()
    client.post(own)
    grant.refresh_from_db()
    assert (grant.state, grant.received_on) == (RECEIVED, timezone.localdate())
    handing_out.undo_several(subject=made, grants=[grant.pk], actor=officer, why="尚在仓库")
    page = client.post(own, follow=True).content.decode()
    assert "尚在仓库" in page
    assert "我已领取" not in page
    grant.refresh_from_db()
    assert grant.state == DUE
    rows = signed_in(officer).get(address(made, branch)).content.decode()
    assert "撤销领取：尚在仓库" in rows
    assert "确认已领取" in rows


def test_a_word_after_staffs_record_leaves_its_day_and_is_kept_once(
    made: Round, people: list[Person], member: User, officer: User
) -> None:
    grant = grant_of(made, people[0])
    handing_out.collect(subject=made, on=DAY, grants=[grant.pk], actor=officer)
    for _ in range(2):
        handing_out.acknowledge(subject=grant, actor=member)
    grant.refresh_from_db()
    assert grant.received_on == DAY
    assert grant.moves.filter(action=handing_out.OWN_WORD).count() == 1


def test_nobody_says_it_for_another(made: Round, people: list[Person], member: User) -> None:
    other = grant_of(made, people[1])
    with pytest.raises(Refused):
        handing_out.acknowledge(subject=other, actor=member)
    assert signed_in(member).post(reverse("welfare:own_grant", args=[other.pk])).status_code == 404


def test_the_sheets_code_leads_the_collector_to_all_ticked_the_member_to_himself_and_others_nowhere(
    made: Round, branch: Branch, people: list[Person], stranger: Person, member: User, head: User
) -> None:
    at = reverse("welfare:sheet", args=[sheet_code(round_id=made.pk, branch_id=branch.pk)])
    page = signed_in(head).get(at, follow=True).content.decode()
    assert page.count(" checked") == len(people)
    own = reverse("welfare:own_grant", args=[grant_of(made, people[0]).pk])
    assert signed_in(member).get(at).url == own  # type: ignore[attr-defined]
    outsider = members.account(of=members.person())
    assert signed_in(outsider).get(at).status_code == 404
    forged = reverse("welfare:sheet", args=[f"{made.pk}-{branch.pk}:forged"])
    assert "不是本平台签收表上的二维码" in signed_in(head).get(forged).content.decode()


def test_a_persons_code_leads_the_collector_to_that_line_ticked_the_member_to_himself_and_others_nowhere(
    made: Round, branch: Branch, people: list[Person], stranger: Person, member: User, head: User, officer: User
) -> None:
    mine, other = grant_of(made, people[0]), grant_of(made, stranger)
    at = reverse("welfare:sheet_row", args=[row_code(mine.pk)])
    client = signed_in(head)
    page = client.get(at, follow=True)
    assert [row.grant for row in page.context["rows"]] == [mine]
    assert page.content.decode().count(" checked") == 1
    assert grant_of(made, people[0]).state == DUE  # looking saves nothing
    tick(client, page.redirect_chain[-1][0], [mine])
    assert [grant_of(made, one).state for one in people[:2]] == [RECEIVED, DUE]
    again = client.get(at, follow=True)
    assert [row.grant for row in again.context["rows"]] == [mine]
    assert again.context["back"]
    assert signed_in(member).get(at).url == reverse("welfare:own_grant", args=[mine.pk])  # type: ignore[attr-defined]
    foreign = reverse("welfare:sheet_row", args=[row_code(other.pk)])
    assert client.get(foreign).status_code == signed_in(member).get(foreign).status_code == 404
    assert signed_in(officer).get(foreign, follow=True).context["rows"][0].grant == other
    forged = reverse("welfare:sheet_row", args=[f"{row_code(mine.pk)[:-1]}0"])
    assert "不是本平台签收表上的二维码" in client.get(forged).content.decode()


def test_the_desk_keeps_its_frame_where_collections_are_recorded(made: Round, branch: Branch, officer: User) -> None:
    client = signed_in(officer)
    for at in (
        reverse("welfare:collecting"),
        reverse("welfare:collecting_round", args=[made.pk]),
        address(made, branch),
    ):
        page = client.get(at).content.decode()
        assert at.startswith("/admin/")
        assert 'id="nav-sidebar"' in page
        assert "up-brand" not in page


def test_a_branch_chair_has_the_own_sheet_made_and_opens_no_other(
    made: Round, branch: Branch, stranger: Person, head: User
) -> None:
    client, other = signed_in(head), grant_of(made, stranger).branch_id
    page = client.post(reverse("welfare:collecting_sheet", args=[made.pk, branch.pk]), follow=True)
    assert "签收表正在生成" in page.content.decode()
    asked = RoundPaper.objects.get(round=made)
    assert (asked.branch, asked.portal) == (branch, "http://testserver")
    assert client.post(reverse("welfare:collecting_sheet", args=[made.pk, other])).status_code == 404
    RoundPaper.objects.filter(pk=asked.pk).update(state=PaperState.DONE, file="a.pdf", branch=other)
    assert client.get(reverse("welfare:collecting_paper", args=[asked.pk])).status_code == 404


def test_a_branch_of_many_takes_as_many_queries_as_one_of_few(
    made: Round, branch: Branch, stranger: Person, officer: User
) -> None:
    client, counts = signed_in(officer), []
    for shown in (grant_of(made, stranger).branch, branch):
        client.get(address(made, shown))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address(made, shown)).status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0]


def test_what_no_page_of_ours_would_send_is_answered_in_words(made: Round, branch: Branch, officer: User) -> None:
    client, words = signed_in(officer), {"q": "x'%_\\\x1f", "page": "x", "show": "x", "ticked": "x", "only": "x"}
    for at in (
        address(made, branch),
        f"/admin/welfare/collecting/{made.pk}/{2**63}/",
        f"/admin/welfare/collecting/{2**63}/",
        f"/admin/welfare/collecting/paper/{2**63}/",
        "/G/0-AAAAAAAA/",
        f"/G/{'Z' * 40}-AAAAAAAA/",
        "/G/É-É/",
        f"/welfare/received/{2**63}/",
        "/welfare/sheet/x:y/",
    ):
        assert client.get(at, words).status_code < 500, at
    for sent in (
        {"grant": ["x", str(2**63)], "on": "x"},
        {"grant": [str(2**63)], "on": "2024-02-01", "received_by": "x'"},
    ):
        assert client.post(address(made, branch), sent).status_code == 422
    assert not made.grants.filter(state=RECEIVED).exists()


def test_a_closed_round_is_shown_and_takes_no_marks(
    made: Round, branch: Branch, people: list[Person], officer: User
) -> None:
    reconciling.close(subject=made, actor=None, explanation="未领物品退库")
    client = signed_in(officer)
    assert "checkbox" not in client.get(address(made, branch)).content.decode()
    page = tick(client, address(made, branch), [grant_of(made, people[0])])
    assert page.status_code == 422
    with pytest.raises(DomainError):
        handing_out.undo_several(subject=made, grants=[grant_of(made, people[0]).pk], actor=None, why="勾错行")
