"""A person's memberships: looked at below the person, changed by steps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase

from members.memberships import forms as memberships_forms
from members.memberships import services
from members.memberships.enums import MembershipStart
from members.memberships.models import Membership
from members.people.enums import MembershipState
from members.people.models import Person
from union_portal.base.admin import EpisodeInline, object_action


class MembershipInline(EpisodeInline):
    model = Membership
    fields = ("valid_from", "valid_to", "state", "began_by", "ended_by", "counterpart", "document")
    ordering = ("-valid_from",)


def _alive(person: Person) -> bool:
    return person.died_on is None


def _state(person: Person) -> str | None:
    return getattr(person, "membership_state_on", None)


def _admit(*, counterpart: str, **values: Any) -> None:
    way = MembershipStart.TRANSFERRED_IN if counterpart else MembershipStart.JOINED
    services.admit(way=way, counterpart=counterpart, **values)


def _step(
    name: str,
    service: Callable[..., Any],
    form: type[forms.Form],
    *,
    done: str,
    permission: str = "members.change_person",
    **options: Any,
) -> Callable[..., HttpResponseBase]:
    """Return a step of the person's page: what the form asks goes to the service, `done` says what came of it."""

    def perform(_self: Any, _request: HttpRequest, subject: Person, **values: Any) -> str:
        service(person=subject, **values)
        return done.format(name=subject.name, **values)

    perform.__name__ = name
    return object_action(permission=permission, form=form, **options)(perform)


class MembershipSteps:
    """Mixed into the person's page."""

    admit_member = _step(
        "admit_member",
        _admit,
        memberships_forms.AdmitForm,
        description="办理入会",
        done="{name}自 {on} 起为会员。",
        permission="members.add_membership",
        offered=lambda person: _alive(person) and _state(person) is None,
        icon="person_add",
        primary=True,
    )
    transfer_out_member = _step(
        "transfer_out_member",
        services.transfer_out,
        memberships_forms.TransferOutForm,
        description="转出会籍",
        done="{name}的会籍于 {on} 终止。",
        offered=_state,
        icon="logout",
    )
    retire_member = _step(
        "retire_member",
        services.retire,
        memberships_forms.RetireForm,
        description="办理退休",
        done="已登记{name}于 {on} 退休。",
        offered=lambda person: _alive(person) and person.retired_on is None,
        icon="elderly",
    )
    resume_membership = _step(
        "resume_membership",
        services.resume,
        memberships_forms.ResumeForm,
        description="恢复会籍",
        done="{name}自 {on} 起为会员。",
        offered=lambda person: _alive(person) and _state(person) == MembershipState.RETAINED,
        icon="restart_alt",
    )
    leave_union = _step(
        "leave_union",
        services.leave,
        memberships_forms.LeaveForm,
        description="办理退会",
        done="{name}的会籍于 {on} 终止。",
        offered=_state,
        icon="person_remove",
    )
    record_death_of = _step(
        "record_death_of",
        services.record_death,
        memberships_forms.DeathForm,
        description="登记去世",
        done="已登记{name}去世。",
        confirmation=lambda _admin, _request, person: f"{person.name}的会籍、所属分工会、工会任职和账号于该日终止。",
        offered=_alive,
        icon="deceased",
        grave=True,
    )
