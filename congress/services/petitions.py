"""Petitions (诉求、来信来访): confidential, with a term to answer; every look at one is logged."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congress.enums import PetitionChannel
from congress.models import Petition
from congress.services.steps import begin, hold, move
from members.models import Person
from union_portal.accounts.enums import Access, DataClass
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.errors import DomainError, Refused

# The usual term of 信访 rules: sixty days.
TERM_DAYS = 60


def _next_number(*, year: int) -> str:
    # A lock on rows would not stop two firsts of a year.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('congress.petition.number'))")
    last = (
        Petition.objects.filter(number__startswith=f"SQ{year}-").order_by("-number").values_list("number", flat=True)
    ).first()
    return f"SQ{year}-{int(last.rpartition('-')[2]) + 1 if last else 1:03d}"


@transaction.atomic
def receive(  # noqa: PLR0913
    *,
    channel: PetitionChannel,
    subject: str,
    text: str,
    received_on: dt.date,
    actor: User | None,
    handlers: Iterable[User] = (),
    person: Person | None = None,
    who: str = "",
    due_on: dt.date | None = None,
) -> Petition:
    """Take a petition in; who enters it handles it unless handlers are named. Due within TERM_DAYS unless said.

    Raises DomainError for an empty subject or a day in the future.
    """
    if not subject.strip():
        raise DomainError(_("Say in a few words what it is about."), field="subject")
    if received_on > timezone.localdate():
        raise DomainError(_("The day lies in the future."), field="received_on")
    chosen = list(handlers) or ([actor] if actor else [])
    if not chosen:
        raise DomainError(_("Name who handles the petition."), field="handlers")
    made: Petition = Petition.objects.create(
        number=_next_number(year=received_on.year),
        channel=channel,
        subject=subject.strip(),
        text=text.strip(),
        person=person,
        who=who.strip(),
        received_on=received_on,
        due_on=due_on or received_on + dt.timedelta(days=TERM_DAYS),
        entered_by=actor,
    )
    made.handlers.set(chosen)
    begin(made, actor=actor)
    return made


@transaction.atomic
def hand_over(*, petition: Petition, handlers: Iterable[User], actor: User | None, reason: str) -> Petition:
    """Name other handlers; who is not among them sees the petition no more. Raises DomainError."""
    chosen = list(handlers)
    if not chosen:
        raise DomainError(_("Name who handles the petition."), field="handlers")
    held = hold(petition)
    held.handlers.set(chosen)
    log_access(
        user=actor,
        action=Access.REVEAL,
        kind="petition",
        subject=held.number,
        data_class=DataClass.HEALTH,
        purpose=reason.strip() or _("handed over"),
    )
    return held


@transaction.atomic
def take_up(*, petition: Petition, actor: User | None) -> Petition:
    """Begin to handle a petition. Raises Refused."""
    held = hold(petition)
    move(held, "take_up", actor=actor)
    return held


@transaction.atomic
def answer(*, petition: Petition, text: str, actor: User | None) -> Petition:
    """Record the answer. Raises DomainError, Refused."""
    if not text.strip():
        raise DomainError(_("Write the answer."), field="answer")
    held = hold(petition)
    move(held, "answer", actor=actor, answer=text.strip(), answered_on=timezone.localdate())
    return held


@transaction.atomic
def reopen(*, petition: Petition, reason: str, actor: User | None) -> Petition:
    """Take a petition up again because the answer does not settle it. Raises DomainError, Refused."""
    if not reason.strip():
        raise DomainError(_("Say why it is taken up again."), field="reason")
    held = hold(petition)
    # The reason of a confidential matter stays out of the log, which more people read.
    move(held, "reopen", actor=actor)
    held.answer = f"{held.answer}\n\n{reason.strip()}"
    held.save(update_fields=["answer"])
    return held


@transaction.atomic
def close(*, petition: Petition, actor: User | None) -> Petition:
    """Close an answered petition. Raises Refused."""
    held = hold(petition)
    move(held, "close", actor=actor)
    return held


def look(*, petition: Petition, user: User) -> Petition:
    """Return the petition for its handler and log the look. Raises Refused for anybody else."""
    if not Petition.objects.visible_to(user).filter(pk=petition.pk).exists():
        raise Refused(_("This petition is handled by others."))
    log_access(
        user=user,
        action=Access.REVEAL,
        kind="petition",
        subject=petition.number,
        data_class=DataClass.HEALTH,
        purpose=_("handling the petition"),
    )
    return petition
