"""What the demo's committees do through the years: they meet, review, adopt regulations, and go and look."""

import datetime as dt
from typing import Any

from congress.awards import services as awards
from congress.awards.models import Award
from congress.bodies.enums import Body
from congress.committees.enums import CommitteeKind, CommitteePost, Handling
from congress.committees.models import Committee, CommitteeSeat, Meeting, ReviewedDocument
from congress.inspections.models import Finding, Inspection
from congress.regulations.enums import RegulationAct
from congress.regulations.models import Regulation, RegulationVersion
from members.people.enums import Gender
from members.people.models import Person
from union_portal.base.steps import record, take
from union_portal.demo.services.assembly import DAY, HELD, Assembly
from union_portal.demo.services.clock import at
from union_portal.demo.services.register import World

TEXT = (
    "第一条　为规范有关工作，保障教职工合法权益，根据《中华人民共和国工会法》和上级规定，制定《{}》。\n"
    "第二条　坚持公开、公平、公正，事前听取教职工意见，事后公布结果。\n"
    "第三条　具体事项由有关部门会同工会组织实施，接受教职工代表大会监督。\n"
    "第四条　本办法自公布之日起施行，由工会负责解释。"
)
GROUNDS = "办理及时，措施落实到位，代表评价满意。"
# regulation, what was done to it, days after the last session, its text from then on
CHANGES = (
    ("工会经费收支管理办法", RegulationAct.REVISED, 21, TEXT.format("工会经费收支管理办法（修订）")),
    ("教职工之家建设管理办法", RegulationAct.IMPROVED, 34, TEXT.format("教职工之家建设管理办法")),
    ("教职工困难补助暂行办法", RegulationAct.REPEALED, 48, ""),
)


