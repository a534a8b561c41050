"""A proposal through all its people: the delegate on the phone, committee, leader, departments, a twice."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from congress.drives.models import ProposalDrive
from congress.handling.enums import Grade
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from tests.congress.handling.scenes import World, new_world
from tests.factories import drives, sessions
from tests.journeys.browsing import PHONE, Browsers, text
from union_portal.accounts.models import User

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_factor")]
TITLE = "关于增加教学楼午间休息室的提案"


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def drive(world: World) -> ProposalDrive:
    drives.category(name="生活福利")
    return drives.drive(of=sessions.session(world.congress, title="第三届教代会第五次会议"), min_seconders=1)


def phone(browsers: Browsers, user: User, address: str) -> Page:
    page = browsers.window(user=user, size=PHONE, javascript=False).open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return page


def press(page: Page, name: str) -> None:
    page.locator("main, #main, #content").get_by_role("button", name=name, exact=True).first.click()


def proposed(browsers: Browsers, world: World) -> Proposal:
    """Write on the phone, have it seconded on another, and submit it."""
    author = phone(browsers, world.people["author"], reverse("congress:proposal_new"))
    for name, words in (
        ("title", TITLE),
        ("grounds", "午间无处休息，下午上课疲惫。"),
        ("measures", "每栋教学楼设一间休息室。"),
    ):
        author.locator(f"[name={name}]").fill(words)
    author.locator("[name=category]").select_option(label="生活福利")
    press(author, "保存并邀请附议")
    other = world.people["other delegate"]
    author.get_by_label(other.name).first.check()
    press(author, "邀请所选代表")
    made = Proposal.objects.get()
    seconder = phone(browsers, other, reverse("congress:proposal", args=[made.pk]))
    press(seconder, "附议提案")
    author.goto(author.url.split("/congress/")[0] + reverse("congress:proposal_submit", args=[made.pk]))
    author.locator("main form button.up-button--primary").click()
    made.refresh_from_db()
    assert made.state == ProposalState.SUBMITTED
    return made


def filed(browsers: Browsers, world: World, made: Proposal) -> None:
    """Review as a member of the committee, approve as the leader, assign as the office."""
    member = phone(browsers, world.people["committee"], reverse("congress:committee"))
    member.get_by_role("link", name=TITLE).click()
    member.get_by_label("立案", exact=True).check()
    press(member, "登记审查意见")
    steps = (
        ("chair", "admin:congress_proposal_approve_filing"),
        ("office", "admin:congress_proposal_assign_proposal"),
    )
    for role, step in steps:
        desk = browsers.window(user=world.people[role]).open(reverse("admin:congress_proposal_change", args=[made.pk]))
        desk.locator(".up-buttons a.up-button--primary").click()
        assert reverse(step, args=[made.pk]) in desk.url
        if role == "office":
            desk.locator("[name=lead]").select_option(str(world.lead.pk))
            desk.locator(f"[name=supporting][value='{world.support.pk}']").check()
        desk.locator("form.up-action button.up-button--primary").click()
        desk.locator(".up-stepper").wait_for()
    made.refresh_from_db()
    assert made.state == ProposalState.ASSIGNED


def answered(browsers: Browsers, world: World, made: Proposal, *, words: str) -> None:
    """Answer as the lead department and sign as its responsible leader, both from their desk."""
    desk = browsers.window(user=world.people["lead contact"]).open(reverse("congress:departments"))
    desk.get_by_role("link", name=TITLE).click()
    desk.locator("[name=text]").fill(words)
    press(desk, "提交签批")
    leader = phone(browsers, world.people["lead's leader"], reverse("congress:departments"))
    leader.get_by_role("link", name=TITLE).first.click()
    assert words in text(leader)
    press(leader, "签发答复")
    made.refresh_from_db()
    assert made.state == ProposalState.ANSWERED


def rated(browsers: Browsers, world: World, made: Proposal, *, grade: Grade, words: str) -> Page:
    """Read the reply on the phone and rate it."""
    author = phone(browsers, world.people["author"], reverse("congress:proposal", args=[made.pk]))
    author.locator(f"[name=grade][value={grade.value}]").check()
    author.locator("[name=words]").fill(words)
    press(author, "评价答复")
    made.refresh_from_db()
    return author


def test_a_proposal_goes_through_all_its_people_with_a_second_handling(
    browsers: Browsers, world: World, drive: ProposalDrive
) -> None:
    made = proposed(browsers, world)
    filed(browsers, world, made)
    support = browsers.window(user=world.people["supporting contact"]).open(reverse("congress:departments"))
    support.get_by_role("link", name=TITLE).click()
    support.locator("[name=note]").fill("可腾出一层东侧教室。")
    press(support, "提交协办意见")
    stranger = browsers.window(user=world.people["other contact"])
    assert TITLE not in text(stranger.open(reverse("congress:departments")))
    answered(browsers, world, made, words="正在研究。")
    rated(browsers, world, made, grade=Grade.DISSATISFIED, words="没有时间表。")
    assert (made.state, made.round) == (ProposalState.REHANDLING, 2)
    answered(browsers, world, made, words="下学期开学前在三栋教学楼各设一间。")
    author = rated(browsers, world, made, grade=Grade.SATISFIED, words="谢谢。")
    assert made.state == ProposalState.CLOSED
    told = text(author)
    assert "没有时间表。" in told
    assert "下学期开学前在三栋教学楼各设一间。" in told
    office = browsers.window(user=world.people["office"])
    history = office.open(reverse("admin:congress_proposal_change", args=[made.pk])).locator(".up-timeline")
    assert history.locator(".up-timeline__item").count() >= 11
