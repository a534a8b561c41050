"""Who may propose what to whom: a delegate for himself, the head of a delegation for the delegation as a body."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from congress.bodies.models import Congress
from congress.delegates.enums import Seat
from congress.delegates.models import Delegate, Delegation
from congress.drives.models import ProposalDrive
from congress.proposals.models import Proposal
from congress.sessions.models import Sitting
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused

if TYPE_CHECKING:
    from members.people.models import Person


@dataclass(frozen=True)
class Authorship:
    """One way in which an account may propose in a drive: as a delegate of a body, or for a delegation as a body."""

    drive: ProposalDrive
    congress: Congress
    delegate: Delegate
    delegation: Delegation | None = None

    @property
    def key(self) -> str:
        """The choice as forms carry it."""
        whose = f"g{self.delegation.pk}" if self.delegation else f"d{self.delegate.pk}"
        return f"{self.drive.pk}-{whose}"

    def __str__(self) -> str:
        return f"{self.drive} · {self.in_its_drive}"

    @property
    def in_its_drive(self) -> str:
        """Who proposes to which congress, where the drive is known."""
        who = f"{self.delegation}集体" if self.delegation else f"{self.delegate.person.name}（代表本人）"
        return f"{self.congress} · {who}"


def authorships(*, user: User, closed_days: int = 0) -> list[Authorship]:
    """Return every way in which the account may begin a proposal at the moment; none for who is no delegate.

    With `closed_days` also in drives that closed so many days ago: what was typed when a drive closed is still kept.
    """
    moment = timezone.now()
    drives = ProposalDrive.objects.filter(
        opens_on__lte=timezone.localdate(moment), closes_at__gt=moment - dt.timedelta(days=closed_days)
    )
    mandates = list(
        Delegate.objects.of(user, on=timezone.localdate(moment))
        .filter(seat__in=[Seat.DELEGATE, Seat.OBSERVER])
        .select_related("person", "congress")
    )
    if not mandates:
        return []
    by_congress = {mandate.congress_id: mandate for mandate in mandates}
    led = Delegation.objects.filter(Q(head__in=mandates) | Q(deputy__in=mandates)).select_related("congress")
    delegations: dict[int, list[Delegation]] = {}
    for delegation in led:
        delegations.setdefault(delegation.congress_id, []).append(delegation)
    sittings = (
        Sitting.objects.filter(congress__in=by_congress, session__drive__in=drives)
        .select_related("session__drive__session", "congress")
        .order_by("session__drive__closes_at", "congress__body", "pk")
    )
    found = []
    for sitting in sittings:
        drive, mandate = sitting.session.drive, by_congress[sitting.congress_id]
        if mandate.seat == Seat.DELEGATE or drive.observers_propose:
            found.append(Authorship(drive, sitting.congress, mandate))
        if drive.delegations_propose and mandate.seat == Seat.DELEGATE:
            found += [
                Authorship(drive, sitting.congress, mandate, delegation)
                for delegation in delegations.get(sitting.congress_id, ())
            ]
    return found


def open_drives(*, user: User, now: dt.datetime | None = None) -> Any:
    """Return the drives in which the account may begin a proposal at the moment, in one statement.

    Whoever proposes for a delegation is a delegate, so the delegations open none besides.
    """
    mandates = Delegate.objects.of(user).order_by()
    sittings = Sitting.objects.order_by()
    own = sittings.filter(congress__in=mandates.filter(seat=Seat.DELEGATE).values("congress"))
    watched = sittings.filter(congress__in=mandates.filter(seat=Seat.OBSERVER).values("congress"))
    wanted = Q(session__in=own.values("session")) | Q(observers_propose=True, session__in=watched.values("session"))
    return ProposalDrive.objects.running(now=now).filter(wanted).select_related("session").order_by("closes_at", "pk")


def judge_author(
    *,
    drive: ProposalDrive,
    congress: Congress,
    proposer: Delegate | None,
    delegation: Delegation | None,
    as_body: bool,
    on: dt.date,
) -> None:
    """Raise unless the author may propose to the body in this drive on the day."""
    if not Sitting.objects.filter(session=drive.session_id, congress=congress).exists():
        raise DomainError(
            f"“{congress}”不参加本次会议，请选择参加本次会议的大会。",
            field="congress",
        )
    if as_body:
        _judge_delegation(drive=drive, congress=congress, delegation=delegation, on=on)
    elif proposer is None:
        raise DomainError("请填写提案代表。", field="proposer")
    else:
        _judge_delegate(drive=drive, congress=congress, proposer=proposer, on=on)


def _judge_delegation(*, drive: ProposalDrive, congress: Congress, delegation: Delegation | None, on: dt.date) -> None:
    if not drive.delegations_propose:
        raise Refused("本次征集不接受代表团集体提案。", field="delegation")
    if delegation is None or delegation.congress_id != congress.pk:
        raise DomainError("请选择同一大会的代表团。", field="delegation")
    heads = [pk for pk in (delegation.head_id, delegation.deputy_id) if pk]
    if not Delegate.objects.filter(pk__in=heads).in_force(on=on).exists():
        raise Refused(
            f"{delegation}没有任期内的团长，请联系校工会指定。",
            field="delegation",
        )


def _judge_delegate(*, drive: ProposalDrive, congress: Congress, proposer: Delegate, on: dt.date) -> None:
    if proposer.congress_id != congress.pk:
        raise DomainError(
            f"{proposer.person.name}不是“{congress}”的代表。",
            field="proposer",
        )
    if not in_force(proposer, on=on):
        raise Refused(
            f"{proposer.person.name}的代表资格不在有效期内，不能提出提案；草稿已保留。",
            field="proposer",
        )
    if proposer.seat == Seat.GUEST or (proposer.seat == Seat.OBSERVER and not drive.observers_propose):
        raise Refused(
            f"本次征集只接受正式代表的提案，{proposer.person.name}是{proposer.get_seat_display()}。",
            field="proposer",
        )


def judge_author_of(proposal: Proposal) -> None:
    """Raise unless the proposal's author may propose today."""
    judge_author(
        drive=proposal.drive,
        congress=proposal.congress,
        proposer=proposal.proposer,
        delegation=proposal.delegation,
        as_body=proposal.as_body,
        on=timezone.localdate(),
    )


def in_force(mandate: Delegate, *, on: dt.date) -> bool:
    """Tell whether a mandate holds on the day."""
    return mandate.valid_from <= on and (mandate.valid_to is None or mandate.valid_to >= on)


def authors(proposal: Proposal) -> "list[Person]":
    """Return the people behind a proposal: its proposer, or head and deputy of the delegation."""
    if not proposal.as_body:
        return [proposal.proposer.person] if proposal.proposer else []
    delegation: Any = proposal.delegation
    return [one.person for one in (delegation.head, delegation.deputy) if one] if delegation else []
