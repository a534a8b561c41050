"""Warnings: once per round or case and clause, answered with reason and document, confirmed by a second person."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.base.errors import DomainError, Refused
from welfare.benefits.enums import Severity
from welfare.grants.models import Grant, Round, RuleWarning
from welfare.grants.services.objecting import Objection


def raise_warnings(*, objections: Iterable[Objection], round_: Round | None = None, grant: Grant | None = None) -> int:
    """Make the subject's warnings say what the rules object to now; return how many wait for an answer.

    An answer given to the same objection stands; one whose words have changed (another price) is asked again.
    """
    asked = [item for item in objections if item.severity != Severity.NOTE]
    wanted = {(item.rule.pk if item.rule else None, str(item.code)): item for item in asked}
    if len(wanted) < len(asked):
        raise ValueError("Two objections of one rule share a code: one of them would vanish.")
    present = {(row.rule_id, row.code): row for row in _of(round_, grant)}
    RuleWarning.objects.filter(pk__in=[row.pk for key, row in present.items() if key not in wanted]).delete()
    for key, item in wanted.items():
        row = present.get(key)
        if row is None:
            RuleWarning.objects.create(
                round=round_,
                grant=grant,
                rule=item.rule,
                code=item.code,
                detail=item.detail[:300],
                heads=item.heads,
                chair_only=item.severity == Severity.CHAIR,
            )
        elif (row.detail, row.heads) != (item.detail[:300], item.heads):
            row.detail, row.heads = item.detail[:300], item.heads
            row.chair_only = item.severity == Severity.CHAIR
            row.reason = row.document = ""
            row.answered_by = row.confirmed_by = None
            row.save()
    return unanswered(round_=round_, grant=grant)


def _of(round_: Round | None, grant: Grant | None) -> QuerySet[RuleWarning]:
    return RuleWarning.objects.filter(round=round_, grant=grant)


def unanswered(*, round_: Round | None = None, grant: Grant | None = None) -> int:
    """Return how many of the subject's warnings lack a reason or a document."""
    return _of(round_, grant).filter(answered_by__isnull=True).count()


def unconfirmed(*, round_: Round | None = None, grant: Grant | None = None) -> int:
    """Return how many of the subject's warnings no second person has confirmed."""
    return _of(round_, grant).filter(confirmed_by__isnull=True).count()


@transaction.atomic
def answer(*, warning: RuleWarning, reason: str, document: str, actor: User) -> RuleWarning:
    """Give the reason and the deciding document; a second person must confirm afterwards."""
    if not reason.strip():
        raise DomainError("请填写原因。", field="reason")
    if not document.strip():
        raise DomainError("请填写决定文件。", field="document")
    held: RuleWarning = RuleWarning.objects.select_for_update(of=("self",)).get(pk=warning.pk)
    held.reason, held.document = reason.strip()[:300], document.strip()[:200]
    held.answered_by, held.confirmed_by = actor, None
    held.save()
    return held


def may_confirm(*, warning: RuleWarning, actor: User) -> None:
    """Raise Refused while there is no answer, and for whoever gave it."""
    if warning.answered_by_id is None:
        raise Refused("超标提醒尚未填写理由和文件。")
    if warning.answered_by_id == actor.pk:
        raise Refused("超标提醒的说明由您填写，须由另一人确认理由和文件。")
    if warning.chair_only and not actor.has_role(Role.CHAIR):
        raise Refused(_BY_CHAIR)


_BY_CHAIR = "该项按标准须由主席确认，请主席办理。"


@transaction.atomic
def confirm(*, warning: RuleWarning, actor: User) -> RuleWarning:
    """Confirm the reason and the document, as another person than who gave them."""
    held: RuleWarning = RuleWarning.objects.select_for_update(of=("self",)).get(pk=warning.pk)
    may_confirm(warning=held, actor=actor)
    held.confirmed_by = actor
    held.save(update_fields=["confirmed_by"])
    return held


def confirm_all(*, actor: User, round_: Round | None = None, grant: Grant | None = None) -> None:
    """Confirm all that is answered, with the paper that decided it.

    Raises Refused while one is not answered, or was answered by the actor.
    """
    may_confirm_all(actor=actor, round_=round_, grant=grant)
    _of(round_, grant).filter(confirmed_by=None).update(confirmed_by=actor)


def may_confirm_all(*, actor: User, round_: Round | None = None, grant: Grant | None = None) -> None:
    """Raise Refused while one of the subject's open warnings cannot be confirmed by the actor."""
    for warning in _of(round_, grant).filter(confirmed_by=None):
        may_confirm(warning=warning, actor=actor)


@transaction.atomic
def settle_on_paper(
    *, document: str, actor: User | None, round_: Round | None = None, grant: Grant | None = None
) -> int:
    """Let an approval on paper answer the subject's warnings; it was given by somebody else than who records it."""
    return (
        _of(round_, grant)
        .filter(confirmed_by__isnull=True)
        .update(reason="线下已审批", document=document[:200], answered_by=actor)
    )