def work_of_committees(world: World, assembly: Assembly) -> None:
    """Fill the committees, let them meet, adopt regulations and go on inspections."""
    days = [session.convened_on for session in assembly.sessions]
    officer = world.user("congress")
    began = days[0]
    people = [delegate.person for delegate in assembly.delegates[Body.STAFF]]
    kinds = (
        (CommitteeKind.EXECUTIVE, "第三届教代会执行委员会", Body.STAFF, people[11:24]),
        (CommitteeKind.PROPOSAL, "第三届教代会提案工作委员会", Body.STAFF, [world.officers["congress"], *people[2:10]]),
        (CommitteeKind.WOMEN, "第二届女职工委员会", Body.UNION, [world.officers["women"], *_women(people)]),
    )
    # The union committee and the finance review committee were elected at the first session.
    made = assembly.committees
    with at(began):
        for kind, name, body, seats in kinds:
            committee = Committee.objects.create(kind=kind, name=name, congress=assembly.bodies[body], began_on=began)
            for place, person in enumerate(seats):
                post = (CommitteePost.CHAIR, CommitteePost.VICE_CHAIR)[place] if place < 2 else CommitteePost.MEMBER
                record(CommitteeSeat(committee=committee, person=person, valid_from=began, post=post), actor=officer)
            made[kind] = committee
    papers = ("工会经费收支管理办法", "教职工代表大会实施细则", "师德师风建设办法", "绩效工资分配方案（修订）")
    for place, day in enumerate(days[0] + (30 + 80 * step) * DAY for step in range(14)):
        if day > world.today:
            break
        kind = (CommitteeKind.UNION, CommitteeKind.EXECUTIVE, CommitteeKind.PROPOSAL)[place % 3]
        title = papers[place // 3 % len(papers)]
        with at(day):
            proposals = kind is CommitteeKind.PROPOSAL
            meeting = _meet(
                made[kind],
                day,
                absent=place % 3,
                decisions="研究提案办理情况。" if proposals else "同意，按程序报批。",
            )
            if not proposals:
                record(ReviewedDocument(meeting=meeting, title=title), actor=officer)
            if kind is CommitteeKind.UNION:
                act = RegulationAct.ADOPTED if place < len(papers) * 3 else RegulationAct.REVISED
                record(
                    RegulationVersion(
                        regulation=Regulation.objects.named(title, keeper="工会办公室"),
                        act=act,
                        on=day,
                        text=TEXT.format(title),
                        decided_by="工会委员会",
                        number=f"星院工〔{day.year}〕{place + 1}号",
                    ),
                    actor=officer,
                )
    for day in days[:-1]:
        _once_a_year(made[CommitteeKind.FINANCE_REVIEW], world, day + 30 * DAY, f"{day.year - 1}年度工会经费决算")
        _once_a_year(made[CommitteeKind.WOMEN], world, day + 60 * DAY, "女职工特殊权益保护专项集体合同")
    _change_rules(days)
    _inspect(world, assembly, days)


def _meet(committee: Committee, day: dt.date, *, absent: int = 0, **words: str) -> Meeting:
    present = committee.seats.in_force(on=day).count() - absent
    return record(Meeting(committee=committee, held_on=day, present=present, **words), actor=None)


def _women(people: list[Person]) -> list[Person]:
    return [person for person in people if person.gender == Gender.FEMALE][5:11]


def _once_a_year(committee: Committee, world: World, day: dt.date, title: str) -> None:
    with at(day):
        meeting = _meet(
            committee,
            day,
            place="工会会议室",
            minutes=f"会议逐项审议了《{title}》，听取了有关情况说明。",
            decisions="审议通过，按程序报批并向会员公布。",
        )
        paper = ReviewedDocument(meeting=meeting, title=title, handling=Handling.PASSED, opinion="同意。")
        record(paper, actor=world.user("congress"))


def _change_rules(days: list[dt.date]) -> None:
    """Rules that were adopted before are revised or improved, and one is repealed."""
    year = days[-2].year
    for title, act, after, text in CHANGES:
        day = days[-2] + after * DAY
        with at(day):
            record(
                RegulationVersion(
                    regulation=Regulation.objects.named(title, keeper="工会办公室"),
                    act=act,
                    on=day,
                    text=text,
                    number=f"星院工〔{year}〕{after}号",
                    decided_by="教职工代表大会",
                ),
                actor=None,
            )


def honour(world: World, assembly: Assembly) -> None:
    """Honour the two best proposals and the best department of the session before last."""
    session = assembly.sessions[HELD - 2]
    on = session.convened_on + 300 * DAY
    with at(on):
        best: list[dict[str, Any]] = [{"proposal": one} for one in list(awards.proposals(session=session))[:2]]
        first = next(iter(awards.departments(session=session)))
        for honoured in (*best, {"department": first}):
            awards.bestow(Award(session=session, grounds=GROUNDS, **honoured), actor=world.user("chair"))


def _inspect(world: World, assembly: Assembly, days: list[dt.date]) -> None:
    for place, day in enumerate(days[:-1], start=1):
        on = day + 40 * DAY
        with at(on):
            inspection = Inspection.objects.create(
                congress=assembly.bodies[Body.STAFF],
                number=place,
                title=f"第{place}次代表巡视",
                held_on=on,
                places="实训楼、食堂、教工宿舍",
                summary="代表分三组实地察看，听取部门介绍并座谈。",
            )
            inspection.people.set([delegate.person for delegate in assembly.delegates[Body.STAFF][place::9]])
            inspection.heads = inspection.people.count()
            inspection.save(update_fields=["heads"])
            finding = record(
                Finding(
                    inspection=inspection,
                    text="实训楼三层通风不足，夏季室温偏高。",
                    department=assembly.departments["HQ"],
                    due_on=on + 90 * DAY,
                ),
                actor=world.user("congress"),
            )
        if on + 60 * DAY < world.today and place < HELD:
            with at(on + 60 * DAY):
                take(
                    subject=finding,
                    action="put_right",
                    actor=world.user("congress"),
                    result="已加装新风机组，复测达标。",
                    settled_on=on + 60 * DAY,
                )
