"""What a rule says against a grant or a round."""

from dataclasses import dataclass
from typing import Self

from welfare.benefits.enums import Severity
from welfare.benefits.models import BenefitRule
from welfare.grants.enums import WarningCode

_LONGEST = 300


@dataclass(frozen=True)
class Objection:
    """What a rule says against a grant or a round: how many people it concerns, in words, and how grave it is."""

    code: WarningCode
    detail: str
    heads: int = 1
    rule: BenefitRule | None = None
    severity: str = Severity.REASON

    @classmethod
    def by(cls, rule: BenefitRule, code: WarningCode, words: str, heads: int = 1) -> Self:
        """Return what the rule objects to, as grave as it says."""
        return cls(code, words[:_LONGEST], heads, rule, rule.severity)
