"""Until when a benefit is applied for."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from welfare.benefits.enums import DateBasis
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import GrantState, WarningCode
from welfare.grants.models import Grant
from welfare.grants.services.objecting import Objection
from welfare.workdays.services import Term, last_day


def until(rule: BenefitRule | None, days: Mapping[str, dt.date]) -> Term | None:
    """Return the last day on which the rule takes an application, None where it sets no term.

    It runs from the end of what happened, or from its beginning where the rule goes by that.
    """
    if rule is None:
        return None
    start = days[DateBasis.EVENT if rule.date_basis == DateBasis.EVENT else DateBasis.END]
    return last_day(after=start, length=rule.claim_length, unit=rule.claim_unit)


def late(rule: BenefitRule | None, grant: Grant, days: Mapping[str, dt.date]) -> list[Objection]:
    """Object to an application after the term; what was sent back in time has a grace of its own."""
    if rule is None or grant.event is None or (last := until(rule, days)) is None:
        return []
    asked = days[DateBasis.APPLICATION]
    if asked > last.day:
        return [Objection.by(rule, WarningCode.LATE, f"{asked} 申请，期限已于 {last} 截止：{rule.source}")]
    if rule.grace_days is None or grant.pk is None:
        return []
    grace, today = last.day + dt.timedelta(days=rule.grace_days), timezone.localdate()
    if today <= grace or not grant.moves.filter(target=GrantState.SENT_BACK).exists():
        return []
    return [Objection.by(rule, WarningCode.LATE, f"退回后补正期限已于 {grace} 截止：{rule.source}")]
