"""Petitions (诉求、来信来访): confidential, with a term to answer; every look at one is logged."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from congress.petitions.enums import PETITION_ROLES, PetitionChannel
from congress.petitions.models import Petition
from members.people.models import Person
from union_portal.accounts.enums import Access, DataClass, Role
from union_portal.accounts.models import RoleAssignment, User
from union_portal.accounts.services import log_access
from union_portal.base.encryption import blind_index
from union_portal.base.errors import DomainError, Refused
from union_portal.base.steps import hold, move, record, saved


def _next_number(*, year: int) -> str:
    # A lock on rows would not stop two firsts of a year.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('congress.petition.number'))")
    last = (
        Petition.objects.filter(number__startswith=f"SQ{year}-").order_by("-number").values_list("number", flat=True)
    ).first()
    return f"SQ{year}-{int(last.rpartition('-')[2]) + 1 if last else 1:03d}"


def handlers_for(*, role: Role) -> list[User]:
    """Return the accounts that hold the role today: who gets a petition addressed to it."""
    holders = RoleAssignment.objects.filter(role=role).in_force(on=timezone.localdate()).values("user")
    return list(User.objects.filter(pk__in=holders, is_active=True).order_by("staff_number"))


def _may_handle(handlers: Iterable[User]) -> list[User]:
    chosen = list(dict.fromkeys(handlers))
    if not chosen:
        raise DomainError("请指定经办人。", field="handlers")
    unfit = [one for one in chosen if not one.has_role(*PETITION_ROLES)]
    if unfit:
        raise DomainError(f"{unfit[0]}没有受理诉求的职务，无法打开。", field="handlers")
    return chosen


@transaction.atomic
def file_own(*, person: Person, subject: str, text: str, role: Role, actor: User) -> Petition:
    """Take in what a member writes on the own page, once; only the holders of the chosen role see it.

    Raises DomainError for empty text, a role that takes no petitions, or when nobody holds it.
    """
    if role not in PETITION_ROLES:
        raise DomainError("请选择由谁处理。", field="role")
    if not text.strip():
        raise DomainError("请写明经过和诉求。", field="text")
    # Nobody handles the own petition.
    handlers = [one for one in handlers_for(role=role) if one.pk != actor.pk]
    if not handlers:
        raise DomainError("该职务目前无人担任，请另选。", field="role")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    today = Petition.objects.filed_by(actor).filter(received_on=timezone.localdate())
    same: list[Petition] = [one for one in today if (one.subject, one.text) == (subject.strip(), text.strip())]
    if same:
        return same[0]
    return receive(
        channel=PetitionChannel.PORTAL,
        subject=subject,
        text=text,
        received_on=timezone.localdate(),
        actor=actor,
        handlers=handlers,
        person=person,
    )


@transaction.atomic
def receive(*, actor: User | None, handlers: Iterable[User] = (), **taken_in: Any) -> Petition:
    """Take a petition in; who enters it handles it unless handlers are named. Due within TERM_DAYS unless said.

    Raises DomainError for an empty subject or a day in the future.
    """
    chosen = _may_handle(list(handlers) or ([actor] if actor else []))
    made = Petition(number=_next_number(year=taken_in["received_on"].year), entered_by=actor, **taken_in)
    record(made, actor=actor).handlers.set(chosen)
    return made


@transaction.atomic
def hand_over(*, petition: Petition, handlers: Iterable[User], actor: User | None, reason: str) -> Petition:
    """Name other handlers; who is not among them sees the petition no more. Raises DomainError."""
    chosen = _may_handle(handlers)
    if not reason.strip():
        raise DomainError("请说明原因。", field="reason")
    held = hold(petition)
    held.handlers.set(chosen)
    names = "、".join(one.name for one in chosen)
    line = f"{timezone.localdate()} {actor.name if actor else ''}移交{names}：{reason.strip()}"
    held.handed_over = "\n".join(part for part in (held.handed_over, line) if part)
    saved(held, fields=["handed_over"])
    _log(actor, held, "移交诉求")
    return held


@transaction.atomic
def answer(*, subject: Petition, answer: str, actor: User | None) -> Petition:
    """Record the answer; what was answered before it was taken up again stays in front. Raises DomainError."""
    held = hold(subject)
    if not answer.strip():
        raise DomainError("请填写答复。", field="answer")
    whole = "\n\n".join(part for part in (held.answer, answer.strip()) if part)
    move(held, "answer", actor=actor, answer=whole, answered_on=timezone.localdate())
    return held


@transaction.atomic
def reopen(*, subject: Petition, why: str, actor: User | None) -> Petition:
    """Take a petition up again because the answer does not settle it. Raises DomainError."""
    held = hold(subject)
    if not why.strip():
        raise DomainError("请说明重新受理的原因。", field="why")
    # The reason of a confidential matter stays out of the log, which more people read.
    move(held, "reopen", actor=actor, answer=f"{held.answer}\n\n再次受理：{why.strip()}")
    return held


def look(*, petition: Petition, user: User) -> Petition:
    """Return the petition for its handler and log the look. Raises Refused for anybody else."""
    if not Petition.objects.visible_to(user).filter(pk=petition.pk).exists():
        raise Refused("该诉求由其他人经办。")
    _log(user, petition, "办理诉求")
    return petition


def mark_of(petition: Petition) -> str:
    """Return what the access log knows a petition by: the same for each look, and nobody reads a number from it."""
    return (blind_index(petition.number) or "")[:16]


def _log(user: User | None, petition: Petition, purpose: str) -> None:
    """Write a look down, without number, subject or reason: more people read the log than the petition."""
    subject = mark_of(petition)
    log_access(
        user=user,
        action=Access.REVEAL,
        kind="petition",
        subject=subject,
        data_class=DataClass.HEALTH,
        purpose=purpose,
    )
