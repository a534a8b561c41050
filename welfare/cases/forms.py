"""What an officer fills in for a single grant."""

from union_portal.base.forms import OnForm
from welfare.balances.forms import FundField
from welfare.books.models import Fund


class PayForm(OnForm):
    """The day and the fund a case is paid from."""

    fund = FundField(Fund.objects.filter(active=True), label="资金来源")
