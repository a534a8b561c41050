"""One row of each model of the congress, so that a form of each can be looked at."""

from typing import Any

from django.utils import timezone

from congress.awards.models import Award
from congress.committees.enums import CommitteePost
from congress.committees.models import ReviewedDocument
from congress.delegates.models import UnitElection
from congress.handling.enums import ReplyKind
from congress.handling.models import FollowUp, Reply
from congress.inspections.models import Finding, Inspection
from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel
from congress.proposal_reports import services as proposal_reports
from congress.proposals.enums import ProposalState
from congress.regulations.enums import RegulationAct
from congress.resolutions import services as resolutions
from congress.sessions.enums import AgendaKind, AgendaOutcome, PresidiumPost
from congress.sessions.models import SessionDocument
from congress.sessions.services import agenda, sessions
from congress.suggestions import services as suggestions
from congress.suggestions.enums import SuggestionSource
from congress.suggestions.models import Suggestion, SuggestionDrive
from tests.factories import (
    attendance,
    committees,
    delegates,
    departments,
    drives,
    elections,
    handling,
    members,
    papers,
    proposals,
    regulations,
    surveys,
)
from tests.factories import sessions as voting
from tests.factories import voting as make_voting
from union_portal.accounts.models import User
from union_portal.base.steps import record


def congress(*, handler: User) -> None:
    """Make a session with its votes, a filed proposal with its department, committees and what members brought."""
    today = timezone.localdate()
    sitting = attendance.sitting(due=6)
    session, body = sitting.session, sitting.congress
    people = attendance.voters(sitting)
    delegates.delegation(of=body)
    record(UnitElection(congress=body, branch=members.branch(), held_on=today, seats=2, by_election=False), actor=None)
    sessions.seat_in_presidium(session=session, people=people[:1], post=PresidiumPost.EXECUTIVE)
    heard = agenda.settle_item(item=voting.item(sitting, kind=AgendaKind.HEAR), outcome=AgendaOutcome.HEARD)
    SessionDocument.objects.create(item=heard, title="学校工作报告", file=papers.sent("a.pdf"))
    resolutions.adopt_resolution(sitting=sitting, item=heard, title="关于学校工作报告的决议", text="同意。")
    make_voting.ballot(sitting)
    election = elections.election(sitting, seats=1, names=["甲候选", "乙候选"])
    surveys.survey()
    _proposals(session=session, handler=handler)
    _committees(election.committee, handler=handler)
    inspection = Inspection.objects.create(congress=body, number=1, title="第一次代表巡视", held_on=today)
    record(Finding(inspection=inspection, text="室温偏高。", department=departments.department()), actor=handler)
    petitions.receive(
        channel=PetitionChannel.VISIT, subject="续签合同", text="请核实。", received_on=today, actor=handler
    )


def _proposals(*, session: Any, handler: User) -> None:
    drive = drives.drive(of=session)
    lead = departments.department(contact=True, lead=True)
    filed = proposals.proposal(drive=drive, state=ProposalState.ASSIGNED, category=drives.category())
    handling.assign(filed, lead)
    reply = Reply.objects.create(
        proposal=filed, kind=ReplyKind.PLANNED, text="列入计划。", promised_on=timezone.localdate(), department=lead
    )
    FollowUp.objects.create(proposal=filed, reply=reply, due_on=timezone.localdate())
    proposal_reports.begin_report(sessions=[session], actor=handler)
    Award.objects.create(
        session=session, kind="proposal", proposal=filed, awarded_on=timezone.localdate(), statistics={}
    )
    called = SuggestionDrive.objects.create(title="金点子征集", opens_on=drive.opens_on, closes_on=timezone.localdate())
    suggestion = Suggestion(
        source=SuggestionSource.DRIVE,
        title="加开班车",
        text="早高峰加开一班。",
        collected_on=timezone.localdate(),
        drive=called,
    )
    record(suggestion, actor=handler)
    suggestions.gather(rows=Suggestion.objects.filter(pk=suggestion.pk), title="通勤", session=session)


def _committees(committee: Any, *, handler: User) -> None:
    today = timezone.localdate()
    version = regulations.enact(title="工会经费管理办法", act=RegulationAct.ADOPTED, on=today, text="第一条")
    committees.seat(committee=committee, person=members.member(), on=today, post=CommitteePost.CHAIR)
    held = committees.meeting(committee=committee, present=1)
    paper = ReviewedDocument(meeting=held, title="工会经费管理办法", regulation=version.regulation)
    record(paper, actor=handler)
