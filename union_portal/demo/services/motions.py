"""The demo's proposals: drafted, seconded, reviewed, answered and rated by its people, in every state there is."""

import datetime as dt

from django.utils import timezone

from congress.bodies.enums import Body
from congress.delegates.models import Delegate
from congress.drives.enums import Publication
from congress.drives.models import ProposalCategory, ProposalDrive
from congress.handling.enums import Grade, ReplyKind
from congress.handling.services import assigning, replies
from congress.handling.services.replies import Draft
from congress.past_records import services as past_records
from congress.proposals.enums import ADVICE, Outcome, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services import drafting, drives, seconding, submitting
from congress.proposals.services.authorship import Authorship
from congress.review import services as review
from congress.review.enums import Decision
from congress.sessions.models import Session
from union_portal.base.steps import take
from union_portal.demo.services import topics
from union_portal.demo.services.assembly import DAY, Assembly, groups_of
from union_portal.demo.services.clock import at
from union_portal.demo.services.handling import ASSIGN_AFTER, Handling, Motion, account
from union_portal.demo.services.register import World

_S = ProposalState
REVIEW_AFTER, APPROVE_AFTER = 8, 12
# The proposals of the first sessions were entered later from paper.
RECORDED = 2
# Ends that a department has a part in.
HANDLED = frozenset({*Grade, "again", _S.ASSIGNED, _S.SIGNING, _S.ANSWERED, _S.REHANDLING})
# How many proposals of each session end where; the last one's are on their way.
ENDS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("satisfied", 15), ("basically", 4), (_S.PASSED_ON, 5), (_S.DECLINED, 1), (_S.MERGED, 2), (_S.WITHDRAWN, 1)),
    (("satisfied", 17), ("basically", 4), (_S.PASSED_ON, 5), (_S.DECLINED, 1), (_S.MERGED, 2), (_S.WITHDRAWN, 1)),
    (
        ("satisfied", 11),
        ("basically", 1),
        ("again", 1),
        (_S.ASSIGNED, 5),
        (_S.SIGNING, 2),
        (_S.ANSWERED, 3),
        (_S.REHANDLING, 1),
        (_S.PASSED_ON, 1),
        (_S.ADVISING, 1),
        (_S.ADVISED, 1),
        (_S.SET_ASIDE, 1),
        (_S.DECLINED, 1),
        (_S.MERGED, 2),
        (_S.LATE, 1),
    ),
    (
        (_S.DRAFT, 2),
        (_S.SECONDING, 4),
        (_S.PRECHECK, 2),
        (_S.SUBMITTED, 9),
        (_S.RETURNED, 1),
        (_S.REFERRED, 1),
        (_S.APPROVING, 3),
        (_S.FILED, 3),
        (_S.PASSED_ON, 2),
        (_S.DECLINED, 1),
        (_S.MERGED, 1),
        (_S.WITHDRAWN, 1),
    ),
)


