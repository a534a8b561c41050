"""People on the staff desk: found by pinyin, shown with their episodes, changed through services."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from members.batches.admin import ManySteps
from members.cohorts.admin import CohortStep
from members.kin.admin import KinStep
from members.kin.models import Kinship
from members.memberships.admin import MembershipSteps, gone
from members.memberships.enums import MembershipStart
from members.memberships.portal import left_to_do, register_entries
from members.people import services
from members.people.enums import OWN, Employment, MembershipState, PersonKind
from members.people.models import Person
from members.people.querysets import employment_on
from members.register.admin import choosing, filters
from members.register.admin.account_steps import AccountSteps
from members.register.admin.roster import RosterExportMixin, roster_page
from members.register.admin.steps import RegisterSteps
from members.register.forms import NEW_PERSON, NewPersonForm, PersonForm
from members.register.services import joining
from union_portal.accounts.requests import account_of
from union_portal.base import portal
from union_portal.base.admin import PortalModelAdmin, adopt
from union_portal.base.admin.returning import back_from
from union_portal.base.identity import mask_bank_card, mask_identity, mask_mobile

_IDENTITY_LENGTH = 15


def _instead(fields: Any, shown: dict[str, str]) -> Any:
    """Return a fieldset's fields with others in the place of some."""
    return tuple(_instead(one, shown) if isinstance(one, tuple) else shown.get(one, one) for one in fields)


def _ahead(person: Person) -> str:
    """Say how and when the membership of today ends, or the work of who is no member; '' where nothing is recorded."""
    today = timezone.localdate()
    runs = person.memberships.in_force(on=today).filter(valid_to__isnull=False).first()
    if runs is not None:
        return f"{runs.valid_to} {runs.get_ended_by_display()}"
    return f"{person.retired_on} 退休" if person.retired_on and person.retired_on >= today else ""


@admin.register(Person)
class PersonAdmin(
    MembershipSteps,
    CohortStep,
    KinStep,
    RegisterSteps,
    AccountSteps,
    ManySteps,
    RosterExportMixin,
    PortalModelAdmin[Person],
):
    """The register."""

    list_display = ("name_shown", "staff_number", "branch_today", "membership_today", "employment_today", "department")
    export_also = ("gender", "post_category")
    search_fields = ("name",)
    search_help_text = "姓名、全拼、首字母、工号，或完整证件号码"
    list_filter = (
        filters.KindFilter,
        filters.BranchFilter,
        filters.MembershipFilter,
        filters.EmploymentFilter,
        "post_category",
        "gender",
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
        ("其他", {"fields": (("political_status", "marital_state"), ("retired_on", "retires_on"), "died_on", "note")}),
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
    readonly_fields = (
        "kind_today",
        "employment_today",
        "mobile_masked",
        "identity_kind",
        "identity_masked",
        "bank_masked",
        "died_on",
        "retired_on",
    )
    # A name changes by a step of its own, which says when and keeps the one before.
    fixed_fields = ("staff_number", "name")
    actions = ("admit_people", "move_people", "open_accounts")
    change_form_template = "members/register/person.html"
    actions_detail = (
        {
            "title": "办理",
            "items": [
                "admit_member",
                "transfer_member",
                "retire_member",
                "resume_membership",
                "leave_union",
                "record_death_of",
                "rename_member",
                "correct_entry",
                "set_end_aside",
                "list_end_again",
                "transfer_letter",
            ],
        },
        {
            "title": "资料",
            "items": [
                "reveal_numbers",
                "change_numbers",
                "add_place",
                "add_relative",
                "remove_relative",
                "correct_reading",
                "open_account",
            ],
        },
    )

    def get_urls(self) -> list[Any]:
        """Add the roster as of a day, and accounts for many."""
        roster = self.admin_site.admin_view(lambda request: roster_page(self, request))
        codes = self.admin_site.admin_view(self.codes_view)
        return [
            path("roster/", roster, name="members_person_roster"),
            path("codes/", codes, name="members_person_codes"),
            *choosing.pages(self),
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
        return super().get_form(request, obj, change, **{"form": PersonForm if change else NewPersonForm, **kwargs})

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """Lay the form of a new person out by itself; what is only shown is shown as it is today.

        A known retirement decides the kind.
        """
        if obj is None:
            return NEW_PERSON
        shown = {}
        if obj.retired_on is not None and obj.kind in OWN:
            shown["kind"] = "kind_today"
        if gone(obj) or not self.has_change_permission(request, obj):
            shown["employment"] = "employment_today"
        laid = super().get_fieldsets(request, obj)
        return [(name, {**part, "fields": _instead(part["fields"], shown)}) for name, part in laid]

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """Hide nothing of a new person's numbers from who types them; leave whoever is gone as they were."""
        if obj is None:
            return ()
        shown = super().get_readonly_fields(request, obj)
        return [*shown, *flatten_fieldsets(self.fieldsets)] if gone(obj) else shown

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        """Begin with somebody who joins today: most who are entered by hand do."""
        joins = {"membership": MembershipStart.JOINED, "joined_on": timezone.localdate().isoformat()}
        return {**joins, **super().get_changeform_initial_data(request)}

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
        step, to_do = left_to_do(user, subject)
        return {
            "person": subject,
            "after_step": step,
            "to_do": to_do,
            "state_today": self.membership_today(subject),
            "ahead": _ahead(subject),
            "episodes": portal.person_episodes(user, subject.pk),
            "entries": register_entries(user, subject),
            "links": portal.person_links(user, subject.pk),
            "relatives": self._relatives(request, subject),
        }

    def _relatives(self, request: HttpRequest, subject: Person) -> list[Kinship]:
        if not request.user.has_perm("members.view_kinship"):
            return []
        return list(Kinship.objects.visible_to(account_of(request)).filter(person=subject).select_related("related"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Ask above the form of a new person first whether the register has them."""
        if context.get("original") is None:
            form = choosing.choosing_form(request, "admit_member")
            context |= {"known": form, "media": context["media"] + form.media}
            # Saved either way, the new person's page follows.
            context |= {
                "show_save_and_continue": False,
                "title": "入会登记",
                "known_address": reverse("admin:members_person_do_admit_member"),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request: HttpRequest, obj: Person) -> Any:
        """End on the page of whoever was entered, with what can be done next."""
        return back_from(request) or redirect("admin:members_person_change", obj.pk)

    def save_model(self, request: HttpRequest, obj: Person, form: forms.Form, change: bool) -> None:
        """Register or change through the services."""
        if not change:
            given = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
            adopt(obj, joining.register(actor=account_of(request), **given))
            return
        details: Any = {name: form.cleaned_data[name] for name in form.changed_data}
        adopt(obj, services.change_person(person=Person.objects.get(pk=obj.pk), **details))

    @admin.display(description="姓名", ordering="pinyin_key")
    def name_shown(self, person: Person) -> str:
        return person.name

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

    @admin.display(description="类别")
    def kind_today(self, person: Person) -> str:
        """Say who somebody is today, as lists and counts do."""
        kind = Person.objects.filter(pk=person.pk).with_kind(on=timezone.localdate()).values_list("kind_on", flat=True)
        return str(PersonKind(kind.get()).label)

    @admin.display(description="手机")
    def mobile_masked(self, person: Person) -> str:
        return mask_mobile(person.mobile) or "—"

    @admin.display(description="证件号码")
    def identity_masked(self, person: Person) -> str:
        return mask_identity(person.identity_number) or "—"

    @admin.display(description="银行卡号")
    def bank_masked(self, person: Person) -> str:
        return mask_bank_card(person.bank_card) or "—"
