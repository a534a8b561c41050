"""A new officer in one page: who, what, from when to when; what follows is said before anything is saved."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from members.people.models import Person
from union_portal.accounts.enums import SECOND_PEOPLE, AskedStep, Role
from union_portal.accounts.models import User
from union_portal.accounts.requests import staff_of
from union_portal.base.admin import add_refusal, dress
from union_portal.base.admin.picking import picked_as
from union_portal.base.asked import keys_in
from union_portal.base.errors import DomainError
from union_portal.base.forms import ReasonForm
from union_portal.home.officers.forms import MAILED, PRINTED, OfficerForm, candidates
from union_portal.home.officers.portal import GIVE, officer_page
from union_portal.home.officers.services import (
    NewOfficer,
    chair_asked,
    make_officer,
    needs_a_role,
    needs_no_role,
    said_of,
)

OFFERED = 20
_CODES = {PRINTED: AskedStep.CODE, MAILED: AskedStep.MAILED_CODE}


def _giver(request: HttpRequest) -> User:
    user = staff_of(request)
    if not user.has_perm(GIVE):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "POST"])
@never_cache
def officer(request: HttpRequest) -> HttpResponseBase:
    """Ask, say what will follow, then do it; the code, if there is one, is shown once."""
    user = _giver(request)
    form = OfficerForm(request.POST or None, with_code=user.is_superuser, initial=_told_by(request))
    dress(form)
    context = {
        **admin.site.each_context(request),
        "title": "新任干部",
        "form": form,
        "alone": user.is_superuser,
        "office": chair_asked(request.GET.get("office")),
    }
    if request.method == "POST" and form.is_valid():
        if "sure" not in request.POST:
            context["confirmation"] = _sentence(user, form.cleaned_data)
        elif (made := _made(user, form)) is not None:
            return TemplateResponse(request, "home/officers/made.html", context | _told(made))
    return TemplateResponse(request, "home/officers/officer.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@never_cache
def officer_aside(request: HttpRequest, office: int) -> HttpResponseBase:
    """Say with a reason that a chair in office needs no role of the desk, or that one is needed after all."""
    user = _giver(request)
    chair = chair_asked(office)
    if chair is None:
        raise Http404
    said = said_of(chair)
    asked: type[forms.Form] = ReasonForm if said is None else forms.Form
    form = asked(request.POST if request.method == "POST" else None)
    dress(form)
    if request.method == "POST" and form.is_valid():
        try:
            if said is None:
                needs_no_role(office=chair, why=form.cleaned_data["reason"], actor=user)
            else:
                needs_a_role(office=chair, actor=user)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, f"{chair.person.name}{'已标为不需要角色' if said is None else '已重新列出'}。")
            return redirect("admin:index")
    context = {
        **admin.site.each_context(request),
        "title": f"{chair.term.branch}主席{chair.person.name}：{'不需要角色' if said is None else '重新列出'}",
        "verb": "标为不适用" if said is None else "重新列出",
        "form": form,
        "media": form.media,
        "confirmation": (
            "不再列为待办，并留下原因、您的姓名和时间；以后可以重新列出。没有角色，就不能在工作台办理本分工会的事。"
            if said is None
            else f"{said.actor or '系统'}于 {timezone.localdate(said.at)} 标为不适用：{said.reason}。将重新列为待办。"
        ),
        "back": officer_page(chair),
    }
    return TemplateResponse(request, "base/admin/action.html", context, status=422 if form.errors else 200)


@require_GET
def officer_candidates(request: HttpRequest) -> JsonResponse:
    """Answer the picker with those whom the words name: name, staff number, branch."""
    _giver(request)
    words = request.GET.get("term", "").strip()
    people: Any = candidates()
    found = people.search(words).nearest(words)[:OFFERED] if words else []
    results = [{"id": str(one.pk), "text": picked_as(one)} for one in found]
    return JsonResponse({"results": results, "pagination": {"more": False}})


def _told_by(request: HttpRequest) -> dict[str, Any]:
    """Return what the address fills in; whatever it says is checked with the rest of the form."""
    return {
        "person": next(iter(keys_in(request.GET.getlist("person"))), None),
        "roles": request.GET.getlist("roles"),
        "branches": keys_in(request.GET.getlist("branches")),
        "document": request.GET.get("document", ""),
    }


def _made(user: User, form: OfficerForm) -> NewOfficer | None:
    told = dict(form.cleaned_data)
    told["roles"] = [Role(value) for value in told["roles"]]
    told["code"] = _CODES.get(told.get("code") or "")
    try:
        return make_officer(**told, actor=user)
    except DomainError as error:
        add_refusal(form, error)
        return None


def _sentence(user: User, told: dict[str, Any]) -> str:
    person: Person = told["person"]
    roles = "、".join(Role(value).label for value in told["roles"])
    branches = "、".join(branch.name for branch in told["branches"])
    days = f"自 {told['valid_from']} 起" + (f"至 {told['valid_to']}" if told["valid_to"] else "")
    opens = "" if person.user_id else f"将为{person.name}开通账号；"
    given = f"{days}，{picked_as(person)} 担任{roles}{f'（{branches}）' if branches else ''}"
    if user.is_superuser:
        code = {PRINTED: "登录码将显示一次。", MAILED: f"登录码将发送到 {person.email}。"}.get(
            told.get("code") or "", ""
        )
        return f"{opens}{given}，立即生效。{code}"
    second = [str(one) for one in User.objects.holding(*SECOND_PEOPLE).exclude(pk__in=[user.pk, person.user_id or 0])]
    who = (
        f"由{'、'.join(second[:3])}{'等' if len(second) > 3 else ''}确认后生效" if second else "目前没有第二人可以确认"
    )
    return f"{opens}{given}，{who}。"


def _told(made: NewOfficer) -> dict[str, Any]:
    waiting = [role for role in made.roles if role.is_waiting]
    return {
        "officer": made.user,
        "roles": made.roles,
        "code": made.code,
        "waiting": bool(waiting),
        "signs_in": made.user.last_login is not None,
        "account": reverse("admin:accounts_user_change", args=[made.user.pk]),
        "roles_page": reverse("admin:accounts_roleassignment_changelist"),
    }
