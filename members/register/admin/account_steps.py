"""Accounts for many at once: opened from a branch or a selection, with one-time codes on a list to cut up."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from members.branches.models import Branch
from members.people import services
from members.people.models import Person
from members.register.forms import CodesForm
from union_portal.accounts.models import User
from union_portal.accounts.services import issue_codes
from union_portal.base.admin import dress

ISSUE = "accounts.issue_code"


def waiting_people(user: Any, *, branch: Branch | None = None, keys: "list[int] | None" = None) -> "QuerySet[Person]":
    """Return the living people with a staff number who never signed in, of a branch or a selection.

    Who has a role is left out: letting somebody into such an account takes two, on its own page.
    """
    people: Any = Person.objects.visible_to(user).filter(died_on=None, staff_number__isnull=False)
    if branch is not None:
        people = people.in_branch(Branch.objects.with_groups(branch.pk), on=timezone.localdate())
    if keys is not None:
        people = people.filter(pk__in=keys)
    found: QuerySet[Person] = people.filter(user__last_login=None).exclude(user__is_active=False)
    return found.exclude(user__in=User.objects.entrusted())


class AccountSteps:
    """Mixed into the people's list."""

    admin_site: Any
    opts: Any

    def has_codes_permission(self, request: HttpRequest) -> bool:
        """Ask the rules for accounts and codes, and for the register."""
        wanted = (ISSUE, "accounts.add_user", "members.open_accounts")
        return all(request.user.has_perm(name) for name in wanted)

    @admin.action(description="开通账号并发放一次性登录码", permissions=["codes"])
    def open_accounts(self, _request: HttpRequest, queryset: "QuerySet[Person]") -> HttpResponseBase:
        """Go on with the page that says what will happen."""
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True))
        return redirect(f"{reverse('admin:members_person_codes')}?people={keys}")

    def codes_view(self, request: HttpRequest) -> HttpResponseBase:
        """Choose a branch (or come with a selection), confirm, and print the codes; they are shown once."""
        if not self.has_codes_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        form = CodesForm(asked or None, user=request.user)
        dress(form)
        chosen = bool(asked) and form.is_valid()
        people = waiting_people(request.user, **form.cleaned_data) if chosen else Person.objects.none()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "开通账号并发放一次性登录码",
            "form": form,
            "chosen": chosen,
            "confirmation": _codes_sentence(people) if chosen else "",
            "back": reverse("admin:members_person_changelist"),
        }
        if request.method == "POST" and chosen and isinstance(request.user, User):
            return TemplateResponse(request, "members/register/codes.html", context | self._issue(people, request.user))
        return TemplateResponse(request, "members/register/open_accounts.html", context)

    @transaction.atomic
    def _issue(self, people: "QuerySet[Person]", actor: User) -> dict[str, Any]:
        today = timezone.localdate()
        keys = list(people.values_list("pk", flat=True))
        made = services.link_accounts(people=Person.objects.filter(pk__in=keys))
        codes = issue_codes(users=User.objects.filter(person__in=keys, is_active=True), issued_by=actor)
        rows: Any = Person.objects.filter(user__in=codes).with_branch(on=today)
        by_account = {user.pk: code for user, code in codes.items()}
        return {
            "made": made,
            "count": len(codes),
            "rows": [
                {"person": person, "code": by_account[person.user_id]}
                for person in rows.order_by("branch_name_on", "pinyin_key", "pk")
            ],
        }


def _codes_sentence(people: "QuerySet[Person]") -> str:
    count, fresh = people.count(), people.filter(user=None).count()
    return f"将为 {count:,} 名从未登录的人员发放一次性登录码，其中 {fresh:,} 人新开账号；此前发放的登录码随即失效。"
