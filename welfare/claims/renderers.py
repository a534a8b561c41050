"""互助保障理赔申请表: a claim as the insurers' form; illness and hospital stay open, to be written by the member."""

from django.template.loader import render_to_string
from django.utils import timezone

from members.branches.services.tree import signatory, union_name
from union_portal.base import profile
from union_portal.base.identity import mask_bank_card, mask_identity, mask_mobile
from union_portal.base.money import exact, rmb_upper
from union_portal.base.paper import PaperResult, render
from union_portal.base.paper.blocks import day_in_words
from welfare.claims.models import Claim
from welfare.claims.services.entering import place, reckoned
from welfare.mutual_aid.models import Cover
from welfare.mutual_aid.services.terms import holds_from, is_renewal

TITLE = "互助保障理赔申请表"


def claim_form(claim: Claim, *, whole: bool) -> PaperResult:
    """Return the form on one sheet; `whole` prints the numbers of identity, telephone and card in full."""
    person, cover = claim.person, claim.cover
    first = holds_from(cover=cover)
    terms = Cover.objects.standing().filter(person=person, plan=claim.plan_id, starts_on__lte=cover.starts_on).count()
    told = {"identity": person.identity_number, "mobile": person.mobile, "bank": person.bank_card}
    masks = {"identity": mask_identity, "mobile": mask_mobile, "bank": mask_bank_card}
    html = render_to_string(
        "welfare/claims/paper/form.html",
        {
            **{name: number if whole or not number else masks[name](number) for name, number in told.items()},
            "title": TITLE,
            "union": union_name(),
            "signatory": signatory(),
            "number": profile.document_number("赔", year=claim.applied_on.year, number=claim.pk),
            "claim": claim,
            "person": person,
            "terms": f"{'续保' if is_renewal(cover=cover) else '首次'}，第 {terms} 期",
            "waiting": f"{cover.starts_on} 起 {(first - cover.starts_on).days} 天" if first > cover.starts_on else "无",
            "place": place(claim=claim),
            "reckoned": reckoned(claim=claim).words,
            "amount": exact(claim.amount),
            "capitals": rmb_upper(claim.amount),
            "papers": list(claim.papers.select_related("kind")),
            "said": _said(claim),
        },
    )
    return render(html, title=TITLE, created=timezone.now(), stylesheet="application", archival=False)


def _said(claim: Claim) -> dict[str, str]:
    """Return who checked it for the branch and sent it on, since it was last handed in."""
    said: dict[str, str] = {}
    for move in claim.moves.select_related("actor").order_by("pk"):
        if move.action in {"hand_in", "send_back"}:
            said = {}
        elif move.actor is not None:
            said[move.action] = f"{move.actor.name}　　{day_in_words(timezone.localdate(move.at))}"
    return said
