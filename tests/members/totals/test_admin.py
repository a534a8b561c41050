"""Totals are entered on the desk by those who count."""

import datetime as dt

import pytest
from django.urls import reverse

from members.totals.models import SummaryRecord
from tests.factories import members as make
from tests.factories.accounts import signed_in
from union_portal.accounts.enums import Role
from union_portal.base import figures


def test_a_total_is_entered_with_its_kinds_in_order_and_who_entered_it() -> None:
    first, second = "welfare.birth", "welfare.wedding"
    data = {
        "kinds": [second, first],
        "period_start": "2021-01-01",
        "period_end": "2021-12-31",
        "heads": "517",
        "heads_word": "over",
        "source": "2021 年工作报告",
    }
    officer = make.account_with_role(Role.ORGANISATION)
    client = signed_in(officer)
    client.post(reverse("admin:members_summaryrecord_add"), data)
    record = SummaryRecord.objects.get()
    assert (record.kinds, record.heads, record.entered_by) == ([first, second], 517, officer)
    page = reverse("admin:members_summaryrecord_change", args=[record.pk])
    assert client.get(page).context["adminform"].form.initial["kinds"] == [first, second]
    client.post(page, data | {"heads": "520", "period_end": "2020-12-31"})
    client.post(page, data | {"heads": "521"})
    record.refresh_from_db()
    assert (record.heads, record.period_end) == (521, dt.date(2021, 12, 31))


def test_the_form_says_which_total_of_members_a_report_compares_with() -> None:
    kinds = figures.kinds()
    page = signed_in(make.account_with_role(Role.ORGANISATION)).get(reverse("admin:members_summaryrecord_add"))
    words = page.context["adminform"].form.fields["kinds"].help_text
    assert all(f"“{kinds[key].label}”" in words for key in ("members.total", "members.enrolled"))
    assert words in page.content.decode()


pytestmark = pytest.mark.django_db
