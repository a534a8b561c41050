"""Archives of everything that were asked for, and made."""

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.factories import members
from union_portal.accounts.enums import Role
from union_portal.accounts.models import User
from union_portal.home.leaving.models import Leaving
from union_portal.home.leaving.services import asking


def made(asked_by: User) -> Leaving:
    """Return one that this account asked for, the chair confirmed and the worker made; its content says nothing."""
    # Not through the service, which asks that no other one waits: a sweep makes one of every kind that does.
    asked = Leaving.objects.create(reason="更换平台", asked_by=asked_by)
    held, _secret = asking.confirm(asked=asked, actor=members.account_with_role(Role.CHAIR))
    held.file.save("leaving.zip", ContentFile(b"PK"), save=False)
    held.made_at, held.size = timezone.now(), 2
    held.save()
    return held
