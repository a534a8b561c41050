"""A row whose page is no form: it shows what there is and moves by steps."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.template.response import TemplateResponse

from union_portal.base.admin.model_admin import PortalModelAdmin
from union_portal.base.admin.step_links import blocked_steps, step_links

M = TypeVar("M", bound=Model)


class OwnPageAdmin(PortalModelAdmin[M]):
    """Lays the page out in `page_template`, with the steps that make sense as `buttons`."""

    page_template: ClassVar[str]

    def page_parts(self, request: HttpRequest, subject: M, buttons: list[dict[str, Any]]) -> dict[str, Any]:
        """Return what the page shows; one of the buttons may be marked as the next step."""
        raise NotImplementedError

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Show the row to whoever may look; nothing is edited here."""
        del form_url
        subject = self.seen(request, object_id)
        buttons = step_links(self, request, subject)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "opts": self.opts,
            "original": subject,
            "title": str(subject),
            "media": self.media,
            "buttons": buttons,
            "blocked": blocked_steps(self, request, subject),
            **self.page_parts(request, subject, buttons),
        }
        context["notes"] = [button for button in context["buttons"] if button["note"]]
        return TemplateResponse(request, self.page_template, context)
