"""A row that exists for every page that is not one of a desk's list, and the people who stand in some way to it."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from congress.committees.enums import CommitteeKind
from congress.committees.models import ReviewedDocument
from congress.delegates.models import Delegate
from congress.departments.enums import DepartmentDuty
from congress.drives.enums import Publication
from congress.handling.enums import Grade, ReplyKind
from congress.handling.models import FollowUp, Reply
from congress.petitions import services as petitions
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services import seconding
from congress.ratings.models import Opinion, Rating
from congress.regulations.enums import RegulationAct
from congress.sessions.models import SessionDocument, Sitting
from congress.suggestions import services as suggestions
from congress.suggestions.models import Suggestion, SuggestionDrive
from members.people.models import Person
from tests.factories import (
    attendance,
    committees,
    delegates,
    departments,
    drives,
    elections,
    files,
    handling,
    leaving,
    members,
    papers,
    procurement,
    proposals,
    regulations,
    reports,
    rounds,
    sessions,
    surveys,
    voting,
)
from tests.home.imports.uploads import sheet
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.annual_report.reports.models import ReportPreview
from union_portal.base.models.papers import PaperState
from union_portal.base.steps import record
from union_portal.home.imports.models import ImportRecord
from union_portal.home.imports.services import taking_back
from union_portal.home.imports.services.uploads import keep_upload
from welfare.cases import services as cases
from welfare.cases.services import Beside, Told
from welfare.life_events.enums import EventKind
from welfare.purchases.models import Purchase
from welfare.sheets.models import RoundPaper
from welfare.sheets.services.codes import row_code, sheet_code
from welfare.statement.models import StatementPaper

People = dict[str, User]
Keys = dict[str, tuple[Any, ...]]


# ---- pages outside the desk: who somebody is to a row ----


def people_and_keys() -> tuple[People, Keys]:
    """Make the people and the rows; return each page's keys by its name."""
    sitting, office = attendance.sitting(due=3), departments.department()
    seats = {name: delegates.delegate(of=sitting.congress) for name in ("author", "delegate", "seconder", "head")}
    people = {
        "stranger": members.account(),
        "member": members.account(of=members.member()),
        "committee": members.account(of=members.member()),
        "contact": departments.post(of=office, duty=DepartmentDuty.CONTACT),
        "leader": departments.post(of=office, duty=DepartmentDuty.LEADER),
        "office": members.account_with_role(Role.CONGRESS),
        "chair": members.account_with_role(Role.CHAIR),
        "welfare": members.account_with_role(Role.WELFARE),
        "administrator": members.account_with_role(Role.ADMINISTRATOR),
        "scrutineer": _user(attendance.voters(sitting)[-1]),
        **{name: proposals.user_of(seat) for name, seat in seats.items()},
    }
    keys = _proposal_pages(sitting, office, seats, people)
    keys |= _session_pages(sitting)
    keys |= _voices(people["member"], office, officer=people["office"])
    keys |= _files(people)
    handed_out = rounds.approved()
    member = Person.objects.get(user=people["member"])
    keys["welfare:sheet"] = (sheet_code(round_id=handed_out.pk, branch_id=None),)
    keys["welfare:sheet_row"] = (row_code(handed_out.grants.get(person=member).pk),)
    keys["welfare:own_grant"] = (handed_out.grants.get(person=member).pk,)
    asked = rounds.applied(member)
    keys |= dict.fromkeys(("welfare:application", "welfare:application_amend"), (asked.pk,))
    keys["welfare:application_paper"] = (asked.evidence.get().pk,)
    # Last, so that everybody of the register is asked.
    keys["congress:survey"] = (surveys.survey(people=0).pk,)
    return people, keys


def _user(person: Person) -> User:
    assert person.user is not None
    return person.user


def _proposal_pages(sitting: Sitting, office: Any, seats: dict[str, Delegate], people: People) -> Keys:
    body = sitting.congress
    drive = drives.drive(of=sitting.session, published=Publication.REPLY)
    made = proposals.proposal(
        drive=drive, congress=body, state=ProposalState.ASSIGNED, proposer=seats["author"], scan=papers.sent("a.pdf")
    )
    handling.assign(made, office)
    today = timezone.localdate()
    reply = Reply.objects.create(
        proposal=made,
        kind=ReplyKind.PLANNED,
        text="列入计划。",
        promised_on=today,
        department=office,
        scan=papers.sent("a.pdf"),
    )
    FollowUp.objects.create(proposal=made, reply=reply, due_on=today)
    joint = proposals.proposal(drive=drive, congress=body, state=ProposalState.MERGED, merged_into=made)
    assert joint.proposer is not None
    people["joint"] = proposals.user_of(joint.proposer)
    asked = proposals.proposal(drive=drive, congress=body, proposer=seats["author"], category=drives.category())
    (invited,) = seconding.invite(proposal=asked, delegates=[seats["seconder"]], actor=None)
    led = delegates.delegation(of=body, head=seats["head"])
    checked = proposals.proposal(drive=drive, congress=body, state=ProposalState.PRECHECK, delegation=led)
    return _of_proposals(made, reply=reply, asked=asked, invited=invited, checked=checked)


