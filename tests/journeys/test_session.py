"""A session from the roll-call to its votes: one carried, one lost by a single vote of all delegates."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from congress.sessions.enums import AgendaKind, SittingState
from congress.sessions.models import AgendaItem, Session, Sitting
from congress.sessions.services import agenda
from congress.voting.enums import BallotResult
from congress.voting.models import Ballot
from members.people.models import Person
from tests.factories import bodies, delegates, sessions
from tests.journeys.browsing import PHONE, Browsers, Window, step, text
from tests.journeys.looking import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
DUE, QUORUM, NEEDED = 9, 6, 5


@pytest.fixture
def session() -> Session:
    """Convene nine delegates today, with two proposals to pass."""
    body = bodies.congress()
    for _number in range(DUE):
        delegates.delegate(of=body)
    made = sessions.session(body, convened_on=timezone.localdate(), title="第六届教代会第三次会议")
    for title in ("绩效工资分配办法", "教职工考勤办法"):
        agenda.add_item(sitting=made.sittings.get(), kind=AgendaKind.PASS, title=title)
    return made


def press(page: Page, button: str) -> None:
    """Press a step, and confirm it on its page."""
    step(page, button)
    page.locator("form.up-action").wait_for()
    page.locator("form.up-action button.up-button--primary").click()


def check_in(page: Page, sitting: Sitting, count: int) -> None:
    """Let so many more voters type their codes at the door."""
    for entry in sitting.roll.filter(votes=True, came_at=None)[:count]:
        page.locator("[name=code]").fill(entry.code)
        page.locator(".up-door__form button").click()
        page.locator(".up-message--success").wait_for()


def vote(desk: Window, session: Session, item: AgendaItem, watcher: Person, *, agreed: int, against: int) -> Ballot:
    """Open a ballot from the session's page, count it on paper and enter the sheet."""
    page = desk.open(reverse("admin:congress_session_change", args=[session.pk]))
    page.locator(".up-agenda__item", has_text=item.title).get_by_role("link", name="发起表决").click()
    page.locator("form.up-action").wait_for()
    assert page.locator("[name=item]").input_value() == str(item.pk)
    page.locator("[name=method]").select_option("paper")
    page.locator("[name=scrutineer] + .select2").click()
    page.locator(".select2-search__field").last.fill(watcher.staff_number or "")
    page.locator(".select2-results__option--highlighted", has_text=watcher.name).click()
    page.locator("form.up-action button.up-button--primary").click()
    page.locator(".up-figures").wait_for()
    step(page, "录入计票单")
    sheet = {"handed_out": QUORUM, "returned": QUORUM, "valid": QUORUM, "void": 0, "abstained": 0}
    for name, count in (sheet | {"votes_for": agreed, "votes_against": against + 1}).items():
        page.locator(f"[name={name}]").fill(str(count))
    page.locator("form.up-action button.up-button--primary").click()
    assert f"合计 {QUORUM + 1} 票，与有效票 {QUORUM} 张不符" in page.locator(".up-errors").inner_text()
    assert page.locator("[name=votes_for]").input_value() == str(agreed)
    page.locator("[name=votes_against]").fill(str(against))
    page.locator("form.up-action button.up-button--primary").click()
    page.locator(".up-timeline").wait_for()
    page.close()
    return item.ballots.get()


def confirm(phone: Window, ballot: Ballot) -> str:
    """Let the scrutineer find the sheet on the own page and confirm it; return what the page then says."""
    page = phone.open("/")
    page.locator(".up-item", has_text=ballot.item.title).click()
    assert not faults_of(phone, [reverse("congress:ballot", args=[ballot.pk])])
    page.get_by_role("button", name="确认计票单").click()
    page.locator(".up-message--success").wait_for()
    return text(page)


def test_a_session_opens_with_the_quorum_and_needs_more_than_half_of_all_who_are_due(
    browsers: Browsers, session: Session
) -> None:
    desk = browsers.window(user=bodies.officer())
    address = reverse("admin:congress_session_change", args=[session.pk])
    page = desk.open(address)
    press(page, "生成应到名册")
    page.locator(".up-sitting").wait_for()
    sitting = session.sittings.get()
    assert sitting.roll.count() == DUE

    door = desk.open(reverse("congress:door", args=[session.pk]))
    check_in(door, sitting, QUORUM - 1)
    page.goto(desk.base + address)
    # Below the quorum it is no button: what is missing stands there instead.
    assert "还差 1 人" in page.locator(".up-blocked").inner_text()
    assert page.get_by_role("link", name="宣布开会").count() == 0
    check_in(door, sitting, 1)
    page.goto(desk.base + address)
    press(page, "宣布开会")
    page.locator(".up-sitting").wait_for()
    sitting.refresh_from_db()
    assert (sitting.state, sitting.due, sitting.present) == (SittingState.OPEN, DUE, QUORUM)

    watcher = sitting.roll.filter(came_at__isnull=False).select_related("person__user")[0].person
    phone = browsers.window(user=watcher.user, size=PHONE)
    first, second = sitting.agenda.all()
    carried = vote(desk, session, first, watcher, agreed=NEEDED, against=1)
    assert "通过" in confirm(phone, carried)
    lost = vote(desk, session, second, watcher, agreed=NEEDED - 1, against=2)
    assert "未通过" in confirm(phone, lost)
    for ballot, result in ((carried, BallotResult.CARRIED), (lost, BallotResult.LOST)):
        ballot.refresh_from_db()
        assert (ballot.due, ballot.needed, ballot.result) == (DUE, NEEDED, result)
        assert not faults_of(desk, [reverse("admin:congress_ballot_change", args=[ballot.pk])])
    page.goto(desk.base + address)
    assert f"通过 {NEEDED}/{DUE}" in page.locator(".up-agenda").inner_text()
    assert f"未通过 {NEEDED - 1}/{DUE}" in page.locator(".up-agenda").inner_text()
