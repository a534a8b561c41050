"""The rows that the kills begin with, and what the processes to be killed are given of them."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from members.branches.models import BranchAssignment
from members.memberships.models import Membership
from members.people.models import Person
from tests.factories import members
from tests.factories import rounds as welfare
from tests.factories.accounts import signed_in
from tests.factories.ledger import posting
from tests.factories.reports import brief
from tests.members.register import hr_spreadsheet
from union_portal.accounts.enums import Role
from union_portal.annual_report.reports.services.drafting import start_report
from union_portal.annual_report.reports.services.freezing import submit
from union_portal.base.periods import Period
from union_portal.home.imports.services import uploads
from welfare.books import services as books

# A rehearsal, then turns of kills; a round and a report are there for each, and for whoever kills nothing.
TURNS = 6
SPARE = TURNS
MEMBERS, SIGNING, LISTED = 300, 10, 120
PRICE = "800.00"
DAY = dt.date(2024, 2, 5)
ROLES = (Role.ORGANISATION, Role.WELFARE, Role.CHAIR, Role.FINANCE, Role.ADMINISTRATOR)


@dataclass
class Prepared:
    """Rounds and reports, one a turn; an upload that the worker judges; who acts; the list that is uploaded."""

    sheet: Path
    rounds: list[int] = field(default_factory=list)
    reports: list[int] = field(default_factory=list)
    large: str = ""
    branch: int = 0
    sessions: dict[Role, str] = field(default_factory=dict)

    def web(self, role: Role) -> Client:
        """Return a browser in which somebody of this role is signed in."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client


def prepare(sheet: Path) -> Prepared:
    """Make them."""
    made = Prepared(sheet)
    officers = {role: members.account_with_role(role) for role in ROLES}
    for role, officer in officers.items():
        made.sessions[role] = signed_in(officer).cookies[settings.SESSION_COOKIE_NAME].value
    fund = welfare.fund()
    books.open_year(book=fund.book, year=DAY.year)
    posting(fund, source_key="first", posted_on=DAY.replace(day=1))
    people = Person.objects.bulk_create(Person(name=f"会员{n}", staff_number=f"{n:06d}") for n in range(MEMBERS))
    Membership.objects.bulk_create(
        Membership(person=person, began_by="joined", valid_from=members.LONG_AGO) for person in people
    )
    made.branch = members.branch().pk
    on = {"valid_from": members.LONG_AGO}
    BranchAssignment.objects.bulk_create(
        BranchAssignment(person=person, branch_id=made.branch, **on) for person in people[:SIGNING]
    )
    outline = brief()
    for turn in range(TURNS + 1):
        made.rounds.append(welfare.approved(code="special_group", price=PRICE, actor=officers[Role.WELFARE]).pk)
        report = start_report(outline=outline, period=Period.year(2016 + turn), actor=None)
        made.reports.append(submit(report=report, actor=officers[Role.ORGANISATION]).pk)
    hr_spreadsheet.found_branches()
    sheet.write_bytes(hr_spreadsheet.workbook(hr_spreadsheet.rows(LISTED)).read())
    file = SimpleUploadedFile(sheet.name, sheet.read_bytes())
    kept = uploads.keep_upload(owner=officers[Role.ORGANISATION], kind="people", file=file, name=sheet.name, large=True)
    made.large = str(kept.pk)
    return made
