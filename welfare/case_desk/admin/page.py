"""What the page of a grant shows: where it stands, what the rules say, what proves it, and the one thing to do next."""

from typing import Any

from django.forms import Form as PlainForm
from django.http import HttpRequest
from django.urls import reverse

from union_portal.accounts.requests import account_of
from union_portal.base.admin import dress
from union_portal.base.admin.step_links import blocked_steps
from union_portal.base.errors import Refused
from union_portal.base.rules import may
from union_portal.base.sending import new_key
from welfare.approvals.enums import ApprovalState
from welfare.books.models import Fund
from welfare.case_desk.admin.registering import amending
from welfare.case_desk.forms import PayForm, return_form
from welfare.cases.services.deciding import may_confirm
from welfare.cases.services.evidence import checklist
from welfare.cases.services.telling import TONES, began_as, history_of, next_step
from welfare.grants.admin.history import grant_timeline
from welfare.grants.enums import AMENDABLE, GrantState
from welfare.grants.models import Grant
from welfare.grants.services.departed import says_departed
from welfare.grants.services.four_eyes import may_approve_grant
from welfare.grants.services.paying import FROM_ROSTER, live_entries
from welfare.grants.services.verdicts import judge
from welfare.grants.services.warnings import unanswered, unconfirmed
from welfare.ledger.models import LedgerEntry
from welfare.round_desk.admin.page import Step

_STATES = GrantState
_PATH = (
    (_STATES.APPLIED, "申请"),
    (_STATES.REPORTED, "上报"),
    (_STATES.SUBMITTED, "提交审批"),
    (_STATES.DUE, "审批"),
    (_STATES.RECEIVED, "发放"),
)
_WAITS = (_STATES.APPLIED, _STATES.REPORTED, _STATES.SUBMITTED)
# A case that waits for its payment again has passed the approval; one that came back begins again.
_PASSED = {_STATES.RETURNED: _STATES.DUE}


def stepper(grant: Grant, *, began: str) -> list[Step]:
    """Return the path of a case with the step that is next; it begins where the case was entered first."""
    path = [state for state, _label in _PATH]
    first = path.index(GrantState(began)) if began in path else path.index(_STATES.SUBMITTED)
    state = _PASSED.get(GrantState(grant.state), GrantState(grant.state))
    here = path.index(state) if state in path else first - 1
    return [
        Step(label, "done" if place <= here else "current" if place == here + 1 else "ahead")
        for place, (_state, label) in enumerate(_PATH)
        if place >= first
    ]


def context(model_admin: Any, request: HttpRequest, grant: Grant, buttons: list[dict[str, Any]]) -> dict[str, Any]:
    """Return everything the page shows."""
    user = account_of(request)
    verdict = judge(grant=grant)
    single = grant.round_id is None
    of_round = not single and request.user.has_perm("welfare.view_round", grant.round)
    moves = history_of(grant) if single else grant_timeline(grant, with_round=of_round)
    steps = {button["name"]: button for button in buttons}
    # What has a form of its own on the page needs no button.
    # None of the others leads on: a withdrawal is not louder than what changes the case.
    plain = [{**button, "primary": False} for button in buttons]
    own_forms = {"step_confirm", "step_approve", "step_decline", "step_send_back"}
    own_forms |= {"step_receive"} if single else set()
    decide = _decision(user, grant, steps) if single else None
    pay = _payment(grant, steps) if single else None
    amend = amending(user, grant) if single else ""
    amending_button = _amending(grant, amend, primary=not (pay or (decide or {}).get("approve"))) if amend else []
    return {
        "case": grant,
        "title": f"{grant.person.name} · {grant.benefit}",
        "single": single,
        "amendable": single and grant.state in AMENDABLE,
        "departed": says_departed(grant=grant),
        "verdict": verdict,
        "left_after": max(verdict.left - (grant.amount or 0), 0) if verdict.left is not None else None,
        "next": next_step(grant, own=grant.prepared_by_id == user.pk),
        "tone": TONES.get(GrantState(grant.state), "plain"),
        "steps": stepper(grant, began=began_as(grant)) if single else [],
        "warnings": grant.warnings.select_related("answered_by", "confirmed_by"),
        "evidence": list(grant.evidence.all()) if single else [],
        "checklist": checklist(grant) if single else [],
        "decide": decide,
        "pay": pay,
        "postings": [entry.posting for entry in live_entries([grant.pk])],
        "moves": moves,
        "grave": grant.benefit.grave,
        "buttons": [*amending_button, *(button for button in plain if button["name"] not in own_forms)],
        "blocked": [one for one in blocked_steps(model_admin, request, grant) if one["name"] not in own_forms],
        "sent_key": new_key(),
    }


