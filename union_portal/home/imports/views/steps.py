"""What is done with an upload on its page: told, compared, saved, thrown away."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from union_portal.base.admin import add_refusal
from union_portal.base.errors import DomainError
from union_portal.home.imports.enums import Work
from union_portal.home.imports.forms import AnswersForm
from union_portal.home.imports.services import absences, explaining, working
from union_portal.home.imports.services import uploads as imports
from union_portal.home.imports.tasks import hand_over
from union_portal.home.imports.views.pages import BRING, form_for, may_bring, own_upload, preview_page


@require_POST
def import_words(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Take what unknown words of the file mean, and compare the file with the register by them.

    Who is about to add what a word names is led to its form; the file is compared when it is saved.
    """
    user, pending = own_upload(request, pk)
    asked = [(request.POST.get(f"word-{place}"), one) for place, one in enumerate(pending.unknown)]
    meanings = {(one["column"], one["word"]): value for value, one in asked if value and value != BRING}
    brought = _brought(request, asked)
    none_more = "bring_none" in request.POST and pending.confirmed_at is None
    adding = request.POST.get("add", "")
    forms = [form_for(user, pending, one) for place, one in enumerate(pending.unknown) if adding == str(place)]
    form = "".join(forms)
    try:
        if pending.confirmed_at is None and (meanings or brought or none_more):
            if brought or none_more:
                explaining.bring(pending=pending, actor=user, words=brought, judged=not (meanings or form))
            if meanings:
                explaining.explain(pending=pending, actor=user, meanings=meanings, judged=not form)
            if pending.large and not form:
                hand_over(pending=pending, actor=user, work=Work.JUDGING)
    except DomainError as error:
        messages.error(request, str(error))
        form = ""
    return redirect(form or reverse("home:import_preview", args=[pending.pk]))


def _brought(request: HttpRequest, asked: Sequence[tuple[str | None, Any]]) -> dict[str, list[str]]:
    """Return the words whose rows the file is to bring: chosen one by one, or all that nothing was chosen for.

    What looks like a row that is there already is not taken with the others.
    """
    column = request.POST.get("bring", "")
    found: dict[str, list[str]] = {}
    for value, one in asked:
        whole = one["column"] == column and not value and not one.get("near")
        if value == BRING or whole:
            if not may_bring(request.user, one):
                raise PermissionDenied
            found.setdefault(one["column"], []).append(one["word"])
    return found


@require_POST
def import_answer(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Take the answers to what the list asks of the file, and compare the file with the register by them."""
    user, pending = own_upload(request, pk)
    if pending.confirmed_at is not None:
        return redirect("home:import_preview", pending.pk)
    form = AnswersForm(request.POST, questions=imports.questions_of(pending))
    if not form.is_valid():
        return preview_page(request, user, pending, form)
    try:
        if pending.large:
            hand_over(pending=pending, actor=user, work=Work.JUDGING, answers=form.answers)
        else:
            imports.answer(pending=pending, actor=user, answers=form.answers)
    except DomainError as error:
        add_refusal(form, error)
        return preview_page(request, user, pending, form)
    return redirect("home:import_preview", pending.pk)


@require_POST
def import_confirm(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Save all or nothing; a second press finds it saved."""
    user, pending = own_upload(request, pk)
    try:
        if pending.confirmed_at is None:
            imports.refuse_unready(pending)
        if pending.confirmed_at is None and (pending.large or pending.total > working.LARGE_ROWS):
            hand_over(pending=pending, actor=user, work=Work.SAVING)
            return redirect("home:import_preview", pending.pk)
        saved = imports.confirm_upload(pending=pending, actor=user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = "全部数据已保存。" if saved else "这份文件此前已保存，没有重复写入。"
        messages.success(request, text)
    return redirect("home:import_preview", pending.pk)


@require_http_methods(["GET", "POST"])
def import_recheck(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Read the file again and compare it with the register as it is now; forms that mended the register lead here."""
    user, pending = own_upload(request, pk)
    if pending.confirmed_at is None:
        try:
            if pending.large:
                hand_over(pending=pending, actor=user, work=Work.JUDGING)
            else:
                imports.look(pending=pending, actor=user)
        except DomainError as error:
            messages.error(request, str(error))
    return redirect("home:import_preview", pending.pk)


@require_POST
def import_discard(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Throw an upload away that nobody needs."""
    user, pending = own_upload(request, pk)
    try:
        if pending.confirmed_at is None:
            working.give_up(pending=pending, actor=user)
            messages.success(request, "上传的文件已删除，没有保存任何数据。")
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("home:import_preview", pending.pk)
    return redirect("home:import_upload")


@require_POST
def import_absent(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Put those whom the file does not name into the worklist."""
    user, pending = own_upload(request, pk)
    if not user.has_perm("home.deal_absence"):
        raise PermissionDenied
    try:
        new, back = absences.list_absent(pending=pending, actor=user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("home:import_preview", pending.pk)
    messages.success(request, f"新列入 {new:,} 人；{back:,} 人又在名单中或已不是会员，已从待办理中移出。")
    return redirect(f"{reverse('admin:home_absence_changelist')}?state__exact=open")


@require_POST
def import_retry(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Let the worker begin again what it left or could not do."""
    user, pending = own_upload(request, pk)
    try:
        work = Work.SAVING if pending.work == Work.SAVING else Work.JUDGING
        hand_over(pending=pending, actor=user, work=work)
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("home:import_preview", pending.pk)
