"""二级教代会 over HTTP: a branch chair runs the own branch's congress, and nobody else's."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.bodies.enums import Body, Mode
from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee
from congress.delegates.models import Delegate, Delegation, UnitElection
from congress.elections.models import Election
from congress.resolutions.models import Resolution
from congress.sessions.enums import AgendaOutcome, SittingState
from congress.sessions.models import AgendaItem, Session, Sitting
from congress.surveys.enums import SurveyState
from congress.surveys.models import Survey
from congress.voting.enums import BallotState
from congress.voting.models import Ballot
from members.branches.models import Branch
from members.people.models import Person
from tests.factories import attendance, bodies, committees, elections, members, sessions, surveys, voting
from union_portal.accounts.enums import Role


class Desk:
    """A browser of one account; every step must answer with the status, a redirect unless said otherwise."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user)

    def post(self, step_name: str, /, *args: Any, **data: Any) -> Any:
        """Take a step; `status` and `prefix` are not sent."""
        status, prefix = data.pop("status", 302), data.pop("prefix", "admin:congress_")
        answer = self.client.post(reverse(f"{prefix}{step_name}", args=args), data)
        assert answer.status_code == status, (step_name, answer.status_code, _errors(answer))
        return answer

    def get(self, name: str, *args: int, status: int = 200, prefix: str = "admin:congress_") -> str:
        """Look at a page."""
        answer = self.client.get(reverse(f"{prefix}{name}", args=args))
        assert answer.status_code == status, (name, answer.status_code)
        return answer.content.decode()


def _errors(answer: Any) -> Any:
    context = answer.context or {}
    form = context.get("adminform") or context.get("form")
    return getattr(form, "errors", "")


NO_ROWS = {"questions-TOTAL_FORMS": 0, "questions-INITIAL_FORMS": 0}


def chaired(count: int = 6) -> tuple[Branch, Desk, list[Person]]:
    """Return a branch, its chair's browser, and its members with accounts."""
    branch = members.branch()
    people = [members.member(branch=branch) for _number in range(count)]
    for one in people:
        members.account(of=one)
        one.refresh_from_db()
    return branch, Desk(members.account_with_role(Role.BRANCH_CHAIR, branches=(branch,))), people


def term(branch: Branch | None, desk: Desk, *, mode: Mode = Mode.EVERYBODY, status: int = 302, **more: Any) -> Any:
    today = timezone.localdate()
    data = {
        "body": Body.STAFF, "number": 1, "mode": mode, "branch": branch.pk if branch else "",
        "began_on": today - dt.timedelta(days=400), "ends_on": today + dt.timedelta(days=400),
        "quorum_numerator": 2, "quorum_denominator": 3, "quorum_bound": "at_least", "majority_numerator": 1,
        "majority_denominator": 2, "majority_bound": "more_than",
    }  # fmt: skip
    desk.post("congress_add", status=status, **(data | more))
    return Congress.objects.filter(branch=branch).order_by("-pk").first()


def sheet(people: list[Person], **votes: int) -> dict[str, Any]:
    """Return a counting sheet on which every voter of six voted."""
    papers = {"handed_out": 6, "returned": 6, "valid": 6, "void": 0}
    return {**papers, "teller": people[1].pk, "scrutineer": people[0].pk, **votes}


