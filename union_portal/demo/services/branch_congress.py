"""二级教代会: the all-staff meeting of one branch, held once since the school's last session."""

from django.utils import timezone

from congress.attendance.enums import CheckIn
from congress.attendance.services import quorum, roll
from congress.bodies.enums import Body, Mode
from congress.bodies.models import Congress
from congress.resolutions import services as resolutions
from congress.sessions.enums import AgendaKind, AgendaOutcome
from congress.sessions.services import agenda, sessions
from congress.voting.enums import BallotMethod
from union_portal.demo.services import votes
from union_portal.demo.services.assembly import DAY, Assembly
from union_portal.demo.services.clock import at
from union_portal.demo.services.register import World

# The branch of the demo's branch chair.
PLACE = 6
AWAY = 9


def meet_in_the_branch(world: World, assembly: Assembly) -> None:
    """Hold the branch's meeting: hear the report, pass the pay rules by hands, adopt a resolution."""
    branch, officer = world.branches[PLACE], world.user("branch_chair")
    school = assembly.bodies[Body.STAFF]
    day = assembly.sessions[-2].convened_on + 45 * DAY
    congress = Congress.objects.create(
        body=Body.STAFF,
        branch=branch,
        number=2,
        mode=Mode.EVERYBODY,
        began_on=school.began_on,
        ends_on=school.ends_on,
        document="星院工〔换届〕批复",
    )
    with at(day - 20 * DAY):
        session = sessions.convene(parts=[sessions.Part(congress)], convened_on=day, actor=officer, place="学院会议厅")
        sitting = session.sittings.get()
        agenda.add_item(sitting=sitting, kind=AgendaKind.HEAR, title="学院年度工作报告", presenter="学院院长")
        agenda.add_item(
            sitting=sitting, kind=AgendaKind.PASS, title="《学院绩效工资二次分配办法》", presenter="分工会主席"
        )
    with at(day):
        roll.draw_up(sitting=sitting)
        away = list(sitting.roll.order_by("-pk").values_list("pk", flat=True)[:AWAY])
        sitting.roll.exclude(pk__in=away).update(came_at=timezone.now(), check_in=CheckIn.LIST, recorded_by=officer)
        held = quorum.open_sitting(subject=sitting, actor=officer)
        present = held.roll.filter(votes=True, came_at__isnull=False).exclude(person__user=officer)
        teller, scrutineer = (line.person for line in present.select_related("person__user").order_by("pk")[:2])
        for item in held.agenda.all():
            if item.kind == AgendaKind.HEAR:
                agenda.settle_item(item=item, outcome=AgendaOutcome.HEARD)
            else:
                counters = votes.Counters(teller, scrutineer, officer)
                votes.vote(item=item, method=BallotMethod.HANDS, carried=True, counters=counters)
        sessions.close_sitting(subject=held, actor=officer)
        votes.write_up(held)
        resolutions.write_minutes(session=session, text=votes.MINUTES)
