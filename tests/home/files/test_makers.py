"""Whatever may take long has a maker: by the worker it gives what it gives at once, and nothing to who may not."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import attendance, health_checks, ledger, members, recuperation
from tests.factories import rounds as welfare
from tests.factories.accounts import officer, signed_in
from tests.factories.rows import row
from tests.home.imports.uploads import sheet
from union_portal.accounts.enums import Role
from union_portal.accounts.models import AccessEntry, RoleAssignment, User
from union_portal.base import files
from union_portal.base.errors import Refused
from union_portal.base.models.papers import PaperState
from union_portal.home.files import services
from union_portal.home.files.models import AskedFile
from union_portal.home.imports.services.uploads import keep_upload, look
from welfare.cases import services as cases
from welfare.donations.models import DonationDrive
from welfare.recuperation.services import batches

pytestmark = pytest.mark.django_db


@dataclass
class Asked:
    """One page that may take long: whose it is, its address, what is sent to it; by GET where nothing is."""

    by: User
    address: str
    sent: dict[str, Any] | None = field(default_factory=dict)


def people() -> Asked:
    members.member(name="陈堃")
    sent = {"format": 0, "resource": 0}
    return Asked(officer(Role.ORGANISATION), "/admin/members/person/export/", sent)


def delegates() -> Asked:
    congress = attendance.sitting(due=3).congress
    address = reverse("admin:congress_congress_print_list", args=[congress.pk])
    return Asked(officer(Role.CONGRESS), address, {"on": congress.began_on.isoformat()})


def sign_in() -> Asked:
    sitting = attendance.sitting(due=3)
    return Asked(officer(Role.CONGRESS), reverse("admin:congress_sitting_print_sheet", args=[sitting.pk]))


def payout() -> Asked:
    members.member()
    made = welfare.approved(code="special_group", price="800", actor=officer(Role.WELFARE))
    address = reverse("admin:welfare_round_export_payout", args=[made.pk])
    return Asked(officer(Role.FINANCE), address, {"purpose": "银行代发"})


def audit() -> Asked:
    return Asked(officer(Role.AUDIT), f"{reverse('welfare:audit')}?as=xlsx", None)


def statement(kind: str) -> Asked:
    book = ledger.adjusted().line.budget.year.book
    return Asked(officer(Role.FINANCE), f"{reverse('welfare:fund_statement')}?book={book.pk}&as={kind}", None)


def verdict() -> Asked:
    ledger.posting(ledger.open_book(2024), source_key="one")
    return Asked(officer(Role.AUDIT), "/admin/welfare/posting/verify/")


def marked() -> Asked:
    keeper = officer(Role.ORGANISATION)
    upload = sheet(["1", "张三", "没有的职称"])
    pending = keep_upload(owner=keeper, kind="people", file=upload, name="人事信息.xlsx")
    look(pending=pending, actor=keeper)
    return Asked(keeper, reverse("home:import_marked", args=[pending.pk]), None)


def donors() -> Asked:
    drive = row(DonationDrive)
    address = reverse("admin:welfare_donationdrive_take_shown_list", args=[drive.pk])
    return Asked(officer(Role.WELFARE), address, {})


def condolences() -> Asked:
    paid = cases.approve(subject=welfare.case(), actor=welfare.chair())
    cases.pay(subject=paid, fund=welfare.fund(), on=welfare.CASE_DAY, actor=welfare.treasurer())
    sent = {"year": welfare.CASE_DAY.year, "purpose": "年度统计"}
    return Asked(welfare.officer(), reverse("admin:welfare_grant_take_table"), sent)


def chosen() -> Asked:
    batch = recuperation.whole(person=members.member())
    batches.choose(subject=batch, actor=None)
    address = reverse("admin:welfare_recuperationbatch_print_selection", args=[batch.pk])
    return Asked(officer(Role.WELFARE), address)


def due() -> Asked:
    check = health_checks.whole(person=members.member())
    return Asked(officer(Role.WELFARE), reverse("admin:welfare_healthcheck_take_due_list", args=[check.pk]))


CASES: dict[str, Callable[[], Asked]] = {
    "base.list": people,
    "congress.delegates": delegates,
    "congress.sign_in": sign_in,
    "welfare.payout": payout,
    "welfare.audit": audit,
    "welfare.condolences": condolences,
    "welfare.recuperation_selection": chosen,
    "welfare.health_check_due": due,
    "welfare.donations_shown": donors,
    "welfare.fund_workbook": lambda: statement("xlsx"),
    "welfare.fund_paper": lambda: statement("pdf"),
    "welfare.verify": verdict,
    "home.import_marked": marked,
}
every_maker = pytest.mark.parametrize("key", CASES)


@pytest.fixture(autouse=True)
def _without_second_factor(settings: Any) -> None:
    settings.PORTAL_STAFF_TOTP = False


def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be too long to be waited for."""
    monkeypatch.setattr(files, "AT_ONCE", -1)
    monkeypatch.setattr("congress.delegates.admin.congresses.LINES_AT_ONCE", -1)
    monkeypatch.setattr("congress.attendance.admin.sittings.LINES_AT_ONCE", -1)
    monkeypatch.setattr("welfare.recuperation.admin.LINES_AT_ONCE", -1)
    monkeypatch.setattr("welfare.ledger_desk.admin.postings.ENTRIES_AT_ONCE", 0)


