"""Committees with their members and terms, their meetings, and what those reviewed and decided."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, Count, Q, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from congress.bodies.admin import PLAIN_STYLES, RunByUserAdmin, actor
from congress.bodies.querysets import in_force
from congress.committees import services as committees
from congress.committees.enums import CommitteePost, Handling
from congress.committees.forms import CommitteeForm, LeaveForm, ReviewedDocumentForm, SeatForm
from congress.committees.models import Committee, CommitteeSeat, Meeting, ReviewedDocument
from congress.regulations.models import Regulation
from members.people.models import Person
from union_portal.base.admin import PortalModelAdmin, ReadOnlyModelAdmin, adopt, display, object_action


class StandingFilter(admin.SimpleListFilter):
    """Committees in office, or those whose term is over."""

    title = "任期"
    parameter_name = "term"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:  # noqa: ARG002
        """Offer both."""
        return [("now", "在任"), ("over", "届满")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow the list."""
        rows: Any = queryset
        if self.value() == "now":
            standing: QuerySet[Any] = rows.standing(on=timezone.localdate())
            return standing
        return queryset.filter(ends_on__lt=timezone.localdate()) if self.value() == "over" else queryset


def _seated(committee: Committee) -> list[CommitteeSeat]:
    """Return the seats as a list of names is read: those in office first, chair before members, else as elected."""
    rank = {post: place for place, post in enumerate(CommitteePost)}
    seats = committee.seats.select_related("person").order_by("valid_to", "pk")
    return sorted(seats, key=lambda seat: (seat.valid_to is not None, rank[CommitteePost(seat.post)]))


@admin.register(Committee)
class CommitteeAdmin(RunByUserAdmin, PortalModelAdmin[Committee]):
    """委员会."""

    form = CommitteeForm
    list_display = ("name", "kind", "began_on", "ends_on", "members_today", "meetings_held")
    list_filter = (StandingFilter, "kind", "congress")
    search_fields = ("name",)
    fields = (
        ("kind", "name"),
        ("congress", "branch"),
        ("began_on", "ends_on"),
        ("quorum_numerator", "quorum_denominator"),
    )
    change_form_outer_before_template = "congress/committees/admin/committee.html"
    actions_detail = ("give_seat",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Committee]:
        """Count members and meetings with the list."""
        now = in_force("seats__", on=timezone.localdate())
        return (
            super()
            .get_queryset(request)
            .annotate(
                seats_now=Count("seats", filter=Q(now), distinct=True), meetings_all=Count("meetings", distinct=True)
            )
        )

    @admin.display(description="现任委员", ordering="seats_now")
    def members_today(self, row: Any) -> int:
        """Count them."""
        return int(row.seats_now)

    @admin.display(description="委员会会议", ordering="meetings_all")
    def meetings_held(self, row: Any) -> int:
        """Count them."""
        return int(row.meetings_all)

    def above_form(self, request: HttpRequest, subject: Committee) -> dict[str, Any]:
        """Put members and meetings above the form."""
        del request
        meetings = subject.meetings.annotate(papers=Count("documents")).order_by("-held_on", "-pk")
        return {"seats": _seated(subject), "meetings": meetings[:12]}

    @object_action(
        description="增补委员",
        permission="congress.change_committeeseat",
        form=SeatForm,
        primary=True,
        icon="person_add",
    )
    def give_seat(self, _request: HttpRequest, subject: Committee, person: Person, **data: Any) -> str:
        """Seat them."""
        made = committees.seat(
            committee=subject,
            person=person,
            on=data["on"],
            post=CommitteePost(data["post"]),
            document=data["document"],
            by_election=data["by_election"],
        )
        return f"{made}自{made.valid_from}起任职。"


@admin.register(CommitteeSeat)
class CommitteeSeatAdmin(ReadOnlyModelAdmin[CommitteeSeat]):
    """委员: given on the committee's page or by list."""

    list_display = ("person", "committee", "post", "valid_from", "valid_to", "how")
    ordering = (
        "committee",
        Case(*(When(post=post, then=place) for place, post in enumerate(CommitteePost)), default=9).asc(),
        "person__stroke_key",
    )
    list_filter = ("committee__kind", "committee", "post", "by_election")
    list_select_related = ("person", "committee")
    search_fields = ("person__name", "person__staff_number", "person__search_key", "committee__name")
    actions_detail = ("end_seat",)

    @admin.display(description="补选", ordering="by_election")
    def how(self, seat: CommitteeSeat) -> str:
        """Say which seats came by a by-election; the others are no failures."""
        return "补选" if seat.by_election else "—"

    def back_from_step(self, subject: CommitteeSeat) -> str:
        """Lead back to the committee."""
        return reverse("admin:congress_committee_change", args=[subject.committee_id])

    @object_action(
        description="结束任职",
        permission="congress.change_committeeseat",
        form=LeaveForm,
        offered=lambda seat: seat.valid_to is None,
        icon="event_busy",
        primary=True,
    )
    def end_seat(self, _request: HttpRequest, subject: CommitteeSeat, on: dt.date) -> str:
        """End it."""
        committees.leave(seat=subject, on=on)
        return f"{subject.person}的任职于{on}结束。"


