"""People on the staff desk: found by pinyin, shown with their episodes, changed through services."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone

from members.branches.admin import AssignmentInline, OfficeInline
from members.cohorts.admin import CohortInline, CohortStep
from members.kin.admin import KinInline, KinStep
from members.memberships.admin import MembershipInline, MembershipSteps
from members.memberships.portal import register_entries
from members.people import services
from members.people.enums import Employment, MembershipState
from members.people.models import Person
from members.people.querysets import employment_on
from members.register.admin import filters
from members.register.admin.account_steps import AccountSteps
from members.register.admin.roster import RosterStep, roster_page
from members.register.admin.steps import RegisterSteps
from members.register.forms import NEW_PERSON, NewPersonForm
from members.register.services import joining
from union_portal.accounts.requests import account_of
from union_portal.base import portal
from union_portal.base.admin import PortalModelAdmin, adopt
from union_portal.base.identity import mask_bank_card, mask_identity, mask_mobile

_IDENTITY_LENGTH = 15


@admin.register(Person)
class PersonAdmin(
    MembershipSteps,
    CohortStep,
    KinStep,
    RegisterSteps,
    AccountSteps,
    RosterStep,
    PortalModelAdmin[Person],
):
    """The register."""

    list_display = (
        "staff_number",
        "name",
        "gender",
        "branch_today",
        "membership_today",
        "employment_today",
        "post_category",
        "department",
    )
    list_display_links = ("staff_number", "name")
    search_fields = ("name",)
    search_help_text = "姓名、全拼、首字母、工号，或完整证件号码"
    list_filter = (
        filters.BranchFilter,
        filters.MembershipFilter,
        filters.EmploymentFilter,
        "post_category",
        "gender",
        filters.KindFilter,
        filters.CohortFilter,
        filters.BirthMonthFilter,
    )
    fieldsets = (
        (None, {"fields": (("staff_number", "name"), ("kind", "gender"), ("birth_date", "ethnicity"))}),
        (
            "工作",
            {
                "fields": (
                    ("department", "professional_title"),
                    ("employment", "post_category"),
                    ("first_work_on", "teaching_since"),
                    "employed_on",
                )
            },
        ),
        ("人员", {"fields": (("political_status", "marital_state"), ("retired_on", "retires_on"), "died_on", "note")}),
        (
            "联系方式、证件与银行卡",
            {
                "fields": (
                    ("mobile_masked", "email"),
                    ("identity_kind", "identity_masked"),
                    ("bank_masked", "bank_name"),
                )
            },
        ),
    )
    readonly_fields = ("mobile_masked", "identity_kind", "identity_masked", "bank_masked", "died_on", "retired_on")
    fixed_fields = ("staff_number",)
    inlines = (MembershipInline, AssignmentInline, OfficeInline, CohortInline, KinInline)
    actions = ("open_accounts",)
    actions_list = ("export_people",)
    change_form_template = "members/register/person.html"
    actions_detail = (
        "admit_member",
        "move_to_branch",
        "reveal_numbers",
        "change_numbers",
        {
            "title": "会籍",
            "items": [
                "transfer_out_member",
                "transfer_letter",
                "retire_member",
                "resume_membership",
                "leave_union",
                "record_death_of",
                "correct_entry",
            ],
        },
        {"title": "其他", "items": ["add_place", "add_relative", "remove_relative", "correct_reading", "open_account"]},
    )

    def get_urls(self) -> list[Any]:
        """Add the roster as of a day, and accounts for many."""
        roster = self.admin_site.admin_view(lambda request: roster_page(self, request))
        codes = self.admin_site.admin_view(self.codes_view)
        return [
            path("roster/", roster, name="members_person_roster"),
            path("codes/", codes, name="members_person_codes"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Add where everybody stands today."""
        today = timezone.localdate()
        people: Any = super().get_queryset(request)
        found: QuerySet[Person] = people.with_branch(on=today).with_membership(on=today)
        return found.annotate(employment_now=employment_on(today))

    def get_form(self, request: HttpRequest, obj: Person | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Ask for a new person everything at once."""
        return super().get_form(request, obj, change, **({} if change else {"form": NewPersonForm}), **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """Lay the form of a new person out by itself."""
        return NEW_PERSON if obj is None else super().get_fieldsets(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """Hide nothing of a new person's numbers from who types them."""
        return super().get_readonly_fields(request, obj) if obj is not None else ()

    def is_mourning(self, subject: Person) -> bool:
        """Keep red out of sight once somebody has died."""
        return subject.died_on is not None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        """Search by pinyin, and by the exact identity number for who may."""
        people: Any = queryset
        text = search_term.strip()
        if len(text) >= _IDENTITY_LENGTH and request.user.has_perm("members.find_by_identity"):
            return people.with_identity(text), False
        if not text:
            return queryset, False
        found = people.search(text)
        return (found if "o" in request.GET else found.nearest(text)), False

    def above_form(self, request: HttpRequest, subject: Person) -> dict[str, Any]:
        """Put the person's life in one line of episodes above the form, with the other apps' pages."""
        user = account_of(request)
        return {
            "person": subject,
            "state_today": self.membership_today(subject),
            "ahead": subject.retired_on if subject.retired_on and subject.retired_on >= timezone.localdate() else None,
            "episodes": portal.person_episodes(user, subject.pk),
            "entries": register_entries(user, subject.pk),
            "links": portal.person_links(user, subject.pk),
        }

    def save_model(self, request: HttpRequest, obj: Person, form: forms.Form, change: bool) -> None:
        """Register or change through the services."""
        if not change:
            given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
            adopt(obj, joining.register(actor=account_of(request), **given))
            return
        names = [name for name in form.changed_data if name != "name"]
        details: Any = {name: form.cleaned_data[name] for name in names}
        name = form.cleaned_data.get("name")
        adopt(obj, services.change_person(person=Person.objects.get(pk=obj.pk), name=name, **details))

    @admin.display(description="分工会", ordering="branch_name_on")
    def branch_today(self, person: Any) -> str:
        return person.branch_name_on or "—"

    @admin.display(description="会籍", ordering="membership_state_on")
    def membership_today(self, person: Any) -> Any:
        state = person.membership_state_on
        return MembershipState(state).label if state else "非会员"

    @admin.display(description="用工形式", ordering="employment")
    def employment_today(self, person: Any) -> str:
        return Employment(person.employment_now).label if person.employment_now else "—"

    @admin.display(description="手机")
    def mobile_masked(self, person: Person) -> str:
        return mask_mobile(person.mobile) or "—"

    @admin.display(description="证件号码")
    def identity_masked(self, person: Person) -> str:
        return mask_identity(person.identity_number) or "—"

    @admin.display(description="银行卡号")
    def bank_masked(self, person: Person) -> str:
        return mask_bank_card(person.bank_card) or "—"
