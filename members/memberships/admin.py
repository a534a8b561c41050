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
from members.memberships.renderers import transfer_letter, transferred
from members.memberships.services import asides, corrections, renaming, steps
from members.memberships.services.foretelling import Ahead, foretell
from members.people.enums import OWN, MembershipState, PersonKind
from members.people.models import Person
from members.people.services import change_person
from union_portal.accounts.enums import Access
from union_portal.accounts.models import User
from union_portal.accounts.services import log_access
from union_portal.base.admin import object_action
from union_portal.base.admin.looking import SEALED


def alive(person: Person) -> bool:
    """Whether there are steps for the person at all: a death leaves but its correction."""
    return person.died_on is None


def _state(person: Person) -> str | None:
    return getattr(person, "membership_state_on", None)


def _place(person: Person) -> str:
    branch = getattr(person, "branch_name_on", None)
    return f"属于{branch}" if branch else "不属于任何分工会"


def gone(person: Person) -> bool:
    """Whether the person has died, or has gone to another union."""
    if not alive(person):
        return True
    last = None if _state(person) else person.memberships.order_by("-valid_from").first()
    return last is not None and steps.gone(last.valid_to, last.ended_by, on=_today())


def _ours(person: Person) -> bool:
    """Whether the person belongs to the school: alive, of its people, and not gone to another union."""
    return person.kind != PersonKind.KIN and not gone(person)


def _may_join(person: Person) -> bool:
    return alive(person) and person.kind != PersonKind.KIN and _state(person) is None


def _works(person: Person) -> bool:
    """Whether there is a retirement to record: of who has not retired, or works again with a membership resumed."""
    return person.retired_on is None or (_state(person) == MembershipState.ACTIVE and person.retired_on < _today())


def _today() -> dt.date:
    return timezone.localdate()


def _item(request: HttpRequest) -> str:
    return request.GET.get("item", "")


def _beside_what_is_left(_person: Person) -> bool:
    """No button: the way to it stands beside each thing that is left."""
    return False


def _admit(*, person: Person, counterpart: str, actor: User, **values: Any) -> None:
    """Complete the numbers that were told, and begin the membership."""
    numbers = {name: values.pop(name) for name in ("mobile", "identity_number", "bank_card") if name in values}
    if told := {name: value for name, value in numbers.items() if value}:
        change_person(person=person, **told)
    way = MembershipStart.TRANSFERRED_IN if counterpart else MembershipStart.JOINED
    steps.admit(person=person, way=way, counterpart=counterpart, actor=actor, **values)


def _said(request: HttpRequest, words: str, ahead: Ahead | None) -> str:
    """Return what a step says: all that follows while it is looked at, how much is left to do once it is taken."""
    if ahead is None:
        return words
    if SEALED not in request.POST:
        return f"{words}\n{ahead}"
    left = len(foretell(person=ahead.person, change=ahead.change, on=ahead.on, taken=True).open)
    return f"{words}还有 {left:,} 项须接着办理，列在下面。" if left else words


def _step(
    name: str,
    service: Callable[..., Any],
    form: type[forms.Form] | Callable[..., Any],
    *,
    done: str,
    permission: str = "members.change_person",
    change: MembershipChange | None = None,
    **options: Any,
) -> Callable[..., HttpResponseBase]:
    """Return a step of the person's page: what the form asks goes to the service, `done` says what came of it.

    Every step is first looked at; one with a `change` says then what it ends and what is left to do.
    """

    def perform(_self: Any, request: HttpRequest, subject: Person, **values: Any) -> str:
        ahead = foretell(person=subject, change=change, on=values["on"]) if change else None
        service(person=subject, actor=request.user, **values)
        return _said(request, done.format(who=subject, **values), ahead)

    perform.__name__ = name
    if change is not None:
        options.setdefault("confirmation", lambda *_parts: "下一步先列出随之终止和须另行办理的事项，请核对后确认。")
    return object_action(permission=permission, form=form, looked=True, **options)(perform)


