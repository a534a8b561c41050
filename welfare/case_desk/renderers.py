"""慰问审批表 and 慰问卷宗: a case as the official form, and with everything that was told, decided and posted."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from members.branches.services.tree import signatory, union_name
from union_portal.base import profile
from union_portal.base.money import exact, rmb_upper
from union_portal.base.paper import PaperResult, render
from union_portal.base.paper.blocks import day_in_words
from welfare.cases.services.evidence import checklist
from welfare.cases.services.telling import history_of
from welfare.grants.enums import SUBJECT, GrantState
from welfare.grants.models import Grant
from welfare.grants.services.verdicts import judge
from welfare.ledger.models import LedgerEntry

TITLE = "工会会员慰问审批表"
DOSSIER = "工会会员慰问卷宗"


def approval_form(grant: Grant) -> PaperResult:
    """Return the form of a case on one sheet; what is signed by hand stays open."""
    html = render_to_string("paper/condolence_form.html", {"title": TITLE, **_facts(grant)})
    return render(html, title=TITLE, created=timezone.now(), stylesheet="application", archival=False)


def dossier(grant: Grant) -> PaperResult:
    """Return all of a case: the application, its papers by name, every decision with its reason, the entries."""
    entries = LedgerEntry.objects.paying(SUBJECT, [grant.pk]).select_related("posting__book", "account", "fund")
    context = {
        "title": DOSSIER,
        **_facts(grant),
        "papers": list(grant.evidence.select_related("added_by")),
        "warnings": list(grant.warnings.select_related("answered_by", "confirmed_by")),
        "paper": grant.paper_approval,
        "moves": history_of(grant),
        "entries": list(entries.prefetch_related("posting__vouchers").order_by("posting", "pk")),
    }
    html = render_to_string("paper/condolence_dossier.html", context)
    return render(html, title=DOSSIER, created=timezone.now(), stylesheet="application", archival=False)


def _facts(grant: Grant) -> dict[str, Any]:
    """Return what both papers say of a case."""
    person, event, verdict = grant.person, grant.event, judge(grant=grant)
    first = person.memberships.order_by("valid_from").first()
    whose = grant.get_relation_display() or "本人"
    what = f"{whose}{event.get_kind_display()}" if event is not None else str(grant.occasion)
    days = [event.occurred_on, event.ended_on] if event is not None else [grant.granted_on]
    standard = verdict.rule.standard if verdict.rule is not None else None
    return {
        "union": union_name(),
        "signatory": signatory(),
        "number": profile.document_number("慰", year=grant.granted_on.year, number=grant.pk),
        "person": person,
        "grant": grant,
        "branch": grant.branch,
        "joined": day_in_words(first.valid_from) if first is not None else "",
        "what": f"{what}（{event.variant}）" if event is not None and event.variant else what,
        "when": " 至 ".join(str(day) for day in days if day),
        "standard": exact(standard) if standard is not None else "—",
        "amount": exact(grant.amount) if grant.amount is not None else "—",
        "capitals": rmb_upper(grant.amount) if grant.amount is not None else "—",
        "form": grant.get_form_display(),
        "clause": verdict.clause,
        "evidence": checklist(grant),
        "answers": [
            {"label": one.get_code_display(), "words": f"{one.reason}（{one.document}）"}
            for one in grant.warnings.exclude(reason="")
        ],
        **_hands(grant),
    }


def _hands(grant: Grant) -> dict[str, Any]:
    """Return who prepared, approved and received it, as far as it has come."""
    entered = grant.moves.order_by("pk").first()
    prepared = grant.prepared_by and {"who": grant.prepared_by.name, "on": _day(entered.at if entered else None)}
    approved = None
    if grant.approved_by is not None:
        approved = {"who": grant.approved_by.name, "on": _day(grant.approved_at), "words": "同意。"}
    elif grant.offline_approval:
        approved = {"who": "", "on": "", "words": f"线下审批：{grant.offline_approval}"}
    received = None
    if grant.state == GrantState.RECEIVED and grant.received_on is not None:
        who = grant.received_by or grant.person
        received = {
            "who": f"{who.name}{'（代领）' if grant.received_by else ''}",
            "on": day_in_words(grant.received_on),
        }
    return {"prepared": prepared, "branched": _branched(grant), "approved": approved, "received": received}


def _branched(grant: Grant) -> dict[str, str] | None:
    """Return which chair of a branch confirmed the case or reported it, and when; None where none did."""
    told = grant.moves.filter(target=GrantState.REPORTED).select_related("actor").order_by("pk").last()
    return {"who": told.actor.name, "on": _day(told.at)} if told is not None and told.actor is not None else None


def _day(moment: Any) -> str:
    return day_in_words(timezone.localdate(moment)) if moment is not None else ""
