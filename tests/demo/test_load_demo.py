"""The demo college: loaded once for all tests here, in the shape that screenshots and README rely on."""

import datetime as dt
import io
import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings

from congress.awards.models import Award
from congress.bodies.enums import Body
from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import CommitteeSeat
from congress.delegates.models import Delegate
from congress.elections.models import Candidate, Election
from congress.petitions.enums import PetitionState
from congress.petitions.models import Petition
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.regulations.enums import RegulationAct
from congress.regulations.models import RegulationVersion
from congress.resolutions.models import Resolution
from congress.sessions.models import Session, SessionDocument
from congress.surveys.enums import SurveyKind, SurveyState
from congress.surveys.models import Survey
from congress.voting.enums import BallotMethod, BallotResult, BallotState
from congress.voting.models import Ballot
from members.branches.models import Branch, Term
from members.people.models import Person
from tests import database
from tests.demo import leaving
from tests.demo.leaving import Left
from tests.factories import members
from union_portal.accounts.models import User
from union_portal.annual_report.reports.models import AnnualReport
from union_portal.annual_report.reports.services.composing import compose_report
from union_portal.base.importing.kinds import kinds
from union_portal.demo.services import signins
from union_portal.home.leaving.enums import RECORDS_ONLY
from welfare.audit import services as audit
from welfare.grants.enums import GrantState, RoundState
from welfare.grants.models import Grant, Round
from welfare.ledger.models import Posting
from welfare.ledger.services import verification
from welfare.rounds.services import reconciling

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
YEAR = 2025
NUMBER = re.compile(r"\d[\d.]*")
# Dates are no figures.
NO_FIGURE = re.compile(r"(\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年")