class MembershipSteps:
    """Mixed into the person's page."""

    admit_member = _step(
        "admit_member",
        _admit,
        asking.admit_form,
        description="办理入会",
        done="{who}自 {on} 起为会员，属于{branch}。",
        permission="members.add_membership",
        initial=lambda person: {"branch": getattr(person, "branch_id_on", None)},
        offered=_may_join,
        icon="person_add",
    )

    @object_action(
        description="办理调动",
        permission="members.change_person",
        form=asking.TransferForm,
        confirmation=lambda _admin, _request, person: (
            f"{person.name}现{_place(person)}。下一步先列出随之终止和须另行办理的事项，请核对后确认。"
        ),
        offered=_ours,
        icon="move_up",
        looked=True,
    )
    def transfer_member(
        self,
        request: HttpRequest,
        subject: Person,
        *,
        where: str,
        on: dt.date,
        branch: Branch | None,
        counterpart: str,
        document: str,
    ) -> str:
        """Let the person belong to another branch from the day, or to another union after it."""
        user: Any = request.user
        if where == "branch" and branch is not None:
            ahead = foretell(person=subject, change=MembershipChange.MOVE, on=on)
            steps.move_to_branch(person=subject, branch=branch, on=on, document=document, actor=user)
            unit = f"单位仍登记为{subject.department}，有变动的请在人员页面修改。" if subject.department else ""
            return _said(request, f"{subject}自 {on} 起属于{branch}。{unit}", ahead)
        ahead = foretell(person=subject, change=MembershipChange.TRANSFER_OUT, on=on)
        steps.transfer_out(person=subject, on=on, counterpart=counterpart, document=document, actor=user)
        return _said(request, f"{subject}于 {on} 转往{counterpart}。会籍接转介绍信请在“办理”中打印。", ahead)

    retire_member = _step(
        "retire_member",
        steps.retire,
        asking.RetireForm,
        description="办理退休",
        done="登记{who}于 {on} 退休。",
        change=MembershipChange.RETIRE,
        offered=lambda person: _ours(person) and person.kind in OWN and _works(person),
        icon="elderly",
    )
    resume_membership = _step(
        "resume_membership",
        steps.resume,
        asking.ResumeForm,
        description="恢复会籍",
        done="{who}自 {on} 起为会员。",
        offered=lambda person: alive(person) and _state(person) == MembershipState.RETAINED,
        icon="restart_alt",
    )
    leave_union = _step(
        "leave_union",
        steps.leave,
        asking.LeaveForm,
        description="办理退会",
        done="{who}于 {on} 退会。",
        change=MembershipChange.LEAVE,
        offered=lambda person: alive(person) and _state(person),
        icon="person_remove",
    )

    rename_member = _step(
        "rename_member",
        renaming.rename,
        asking.RenameForm,
        description="办理更名",
        done="{who}自 {on} 起姓名为{name}；账号、名册和检索随之更改，已定稿的报告和已打印的表单不变。",
        offered=alive,
        icon="edit_note",
    )

    record_death_of = _step(
        "record_death_of",
        steps.record_death,
        asking.DeathForm,
        description="登记去世",
        done="登记{who}于 {on} 去世。",
        change=MembershipChange.DEATH,
        confirmation=lambda _admin, _request, person: (
            f"{person}的会籍、所属分工会、工会任职和账号于该日终止；下一步先列出随之终止的事项，请核对后确认。"
        ),
        offered=alive,
        icon="deceased",
        mourning=True,
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
        form=lambda _admin, request, person: partial(asking.CorrectForm, person=person, act=request.GET.get("act", "")),
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
        why: str,
        branch: Branch | None = None,
    ) -> str:
        """Correct what was recorded of the person."""
        user: Any = request.user
        done = corrections.correct(person=subject, act=act, how=how, why=why, on=on, branch=branch, actor=user)
        return str(done)

    @object_action(
        description="标为不适用",
        permission="members.change_person",
        form=lambda _admin, request, person: partial(asking.AsideForm, person=person, item=_item(request)),
        confirmation=lambda *_parts: "这一项不再列为待办，并留下原因、您的姓名和时间；以后可以重新列出。",
        offered=_beside_what_is_left,
        icon="do_not_disturb_on",
    )
    def set_end_aside(self, request: HttpRequest, subject: Person, *, item: str, why: str) -> str:
        """Say that something left after a step does not apply."""
        user: Any = request.user
        said = asides.set_aside(person=subject, item=item, why=why, actor=user)
        return f"已标为不适用：{said.words}。"

    @object_action(
        description="重新列出",
        permission="members.change_person",
        form=lambda _admin, request, person: partial(asking.LeftForm, person=person, item=_item(request), aside=True),
        confirmation=lambda *_parts: "这一项重新列为待办；此前的登记保留。",
        offered=_beside_what_is_left,
        icon="undo",
    )
    def list_end_again(self, request: HttpRequest, subject: Person, *, item: str) -> str:
        """Say that it must be seen to after all."""
        user: Any = request.user
        said = asides.list_again(person=subject, item=item, actor=user)
        return f"已重新列出：{said.words}。"
