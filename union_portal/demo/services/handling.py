"""What the demo's departments, their leaders and the proposers do with a filed proposal."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from congress.bodies.enums import Body
from congress.delegates.models import Delegate
from congress.drives.models import ProposalDrive
from congress.handling.enums import Grade, ReplyKind
from congress.handling.services import assigning, extensions, follow_ups, replies
from congress.handling.services.replies import Draft
from congress.proposals.enums import ProposalState
from congress.proposals.models import Proposal
from congress.ratings import services as ratings
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.demo.services import topics
from union_portal.demo.services.assembly import DAY, Assembly
from union_portal.demo.services.clock import at
from union_portal.demo.services.register import World

_S = ProposalState
ASSIGN_AFTER = 20


@dataclass(frozen=True)
class Motion:
    """One proposal to be played: its matter, its author, where it ends, and the days of its session."""

    number: int
    topic: topics.Topic
    title: str
    end: str
    drive: ProposalDrive
    body: Body
    begins: dt.date


def account(person: Person) -> User:
    """Return the person's account; everybody of the demo's staff has one."""
    if person.user is None:
        person.refresh_from_db(fields=["user"])
    assert person.user is not None  # noqa: S101
    return person.user


class Handling:
    """What the departments, their leader and the proposer do with a filed proposal."""

    def __init__(self, world: World, assembly: Assembly, motion: Motion, made: Proposal, author: Delegate) -> None:
        self.world = world
        self.motion = motion
        self.made = made
        self.lead = assembly.departments[motion.topic.lead]
        self.supporting = [assembly.departments[code] for code in motion.topic.supporting]
        posts = {post.duty: post.person for post in self.lead.posts.select_related("person__user")}
        self.contact = account(posts["contact"])
        self.leader = account(posts["leader"])
        self.starts = motion.drive.session.convened_on + ASSIGN_AFTER * DAY
        self.is_live = motion.drive.session == assembly.sessions[-2]
        self.author = made.delegation.head if made.as_body and made.delegation and made.delegation.head else author

    def play(self) -> None:
        """Assign, note, answer, sign, rate; stop where the motion ends."""
        late = self.motion.number % 9 == 4
        due = self.starts + 200 * DAY
        if self.is_live and self.motion.end == _S.ASSIGNED:
            due = self.world.today + (12 - 8 * (self.motion.number % 3)) * DAY
        with at(self.starts):
            assigning.assign(
                proposal=self.made,
                lead=self.lead,
                supporting=self.supporting,
                due_on=due,
                actor=self.world.user("congress"),
            )
        for department in self.supporting[:1]:
            contact = account(department.posts.select_related("person__user").get(duty="contact").person)
            with at(self.starts + 12 * DAY):
                replies.note(proposal=self.made, department=department, text="我处配合提供场地和数据。", actor=contact)
        if self.motion.end == _S.ASSIGNED:
            self._ask_for_days()
            return
        answered = self.starts + (45 + self.motion.number % 30) * DAY
        if late and not self.is_live:
            answered = due + 6 * DAY
        if self.motion.end in {_S.SIGNING, _S.ANSWERED, _S.REHANDLING}:
            answered = self.world.today - (9 - self.motion.number % 3) * DAY
        self._answer(answered, round_=1)
        if self.motion.end in {_S.SIGNING, _S.ANSWERED}:
            return
        again = self.motion.end in {"again", _S.REHANDLING}
        self._rate(answered + 6 * DAY, Grade.DISSATISFIED if again else Grade(self.motion.end))
        if self.motion.end == "again":
            self._answer(answered + 40 * DAY, round_=2)
            self._rate(answered + 46 * DAY, Grade.BASICALLY)

    def _ask_for_days(self) -> None:
        held = Proposal.objects.get(pk=self.made.pk)
        if held.due_on is None or self.motion.number % 3:
            return
        with at(self.world.today - 3 * DAY):
            if held.due_on > timezone.localdate():
                extensions.ask(
                    proposal=held,
                    department=self.lead,
                    until=held.due_on + 20 * DAY,
                    reason="涉及施工招标，需等待结果。",
                    actor=self.contact,
                )

    def _answer(self, day: dt.date, *, round_: int) -> None:
        kinds = (ReplyKind.DONE, ReplyKind.DONE, ReplyKind.PLANNED, ReplyKind.DONE, ReplyKind.PLANNED, ReplyKind.CANNOT)
        kind = ReplyKind.DONE if round_ > 1 else kinds[self.motion.number % len(kinds)]
        promised = day + 120 * DAY if kind is ReplyKind.PLANNED else None
        words = topics.REPLIES[kind].format(self.motion.topic.matter)
        draft = Draft(kind, words, topics.REASON if kind is ReplyKind.CANNOT else "", promised)
        with at(day):
            replies.hand_in(proposal=self.made, department=self.lead, draft=draft, actor=self.contact)
        if self.motion.end == _S.SIGNING:
            return
        with at(day + 2 * DAY):
            replies.sign(proposal=self.made, actor=self.leader)
        if promised and promised + 5 * DAY < self.world.today and self.motion.number % 2 == 0:
            with at(promised + 3 * DAY):
                for follow_up in self.made.follow_ups.open():
                    follow_ups.keep_promise(follow_up=follow_up, text="已按期完成并验收。", actor=self.contact)

    def _rate(self, day: dt.date, grade: Grade) -> None:
        words = topics.DISSATISFIED if grade is Grade.DISSATISFIED else "答复具体，措施可行。"
        with at(day):
            ratings.rate(
                reply=self.made.replies.latest("round"),
                grade=grade,
                words=words,
                person=self.author.person,
                actor=self.author.person.user,
            )
