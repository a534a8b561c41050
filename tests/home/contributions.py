"""An invented app's contribution, and a page as an account sees it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from union_portal.accounts.models import User
from union_portal.base.portal import MemberItem, Standing


def item(
    title: str,
    on: dt.date,
    *,
    amount: str | None = None,
    until: dt.date | None = None,
    due: bool = False,
    form: str = "实物",
) -> MemberItem:
    standing = Standing.DUE if until or due else Standing.CAME
    value = Decimal(amount) if amount else None
    return MemberItem(
        title=title, state="x", state_label="状态", on=on, form=form, amount=value, until=until, standing=standing
    )


def page(client: Client, user: User, address: str) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


pytestmark = pytest.mark.django_db
