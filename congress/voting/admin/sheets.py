"""What the pages of ballots and elections share."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from congress.voting.renderers import sheet_context
from union_portal.base.admin import ReadOnlyModelAdmin
from union_portal.base.admin.step_links import step_links
from union_portal.base.steps import timeline


class SheetAdmin(ReadOnlyModelAdmin[Any]):
    """A list of votes whose rows have a page of their own and move by steps."""

    page_template = ""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the vote."""
        del form_url
        sheet = self.subject_or_404(request, object_id)
        if not self.has_view_permission(request, sheet):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            **sheet_context(sheet),
            **self.page_context(sheet),
            "opts": self.opts,
            "original": sheet,
            "title": self.heading(sheet),
            "media": self.media,
            "buttons": step_links(self, request, sheet),
            "moves": timeline(sheet),
        }
        return TemplateResponse(request, self.page_template, context)

    def heading(self, sheet: Any) -> str:
        """Name the sheet; the sitting stands below."""
        return str(sheet)

    def page_context(self, sheet: Any) -> dict[str, Any]:  # noqa: ARG002
        """Return what only this kind of page shows."""
        return {}