def test_a_branch_chair_runs_the_own_branchs_session_from_the_term_to_the_minutes() -> None:  # noqa: PLR0915 - one day
    branch, desk, people = chaired()
    body = term(branch, desk)
    today = timezone.localdate()
    desk.post("session_add", staff=body.pk, convened_on=today, kind="regular", title="", place="会议室")
    session = Session.objects.get()
    sitting = session.sittings.get()
    for kind, title in (("hear", "工会工作报告"), ("pass", "绩效工资分配办法"), ("elect", "选举工会委员会")):
        desk.post("sitting_add_item", sitting.pk, kind=kind, title=title)
    heard, passed, elected = sitting.agenda.all()
    desk.post("sitting_draw_up", sitting.pk)
    assert set(sitting.roll.values_list("person_id", flat=True)) == {one.pk for one in people}
    first, *others = sitting.roll.all()
    desk.post("door", session.pk, prefix="congress:", code=first.code)
    desk.post("sitting_step_open", sitting.pk, status=422)
    for entry in others:
        desk.post("sitting_roll_step", sitting.pk, entry.pk, step="came")
    desk.post("sitting_step_open", sitting.pk)
    desk.post("agendaitem_settle", heard.pk, outcome=AgendaOutcome.HEARD, on=today)
    # A ballot that the scrutineer confirms on the phone.
    desk.post("ballot_open_ballot", item=passed.pk, method="paper", scrutineer=people[0].pk)
    ballot = Ballot.objects.get()
    desk.post("ballot_enter_count", ballot.pk, **sheet(people, votes_for=5, votes_against=1, abstained=0))
    desk.post("ballot_confirm", ballot.pk, status=422)
    phone = Desk(people[0].user)
    phone.post("ballot", ballot.pk, prefix="congress:", step="confirm")
    passed.refresh_from_db()
    assert passed.outcome == AgendaOutcome.PASSED
    # An election to the branch's own committee; its offices wait for the school union's approval.
    committee = {"kind": CommitteeKind.UNION, "name": "分工会委员会", "branch": branch.pk, "began_on": today}
    desk.post("committee_add", quorum_numerator=2, quorum_denominator=3, quorum_bound="at_least", **committee)
    board = Committee.objects.get()
    names = [one.pk for one in people[2:5]]
    desk.post(
        "election_open_election", sitting=sitting.pk, item=elected.pk, committee=board.pk, seats=2, min_surplus=5,
        people=names, method="paper", scrutineer=people[0].pk,
    )  # fmt: skip
    election = Election.objects.get()
    votes = {f"votes_{one.pk}": count for one, count in zip(election.candidates.all(), (6, 5, 1), strict=True)}
    desk.post("election_enter_count", election.pk, **sheet(people, **votes))
    phone.post("election", election.pk, prefix="congress:", step="confirm")
    election.refresh_from_db()
    assert election.state == BallotState.CONFIRMED
    desk.post("election_approve", election.pk, status=403, on=today, document="批复1号")
    desk.post("committeeseat_add", status=403, committee=board.pk, person=people[2].pk, valid_from=today)
    # A survey among the people of the sitting.
    asked = {"title": "会议满意度测评", "kind": "session", "anonymous": "on", "opens_on": today, "closes_on": today}
    desk.post("survey_add", audience="members", sitting=sitting.pk, status=200, **asked, **NO_ROWS)
    desk.post("survey_add", audience="delegates", sitting="", status=200, **asked, **NO_ROWS)
    desk.post("survey_add", audience="delegates", sitting=sitting.pk, **asked, **NO_ROWS)
    survey = Survey.objects.get()
    desk.post("survey_add_question", survey.pk, text="您对本次会议满意吗？", kind="satisfaction")
    desk.post("survey_open_survey", survey.pk)
    question = survey.questions.get()
    for one in people[:5]:
        Desk(one.user).post("survey", survey.pk, prefix="congress:", **{f"question_{question.pk}": "satisfied"})
    desk.post("survey_close", survey.pk)
    survey.refresh_from_db()
    assert (survey.state, survey.asked, survey.answered) == (SurveyState.CLOSED, 6, 5)
    desk.get("survey_change", survey.pk)
    # Words, and the end.
    words = {"title": "关于绩效工资分配办法的决议", "text": "会议通过。", "adopted_on": today}
    desk.post("resolution_add", sitting=sitting.pk, item=passed.pk, **words)
    desk.post("session_write_minutes", session.pk, text="会议开始。")
    desk.post("sitting_step_close", sitting.pk)
    assert Sitting.objects.get().state == SittingState.CLOSED
    assert Resolution.objects.get().item == passed
    desk.get("session_change", session.pk)
    printed = desk.client.post(reverse("admin:congress_session_print_minutes", args=[session.pk]))
    assert printed["Content-Type"] == "application/pdf"
    # One held before the portal.
    past = body.began_on + dt.timedelta(days=3)
    desk.post(
        "session_record", staff=body.pk, staff_number=9, staff_due=6, staff_present=5, convened_on=past, source="纪要"
    )
    assert Session.objects.get(recorded=True).sittings.get().congress == body


def test_a_branch_chair_sets_up_delegations_delegates_and_unit_elections_of_the_own_branch() -> None:
    branch, desk, people = chaired(3)
    body, school = term(branch, desk, mode=Mode.DELEGATES), bodies.congress()
    today = timezone.localdate()
    for of, status in ((school, 200), (body, 302)):
        desk.post("delegation_add", congress=of.pk, number=1, name="第一组", branches=branch.pk, status=status)
        desk.post(
            "unitelection_add", congress=of.pk, branch=branch.pk, held_on=today, seats=2, voters_due=3,
            voters_present=3, status=status,
        )  # fmt: skip
    election = UnitElection.objects.get()
    desk.post("congress_elect", body.pk, person=people[0].pk, seat="delegate", on=today, election=election.pk)
    made = Delegate.objects.get()
    assert (made.congress, made.delegation) == (body, Delegation.objects.get())
    desk.post("delegation_name_heads", made.delegation_id, head=made.pk)
    desk.post("delegate_end", made.pk, on=today, way="recalled", reason="调离")
    desk.post("congress_elect", school.pk, status=404, person=people[1].pk, seat="delegate", on=today)


