"""Five hundred proposals and two thousand suggestions: every list takes as many queries as for twenty and eighty."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congress.delegates.models import Delegate
from congress.departments.models import Department
from congress.drives.enums import Publication
from congress.drives.models import ProposalDrive
from congress.handling.enums import Duty, Grade, ReplyKind, ReplyState
from congress.handling.models import Assignment, Reply
from congress.proposals.enums import OUTCOME_OF, ProposalState, SecondingState
from congress.proposals.models import Proposal, Seconding
from congress.ratings.models import Rating
from congress.suggestions.enums import SuggestionSource, SuggestionState
from congress.suggestions.models import Suggestion
from tests.congress.handling.scenes import World, new_world
from tests.factories import delegates, drives, sessions
from tests.factories import departments as make
from tests.factories.proposals import phone
from tests.factories.states import put

S = ProposalState
STATES = (S.SUBMITTED, S.FILED, S.ASSIGNED, S.ANSWERED, S.CLOSED)
REPLIED = (S.ANSWERED, S.CLOSED)
TODAY = timezone.localdate()


@pytest.fixture
def world(settings: Any) -> World:
    settings.PORTAL_STAFF_TOTP = False
    return new_world()


def fill(world: World, drive: ProposalDrive, *, proposals: int, suggestions: int) -> None:
    """Add so many, in every state a list shows, of several authors and departments."""
    begun = Proposal.objects.filter(drive=drive).count()
    authors = [delegates.delegate(of=world.congress) for _ in range(3)]
    departments = [world.lead, make.department(contact=True, lead=True), make.department()]
    category = drives.category()
    made = Proposal.objects.bulk_create(
        Proposal(
            drive=drive,
            congress=world.congress,
            category=category,
            proposer=world.delegate if number % 2 else authors[number % 3],
            number=f"{drive.code}-{number:03d}",
            title=f"第{number}件提案",
            grounds="反映多次。",
            measures="建议改进。",
            state=(state := STATES[number % len(STATES)]),
            outcome=OUTCOME_OF[state],
            submitted_at=timezone.now(),
            due_on=TODAY + dt.timedelta(days=number % 9),
            answered_on=TODAY if state in REPLIED else None,
            rate_by=TODAY + dt.timedelta(days=9) if state in REPLIED else None,
        )
        for number in range(begun, begun + proposals)
    )
    Seconding.objects.bulk_create(
        Seconding(proposal=one, delegate=author, state=SecondingState.ACCEPTED, answered_at=timezone.now())
        for one in made
        for author in authors[:2]
        if author.pk != one.proposer_id
    )
    assigned = [one for one in made if one.state not in {S.SUBMITTED, S.FILED}]
    Assignment.objects.bulk_create(
        Assignment(proposal=one, department=departments[(place + shift) % 3], duty=duty)
        for place, one in enumerate(assigned)
        for shift, duty in ((0, Duty.LEAD), (1, Duty.SUPPORT))
    )
    replies = Reply.objects.bulk_create(
        Reply(
            proposal=one,
            department=departments[0],
            kind=ReplyKind.DONE,
            text="已办理。",
            state=ReplyState.SENT,
            sent_at=timezone.now(),
        )
        for one in assigned
        if one.state in REPLIED
    )
    Rating.objects.bulk_create(
        Rating(reply=reply, grade=Grade.SATISFIED) for reply in replies if reply.proposal.state == S.CLOSED
    )
    _suggest(departments[0], suggestions, author=world.delegate)


def _suggest(department: Department, count: int, *, author: Delegate) -> None:
    made = Suggestion.objects.bulk_create(
        Suggestion(
            source=SuggestionSource.DISCUSSION,
            title=f"第{number}条建议",
            text="建议增设座椅。",
            author=author.person,
            collected_on=TODAY,
            department=department if number % 2 else None,
            due_on=TODAY if number % 2 else None,
            state=SuggestionState.ANSWERED if number % 4 == 0 else SuggestionState.COLLECTED,
            answer="已增设。" if number % 4 == 0 else "",
            answered_on=TODAY if number % 4 == 0 else None,
            published=number % 4 == 0,
        )
        for number in range(count)
    )
    sent = [one.pk for one in made if one.department_id]
    put(Suggestion.objects.filter(pk__in=sent), SuggestionState.SENT)


def places(drive: ProposalDrive) -> dict[str, tuple[str, str]]:
    """Return every list: who reads it, and its address."""
    return {
        "committee": ("committee", reverse("congress:committee")),
        "own": ("author", reverse("congress:proposals")),
        "first page": ("author", reverse("home:start")),
        "published": ("member", reverse("congress:published")),
        "department": ("lead contact", reverse("congress:departments")),
        "department, answered": ("lead contact", reverse("congress:departments") + "?part=answered"),
        "department, suggestions": ("lead contact", reverse("congress:department_suggestions")),
        "voices": ("author", reverse("congress:voices")),
        "answers": ("member", reverse("congress:answers")),
        "desk": ("office", reverse("admin:index")),
        "desk, proposals": ("office", reverse("admin:congress_proposal_changelist")),
        "desk, overdue": ("office", reverse("admin:congress_proposal_changelist") + "?needs=overdue"),
        "desk, departments": ("office", reverse("admin:congress_department_changelist")),
        "desk, drives": ("office", reverse("admin:congress_proposaldrive_changelist")),
        "desk, suggestions": ("office", reverse("admin:congress_suggestion_changelist")),
        "awards": ("office", f"{reverse('admin:congress_award_standings')}?session={drive.session_id}"),
    }


def taken(world: World, drive: ProposalDrive) -> dict[str, int]:
    found = {}
    for name, (role, address) in places(drive).items():
        client = phone(world.people[role])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, name
        found[name] = len(queries)
    return found


def test_every_list_takes_as_many_queries_for_hundreds_as_for_a_few(world: World) -> None:
    drive = drives.drive(of=sessions.session(world.congress), published=Publication.REPLY)
    fill(world, drive, proposals=20, suggestions=80)
    few = taken(world, drive)
    fill(world, drive, proposals=480, suggestions=1920)
    assert Proposal.objects.count() == 500
    assert Suggestion.objects.count() == 2000
    many = taken(world, drive)
    assert many == few
    assert max(few.values()) < 80


pytestmark = pytest.mark.django_db
