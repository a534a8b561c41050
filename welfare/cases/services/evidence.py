"""What proves a case: the papers its standard asks for, each seen in the original and kept as a copy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from union_portal.accounts.models import User
from union_portal.base.errors import DomainError
from union_portal.base.steps import hold, saved
from welfare.cases.models import EvidenceCheck
from welfare.grants.models import Grant
from welfare.grants.services.verdicts import layers_for

_BETWEEN = re.compile(r"[、；;，,\n]+")


@dataclass(frozen=True)
class Asked:
    """A paper that is asked for, and whether somebody has seen the original and kept a copy."""

    item: str
    original: bool = False
    copy: bool = False

    @property
    def words(self) -> str:
        """Say how it stands."""
        done = [word for told, word in ((self.original, "原件已核"), (self.copy, "复印件已留")) if told]
        return "，".join(done) or "未核对"


def items_of(evidence: str) -> list[str]:
    """Return the papers that a standard names, one after the other."""
    return [item for item in (part.strip() for part in _BETWEEN.split(evidence)) if item]


def checklist(grant: Grant) -> list[Asked]:
    """Return what the standard asks for and how it stands; what was checked stays, also when the standard changes."""
    checked = {one.item: one for one in grant.evidence_checks.all()}
    wanted = dict.fromkeys([*items_of(layers_for(grant).evidence), *checked])
    return [
        Asked(item, checked[item].original_seen, checked[item].copy_kept) if item in checked else Asked(item)
        for item in wanted
    ]


@transaction.atomic
def check_evidence(*, subject: Grant, checks: Mapping[str, tuple[bool, bool]], actor: User) -> Grant:
    """Note for each paper whether the original was seen and a copy kept.

    Raises DomainError for a paper that the case's standard does not ask for.
    """
    held = hold(subject, "person", "benefit")
    asked = {one.item for one in checklist(held)}
    for item, (original, copy) in checks.items():
        if item not in asked:
            raise DomainError(f"标准没有要求“{item}”。")
        found = EvidenceCheck.objects.filter(grant=held, item=item).first() or EvidenceCheck(grant=held, item=item)
        if found.pk is not None or original or copy:
            found.original_seen, found.copy_kept, found.checked_by = original, copy, actor
            saved(found)
    return held
