"""What the demo's committees do through the years: they meet, review, adopt regulations, and go and look."""

import datetime as dt

from congress.enums import Body, CommitteeKind, CommitteePost, Handling, RegulationAct
from congress.models import Committee, Inspection
from congress.services import committees, inspections, regulations
from union_portal.demo.services.assembly import DAY, HELD, Assembly
from union_portal.demo.services.clock import at
from union_portal.demo.services.register import World


def work_of_committees(world: World, assembly: Assembly) -> None:
    """Fill the committees, let them meet, adopt regulations and go on inspections."""
    days = [session.convened_on for session in assembly.sessions]
    officer = world.user("congress")
    began = days[0]
    people = [delegate.person for delegate in assembly.delegates[Body.STAFF]]
    kinds = (
        (CommitteeKind.UNION, "第二届工会委员会", Body.UNION, people[20:33]),
        (CommitteeKind.EXECUTIVE, "第三届教代会执行委员会", Body.STAFF, people[11:24]),
        (CommitteeKind.PROPOSAL, "第三届教代会提案工作委员会", Body.STAFF, [world.officers["congress"], *people[2:10]]),
    )
    made: dict[CommitteeKind, Committee] = {}
    with at(began):
        for kind, name, body, seats in kinds:
            committee = Committee.objects.create(kind=kind, name=name, congress=assembly.bodies[body], began_on=began)
            for place, person in enumerate(seats):
                post = (CommitteePost.CHAIR, CommitteePost.VICE_CHAIR)[place] if place < 2 else CommitteePost.MEMBER
                committees.seat(committee=committee, person=person, on=began, post=post)
            made[kind] = committee
    papers = ("工会经费收支管理办法", "教职工代表大会实施细则", "师德师风建设办法", "绩效工资分配方案（修订）")
    for place, day in enumerate(sorted(days[0] + 80 * DAY * step for step in range(14))):
        if day > world.today:
            break
        kind = (CommitteeKind.UNION, CommitteeKind.EXECUTIVE, CommitteeKind.PROPOSAL)[place % 3]
        title = papers[place // 3 % len(papers)]
        with at(day):
            documents = [] if kind is CommitteeKind.PROPOSAL else [committees.Paper(title, Handling.REVIEWED)]
            present = committees.members_due(committee=made[kind], on=day) - place % 3
            committees.hold_meeting(
                committee=made[kind],
                held_on=day,
                actor=officer,
                present=present,
                decisions="同意，按程序报批。" if documents else "研究提案办理情况。",
                papers=documents,
            )
            if kind is CommitteeKind.UNION:
                act = RegulationAct.ADOPTED if place < len(papers) * 3 else RegulationAct.REVISED
                regulations.enact(
                    title=title, act=act, on=day, decided_by="工会委员会", number=f"星院工〔{day.year}〕{place + 1}号"
                )
    _inspect(world, assembly, days)


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
            finding = inspections.note_finding(
                inspection=inspection,
                text="实训楼三层通风不足，夏季室温偏高。",
                actor=world.user("congress"),
                department=assembly.departments["HQ"],
                due_on=on + 90 * DAY,
            )
        if on + 60 * DAY < world.today and place < HELD:
            with at(on + 60 * DAY):
                inspections.settle(finding=finding, result="已加装新风机组，复测达标。", actor=world.user("congress"))
