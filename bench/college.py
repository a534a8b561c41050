"""A college for the pages: people, branches, years of grants, entries and covers, a staff congress; set-based SQL."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from congress.attendance.models import RollEntry
from congress.bodies.models import Congress
from congress.committees.enums import CommitteeKind
from congress.committees.models import Committee, CommitteeSeat, Meeting
from congress.delegates.models import Delegate
from congress.drives.models import ProposalDrive
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.sessions.models import Session, Sitting
from congress.suggestions.models import Suggestion
from members.branches.models import Branch, BranchAssignment, BranchRole
from members.memberships.models import Membership
from members.people.models import Person
from union_portal.accounts.enums import Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.annual_report.outlines.models import Outline
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.base.periods import Period
from union_portal.home.profile.services import save_profile
from welfare.benefits.models import Benefit, Occasion
from welfare.books.models import Book, Fund
from welfare.grants.models import Round

BEGAN = date(2010, 3, 1)
UNTRIGGERED = ("welfare_grant", "welfare_posting", "welfare_ledgerentry", "welfare_cover")
# Five grants a person and year, each of another benefit, on days all over the year.
GRANTS = """
INSERT INTO welfare_grant (person_id, branch_id, benefit_id, occasion_id, relation, tier, state, form, amount,
    granted_on, received_on, reason, source, offline_approval)
SELECT p.id, p.branch_id, b.id, o.id, '', '', 'received', 'cash', 100 + b.nr, d.day, d.day, '', '', ''
FROM (SELECT person_id AS id, branch_id, row_number() OVER (ORDER BY person_id) AS nr FROM members_branchassignment) p
CROSS JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nr FROM welfare_benefit ORDER BY id LIMIT 5) b
CROSS JOIN (SELECT id, year FROM welfare_occasion WHERE code LIKE 'bench-%') o
CROSS JOIN LATERAL (SELECT make_date(o.year, 1, 1) + ((p.nr * 7 + b.nr * 61) % 320)::int AS day) d
ORDER BY o.year, b.nr, p.nr
"""
OCCASIONS = """
INSERT INTO welfare_occasion (code, name, year, festival, day)
SELECT 'bench-' || n, 'bench ' || n, n, 'spring', make_date(n, 1, 20)
FROM generate_series({first}, {last}) n
"""
# The last year's first benefit was a round.
ROUND = """
UPDATE welfare_grant SET round_id = {round}
WHERE benefit_id = (SELECT min(id) FROM welfare_benefit) AND occasion_id = {occasion}
"""
# A posting for each benefit and year.
POSTINGS = """
INSERT INTO welfare_posting (book_id, year, number, kind, summary, posted_on, posted_at, offline_approval, source_key,
    entry_count, total, previous_hash, hash)
SELECT (SELECT min(id) FROM welfare_book), o.year, b.nr, 'round', 'bench', make_date(o.year, 12, 1), now(), 'bench',
    'bench' || o.year || '-' || b.nr, 1, 1, '', ''
FROM (SELECT year FROM welfare_occasion WHERE code LIKE 'bench-%') o
CROSS JOIN (SELECT row_number() OVER (ORDER BY id) AS nr FROM welfare_benefit ORDER BY id LIMIT 5) b ORDER BY 2, 3
"""
ENTRIES = """
INSERT INTO welfare_ledgerentry (posting_id, line, subject_kind, subject_id, account_id, fund_id, amount, occurred_on)
SELECT t.id, row_number() OVER (PARTITION BY t.id ORDER BY g.id), 'grant', g.id,
    (SELECT min(id) FROM welfare_ledgeraccount WHERE kind = 'expense'), (SELECT min(id) FROM welfare_fund), g.amount,
    g.granted_on
FROM welfare_grant g
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS nr FROM welfare_benefit ORDER BY id LIMIT 5) b
    ON b.id = g.benefit_id
JOIN welfare_occasion o ON o.id = g.occasion_id
JOIN welfare_posting t ON t.year = o.year AND t.number = b.nr AND t.summary = 'bench'
"""
COVERS = """
INSERT INTO welfare_cover (plan_id, person_id, branch_id, starts_on, ends_on, paid_on, source, offline_approval, state)
SELECT (SELECT min(id) FROM welfare_mutualaidplan), a.person_id, a.branch_id, make_date(o.year, 1, 1),
    make_date(o.year, 12, 31), make_date(o.year, 1, 1), 'bench', '', 'covered'
