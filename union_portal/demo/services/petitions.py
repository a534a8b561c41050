"""What members bring before their union: petitions in every state, seen by nobody but who handles them."""

from congress.petitions import services as petitions
from congress.petitions.enums import PetitionChannel
from congress.petitions.models import Petition
from union_portal.accounts.enums import Role
from union_portal.base.steps import take
from union_portal.demo.services.assembly import DAY
from union_portal.demo.services.clock import at
from union_portal.demo.services.register import World

ANSWER = "已与有关部门核实，有关费用已补发到位；今后按月公布核算结果。"


def hear_petitions(world: World) -> None:
    """Take petitions in through the portal, by visit, letter and telephone; some are answered, one has just come."""
    today = world.today
    member = world.officers["member"]
    with at(today - 70 * DAY):
        closed = petitions.receive(
            channel=PetitionChannel.LETTER,
            subject="加班费核算有误",
            text="去年第四季度值班天数少计两天，请协助核实。",
            received_on=today - 70 * DAY,
            actor=world.user("chair"),
            who="后勤岗位职工",
        )
    with at(today - 50 * DAY):
        _answer(world, closed, "chair")
        take(subject=closed, action="close", actor=world.user("chair"))
    with at(today - 30 * DAY):
        answered = petitions.file_own(
            person=member,
            subject="哺乳室使用问题",
            text="教学楼哺乳室长期上锁，希望能按规定开放。",
            role=Role.WOMEN,
            actor=world.user("member"),
        )
    with at(today - 18 * DAY):
        _answer(world, answered, "women")
    with at(today - 12 * DAY):
        handling = petitions.receive(
            channel=PetitionChannel.VISIT,
            subject="聘用合同续签",
            text="来访人反映合同到期前未按规定通知续签意向。",
            received_on=today - 12 * DAY,
            actor=world.user("congress"),
            who="编制外教师一名",
        )
        take(subject=handling, action="take_up", actor=world.user("congress"))
    with at(today - DAY):
        petitions.receive(
            channel=PetitionChannel.PHONE,
            subject="家属区夜间施工噪声",
            text="来电反映连续三晚施工至零点以后。",
            received_on=today - DAY,
            actor=world.user("congress"),
        )


def _answer(world: World, petition: Petition, role: str) -> None:
    taken = take(subject=petition, action="take_up", actor=world.user(role))
    petitions.answer(subject=taken, answer=ANSWER, actor=world.user(role))
