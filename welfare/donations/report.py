"""What was given in drives: `welfare.donations` by kind, its donors, its uses."""

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.donations.enums import DriveKind
from welfare.donations.models import Donation, DonationUse
from welfare.payments.enums import PaymentState

_GIVEN = Donation.objects.all()
KINDS = [
    Kind(
        "welfare.donations",
        "捐款捐物活动",
        unit="次",
        records=_GIVEN,
        day="given_on",
        once="drive",
        heads="person",
        amount="amount",
        part="drive__kind",
        parts=dict(DriveKind.choices),
        title="drive__title",
        basis="捐赠明细，按捐赠日期计，一个活动计一次",
        columns=("drive__title", "donor", "givers", "given_on", "amount", "goods"),
    ),
    Kind(
        "welfare.donors",
        "捐赠",
        unit="人次",
        records=_GIVEN,
        day="given_on",
        adds="givers",
        part="drive__kind",
        parts=dict(DriveKind.choices),
        columns=("drive__title", "donor", "givers", "given_on", "amount", "goods"),
    ),
    Kind(
        "welfare.donations_used",
        "善款使用",
        unit="笔",
        records=DonationUse.objects.all(),
        where=Q(state=PaymentState.PAID),
        day="posted_on",
        amount="amount",
        columns=("drive__title", "recipient", "purpose", "posted_on", "amount"),
    ),
]