def answer_to(asked: Asked) -> Any:
    client = signed_in(asked.by)
    return client.get(asked.address) if asked.sent is None else client.post(asked.address, asked.sent)


def told(content: bytes) -> Any:
    """Return what a file says, without the moment it was made."""
    if content.startswith(b"%PDF"):
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.active.values)


def test_every_maker_has_a_case() -> None:
    assert set(files._MAKERS) == set(CASES)


@every_maker
def test_by_the_worker_it_is_what_it_is_at_once(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = CASES[key]()
    at_once = answer_to(asked)
    assert not AskedFile.objects.exists()
    long(monkeypatch)
    waiting = answer_to(asked)
    file = AskedFile.objects.get()
    assert (file.maker, waiting["Location"]) == (key, reverse("home:file", args=[file.pk]))
    services.make(pk=file.pk)
    file.refresh_from_db()
    assert file.state == PaperState.DONE, file.message
    client = signed_in(asked.by)
    page = client.get(waiting["Location"]).content.decode()
    if file.words:
        assert file.words in page
        assert "台账完整" in file.words
        assert client.get(reverse("home:file_take", args=[file.pk])).status_code == 404
        return
    by_worker = client.get(reverse("home:file_take", args=[file.pk]))
    assert told(by_worker.content) == told(at_once.content)
    assert by_worker["Content-Disposition"] == at_once["Content-Disposition"]
    lines = AccessEntry.objects.filter(user=asked.by, kind="home.askedfile").count()
    assert lines == 1


@every_maker
def test_who_lost_the_right_has_nothing_made_and_nothing_given(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = CASES[key]()
    long(monkeypatch)
    answer_to(asked)
    file = AskedFile.objects.get()
    RoleAssignment.objects.filter(user=asked.by).update(role=Role.ADMINISTRATOR)
    user, done = User.objects.get(pk=asked.by.pk), list[int]()
    assert not files.maker_of(key).may(user, file.asked)
    with pytest.raises(Refused):
        files.maker_of(key).make(user, file.asked, lambda share, _words: done.append(share))
    assert not done
    services.make(pk=file.pk)
    file.refresh_from_db()
    assert (file.state, bool(file.file)) == (PaperState.FAILED, False)
    assert file.message.startswith(("您已没有", "上传的文件已删除"))


def test_a_maker_asks_first_whether_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MAKERS", {})
    made: list[str] = []

    @files.maker("probe", may=lambda user, asked: user == asked["whose"], refusal="不可以。")
    def make(user: str, asked: Any, progress: Any) -> files.MadeFile:
        del asked, progress
        made.append(user)
        return files.MadeFile(name=user)

    with pytest.raises(Refused, match="不可以"):
        files.maker_of("probe").make("other", {"whose": "own"}, files.unheard)
    assert made == []
    assert files.maker_of("probe").make("own", {"whose": "own"}, files.unheard).name == "own"
