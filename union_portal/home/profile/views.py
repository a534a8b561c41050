"""The page 单位信息, and the emblem, which the page of the door shows too."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from members.branches.services import tree
from union_portal.accounts.requests import staff_of
from union_portal.base import profile
from union_portal.base.admin import add_refusal, dress
from union_portal.base.errors import DomainError
from union_portal.base.intake.kinds import KINDS, FileKind
from union_portal.base.intake.names import ending_of
from union_portal.base.views import opened
from union_portal.home.profile.forms import ProfileForm
from union_portal.home.profile.portal import CHANGE
from union_portal.home.profile.services import save_profile


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponseBase:
    """Show and change what the union says of itself; the first time it leads on to the desk."""
    if not staff_of(request).has_perm(CHANGE):
        raise PermissionDenied
    row, root = profile.current(), tree.school()
    named = {"name": root.name, "founded_on": root.founded_on} if root is not None else {}
    form = ProfileForm(request.POST or None, request.FILES or None, instance=row, initial=named)
    # An older root may have no founding day: it always stood.
    form.fields["founded_on"].required = root is None or root.founded_on is not None
    dress(form)
    if request.method == "POST" and form.is_valid():
        try:
            save_profile(**form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, "单位信息已保存。")
            return redirect("admin:index" if root is None else "home:profile")
    context = {
        **admin.site.each_context(request),
        "title": "单位信息",
        "form": form,
        "first": root is None,
        "parts": [
            (
                "名称与标识",
                "写在每一页、每份名册和报告上。",
                ("name", "short_name", "founded_on", "site_title", "emblem"),
            ),
            ("公文", "介绍信、纪要和报告的编号与署名。", ("document_prefix", "signatory", "contact")),
            ("年度", "报告中的学年和统计年度从哪一天算起。", ("school_year_start", "statistics_year_start")),
        ],
        "today": timezone.localdate(),
        "desk": reverse("admin:index"),
    }
    context["parts"] = [(head, lead, [form[name] for name in names]) for head, lead, names in context["parts"]]
    return TemplateResponse(request, "home/profile/edit.html", context, status=422 if form.errors else 200)


@require_GET
@login_not_required
def emblem(request: HttpRequest, pk: int) -> FileResponse:  # noqa: ARG001
    """Show the emblem to everybody: it stands on the door, and hides nothing."""
    row = profile.current()
    if not row.emblem or pk != row.pk:
        raise Http404
    return FileResponse(
        opened(row.emblem),
        content_type=KINDS[FileKind(ending_of(str(row.emblem.name)))].content_type,
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )
