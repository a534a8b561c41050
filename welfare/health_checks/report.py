"""Checks that were held, who came, the hospitals with a contract, and what was refunded."""

from django.db.models import Q

from union_portal.base.figures.kind import Kind
from welfare.health_checks.enums import BookingState, HealthCheckState
from welfare.health_checks.models import CheckBooking, CheckHospital, HealthCheck

_CAME = Q(state__in=[BookingState.ATTENDED, BookingState.REFUNDED])
_BOOKINGS = CheckBooking.objects.all()
KINDS = [
    Kind(
        *("welfare.health_checks", "组织体检"),
        unit="次",
        records=HealthCheck.objects.exclude(state=HealthCheckState.CANCELLED),
        day="starts_on",
        title="name",
        part="audience",
        columns=("name", "audience", "starts_on", "ends_on"),
    ),
    Kind(
        *("welfare.health_check_contracts", "签约体检机构"),
        unit="家",
        records=CheckHospital.objects.exclude(contracted_on=None),
        day="contracted_on",
        title="name",
        columns=("name", "health_check__name", "contract", "contracted_on"),
    ),
    Kind(
        *("welfare.health_check_attendance", "参加体检"),
        unit="人",
        records=_BOOKINGS,
        where=_CAME,
        day="attended_on",
        heads="person",
        part="health_check__audience",
        branch="branch",
        columns=("person__staff_number", "person__name", "health_check__name", "attended_on"),
        basis="体检预约与参检名单，按参检日期计",
    ),
    Kind(
        *("welfare.health_check_refunds", "自行体检报销"),
        unit="人",
        records=_BOOKINGS,
        where=Q(state=BookingState.REFUNDED),
        day="refunded_on",
        heads="person",
        amount="refund",
        branch="branch",
        columns=("person__staff_number", "person__name", "health_check__name", "refunded_on", "refund"),
        basis="体检报销登记，按报销日期计",
    ),
]