class Play:
    """Plays the proposals of the years through the services, each step on its own day."""

    def __init__(self, world: World, assembly: Assembly) -> None:
        self.world = world
        self.assembly = assembly
        self.officer = world.user("congress")
        self.chair = world.user("chair")
        self.categories = {category.code: category for category in ProposalCategory.objects.all()}

    def everything(self) -> None:
        """Play every session's proposals."""
        for place, session in enumerate(self.assembly.sessions):
            if place < RECORDED:
                self._record(place, session)
                continue
            drive = self._drive(session, last=place == len(self.assembly.sessions) - 1)
            ends = [end for end, count in ENDS[place] for _number in range(count)]
            # Only proposals to one congress are merged.
            first: dict[Body, Proposal] = {}
            filed: list[Handling] = []
            for number, end in enumerate(ends):
                motion = self._motion(place, number, end, drive)
                made, author = self._collect(motion, first.get(motion.body))
                if made.state in {_S.FILED, _S.SUBMITTED}:
                    first.setdefault(motion.body, made)
                if end in ADVICE:
                    self._advise(motion, made)
                if made.state == _S.FILED and end in HANDLED:
                    filed.append(Handling(self.world, self.assembly, motion, made, author))
            for handling in filed:
                handling.play()

    def _record(self, place: int, session: Session) -> None:
        """Enter a past session's proposals from its file, with reply and rating."""
        ends = [end for end, count in ENDS[place] for _number in range(count)]
        first: dict[Body, Proposal] = {}
        for number, end in enumerate(ends):
            topic, body = self._matter(place, number)
            filed = end in set(Grade)
            answered = session.convened_on + (60 + number * 7 % 50) * DAY
            lead = self.assembly.departments[topic.lead]
            made = past_records.record_proposal(
                session=session,
                congress=self.assembly.bodies[body],
                paper=past_records.Paper(
                    number=f"{session.convened_on.year}-{number + 1:03d}",
                    title=topics.WAYS[place].format(topic.matter),
                    outcome=Outcome.FILED if filed else Outcome(end),
                    author=past_records.Author(delegate=self._author(body, number)),
                    grounds=topic.grounds,
                    measures=topic.measures,
                    category=self.categories[topic.category],
                    merged_into=first.get(body) if end == Outcome.MERGED else None,
                    submitted_on=session.convened_on - 25 * DAY,
                    decided_on=session.convened_on - 10 * DAY,
                    source="提案卷宗",
                ),
                handled=past_records.Handled(
                    lead=lead,
                    support=tuple(self.assembly.departments[code] for code in topic.supporting),
                    due_on=session.convened_on + (95 if number % 8 else 60) * DAY,
                    answered_on=answered,
                    kind=ReplyKind.DONE,
                    text=topics.REPLIES[ReplyKind.DONE].format(topic.matter),
                    grade=Grade(end),
                )
                if filed
                else None,
                actor=self.officer,
            )
            first.setdefault(body, made)

    def _matter(self, place: int, number: int) -> tuple[topics.Topic, Body]:
        return (
            topics.TOPICS[(number + 7 * place) % len(topics.TOPICS)],
            Body.UNION if number % 7 == 6 else Body.STAFF,
        )

    def _author(self, body: Body, number: int) -> Delegate:
        delegates = self.assembly.delegates[body]
        return delegates[0] if number in {0, 5} else delegates[(number * 5 + 1) % len(delegates)]

    def _drive(self, session: Session, *, last: bool) -> ProposalDrive:
        opens = session.convened_on - 42 * DAY
        closes = self.world.today + 9 * DAY if last else session.convened_on - 15 * DAY
        moment = dt.datetime.combine(closes, dt.time(17, 0), tzinfo=timezone.get_default_timezone())
        with at(opens):
            return (
                drives.keep_drive(
                    drive=ProposalDrive(
                        session=session,
                        code=f"{session.convened_on.year}{'B' if last else ''}",
                        opens_on=opens,
                        closes_at=moment,
                        precheck=last,
                        reply_days=200,
                        published=Publication.REPLY,
                    )
                )
                or session.drive
            )

    def _motion(self, place: int, number: int, end: str, drive: ProposalDrive) -> Motion:
        topic, body = self._matter(place, number)
        last = place == len(self.assembly.sessions) - 1
        begins = (self.world.today if last else drive.session.convened_on) - (17 if last else 36) * DAY
        return Motion(number, topic, topics.WAYS[place].format(topic.matter), end, drive, body, begins)

    def _collect(self, motion: Motion, other: Proposal | None) -> tuple[Proposal, Delegate]:
        """Take a proposal as far as the review; return it with its author."""
        author = self._author(motion.body, motion.number)
        made = self._write(motion, author)
        if motion.end != _S.DRAFT:
            self._hand_in(motion, made, author)
            made.refresh_from_db()
        if made.state == _S.SUBMITTED and motion.end != _S.PRECHECK:
            self._review(motion, made, other)
            made.refresh_from_db()
        return made, author

    def _hand_in(self, motion: Motion, made: Proposal, author: Delegate) -> None:
        if not made.as_body:
            self._second(motion, made, author)
        if motion.end == _S.SECONDING:
            return
        self._submit(motion, made, author)
        made.refresh_from_db()
        if made.state == _S.PRECHECK and motion.end != _S.PRECHECK:
            head = made.delegation.head if made.delegation else None
            assert head is not None  # noqa: S101 - every delegation has one
            with at(motion.begins + 5 * DAY):
                submitting.pass_check(proposal=made, actor=account(head.person))

    def _write(self, motion: Motion, author: Delegate) -> Proposal:
        group = groups_of(self.assembly, motion.body)[motion.number % 8]
        as_body = motion.number % 11 == 10 and group.head is not None and motion.end not in {_S.SECONDING, _S.PRECHECK}
        if as_body and group.head is not None:
            author = group.head
        with at(motion.begins):
            return drafting.draft(
                authorship=Authorship(
                    drive=motion.drive,
                    congress=self.assembly.bodies[motion.body],
                    delegate=author,
                    delegation=group if as_body else None,
                ),
                title=motion.title,
                grounds=motion.topic.grounds,
                measures=motion.topic.measures,
                category=self.categories[motion.topic.category],
                actor=account(author.person),
            )

    def _second(self, motion: Motion, made: Proposal, author: Delegate) -> None:
        delegates = [one for one in self.assembly.delegates[motion.body] if one != author]
        asked = [delegates[(motion.number * 3 + step * 17) % len(delegates)] for step in range(3)]
        if motion.number % 4 == 0 and self.assembly.delegates[motion.body][0] != author:
            asked[0] = self.assembly.delegates[motion.body][0]
        with at(motion.begins + DAY):
            seconding.invite(proposal=made, delegates=asked, actor=account(author.person))
        answers = made.secondings.select_related("delegate__person").order_by("pk")
        with at(motion.begins + 3 * DAY):
            for place, one in enumerate(answers):
                if motion.end == _S.SECONDING and place == motion.number % 3:
                    continue
                accept = place < 2 or motion.number % 3 == 0
                seconding.answer(
                    seconding=one,
                    accept=accept,
                    version=None,
                    actor=account(one.delegate.person),
                    reason="" if accept else "内容已有同类提案",
                )

    def _submit(self, motion: Motion, made: Proposal, author: Delegate) -> None:
        day = motion.begins + 4 * DAY
        if motion.end == _S.LATE:
            day = timezone.localdate(motion.drive.closes_at) + 3 * DAY
        with at(day):
            submitting.submit(proposal=made, version=None, actor=account(author.person))

    def _review(self, motion: Motion, made: Proposal, other: Proposal | None) -> None:
        made.refresh_from_db()
        plan = {
            _S.WITHDRAWN: None,
            _S.SUBMITTED: None,
            _S.PASSED_ON: (Decision.PASS_ON, "属一般性建议，转有关部门研究答复。"),
            _S.DECLINED: (Decision.DECLINE, "所提事项不属于学校职权范围。"),
            _S.RETURNED: (Decision.RETURN, "请一事一案，并补充具体措施。"),
            _S.REFERRED: (Decision.REFER, "涉及多个部门职责，意见不一，提交主席团研究。"),
            _S.MERGED: (Decision.MERGE, "内容相近，合并办理。"),
        }
        plan |= dict.fromkeys(ADVICE, plan[_S.PASSED_ON])
        decision = plan.get(_S(motion.end) if motion.end in list(_S) else _S.FILED, (Decision.FILE, ""))
        if motion.end == _S.WITHDRAWN:
            with at(motion.begins + 6 * DAY):
                submitting.withdraw(proposal=made, version=None, actor=None, why="问题已由部门解决")
            return
        if decision is None:
            return
        into = other if decision[0] is Decision.MERGE else None
        with at(motion.begins + REVIEW_AFTER * DAY):
            review.review(proposal=made, decision=decision[0], actor=self.officer, reason=decision[1], into=into)
        if decision[0] is Decision.FILE and motion.end != _S.APPROVING:
            with at(motion.begins + APPROVE_AFTER * DAY):
                review.approve(proposal=made, actor=self.chair)

    def _advise(self, motion: Motion, made: Proposal) -> None:
        """What was passed on goes to a department, is answered in writing, or is kept for later."""
        with at(motion.drive.session.convened_on + ASSIGN_AFTER * DAY):
            if motion.end == _S.SET_ASIDE:
                take(subject=made, action="set_aside", actor=self.officer, why="留作编制下一年计划时参考。")
                return
            assigning.assign(proposal=made, lead=self.assembly.departments[motion.topic.lead], actor=self.officer)
        if motion.end == _S.ADVISED:
            words = topics.REPLIES[ReplyKind.DONE].format(motion.topic.matter)
            with at(motion.drive.session.convened_on + (ASSIGN_AFTER + 30) * DAY):
                replies.advise(proposal=made, draft=Draft(ReplyKind.DONE, words), actor=self.officer)