def test_the_congress_of_the_school_and_of_another_branch_stay_closed() -> None:
    _branch, desk, _people = chaired(1)
    other = members.branch()
    for foreign in (other, None):
        sitting = attendance.sitting(due=6, branch=foreign)
        ballot = voting.ballot(sitting)
        election = elections.election(sitting, seats=1, names=["甲一", "乙二"])
        survey = surveys.survey(opened=False, sitting=sitting, audience="delegates")
        item, entry = ballot.item, sitting.roll.all()[0]
        mandate = Delegate.objects.filter(congress=sitting.congress)[0]
        committee = committees.committee(branch=foreign)
        for name, one in (
            ("congress_change", sitting.congress), ("session_change", sitting.session), ("agendaitem_change", item),
            ("ballot_change", ballot), ("election_change", election), ("survey_change", survey),
            ("delegate_change", mandate), ("committee_change", committee),
        ):  # fmt: skip
            answer = desk.client.get(reverse(f"admin:congress_{name}", args=[one.pk]))
            # An unknown row's change form leads back to the start page.
            assert answer.status_code in {302, 403, 404}, name
        desk.get("sitting_roll", sitting.pk, status=404)
        desk.get("quorum", sitting.session_id, status=404, prefix="congress:")
        desk.get("door", sitting.session_id, status=403, prefix="congress:")
        desk.post("door", sitting.session_id, status=403, prefix="congress:", code=entry.code)
        desk.post("sitting_roll_step", sitting.pk, entry.pk, status=404, step="leave")
        for name, one in (
            ("sitting_draw_up", sitting), ("sitting_step_open", sitting), ("sitting_step_close", sitting),
            ("sitting_step_cancel", sitting), ("sitting_add_item", sitting), ("sitting_examine", sitting),
            ("sitting_add_guest", sitting), ("session_write_minutes", sitting.session),
            ("session_print_minutes", sitting.session), ("session_seat_presidium", sitting.session),
            ("agendaitem_settle", item), ("ballot_enter_count", ballot), ("ballot_confirm", ballot),
            ("ballot_void", ballot), ("election_enter_count", election), ("election_void", election),
            ("survey_open_survey", survey), ("survey_record_totals", survey), ("congress_end_term", sitting.congress),
            ("delegate_end", mandate),
        ):  # fmt: skip
            desk.post(name, one.pk, status=404, reason="越权", on=timezone.localdate())
        today = timezone.localdate()
        second = AgendaItem.objects.create(sitting=sitting, position=9, kind="pass", title="别人的事")
        desk.post("ballot_open_ballot", status=422, item=second.pk, method="hands")
        desk.post("session_add", status=200, staff=sitting.congress_id, convened_on=today, kind="regular")
        desk.post("session_record", status=422, staff=sitting.congress_id, convened_on=today, source="纪要")
        desk.post("resolution_add", status=200, sitting=sitting.pk, title="甲", text="乙", adopted_on=today)
        term(foreign, desk, status=200, number=77)
        sitting.refresh_from_db()
        assert sitting.state == SittingState.OPEN
    assert not Congress.objects.filter(number=77).exists()
    assert not Resolution.objects.exists()
    lists = ("congress", "session", "ballot", "election", "survey", "resolution", "delegate", "committee")
    for name in lists:
        assert not desk.client.get(reverse(f"admin:congress_{name}_changelist")).context["cl"].result_count, name


def test_other_staff_roles_still_only_look() -> None:
    branch, _desk, _people = chaired(1)
    sitting = sessions.session(bodies.congress(branch=branch)).sittings.get()
    desk = Desk(members.account_with_role(Role.WELFARE))
    desk.get("session_change", sitting.session_id)
    for name in ("draw_up", "step_open", "step_cancel", "examine"):
        desk.post(f"sitting_{name}", sitting.pk, status=403)


def test_a_chair_who_also_keeps_the_schools_welfare_runs_the_own_branch_only() -> None:
    branch = members.branch()
    own, school = (sessions.session(bodies.congress(branch=one, mode=Mode.EVERYBODY)) for one in (branch, None))
    members.member(branch=branch)
    desk = Desk(members.account_with_role(Role.BRANCH_CHAIR, Role.WELFARE, branches=(branch,)))
    desk.post("sitting_draw_up", own.sittings.get().pk)
    desk.post("sitting_draw_up", school.sittings.get().pk, status=403)
    body = school.sittings.get().congress
    desk.post("delegation_add", congress=body.pk, number=1, name="第一组", status=200)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_factor")]
