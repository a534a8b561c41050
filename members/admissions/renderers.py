"""入会申请书: the application as the official form, filled in as far as it has come."""

from django.template.loader import render_to_string
from django.utils import timezone

from members.admissions.enums import AdmissionState
from members.admissions.models import Admission
from members.branches.services.tree import signatory, union_name
from union_portal.base import profile
from union_portal.base.identity import mask_identity
from union_portal.base.paper import PaperResult, render
from union_portal.base.paper.blocks import day_in_words


def application_form(admission: Admission) -> PaperResult:
    """Return 入会申请书 and 会员登记表 on one sheet; what is signed by hand stays open."""
    person = admission.person
    title = "中华全国总工会入会申请书暨会员登记表"
    decided = admission.state in {AdmissionState.ADMITTED, AdmissionState.DECLINED}
    html = render_to_string(
        "paper/admission_form.html",
        {
            "title": title,
            "union": union_name(),
            "signatory": signatory(),
            "number": profile.document_number("入", year=admission.applied_on.year, number=admission.pk),
            "person": person,
            "born": f"{person.birth_date:%Y年%m月}" if person.birth_date else "",
            "identity": mask_identity(person.identity_number),
            "worked": f"{person.first_work_on:%Y年%m月}" if person.first_work_on else "",
            "branch": str(admission.branch),
            "words": [line.strip() for line in admission.words.splitlines() if line.strip()],
            "applied_on": day_in_words(admission.applied_on),
            "group_opinion": admission.group_opinion,
            "branch_opinion": admission.branch_opinion,
            "decision": admission.get_state_display() if decided else "",
            "decided_by": admission.decided_by,
            "decided_on": day_in_words(admission.decided_on) if decided and admission.decided_on else "",
            "document": admission.document,
        },
    )
    return render(html, title=title, created=timezone.now(), stylesheet="application", archival=False)
