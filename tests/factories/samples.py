"""One row of each model of the congress, so that a form of each can be looked at."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from congress.enums import (
    AgendaKind,
    AgendaOutcome,
    CommitteePost,
    PetitionChannel,
    PresidiumPost,
    ProposalState,
    RegulationAct,
    ReplyKind,
    SuggestionSource,
)
from congress.models import Award, FollowUp, Inspection, Reply, SessionDocument, SuggestionDrive
from congress.services import (
    agenda,
    committees,
    inspections,
    mandates,
    petitions,
    regulations,
    reporting,
    resolutions,
    sessions,
    suggestions,
)
from tests.factories import congress as make
from tests.factories import members, voting
from union_portal.accounts.models import User


def congress(*, handler: User) -> None:
    """Make a session with its votes, a filed proposal with its department, committees and what members brought."""
    today = timezone.localdate()
    sitting = voting.sitting(due=6)
    session, body = sitting.session, sitting.congress
    people = voting.voters(sitting)
    make.delegation(of=body)
    mandates.record_election(congress=body, branch=members.branch(), held_on=today, seats=2, by_election=False)
    sessions.seat_in_presidium(session=session, people=people[:1], post=PresidiumPost.EXECUTIVE, actor=handler)
    heard = agenda.settle_item(item=voting.item(sitting, kind=AgendaKind.HEAR), outcome=AgendaOutcome.HEARD)
    SessionDocument.objects.create(item=heard, title="学校工作报告", file=ContentFile(b"%PDF-", name="a.pdf"))
    resolutions.adopt_resolution(sitting=sitting, item=heard, title="关于学校工作报告的决议", text="同意。")
    voting.ballot(sitting)
    election = voting.election(sitting, seats=1, names=["甲候选", "乙候选"])
    voting.survey()
    _proposals(session=session, handler=handler)
    _committees(election.committee, handler=handler)
    inspection = Inspection.objects.create(congress=body, number=1, title="第一次代表巡视", held_on=today)
    inspections.note_finding(inspection=inspection, text="室温偏高。", actor=handler, department=make.department())
    petitions.receive(
        channel=PetitionChannel.VISIT, subject="续签合同", text="请核实。", received_on=today, actor=handler
    )


def _proposals(*, session: Any, handler: User) -> None:
    drive = make.drive(of=session)
    lead = make.department(contact=True, lead=True)
    filed = make.proposal(drive=drive, state=ProposalState.ASSIGNED, category=make.category())
    make.assign(filed, lead)
    reply = Reply.objects.create(
        proposal=filed, kind=ReplyKind.PLANNED, text="列入计划。", promised_on=timezone.localdate(), department=lead
    )
    FollowUp.objects.create(proposal=filed, reply=reply, due_on=timezone.localdate())
    reporting.begin_report(sessions=[session], actor=handler)
    Award.objects.create(
        session=session, kind="proposal", proposal=filed, awarded_on=timezone.localdate(), statistics={}
    )
    called = SuggestionDrive.objects.create(title="金点子征集", opens_on=drive.opens_on, closes_on=timezone.localdate())
    suggestion = suggestions.record(
        source=SuggestionSource.DRIVE,
        title="加开班车",
        text="早高峰加开一班。",
        collected_on=timezone.localdate(),
        drive=called,
        actor=handler,
    )
    suggestions.gather(suggestions=[suggestion], title="通勤", session=session)


def _committees(committee: Any, *, handler: User) -> None:
    today = timezone.localdate()
    version = regulations.enact(title="工会经费管理办法", act=RegulationAct.ADOPTED, on=today, text="第一条")
    committees.seat(committee=committee, person=members.member(), on=today, post=CommitteePost.CHAIR)
    paper = committees.Paper("工会经费管理办法", regulation=version.regulation)
    committees.hold_meeting(committee=committee, held_on=today, actor=handler, present=1, papers=[paper])