FROM members_branchassignment a CROSS JOIN (SELECT year FROM welfare_occasion WHERE code LIKE 'bench-%') o
"""
PLAN = """
INSERT INTO welfare_mutualaidplan (code, name, insurer, months, payer, only_gender, account_id, active)
SELECT 'bench', 'bench', '', 12, 'union', '', (SELECT min(id) FROM welfare_ledgeraccount WHERE kind = 'expense'), true
WHERE NOT EXISTS (SELECT FROM welfare_mutualaidplan)
"""


@dataclass(frozen=True)
class Size:
    """How many of everything: people, years of grants, delegates of the body, sessions, suggestions."""

    people: int
    years: int
    delegates: int
    sessions: int
    suggestions: int
    # Lists show fifty rows: of what is listed the smaller college has a page too, where it could have one.
    committees: int
    meetings: int


def found(size: Size) -> dict[str, User]:
    """Fill the empty database; return the accounts that look at pages, by what they are."""
    today = timezone.localdate()
    save_profile(name="工会", founded_on=BEGAN)
    for name in UNTRIGGERED:
        loosen(name)
    people = Person.objects.bulk_create(
        (
            Person(staff_number=f"{10_000_000 + n}", name=f"会员{n}", search_key=f"会员{n}", pinyin_key=f"huiyuan{n}")
            for n in range(size.people)
        ),
        batch_size=5_000,
    )
    Membership.objects.bulk_create(
        (Membership(person=one, valid_from=BEGAN, began_by="joined") for one in people), batch_size=5_000
    )
    branches = Branch.objects.bulk_create(Branch(code=f"B{n:03d}", name=f"第{n}分工会") for n in range(30))
    BranchAssignment.objects.bulk_create(
        (BranchAssignment(person=one, branch=branches[n % 30], valid_from=BEGAN) for n, one in enumerate(people)),
        batch_size=5_000,
    )
    execute(OCCASIONS.format(first=today.year - size.years + 1, last=today.year), GRANTS, POSTINGS, ENTRIES)
    execute(PLAN, COVERS)
    _round(today)
    _committees(size, people, today)
    _congress(size, people, today)
    execute("SET max_parallel_workers_per_gather = 0", "VACUUM ANALYZE")
    users = _accounts(people, branches)
    outline = Outline.objects.get(code="summary")
    start_report(outline=outline, period=Period.year(today.year - 1), actor=users["chair"])
    return users


def _round(today: date) -> None:
    """Make the round whose roster the last year's grants of one benefit are."""
    occasion, book = Occasion.objects.get(code=f"bench-{today.year}"), Book.objects.order_by("pk")[0]
    made = Round.objects.create(
        benefit=Benefit.objects.order_by("pk")[0],
        occasion=occasion,
        cut_off_on=date(today.year, 1, 1),
        book=book,
        fund=Fund.objects.filter(book=book)[0],
    )
    execute(ROUND.format(round=made.pk, occasion=occasion.pk))


def _committees(size: Size, people: list[Person], today: date) -> None:
    """Make committees that ended and their meetings."""
    made = Committee.objects.bulk_create(
        Committee(kind=CommitteeKind.values[0], name=f"第{n}届委员会", began_on=BEGAN, ends_on=today)
        for n in range(size.committees)
    )
    CommitteeSeat.objects.bulk_create(
        CommitteeSeat(committee=one, person=people[(7 * n + k) % len(people)], valid_from=BEGAN, valid_to=today)
        for n, one in enumerate(made)
        for k in range(5)
    )
    Meeting.objects.bulk_create(
        Meeting(committee=made[n % len(made)], number=n // len(made) + 1, held_on=today - timedelta(days=n))
        for n in range(size.meetings)
    )


def _congress(size: Size, people: list[Person], today: date) -> None:
    """Make a body whose sessions all have full rolls, the next in a month, with a drive that runs."""
    body = Congress.objects.create(
        body="staff", number=1, began_on=BEGAN, ends_on=today + timedelta(days=900), document="bench"
    )
    mandates = Delegate.objects.bulk_create(
        Delegate(congress=body, person=one, seat="delegate", valid_from=BEGAN, began_by="elected")
        for one in people[: size.delegates]
    )
    sent = {"state": ProposalState.SUBMITTED, "submitted_at": timezone.now()}
    for number in range(size.sessions):
        day = today + timedelta(days=30 - 60 * number)
        session = Session.objects.create(title=f"第{number}次会议", convened_on=day, minutes="bench")
        sitting = Sitting.objects.create(session=session, congress=body, number=size.sessions - number)
        RollEntry.objects.bulk_create(
            RollEntry(sitting=sitting, person=one.person, delegate=one, code=f"{n:06d}")
            for n, one in enumerate(mandates)
        )
        drive = ProposalDrive.objects.create(
            session=session,
            code=f"b{number}",
            opens_on=day - timedelta(days=60),
            closes_at=timezone.now() + timedelta(days=20 - 60 * number),
        )
        Proposal.objects.bulk_create(
            Proposal(
                drive=drive,
                congress=body,
                proposer=one,
                title="bench",
                grounds="bench",
                measures="bench",
                **({**sent, "number": str(n)} if number else {}),  # the first session is the one to come
            )
            for n, one in enumerate(mandates[:24])
        )
    Suggestion.objects.bulk_create(
        (
            Suggestion(source="members", title=f"建议{n}", text="bench", collected_on=today, author=people[n % 1000])
            for n in range(size.suggestions)
        ),
        batch_size=5_000,
    )


def _accounts(people: list[Person], branches: list[Branch]) -> dict[str, User]:
    roles = {
        "member": (),
        "delegate": (),
        "chair": (Role.CHAIR,),
        "welfare": (Role.WELFARE,),
        "finance": (Role.FINANCE,),
        "branch chair": (Role.BRANCH_CHAIR,),
        "congress": (Role.CONGRESS,),
        "admin": (Role.ADMINISTRATOR,),
    }
    made = {}
    for number, (name, held) in enumerate(roles.items(), 1):
        user = User.objects.create(staff_number=f"bench{number}", name=name)
        for role in held:
            assignment = RoleAssignment.objects.create(user=user, role=role, valid_from=BEGAN)
            if role is Role.BRANCH_CHAIR:
                BranchRole.objects.create(assignment=assignment, branch=branches[0])
        person = people[0] if name == "delegate" else people[-number]
        Person.objects.filter(pk=person.pk).update(user=user)
        made[name] = user
    return made


def loosen(name: str) -> None:
    """Let a table be filled by SQL: without our triggers and foreign keys."""
    execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass ORDER BY 1", [name]
        )
        keys = [row[0] for row in cursor.fetchall()]
    execute(*(f'ALTER TABLE {name} DROP CONSTRAINT "{key}"' for key in keys))


def execute(*statements: str) -> None:
    """Run statements whose rows nobody reads."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