def _of_proposals(made: Proposal, *, reply: Reply, asked: Proposal, invited: Any, checked: Proposal) -> Keys:
    author = ("", "_form", "_scan", "_edit", "_invite", "_submit", "_withdraw", "_rate", "_opinion")
    department = ("proposal", "reply", "note", "extension", "give_back", "sign", "return", "promise")
    assert made.proposer is not None
    judged: Any = {"reply": reply, "grade": Grade.SATISFIED, "person": made.proposer.person}
    rating = Rating.objects.create(**judged, scan=papers.sent("a.pdf"))
    opinion = Opinion.objects.create(**judged, proposal=asked, scan=papers.sent("a.pdf"))
    return {
        **{f"congress:proposal{verb}": (made.pk,) for verb in author},
        **{f"congress:department_{verb}": (made.pk,) for verb in department},
        "congress:committee_proposal": (made.pk,),
        "congress:published_proposal": (made.pk,),
        "congress:proposal_reply_scan": (reply.pk,),
        "congress:proposal_rating_scan": (rating.pk,),
        "congress:proposal_opinion_scan": (opinion.pk,),
        "congress:proposal_second": (asked.pk,),
        "congress:proposal_take_back": (asked.pk, invited.pk),
        "congress:proposal_check": (checked.pk,),
    }


def _session_pages(sitting: Sitting) -> Keys:
    document = SessionDocument.objects.create(
        item=sessions.item(sitting), title="学校工作报告", file=papers.sent("a.pdf"), published_on=timezone.localdate()
    )
    return {
        "congress:session": (sitting.session_id,),
        "congress:document": (document.pk,),
        "congress:ballot": (voting.ballot(sitting).pk,),
        "congress:election": (elections.election(sitting, seats=1, names=["甲候选", "乙候选"]).pk,),
    }


def _voices(member: User, office: Any, *, officer: User) -> Keys:
    today, person = timezone.localdate(), Person.objects.get(user=member)
    drive = SuggestionDrive.objects.create(title="金点子征集", opens_on=today, closes_on=today)
    words = {"title": "加开班车", "text": "早高峰加开一班。"}
    sent = suggestions.hand_in(drive=drive, author=person, actor=member, **words)
    suggestions.send(rows=Suggestion.objects.filter(pk=sent.pk), department=office, due_on=today, actor=officer)
    petition = petitions.file_own(person=person, subject="续签合同", text="请核实。", role=Role.CHAIR, actor=member)
    return {
        "congress:suggestion_drive": (drive.pk,),
        "congress:suggestion": (sent.pk,),
        "congress:department_suggestion": (sent.pk,),
        "congress:petition": (petition.pk,),
    }


def _files(people: People) -> Keys:
    today = timezone.localdate()
    version = regulations.enact(
        title="工会经费管理办法", act=RegulationAct.ADOPTED, on=today, text="第一条", file=papers.sent("a.pdf")
    )
    reviewing = committees.committee(kind=CommitteeKind.PROPOSAL)
    seated = Person.objects.get(user=people["committee"])
    committees.seat(committee=reviewing, person=seated, on=reviewing.began_on)
    member = people["member"]
    return {
        "congress:regulation": (version.regulation_id,),
        "congress:regulation_version": (version.pk,),
        "congress:regulation_file": (version.pk,),
        "home:guide": ("member",),
        "home:statement_file": (_statement(Person.objects.get(user=member), member).pk,),
    }


def _statement(person: Person, asked_by: User) -> StatementPaper:
    return StatementPaper.objects.create(
        person=person, requested_by=asked_by, state=PaperState.DONE, file=papers.sent("a.pdf"), pages=1
    )


# ---- places at the desk beside the lists: which role somebody holds ----


