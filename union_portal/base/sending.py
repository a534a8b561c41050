"""A form that makes something does so once, however often it is sent.

Every such form carries a key of its own. The first sending claims account, key and content in the transaction that does
the work; a second one waits for it, finds the claim and is led where the first one led. A form that was refused, or
that was filled in otherwise, has claimed nothing and may be sent.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from union_portal.base.models import SentForm

KEY = "sent_key"
LIFETIME = dt.timedelta(days=7)
AGAIN = "这张表单已经提交过，没有重复办理；下面是当时的结果。"


def new_key() -> str:
    """Return a key for a form that is shown for the first time."""
    return uuid.uuid4().hex


@dataclass
class Sending:
    """One sending: `led_to` is where the first sending of the same form led, None for the first itself."""

    led_to: str | None = None
    made: str = field(default="")

    def note(self, address: str) -> None:
        """Say where the sending led; without this the claim is given up when the block ends."""
        self.made = address


@contextmanager
def once(*, request: Any) -> Iterator[Sending]:
    """Claim the form that was sent, for the block that does its work; a form without a key is done as it comes."""
    key = request.POST.get(KEY, "")
    if not key or not request.user.is_authenticated:
        yield Sending()
        return
    digest = _digest(request, key)
    with transaction.atomic():
        try:
            with transaction.atomic():
                claim = SentForm.objects.create(digest=digest)
        except IntegrityError:  # the first sending is done: this one waited for it at the unique index
            yield Sending(led_to=SentForm.objects.values_list("address", flat=True).get(digest=digest))
            return
        sending = Sending()
        yield sending
        if sending.made:
            SentForm.objects.filter(pk=claim.pk).update(address=sending.made[:500])
        else:
            claim.delete()


def sweep_sent() -> int:
    """Forget forms sent so long ago that nobody sends them again; return how many."""
    return SentForm.objects.filter(at__lt=timezone.now() - LIFETIME).delete()[0]


def _digest(request: Any, key: str) -> str:
    """Return what tells this form from the same one filled in otherwise."""
    told = hashlib.sha256(f"{request.user.pk}\n{request.path}\n{key}\n".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in {"csrfmiddlewaretoken", KEY}:
            told.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        told.update(repr((name, [(file.name, file.size) for file in files])).encode())
    return told.hexdigest()
