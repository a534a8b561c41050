"""Mail to people of the congress: after the transaction, in the reader's language; a dead mail server stops nobody."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation

from members.models import Person

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

logger = logging.getLogger(__name__)


def tell(people: Iterable[Person], *, subject: "_StrPromise", text: "_StrPromise", **values: object) -> None:
    """Mail each person who has an address once this is committed; `values` fill the placeholders of both texts."""
    for person in people:
        address = (person.user.email if person.user else "") or person.email
        if address:
            language = person.user.language if person.user else None
            transaction.on_commit(partial(_send, address, language, subject, text, values))


def _send(
    address: str, language: str | None, subject: "_StrPromise", text: "_StrPromise", values: dict[str, object]
) -> None:
    with translation.override(language) if language else translation.override(translation.get_language()):
        try:
            send_mail(str(subject) % values, str(text) % values, None, [address])
        except OSError:
            logger.warning("mail could not be sent")
