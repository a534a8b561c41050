"""What the import page shows: the upload, its preview in pages, the marked-up file."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from union_portal.accounts.models import User
from union_portal.accounts.requests import staff_of
from union_portal.base import jobs
from union_portal.base.admin import add_refusal, dress
from union_portal.base.errors import DomainError
from union_portal.base.files import give
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.importing.kinds import kinds
from union_portal.base.importing.sheets import template
from union_portal.base.importing.vocabulary import words_of
from union_portal.home.imports.enums import ImportState, Section, Work
from union_portal.home.imports.forms import AnswersForm, UploadForm
from union_portal.home.imports.models import ImportRecord, PendingImport
from union_portal.home.imports.portal import add_page
from union_portal.home.imports.services import taking_back, working
from union_portal.home.imports.services import uploads as imports
from union_portal.home.imports.tasks import MARKED, hand_over

# What is chosen for a word whose row the file is to bring.
BRING = "__bring__"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _allowed(user: User) -> list[Any]:
    return [resource for resource in kinds() if user.has_perm(resource.kind.permission)]


def own_upload(request: HttpRequest, pk: UUID) -> tuple[User, PendingImport]:
    """Return the account and its own upload; the right to import the kind is asked at every step."""
    user = staff_of(request)
    return user, get_object_or_404(PendingImport.objects.visible_to(user).without_fingerprints(), pk=pk)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """Choose a kind, fetch its template, upload a file; below it what still waits."""
    user = staff_of(request)
    allowed = _allowed(user)
    if not allowed:
        raise PermissionDenied
    choices = [(resource.kind.key, resource.kind.label) for resource in allowed]
    chosen = {"kind": request.GET.get("kind", "people")}
    form = UploadForm(request.POST or None, request.FILES or None, kinds=choices, initial=chosen)
    dress(form)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            pending = _kept(user, form.cleaned_data["kind"], file)
        except DomainError as error:
            error.field = error.field or "file"
            add_refusal(form, error)
        else:
            return redirect("home:import_preview", pending.pk)
    labels = dict(choices)
    context = {
        **admin.site.each_context(request),
        "title": "导入数据",
        "form": form,
        "kinds": [resource.kind for resource in allowed],
        "history": reverse("admin:home_importrecord_changelist"),
        "waiting": [
            {"pending": pending, "label": labels.get(pending.kind, pending.kind)}
            for pending in PendingImport.objects.visible_to(user).waiting()
        ],
    }
    return TemplateResponse(request, "home/imports/upload.html", context, status=422 if form.errors else 200)


def _kept(user: User, kind: str, file: Any) -> PendingImport:
    large = working.is_large(file)
    with transaction.atomic():
        pending = imports.keep_upload(owner=user, kind=kind, file=file, name=file.name, large=large)
        if large:
            hand_over(pending=pending, actor=user, work=Work.JUDGING)
    return pending


@require_GET
def import_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the kind's table, to be filled in."""
    user = staff_of(request)
    found = kind_of(kind)
    if not user.has_perm(found.kind.permission):
        raise PermissionDenied
    return _file(template(found.kind, rows=found(actor=user).rows_to_complete()), f"{found.kind.label}.xlsx")


@require_GET
def import_columns(request: HttpRequest, kind: str) -> HttpResponse:
    """Show the kind's columns, and every word that may stand in them."""
    user = staff_of(request)
    found = kind_of(kind)
    if not user.has_perm(found.kind.permission):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        "title": f"{found.kind.label}：列与可填的内容",
        "kind": found.kind,
        "columns": words_of(found(actor=user)),
    }
    return TemplateResponse(request, "home/imports/columns.html", context)