def _amending(grant: Grant, action: str, *, primary: bool) -> list[dict[str, Any]]:
    """Return the way to the page that fills the case in anew, as a button."""
    address = reverse("admin:welfare_grant_amend", args=[grant.pk])
    label, note = _amend_label(grant, action), "打开填写页，已填的内容都在；保存前会重新核算标准和上限。"
    return [{"name": "amend", "label": label, "address": address, "note": note, "primary": primary}]


def _amend_label(grant: Grant, action: str) -> str:
    if grant.state in {GrantState.APPLIED, GrantState.REPORTED} and action == "submit":
        return "受理并提交审批"
    return "修改" if grant.state in _WAITS else "修改后重新提交"


def _decision(user: Any, grant: Grant, steps: dict[str, Any]) -> dict[str, Any] | None:
    """Return the form of whoever may decide, or why this account may not; nothing where there is nothing to decide."""
    back = {"send_back": steps.get("step_send_back"), "decline": steps.get("step_decline"), "form": _return_form(grant)}
    if grant.state in {GrantState.APPLIED, GrantState.REPORTED} and may(user, "send_back", grant):
        confirms = may(user, "confirm", grant)
        try:
            if confirms:
                may_confirm(grant=grant, actor=user)
        except Refused as refused:
            return {"refused": str(refused)}
        return {**back, "confirm": steps.get("step_confirm") if confirms else None}
    if grant.state != GrantState.SUBMITTED or not may(user, "approve", grant):
        return None
    try:
        may_approve_grant(grant=grant, actor=user)
    except Refused as refused:
        return {"refused": str(refused)}
    paper = grant.paper_approval
    if paper is not None and paper.state == ApprovalState.ENTERED:
        return None
    return {
        "approve": None if unanswered(grant=grant) else steps.get("step_approve"),
        "waits": "超标提醒尚未说明，请退回经办人补充。" if unanswered(grant=grant) else "",
        "confirms": unconfirmed(grant=grant),
        **back,
    }


def _return_form(grant: Grant) -> PlainForm:
    form = return_form(grant)()
    dress(form)
    return form


def _payment(grant: Grant, steps: dict[str, Any]) -> dict[str, Any] | None:
    """Return the form by which an approved case is paid or handed over."""
    if "step_receive" not in steps:
        return None
    form: PlainForm = PayForm(initial={"fund": _usual_fund(grant)})
    dress(form)
    money = grant.form in FROM_ROSTER
    if not money:
        del form.fields["fund"]
    return {"form": form, "address": steps["step_receive"]["address"], "money": money}


def _usual_fund(grant: Grant) -> int | None:
    """Return the fund that last paid from the benefit's account, else the first."""
    last = LedgerEntry.objects.filter(account=grant.benefit.account_id, fund__active=True).order_by("-pk")
    known: int | None = last.values_list("fund", flat=True).first()
    return known or Fund.objects.filter(active=True).order_by("pk").values_list("pk", flat=True).first()


def seen_words(values: dict[str, Any], *, uploaded: bool) -> str:
    """Return for the log what an approver said he had seen."""
    seen = [("evidence_seen", "证明材料" if uploaded else "线下证明材料"), ("warnings_seen", "超标说明")]
    words = [word for name, word in seen if values.get(name)]
    return f"已核对{'和'.join(words)}" if words else ""
