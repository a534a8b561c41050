"""The steps of a session that write and print its minutes."""

from django.http import HttpRequest, HttpResponseBase

from congress.resolutions import services as resolutions
from congress.resolutions.forms import MinutesForm
from congress.resolutions.renderers import minutes
from congress.sessions.models import Session
from members.branches.services.tree import signatory
from union_portal.base.admin import object_action
from union_portal.base.views import as_pdf


def _has_begun(session: Session) -> bool:
    return session.recorded or session.sittings.exclude(opened_at=None).exists()


class MinutesSteps:
    """What the page of a session offers for its minutes."""

    @object_action(
        description="撰写会议纪要",
        permission="congress.change_session",
        form=MinutesForm,
        initial=lambda session: {"text": session.minutes},
        offered=_has_begun,
        icon="edit_document",
    )
    def write_minutes(self, _request: HttpRequest, subject: Session, text: str) -> str:
        resolutions.write_minutes(session=subject, text=text)
        return "会议纪要已保存。"

    @object_action(
        description="打印会议纪要",
        permission="congress.view_session",
        confirmation=lambda *_args: "生成 PDF，含出席情况、议程、已确认的表决结果和决议，以当前记录为准。",
        offered=_has_begun,
        icon="print",
    )
    def print_minutes(self, _request: HttpRequest, subject: Session) -> HttpResponseBase:
        made = minutes(session=subject, union=signatory())
        return as_pdf(made.pdf, name=f"会议纪要-{subject}")
