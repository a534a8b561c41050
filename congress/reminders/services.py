"""Reminders before and after each deadline: one mail a person a day at most, and nothing reminded of twice."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.db.models.functions import TruncDate

from congress.departments.enums import DepartmentDuty
from congress.departments.models import DepartmentPost
from congress.handling.models import Assignment, FollowUp
from congress.handling.rules import ANSWERING
from congress.proposals.enums import IN_HAND, ProposalState
from congress.proposals.models import Proposal
from congress.proposals.services.authorship import authors
from congress.reminders.models import Reminder as SentReminder
from members.people.models import Person
from union_portal.accounts.models import User
from union_portal.base.mailing import mail

# Days before a deadline on which it is told, and how often afterwards.
AHEAD = (7, 3, 1, 0)
SOON = dt.timedelta(days=AHEAD[0])
WEEK = 7


@dataclass(frozen=True)
class Line:
    """One line of a digest: the key that is sent once, its day, what it is about and what is to be done."""

    key: str
    due_on: dt.date
    title: str
    what: str


def stage(*, due_on: dt.date, on: dt.date) -> str:
    """Return which reminder of a deadline is due: seven, three, one day before, the day itself, each week after."""
    left = (due_on - on).days
    if left < 0:
        return f"late{(-left - 1) // WEEK}"
    passed = [days for days in AHEAD if left <= days]
    return f"before{min(passed)}" if passed else ""


def lines(*, on: dt.date) -> dict[int, list[Line]]:
    """Return what each account is to be reminded of on the day, whether or not it was told before."""
    found: dict[int, list[Line]] = defaultdict(list)
    for users, line in (*_answers(on), *_signatures(on), *_ratings(on), *_promises(on)):
        for user in users:
            found[user].append(line)
    return found


def send(*, on: dt.date) -> int:
    """Mail each person one digest of what was not reminded of yet; return how many mails that makes.

    What is told is kept as `Reminder`; running again, or at the same time, sends nothing twice. The letter is left for
    the worker together with its marks. Who has no address reads the same in the portal.
    """
    due = lines(on=on)
    people = {
        person.user_id: person for person in Person.objects.filter(user__in=due, died_on=None).select_related("user")
    }
    sent = 0
    for user_id, waiting in sorted(due.items()):
        person = people.get(user_id)
        if person is None or person.user is None or not person.user.is_active:
            continue
        address = person.user.email or person.email
        if address:
            sent += _digest(person.user, address, waiting, on=on)
    return sent


@transaction.atomic
def _digest(user: User, address: str, waiting: list[Line], *, on: dt.date) -> int:
    User.objects.select_for_update().get(pk=user.pk)
    keys = [line.key for line in waiting]
    told = set(SentReminder.objects.filter(user=user, key__in=keys).values_list("key", flat=True))
    new = [line for line in waiting if line.key not in told]
    if not new:
        return 0
    SentReminder.objects.bulk_create([SentReminder(user=user, key=line.key) for line in new])
    new.sort(key=lambda line: line.due_on)
    subject = f"提案办理提醒：有 {len(new):,} 件事等您处理"
    text = [f"{user.name}，您好：", ""]
    text += [f"· {_words(line, on=on)}" for line in new]
    text += ["", "请登录工会门户查看和办理。"]
    mail([address], subject=subject, text="\n".join(text))
    return 1


_WHAT = {"answer": "答复", "sign": "签批答复", "rate": "评价答复", "promise": "报告承诺落实情况"}


def _words(line: Line, *, on: dt.date) -> str:
    left = (line.due_on - on).days
    what = _WHAT[line.what]
    if left > 0:
        return f"{what}：{line.title}，截止 {line.due_on}（还剩 {left} 天）"
    if left == 0:
        return f"{what}：{line.title}，今天截止"
    return f"{what}：{line.title}，已于 {line.due_on} 到期（逾期 {-left} 天）"


Found = Iterator[tuple[list[int], Line]]


def _line(what: str, key: object, *, title: object, due_on: dt.date | None, on: dt.date) -> Line | None:
    if due_on is None:
        return None
    at = stage(due_on=due_on, on=on)
    return Line(f"{what}:{key}:{due_on}:{at}", due_on, str(title), what) if at else None


def _answering(on: dt.date, *duties: DepartmentDuty) -> dict[int, list[int]]:
    posts: Any = DepartmentPost.objects.filter(duty__in=duties, person__user__isnull=False)
    found: dict[int, list[int]] = defaultdict(list)
    for department, user in posts.in_force(on=on).values_list("department", "person__user").distinct():
        found[department].append(user)
    return found


def _of_leads(on: dt.date, what: str, proposals: Any, *duties: DepartmentDuty) -> Found:
    """Yield what is due of proposals to those who bear the duties in the department that leads."""
    who = _answering(on, *duties)
    leads = Assignment.objects.leads()
    for proposal in proposals.prefetch_related(Prefetch("assignments", leads, to_attr="leads")):
        line = _line(what, f"{proposal.pk}:{proposal.round}", title=proposal, due_on=proposal.due_on, on=on)
        if line:
            yield [user for lead in proposal.leads for user in who.get(lead.department_id, [])], line


def _due(on: dt.date, *states: ProposalState) -> Any:
    """Return what is due soon or overdue; who enters old papers whose deadline had passed reminds nobody of it."""
    passed = Q(recorded=True, due_on__lt=TruncDate("created_at"))
    return Proposal.objects.filter(state__in=states, due_on__lte=on + SOON).exclude(passed)


def _answers(on: dt.date) -> Found:
    return _of_leads(on, "answer", _due(on, *IN_HAND), *ANSWERING)


def _signatures(on: dt.date) -> Found:
    return _of_leads(on, "sign", _due(on, ProposalState.SIGNING), DepartmentDuty.LEADER)


def _ratings(on: dt.date) -> Found:
    people = ("proposer__person", "delegation__head__person", "delegation__deputy__person")
    waiting = Proposal.objects.filter(state=ProposalState.ANSWERED, rate_by__lte=on + SOON)
    for proposal in waiting.select_related(*people):
        line = _line("rate", f"{proposal.pk}:{proposal.round}", title=proposal, due_on=proposal.rate_by, on=on)
        if line:
            yield [person.user_id for person in authors(proposal) if person.user_id], line


def _promises(on: dt.date) -> Found:
    who = _answering(on, *ANSWERING)
    leads = Prefetch("proposal__assignments", Assignment.objects.leads(), to_attr="leads")
    promised: Any = FollowUp.objects.open().filter(due_on__lte=on + SOON).select_related("proposal")
    for promise in promised.prefetch_related(leads):
        line = _line("promise", promise.pk, title=promise.proposal, due_on=promise.due_on, on=on)
        if line:
            yield [user for lead in promise.proposal.leads for user in who.get(lead.department_id, [])], line
