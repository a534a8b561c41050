"""The account that sets a new portal up."""

from django.db import transaction
from django.utils import timezone

from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.accounts.services.codes import issue_code
from union_portal.accounts.services.people import create_account
from union_portal.accounts.services.roles import assign_role
from union_portal.base.errors import Conflict


@transaction.atomic
def open_portal(*, staff_number: str, name: str) -> tuple[User, str]:
    """Make the account that sets the portal up, an administrator, and return it with its one-time code.

    Called again before anybody signed in it issues a new code for the same account; after that it is refused.
    """
    if User.objects.filter(last_login__isnull=False).exists():
        raise Conflict("已有人登录过本平台，不再发放初始账号的登录码。")
    first = User.objects.filter(is_superuser=True).order_by("pk").first()
    if first is None:
        first = create_account(staff_number=staff_number, name=name)
        first.is_superuser = True
        first.save(update_fields=["is_superuser"])
        assign_role(user=first, role=Role.ADMINISTRATOR, valid_from=timezone.localdate())
    return first, issue_code(user=first, issued_by=None)
