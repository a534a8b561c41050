"""A drive as it may still be changed once proposals bear its numbers."""

from django.db import transaction

from congress.drives.models import ProposalDrive
from congress.proposals.models import Proposal
from union_portal.base.errors import DomainError
from union_portal.base.steps import hold

# Once numbers are given these stay as they are.
FIXED = ("session", "code")


@transaction.atomic
def keep_drive(*, drive: ProposalDrive) -> ProposalDrive:
    """Save a new or changed drive. Session and prefix stay once a proposal has a number; a session needs a body."""
    if not drive.session.sittings.exists():
        raise DomainError("请先为该次会议设定参加的大会，提案须向其中之一提出。", field="session")
    if drive.pk:
        before = hold(drive)
        numbered = Proposal.objects.filter(drive=before).exclude(number="").exists()
        for name in FIXED:
            if numbered and getattr(before, name) != getattr(drive, name):
                raise DomainError("已有提案按本次征集编号，会议和编号前缀不能再改。", field=name)
    drive.save()
    return drive