@admin.register(Meeting)
class MeetingAdmin(PortalModelAdmin[Meeting]):
    """会议: due is counted from the seats; too few present is said, not refused: minutes record what happened."""

    list_display = ("named", "held_on", "title", "attendance", "quorum", "papers_shown")
    list_filter = ("committee__kind", "committee")
    list_select_related = ("committee",)
    search_fields = ("title", "committee__name", "minutes", "decisions")
    date_hierarchy = "held_on"
    autocomplete_fields = ("committee",)
    fields = (("committee", "held_on"), ("title", "place"), ("due", "present"), "minutes", "decisions")
    fixed_fields = ("committee", "held_on")
    change_form_outer_before_template = "congress/committees/admin/meeting.html"
    actions_detail = ("review_document",)

    class Media:
        css: ClassVar[dict[str, list[str]]] = PLAIN_STYLES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        """Count the documents with the list."""
        return super().get_queryset(request).annotate(papers_all=Count("documents"))

    @admin.display(description="会议", ordering="committee__name")
    def named(self, row: Meeting) -> str:
        """Name the committee and the meeting's number."""
        number = f"（第{row.number}次）" if row.number else ""
        return f"{row.committee.name}{number}"

    @admin.display(description="实到/应到")
    def attendance(self, row: Meeting) -> str:
        """Say how many came."""
        return f"{row.present} / {row.due}" if row.present is not None and row.due else "—"

    @display(description="法定人数", label={"short": "danger", "met": "success"})
    def quorum(self, row: Meeting) -> tuple[str, str]:
        """Warn where too few were there."""
        if row.present is None or row.due is None:
            return "", "—"
        return ("short", "未达到") if committees.lacks_quorum(meeting=row) else ("met", "达到")

    @admin.display(description="文件", ordering="papers_all")
    def papers_shown(self, row: Any) -> int:
        """Count them."""
        return int(row.papers_all)

    def get_form(self, request: HttpRequest, obj: Meeting | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Say where the number due comes from."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None and "due" in form.base_fields:
            form.base_fields["due"].help_text = "留空则按当日在任委员计算。"
        return form

    def above_form(self, request: HttpRequest, subject: Meeting) -> dict[str, Any]:
        """Put the documents and the quorum above the form."""
        del request
        return {
            "papers": subject.documents.select_related("regulation"),
            "short": committees.lacks_quorum(meeting=subject),
        }

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """Record through the service; minutes and decisions may be written later."""
        if change:
            super().save_model(request, obj, form, change)
            return
        data = form.cleaned_data
        names = ("committee", "held_on", "title", "place", "due", "present", "minutes", "decisions")
        adopt(obj, committees.hold_meeting(actor=actor(request), **{name: data[name] for name in names}))

    @object_action(
        description="添加审议文件",
        permission="congress.change_meeting",
        form=ReviewedDocumentForm,
        primary=True,
        icon="note_add",
    )
    def review_document(
        self,
        _request: HttpRequest,
        subject: Meeting,
        title: str,
        handling: str,
        opinion: str,
        regulation: Regulation | None,
        file: Any,
    ) -> str:
        """Record it."""
        paper = committees.Paper(title, Handling(handling), opinion, regulation, file)
        committees.review_document(meeting=subject, paper=paper)
        return f"《{title}》已登记。"


@admin.register(ReviewedDocument)
class ReviewedDocumentAdmin(ReadOnlyModelAdmin[ReviewedDocument]):
    """审议文件: added on the page of the meeting."""

    list_display = ("title", "meeting", "handling", "regulation")
    list_filter = ("handling", "meeting__committee__kind", "meeting__committee")
    list_select_related = ("meeting__committee", "regulation")
    search_fields = ("title", "opinion")
    fields = ("meeting", "title", "handling", "opinion", "regulation")