@pytest.fixture(scope="module")
def empty(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """An empty portal: the way back to it, undone after the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield transaction.savepoint()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def college(empty: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[signins.SignIn]]:
    """The college in its own data folder; the sign-ins it printed."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch, override_settings(MEDIA_ROOT=folder / "uploads"):
        patch.setattr(settings, "PORTAL_DATA_DIR", folder)
        call_command("load_demo", "--year", str(YEAR), stdout=io.StringIO())
        # As the server does by itself once such a load is committed; the tests' own server never measures.
        with database.owner_role(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield signins.read()


@pytest.fixture(scope="module")
def left(college: list[signins.SignIn], empty: str, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """Let the college leave, and the portal that is empty again take it in; nothing asks for the college after this."""
    return leaving.left(tmp_path_factory.mktemp("left") / "all.zip", empty=empty)


def test_a_portal_with_data_of_its_own_is_refused_without_a_change() -> None:
    members.member()
    with pytest.raises(CommandError) as refused:
        call_command("load_demo", stdout=io.StringIO())
    assert refused.value.returncode == 2
    assert Person.objects.count() == 1


def test_the_college_has_the_promised_size(college: list[signins.SignIn]) -> None:
    assert Person.objects.members(on=dt.date(YEAR - 1, 12, 31)).count() == 1200
    assert list(Branch.objects.filter(kind="branch").values_list("parent__code", flat=True)) == ["00"] * 16
    assert Branch.objects.filter(kind="direct_group").count() == 3
    assert {year for (year,) in Round.objects.filter(state="closed").values_list("occasion__year")} >= {
        2022,
        2023,
        2024,
    }
    for rare in "堃喆昇㛃䶮𬭎":
        assert Person.objects.filter(name__contains=rare).exists(), rare
    assert Term.objects.due(on=dt.date(YEAR, 12, 31)).count() >= 3


def test_the_desk_has_something_to_do(college: list[signins.SignIn]) -> None:
    assert Round.objects.filter(state=RoundState.SUBMITTED).count() == 1
    assert Round.objects.filter(state=RoundState.LOCKED, unit_price=None).count() == 1
    assert (
        Round.objects.filter(state=RoundState.LOCKED, warnings__answered_by=None, warnings__isnull=False)
        .distinct()
        .count()
        == 1
    )
    assert Grant.objects.filter(state=GrantState.SUBMITTED, round=None).count() == 2
    assert Grant.objects.filter(state__in=[GrantState.APPLIED, GrantState.SENT_BACK]).count() == 2
    assert Round.objects.filter(warnings__isnull=False).distinct().count() == 2


def test_closed_rounds_add_up_and_the_ledger_s_seals_hold(college: list[signins.SignIn]) -> None:
    for one in Round.objects.filter(state=RoundState.CLOSED).select_related("benefit"):
        assert reconciling.reconcile(round_=one).balances, one
    assert Grant.objects.filter(state=GrantState.RETURNED).exists()
    assert Posting.objects.filter(year=YEAR - 1).exists()
    assert verification.verify() == []


def test_the_auditor_finds_no_fault_in_any_year(college: list[signins.SignIn]) -> None:
    assert [one for year in audit.years() for one in audit.matters(year=year)] == []


def test_two_drafts_are_written_with_live_figures(college: list[signins.SignIn]) -> None:
    drafts = AnnualReport.objects.filter(period_start=dt.date(YEAR - 1, 1, 1))
    assert sorted(drafts.values_list("outline__code", flat=True)) == ["speech", "summary"]
    assert all(any("{members.branches:times}" in text.text for text in draft.texts.all()) for draft in drafts)


def test_the_speech_and_the_summary_can_be_read_aloud(college: list[signins.SignIn]) -> None:
    for report in AnnualReport.objects.filter(period_start=dt.date(YEAR - 1, 1, 1)):
        for chapter in compose_report(report).chapters:
            for section in chapter.sections:
                text = "".join((*section.before, *section.paragraphs, *section.after))
                sentences = [NO_FIGURE.sub("", sentence) for sentence in text.split("。") if sentence]
                alone = [len(NUMBER.findall(sentence)) == 1 for sentence in sentences]
                together = [text for text, *both in zip(sentences, alone, alone[1:], strict=False) if all(both)]
                assert not together, (report, section.heading)
                assert not re.search(r"[{}〔〕｜]|[，；、：][。；，、]|[^。！”]$", text), text


def test_sign_ins_work_and_only_their_owner_can_read_the_file(college: list[signins.SignIn]) -> None:
    file = Path(settings.PORTAL_DATA_DIR) / signins.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {line["title"] for line in json.loads(file.read_text(encoding="utf-8"))} == {
        t for _k, _r, t in signins.ROLES
    }
    for line in college:
        user = User.objects.get(staff_number=line.staff_number)
        assert user.check_password(line.password)
        assert bool(line.totp_secret) == user.is_staff
    out = io.StringIO()
    call_command("demo_signins", stdout=out)
    assert college[0].password in out.getvalue()


def test_a_second_run_reuses_the_college(college: list[signins.SignIn]) -> None:
    before = (Person.objects.count(), Grant.objects.count(), college)
    call_command("load_demo", stdout=io.StringIO())
    assert (Person.objects.count(), Grant.objects.count(), signins.read()) == before


def test_a_lost_file_of_sign_ins_is_made_anew_for_the_same_people(college: list[signins.SignIn]) -> None:
    file = Path(settings.PORTAL_DATA_DIR) / signins.FILE
    kept = file.read_bytes()
    file.unlink()
    call_command("load_demo", stdout=io.StringIO())
    assert [line.staff_number for line in signins.read()] == [line.staff_number for line in college]
    file.write_bytes(kept)


def test_the_congress_sat_and_its_proposals_stand_in_every_state(college: list[signins.SignIn]) -> None:
    assert Congress.objects.filter(branch=None).count() == 2
    assert Session.objects.filter(sittings__congress__branch=None).distinct().count() == 4
    assert Delegate.objects.filter(congress__body=Body.STAFF).voting().values("person").distinct().count() >= 80
    assert Proposal.objects.count() == 120
    # Annulled is only what a list had brought that was taken back.
    assert set(Proposal.objects.values_list("state", flat=True)) == set(ProposalState) - {ProposalState.ANNULLED}


def test_the_congress_voted_elected_and_adopted_resolutions(college: list[signins.SignIn]) -> None:
    carried = Ballot.objects.filter(state=BallotState.CONFIRMED, item__sitting__congress__branch=None)
    assert sorted(carried.values_list("method", "result")) == [
        (BallotMethod.HANDS, BallotResult.CARRIED),
        (BallotMethod.PAPER, BallotResult.CARRIED),
        (BallotMethod.PAPER, BallotResult.LOST),
    ]
    assert all(ballot.confirmed_by == ballot.scrutineer.user for ballot in carried if ballot.scrutineer)
    first = Election.objects.get(committee__kind=CommitteeKind.UNION)
    assert first.approved_on is not None
    assert first.candidates.filter(seat__isnull=False).count() == first.seats == 13
    review = Election.objects.filter(committee__kind=CommitteeKind.FINANCE_REVIEW)
    assert review.filter(first_round__isnull=False).count() == 1
    assert CommitteeSeat.objects.filter(committee__kind=CommitteeKind.FINANCE_REVIEW).count() == 5
    assert Candidate.objects.filter(written_in=True).exists()
    assert Resolution.objects.filter(sitting__congress__branch=None).count() >= 6
    assert Session.objects.exclude(minutes="").count() == 4
    assert SessionDocument.objects.exclude(published_on=None).count() >= 3


def test_members_were_asked_and_the_branch_met(college: list[signins.SignIn]) -> None:
    assert Survey.objects.filter(kind=SurveyKind.APPRAISAL, state=SurveyState.CLOSED).count() == 1
    asked = Survey.objects.get(kind=SurveyKind.UNION, state=SurveyState.OPEN)
    assert asked.tickets.filter(used=True).count() == asked.sheets.count() > 100
    assert not asked.sheets.exclude(person=None).exists()
    assert Session.objects.filter(sittings__congress__branch__isnull=False, sittings__state="closed").count() == 1
    assert set(Petition.objects.values_list("state", flat=True)) == set(PetitionState)
    assert set(RegulationVersion.objects.values_list("act", flat=True)) == set(RegulationAct)
    assert Award.objects.count() == 3


# What tells of records only, or of how a list brings something in (docs/leaving.md).
OTHERWISE = (
    *("welfare.rule_sources", "welfare.purchase", "welfare.spent", "congress.elections", "congress.awards"),
    *("congress.proposals.on_time", "congress.suggestions"),
    *("welfare.budgets", "welfare.budget_adjustments", "welfare.donations_used", "welfare.health_check_contracts"),
    *("welfare.recuperation_people", "welfare.hardship_files", "welfare.audit_findings"),
    *("welfare.final_accounts", "welfare.income", "welfare.rounds", "welfare.visits"),
)
# The lists that an archive brings; the others go along as records only.
COMING = [one.kind.key for one in kinds() if one.kind.key not in RECORDS_ONLY]
COUNTS, SHARES = ("heads", "times", "amount"), ("numerator", "denominator", "share", "items")


def test_an_empty_portal_takes_in_every_list_of_the_archive(left: Left) -> None:
    assert {kind: (done.faulty, done.saved) for kind, done in left.done.items()} == dict.fromkeys(left.done, (0, True))
    assert set(left.done) == set(COMING)
    shipped = {"benefits", "mutual_aid_plans", "proposal_categories", "workdays", "service_kinds", "dues_rules"}
    assert {kind for kind, done in left.done.items() if not done.new} <= shipped | {"visit_kinds"}


@pytest.mark.parametrize("kind", COMING)
def test_its_register_tells_every_list_again_row_by_row(left: Left, kind: str) -> None:
    assert left.after.lists[kind] == left.before.lists[kind]


def test_its_figures_are_the_college_s_for_the_kinds_that_are_imported(left: Left) -> None:
    differ: dict[Any, Any] = {}
    for place, figure in left.before.figures.items():
        if not place[1].startswith(OTHERWISE):
            names = COUNTS if place[1].startswith("welfare.") else (*COUNTS, *SHARES)
            told = [(name, figure[name], left.after.figures[place][name]) for name in names]
            differ |= {place: wrong} if (wrong := [one for one in told if one[1] != one[2]]) else {}
    assert not differ, "\n".join(sorted({kind for _year, kind in differ}))
    assert sum(any(figure[name] for name in COUNTS) for figure in left.before.figures.values()) > 200