def desk_keys(people: dict[Role, User]) -> Keys:
    """Make the rows; the upload and the statement are those of the officers who work with them."""
    sitting = attendance.sitting(due=3)
    person = members.member()
    reviewed = record(
        ReviewedDocument(
            meeting=committees.meeting(committee=committees.committee()), title="决算", file=papers.sent("a.pdf")
        ),
        actor=None,
    )
    branch = members.branch()
    members.member(branch=branch)
    handed_out = rounds.approved()
    sheet_of_branch = RoundPaper.objects.create(
        round=handed_out, branch=branch, state=PaperState.DONE, file=papers.sent("a.pdf"), pages=1
    )
    sheets = RoundPaper.objects.create(
        round=rounds.draft(actor=people[Role.WELFARE]), state=PaperState.DONE, file=papers.sent("a.pdf"), pages=1
    )
    bought = Purchase.objects.create(
        round=sheets.round,
        supplier="某超市",
        invoice_number="1",
        invoiced_on=sheets.round.cut_off_on,
        quantity=1,
        amount=490,
        scan=papers.sent("a.pdf"),
    )
    upload = sheet([person.staff_number, person.name, "教授"])
    pending = keep_upload(owner=people[Role.ORGANISATION], kind="people", file=upload, name="人事信息.xlsx")
    steps = ("preview", "confirm", "answer", "words", "absent", "retry", "recheck", "marked", "discard")
    return {
        "admin:app_list": ("accounts",),
        "admin:view_on_site": (ContentType.objects.get_for_model(Person).pk, person.pk),
        "admin:congress_sitting_roll_step": (sitting.pk, sitting.roll.earliest("pk").pk),
        "welfare:collecting_round": (handed_out.pk,),
        "welfare:collecting_branch": (handed_out.pk, 0),
        "welfare:collecting_sheet": (handed_out.pk, branch.pk),
        "welfare:collecting_paper": (sheet_of_branch.pk,),
        "admin:welfare_round_paper": (sheets.pk,),
        "admin:welfare_round_invoice": (bought.pk,),
        "admin:welfare_invoice_scan": (procurement.invoice(procurement.accepted(), 5, scan=papers.sent("a.pdf")).pk,),
        "admin:welfare_grant_evidence": (_evidence(people[Role.WELFARE]),),
        "congress:door": (sitting.session_id,),
        "congress:quorum": (sitting.session_id,),
        "congress:reviewed_file": (reviewed.pk,),
        **dict.fromkeys(("home:import_columns", "home:import_template"), ("people",)),
        **{f"home:import_{step}": (pending.pk,) for step in steps},
        "home:import_taking_back": (_taken_back(),),
        **dict.fromkeys(("home:person_statement", "home:person_statement_ask"), (person.pk,)),
        "home:person_statement_file": (person.pk, _statement(person, people[Role.WELFARE]).pk),
        "home:officer_aside": (members.chair(person).pk,),
        "home:leaving_take": (leaving.made(people[Role.ADMINISTRATOR]).pk,),
        **dict.fromkeys(files.PAGES, (files.made(people[Role.ORGANISATION]).pk,)),
        **_report(),
    }


def _evidence(officer: User) -> int:
    """Make a paper that came with a case."""
    told = Told(person=members.member(), kind=EventKind.HOSPITAL, occurred_on=timezone.localdate())
    beside = Beside(papers=[papers.sent("a.pdf")])
    return cases.register(told=told, actor=officer, reported=False, beside=beside).evidence.get().pk


def _taken_back() -> int:
    """Make an import that the worker is taking back."""
    made = record(ImportRecord(kind="people", label="人员", file_name="人事信息.xlsx"), actor=None)
    taking_back.begin(subject=made)
    return made.pk


def _report() -> Keys:
    report = reports.started()
    report.pdf.save("a.pdf", papers.sent("a.pdf"), save=False)
    report.docx.save("a.docx", papers.sent("a.docx"))
    ReportPreview.objects.create(
        report=report, pdf=papers.sent("a.pdf"), docx=papers.sent("a.pdf"), pages=1, made_at=timezone.now()
    )
    return {
        "admin:annual_report_rows": (report.pk, "members.total"),
        "admin:annual_report_figures": (report.pk,),
        "admin:annual_report_reading": (report.pk,),
        "admin:annual_report_keeping": (report.pk,),
        "admin:annual_report_pdf": (report.pk,),
        "admin:annual_report_docx": (report.pk,),
        "admin:annual_report_preview": (report.pk,),
        "admin:annual_report_preview_file": (report.pk, "pdf"),
    }
