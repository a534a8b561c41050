"""A person's memberships: looked at below the person, changed and corrected by steps."""

import datetime as dt
import io
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.utils import timezone

from members.branches.models import Branch
from members.memberships import forms as asking
from members.memberships.enums import MembershipChange, MembershipStart
from members.memberships.models import Membership
from members.memberships.renderers import transfer_letter, transferred
from members.memberships.services import corrections, steps
from members.memberships.services.foretelling import foretell
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.accounts.enums import Access
from union_portal.accounts.services import log_access
from union_portal.base.admin import EpisodeInline, object_action


class MembershipInline(EpisodeInline):
    model = Membership
    fields = ("valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
    ordering = ("-valid_from",)


def alive(person: Person) -> bool:
    """Whether there are steps for the person at all: a death leaves but its correction."""
    return person.died_on is None


def _state(person: Person) -> str | None:
    return getattr(person, "membership_state_on", None)


def _works(person: Person) -> bool:
    """Whether there is a retirement to record: of who has not retired, or works again with a membership resumed."""
    return person.retired_on is None or (_state(person) == MembershipState.ACTIVE and person.retired_on < _today())


def _today() -> dt.date:
    return timezone.localdate()


def _admit(*, counterpart: str, **values: Any) -> None:
    way = MembershipStart.TRANSFERRED_IN if counterpart else MembershipStart.JOINED
    steps.admit(way=way, counterpart=counterpart, **values)


def _step(
    name: str,
    service: Callable[..., Any],
    form: type[forms.Form],
    *,
    done: str,
    permission: str = "members.change_person",
    change: MembershipChange | None = None,
    **options: Any,
) -> Callable[..., HttpResponseBase]:
    """Return a step of the person's page: what the form asks goes to the service, `done` says what came of it.

    A step that ends something is first looked at: what it ends stands in `done` as `{ahead}`.
    """

    def perform(_self: Any, request: HttpRequest, subject: Person, **values: Any) -> str:
        ahead = foretell(person=subject, change=change, on=values["on"]) if change else None
        service(person=subject, actor=request.user, **values)
        return done.format(name=subject, ahead=ahead, **values)

    perform.__name__ = name
    if change is not None:
        options.setdefault("confirmation", lambda *_parts: "下一步先列出随之终止和须另行办理的事项，请核对后确认。")
    return object_action(permission=permission, form=form, looked=change is not None, **options)(perform)


class MembershipSteps:
    """Mixed into the person's page."""

    admit_member = _step(
        "admit_member",
        _admit,
        asking.AdmitForm,
        description="办理入会",
        done="{name}自 {on} 起为会员。",
        permission="members.add_membership",
        offered=lambda person: alive(person) and _state(person) is None,
        icon="person_add",
        primary=True,
    )
    move_to_branch = _step(
        "move_to_branch",
        steps.move_to_branch,
        asking.MoveForm,
        description="调整分工会",
        done="{name}自 {on} 起属于{branch}：{ahead}。",
        change=MembershipChange.MOVE,
        offered=alive,
        icon="move_up",
    )
    transfer_out_member = _step(
        "transfer_out_member",
        steps.transfer_out,
        asking.TransferOutForm,
        description="转出会籍",
        done="{name}于 {on} 转往{counterpart}：{ahead}。会籍接转介绍信请在“会籍”中打印。",
        change=MembershipChange.TRANSFER_OUT,
        offered=lambda person: alive(person) and _state(person),
        icon="logout",
    )
    retire_member = _step(
        "retire_member",
        steps.retire,
        asking.RetireForm,
        description="办理退休",
        done="登记{name}于 {on} 退休：{ahead}。",
        change=MembershipChange.RETIRE,
        offered=lambda person: alive(person) and _works(person),
        icon="elderly",
    )
    resume_membership = _step(
        "resume_membership",
        steps.resume,
        asking.ResumeForm,
        description="恢复会籍",
        done="{name}自 {on} 起为会员。",
        offered=lambda person: alive(person) and _state(person) == MembershipState.RETAINED,
        icon="restart_alt",
    )
    leave_union = _step(
        "leave_union",
        steps.leave,
        asking.LeaveForm,
        description="办理退会",
        done="{name}于 {on} 退会：{ahead}。",
        change=MembershipChange.LEAVE,
        offered=lambda person: alive(person) and _state(person),
        icon="person_remove",
    )

    record_death_of = _step(
        "record_death_of",
        steps.record_death,
        asking.DeathForm,
        description="登记去世",
        done="登记{name}于 {on} 去世：{ahead}。",
        change=MembershipChange.DEATH,
        confirmation=lambda _admin, _request, person: (
            f"{person}的会籍、所属分工会、工会任职和账号于该日终止；下一步先列出随之终止的事项，请核对后确认。"
        ),
        offered=alive,
        icon="deceased",
        grave=True,
    )

    @object_action(
        description="打印会籍接转介绍信",
        permission="members.change_person",
        offered=lambda person: alive(person) and transferred(person) is not None,
        icon="print",
    )
    def transfer_letter(self, request: HttpRequest, subject: Person) -> FileResponse:
        """Give the letter of the last transfer as PDF; logged."""
        made = transfer_letter(subject)
        user: Any = request.user
        log_access(user=user, action=Access.PRINT, kind="members.membership", subject=str(subject.pk), rows=1)
        name = f"会籍接转介绍信-{subject.name}.pdf"
        return FileResponse(io.BytesIO(made.pdf), filename=name, content_type="application/pdf")

    @object_action(
        description="更正登记",
        permission="members.change_person",
        form=lambda _admin, _request, person: partial(asking.CorrectForm, person=person),
        confirmation=lambda _admin, _request, _person: (
            "更正作为新的登记保留在历年记录中，原登记不删除；随原登记终止的会籍、分工会、任职和账号一并恢复，"
            "已恢复和未恢复的逐项列出，并留在历年记录中。"
        ),
        offered=lambda person: bool(corrections.acts(person)),
        icon="undo",
        looked=True,
    )
    def correct_entry(
        self,
        request: HttpRequest,
        subject: Person,
        *,
        act: str,
        how: str,
        on: dt.date | None,
        branch: Branch | None,
        why: str,
    ) -> str:
        """Correct what was recorded of the person."""
        user: Any = request.user
        done = corrections.correct(person=subject, act=act, how=how, why=why, on=on, branch=branch, actor=user)
        return str(done)
