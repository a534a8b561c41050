"""Reports on proposals: begun for some sessions, their paper kept."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.past_records.services import past_drive
from congress.proposal_reports.models import ProposalCase, ProposalReport
from congress.proposal_reports.querysets import accountable
from congress.proposals.enums import Outcome
from congress.proposals.models import Proposal
from congress.sessions.models import Session
from members.branches.services.tree import signatory, union_name
from union_portal.accounts.models import User
from union_portal.base.chinese.numerals import numeral
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold


class Papers(NamedTuple):
    """A report on paper and in Word, made from the same figures and words."""

    pdf: bytes
    pages: int
    docx: bytes


def sessions_of(congress: Congress) -> list[Session]:
    """Return the sessions of a term that collected proposals, as records or as a total."""
    return list(accountable(Session.objects.all()).filter(sittings__congress=congress))


@transaction.atomic
def begin_report(
    *, sessions: Iterable[Session], term: Congress | None = None, title: str = "", actor: User | None
) -> ProposalReport:
    """Begin a report on the sessions and those of the term; named after them unless a title is given.

    A session known by its total (往年数据补录) alone gets the drive that keeps the explanation of what does not add up.
    """
    chosen = sorted({*sessions, *(sessions_of(term) if term else ())}, key=lambda one: (one.convened_on, one.pk))
    if not chosen:
        raise DomainError("请至少选择一次会议，或选择征集过提案的一届。", field="sessions")
    for one in chosen:
        past_drive(session=one)
    made: ProposalReport = ProposalReport.objects.create(
        title=title.strip() or title_of(chosen, term=term), signer=signatory(), created_by=actor
    )
    made.sessions.set(chosen)
    return made


def title_of(sessions: Sequence[Session], *, term: Congress | None = None) -> str:
    """Return what a report on the sessions is called: after the one, the term, or the union."""
    whose = sessions[0].title if len(sessions) == 1 else _of_term(term) if term else union_name()
    return f"{whose}提案工作报告"


def _of_term(term: Congress) -> str:
    return f"{term.branch or ''}第{numeral(term.number)}届{'教代会' if term.body == Body.STAFF else '工代会'}"


@transaction.atomic
def write_report(*, report: ProposalReport, before: str, after: str, cases: Mapping[int, str]) -> None:
    """Keep the words around the figures, and those of the cases by proposal; a case without words is none.

    Refuses a case that is no filed proposal of the report's sessions.
    """
    held = hold(report)
    held.before, held.after = before.strip(), after.strip()
    held.save()
    told = {proposal: words.strip() for proposal, words in cases.items() if words.strip()}
    filed = Proposal.objects.filter(drive__session__in=held.sessions.all(), outcome=Outcome.FILED, pk__in=told)
    if filed.count() < len(told):
        raise Refused("实例须是本报告所列会议的立案提案。", field="cases")
    held.cases.exclude(proposal__in=told).delete()
    for proposal, words in told.items():
        ProposalCase.objects.update_or_create(report=held, proposal_id=proposal, defaults={"words": words})


@transaction.atomic
def keep_paper(*, report: ProposalReport, data: dict[str, Any], made: Papers, made_at: dt.datetime) -> None:
    """Store the papers and the figures they were made from, in place of the ones before."""
    held = hold(report)
    before = [held.pdf.name, held.docx.name]
    held.pdf.save(f"proposal-report-{held.pk}.pdf", ContentFile(made.pdf), save=False)
    held.docx.save(f"proposal-report-{held.pk}.docx", ContentFile(made.docx), save=False)
    held.data, held.pages, held.made_at = data, made.pages, made_at
    held.save()
    for name in filter(None, before):
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