@require_GET
def import_preview(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Show what the upload was found to do: counts, faulty cells, changes old → new, leavers, each list in pages."""
    user, pending = own_upload(request, pk)
    return preview_page(request, user, pending)


def preview_page(
    request: HttpRequest, user: User, pending: PendingImport, form: AnswersForm | None = None
) -> HttpResponseBase:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "导入预览",
        "pending": pending,
        "kind": kind_of(pending.kind).kind,
    }
    if pending.work or (pending.failure and pending.checked_at is None):
        key = working.key_of(pending)
        context |= {"progress": jobs.find(key), "silent": working.is_silent(key), "failure": pending.failure}
        context |= {"running": bool(pending.work), "doing": pending.get_work_display()}
        context["heading"] = f"{context['kind'].label} · {pending.file_name}"
        return TemplateResponse(request, "home/imports/working.html", context)
    if pending.confirmed_at is None:
        try:
            found = imports.parts(pending=pending, actor=user, wanted=_wanted(request))
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("home:import_upload")
        context |= _shown(request, user, pending, found)
        questions = imports.questions_of(pending)
        context["form"] = form or (AnswersForm(questions=questions, initial=pending.answers) if questions else None)
    response = TemplateResponse(request, "home/imports/preview.html", context, status=422 if form else 200)
    # The page that waited for the worker is done: the browser shows this one instead.
    if "HX-Request" in request.headers:
        response.headers["HX-Refresh"] = "true"
    return response


def _wanted(request: HttpRequest) -> dict[Section, int]:
    asked = {section: request.GET.get(section, "") for section in Section}
    return {section: int(text) for section, text in asked.items() if text.isdecimal() and len(text) < 6}


def _turns(request: HttpRequest, part: imports.Part) -> dict[str, str]:
    """Return the addresses of the pages before and after, the other lists staying where they are."""
    turns = {}
    for name, number in (("previous", part.number - 1), ("next", part.number + 1)):
        query = request.GET.copy()
        query[part.section] = str(number)
        turns[name] = f"?{query.urlencode()}#{part.section}" if 1 <= number <= part.pages else ""
    return turns


def _shown(request: HttpRequest, user: User, pending: PendingImport, found: list[imports.Part]) -> dict[str, Any]:
    counts = pending.counts
    moves = counts["new"] + counts["changed"]
    with_it = "".join(
        f"将新建 {len(words):,} 个{kind_of(pending.kind).brings[column]}；" for column, words in pending.brought.items()
    )
    sentence = with_it + "将新增 %(new)s 行、修改 %(changed)s 行；%(unchanged)s 行保持不变。" % {
        name: counts[name] for name in ("new", "changed", "unchanged")
    }
    questions_left = imports.open_questions(pending)
    can_confirm = not counts["faulty"] and not counts["faults"] and moves > 0 and not questions_left
    shown: dict[str, Any] = {part.section.value: {"part": part, **_turns(request, part)} for part in found}
    return shown | {
        "can_confirm": can_confirm,
        "confirmation": sentence if can_confirm else "",
        "questions_left": questions_left,
        "bring": BRING,
        "brought": [
            {"what": kind_of(pending.kind).brings[column], "words": words} for column, words in pending.brought.items()
        ],
        "unknown": [
            {**one, "add": bool(form_for(user, pending, one)), "bring": may_bring(user, one)} for one in pending.unknown
        ],
        "bulk": _bulk(user, pending),
    }


def _bulk(user: User, pending: PendingImport) -> list[dict[str, Any]]:
    """Return by column what can be brought by one press: the words that look like nothing that is there."""
    found: dict[str, dict[str, Any]] = {}
    for one in pending.unknown:
        if may_bring(user, one) and not one.get("near"):
            entry = found.setdefault(one["column"], {"column": one["column"], "what": one["brings"], "count": 0})
            entry["count"] += 1
    return list(found.values())


def may_bring(user: Any, unknown: dict[str, Any]) -> bool:
    """Tell whether the account may let a file bring what the word names: as it may add one by hand."""
    app, _dot, name = unknown["model"].partition(".")
    return bool(unknown.get("brings")) and user.has_perm(f"{app}.add_{name}")


def form_for(user: User, pending: PendingImport, unknown: dict[str, Any]) -> str:
    """Return the form that adds what a word names, which leads back to the file compared anew."""
    return add_page(user, unknown["model"], unknown["word"], back=reverse("home:import_recheck", args=[pending.pk]))


@require_GET
def import_marked(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Send the upload back with its faulty cells marked."""
    _user, pending = own_upload(request, pk)
    asked, title = {"pending": str(pending.pk)}, f"{pending.file_name}（已标注）"
    try:
        answer: HttpResponseBase = give(request, key=MARKED, asked=asked, title=title, rows=pending.total)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("home:import_preview", pending.pk)
    return answer


@require_GET
def import_taking_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show how far the worker is with taking a large import back; once it is done, the import's own page."""
    subject = get_object_or_404(ImportRecord.objects.visible_to(staff_of(request)), pk=pk)
    key, own = taking_back.key_of(subject), reverse("admin:home_importrecord_change", args=[pk])
    progress = jobs.find(key)
    if progress is None or subject.state != ImportState.SAVED:
        return HttpResponse(headers={"HX-Redirect": own}) if "HX-Request" in request.headers else redirect(own)
    context = {
        **admin.site.each_context(request),
        "title": "撤回导入",
        "heading": subject,
        "doing": "正在撤回",
        "running": progress.is_running,
        "progress": progress,
        "silent": working.is_silent(key),
        "failure": progress.message,
        "own": own,
        "again": reverse("admin:home_importrecord_step_take_back", args=[pk]),
    }
    return TemplateResponse(request, "home/imports/taking_back.html", context)


def _file(data: bytes, name: str) -> HttpResponse:
    header = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(data, content_type=_XLSX, headers={"Content-Disposition": str(header)})
