"""困难补助申请表: a file as the official form, with what the figures come to and what was said of it so far."""

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils import timezone

from members.branches.services.tree import signatory, union_name
from union_portal.base import profile
from union_portal.base.identity import mask_mobile
from union_portal.base.money import exact, yuan
from union_portal.base.paper import PaperResult, render
from union_portal.base.paper.blocks import day_in_words
from welfare.hardship.models import HardshipFile
from welfare.hardship.services.assessing import assess_file

TITLE = "困难补助申请表"


def application_form(file: HardshipFile) -> PaperResult:
    """Return the form on as many sheets as the household needs; what is signed by hand stays open."""
    person, found = file.person, assess_file(file)
    html = render_to_string(
        "paper/hardship_form.html",
        {
            "title": TITLE,
            "union": union_name(),
            "signatory": signatory(),
            "number": profile.document_number("困", year=file.applied_on.year, number=file.pk),
            "file": file,
            "person": person,
            "mobile": mask_mobile(person.mobile) if person.mobile else "",
            "income": exact(yuan(file.income)),
            "found": found,
            "per_head": exact(found.per_head),
            "household": list(_members(file)),
            "costs": [
                (f"{one.year}年{one.get_cause_display()}", exact(yuan(one.amount)), one.note)
                for one in file.costs.order_by("-year", "pk")
            ],
            "endorsed": _endorsed(file),
            "applied": day_in_words(file.applied_on),
            "decided": day_in_words(file.decided_on) if file.decided_on else "",
        },
    )
    return render(html, title=TITLE, created=timezone.now(), stylesheet="application", archival=False)


def _members(file: HardshipFile) -> Iterator[dict[str, object]]:
    """Yield the household, those who live elsewhere last."""
    for one in file.household.order_by("-lives_together", "pk"):
        told = exact(yuan(one.income)) if one.income else "—"
        yield {"who": one, "age": file.year - one.birth_year if one.birth_year else "—", "income": told}


def _endorsed(file: HardshipFile) -> str:
    """Return which branch's chair handed it up last, and when; nothing while it is not handed up."""
    last = (
        file.moves.filter(action__in=("endorse", "send_back", "recheck")).select_related("actor").order_by("pk").last()
    )
    if last is None or last.action != "endorse" or last.actor is None:
        return ""
    return f"{last.actor.name}　　{day_in_words(timezone.localdate(last.at))}"
