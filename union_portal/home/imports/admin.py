"""The history of imports at the desk: what each made and changed, and taking it back."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter

from union_portal.accounts.requests import staff_of
from union_portal.base.admin import RecordAdmin, display, object_action
from union_portal.base.rules import permission_of
from union_portal.home.imports.enums import IMPORT_MACHINE
from union_portal.home.imports.models import Absence, ImportRecord, WordMapping
from union_portal.home.imports.services import absences, history, taking_back
from union_portal.home.imports.tasks import hand_back

CHANGES_ON_A_PAGE = 50
(TAKE_BACK,) = IMPORT_MACHINE.steps()


@admin.register(ImportRecord)
class ImportRecordAdmin(RecordAdmin[ImportRecord]):
    """Nobody adds or changes a line of it: imports do."""

    list_display = ("file_name", "label", "actor", "at", "rows_shown", "state_shown")
    export_also = ("new", "changed", "unchanged")
    list_filter = ("label", ("state", ChoicesDropdownFilter), ("at", RangeDateTimeFilter))
    search_fields = ("file_name", "actor__name")
    fields = ("label", "file_name", "actor", "at", "new", "changed", "unchanged", "answers_shown")
    readonly_fields = ("at", "answers_shown")
    change_form_outer_before_template = "home/imports/admin/record.html"

    @admin.display(description="新增、修改")
    def rows_shown(self, record: ImportRecord) -> str:
        """Say what came of it."""
        return f"新增 {record.new:,}，修改 {record.changed:,}"

    @admin.display(description="对问题的回答")
    def answers_shown(self, record: ImportRecord) -> str:
        """Show the answers in words."""
        return "；".join(history.answers_in_words(record)) or "—"

    @object_action(
        description=TAKE_BACK.label,
        permission=permission_of(ImportRecord, TAKE_BACK),
        form=lambda admin, request, subject: admin.step_form(request, TAKE_BACK, subject),
        confirmation=lambda admin, _request, subject: admin.step_says(TAKE_BACK, subject),
        offered=lambda subject: subject.state == TAKE_BACK.source,
        primary=True,
    )
    def step_take_back(self, request: HttpRequest, subject: ImportRecord, *, why: str) -> HttpResponse | str:
        """Take a small import back at once, and let the worker take back a large one."""
        if taking_back.is_large(subject):
            hand_back(subject=subject, actor=staff_of(request), why=why)
            return redirect("home:import_taking_back", subject.pk)
        history.take_back(subject=subject, actor=staff_of(request), why=why)
        return f"“{subject}”已撤回。"

    def step_says(self, step: Any, subject: Any) -> str:  # noqa: ARG002
        """Say what taking back does."""
        return (
            f"将撤回{subject}：新增的 {subject.new:,} 行删除（有办理记录的改为取消），"
            f"修改的 {subject.changed:,} 行恢复原值。"
            "导入之后已改动、已被其他记录使用的，不能撤回。"
        )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add what the import did, row by row."""
        record = context.get("original")
        if record is not None:
            changes = Paginator(history.changes_of(record), CHANGES_ON_A_PAGE).get_page(request.GET.get("page"))
            context |= {
                "effects": history.effects_of(record),
                "changes": changes,
                "changed_rows": history.in_words(changes.object_list),
                "under_way": taking_back.under_way(record),
            }
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(WordMapping)
class WordMappingAdmin(RecordAdmin[WordMapping]):
    """What words of the school's lists mean; told on a preview, changed or removed here."""

    list_display = ("word", "value", "heading", "label", "state_shown")
    export_also = ("actor", "at")
    list_filter = ("label", ("state", ChoicesDropdownFilter))
    search_fields = ("word", "value")
    fields = ("label", "heading", "word", "value", "actor", "at")
    readonly_fields = ("label", "heading", "word", "actor", "at")


@admin.register(Absence)
class AbsenceAdmin(RecordAdmin[Absence]):
    """The worklist of members whom an HR list did not name: ticked ones retire, are transferred or leave together."""

    by: ClassVar[Any] = {"return": None}
    by_rows: ClassVar[Any] = {
        "retire": absences.retire,
        "transfer_out": absences.transfer_out,
        "leave": absences.leave,
    }
    list_display = ("name", "number", "branch", "file_name", "noticed_on", "state_shown")
    export_also = ("on",)
    list_filter = (("state", ChoicesDropdownFilter), "branch", "file_name")
    search_fields = ("person__staff_number", "person__name", "person__search_key")
    list_select_related = ("person", "branch")
    fields = ("person", "branch", "file_name", "noticed_on", "on", "counterpart")
    readonly_fields = ("noticed_on",)

    @display(description="工号", ordering="person__staff_number")
    def number(self, absence: Absence) -> str:
        """Show whom it is about, as the list of people does."""
        return absence.person.staff_number or "—"

    @display(description="姓名", ordering="person__pinyin_key")
    def name(self, absence: Absence) -> str:
        """Show the name."""
        return absence.person.name
