"""The signed paper form entered by the office, and drives that keep their numbers."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from congress.drives.models import ProposalDrive
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services import drives
from congress.proposals.services import paper as proposing
from tests.factories import bodies, delegates, papers
from tests.factories import drives as make
from tests.factories.proposals import WORDS, body_of, close, drafted, submit
from union_portal.base.errors import DomainError


def paper(drive: ProposalDrive, **fields: Any) -> Proposal:
    body = body_of(drive)
    values: dict[str, Any] = {
        "congress": body,
        "proposer": delegates.delegate(of=body),
        "title": "关于食堂的提案",
        "category": make.category(),
        "seconders": [delegates.delegate(of=body), delegates.delegate(of=body)],
        "scan": papers.sent("form.pdf"),
        "received_at": timezone.now() - dt.timedelta(hours=1),
        **WORDS,
        **fields,
    }
    return proposing.enter_paper(drive=drive, actor=bodies.officer(), **values)


def test_the_signed_paper_form_is_entered_with_its_number_and_signatures() -> None:
    made = paper(make.drive(code="2031"))
    assert (made.state, made.number, made.on_paper) == (ProposalState.SUBMITTED, "2031-001", True)
    assert made.secondings.given().filter(on_paper=True).count() == 2
    assert made.scan


def test_a_paper_form_with_too_few_signatures_or_twice_is_refused() -> None:
    drive = make.drive()
    with pytest.raises(DomainError):
        paper(drive, seconders=[])
    assert not Proposal.objects.filter(drive=drive).exists()
    proposer = delegates.delegate(of=body_of(drive))
    paper(drive, proposer=proposer)
    with pytest.raises(DomainError) as refusal:
        paper(drive, proposer=proposer)
    assert refusal.value.field == "title"


def test_a_paper_form_that_came_late_becomes_a_suggestion() -> None:
    drive = make.drive()
    close(drive)
    made = paper(drive, received_at=timezone.now())
    assert made.state == ProposalState.LATE
    assert list(Proposal.objects.advice()) == [made]


def test_names_on_paper_are_found_among_the_bodys_delegates_only() -> None:
    body, other = bodies.congress(), bodies.congress()
    one, two = delegates.delegate(of=body), delegates.delegate(of=body)
    stranger = delegates.delegate(of=other)
    on = timezone.localdate()
    words = f"{one.person.name}、{two.person.staff_number}"
    assert proposing.find_delegates(congress=body, words=words, on=on, field="seconders") == [one, two]
    with pytest.raises(DomainError):
        proposing.find_delegate(congress=body, words=str(stranger.person.staff_number), on=on, field="proposer")


def test_a_numbered_drive_keeps_its_prefix() -> None:
    drive = make.drive(min_seconders=0)
    drive.code = "free"
    drives.keep_drive(drive=drive)
    submit(drafted(drive))
    drive.code = "other"
    with pytest.raises(DomainError):
        drives.keep_drive(drive=drive)


pytestmark = pytest.mark.django_db
