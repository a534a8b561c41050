"""Mail to people of the congress: after the transaction; a dead mail server stops nobody."""

import logging
from collections.abc import Iterable
from functools import partial

from django.core.mail import send_mail
from django.db import transaction

from members.people.models import Person

logger = logging.getLogger(__name__)


def mail_people(people: Iterable[Person], *, subject: str, text: str) -> None:
    """Mail each person who has an address once this is committed."""
    for person in people:
        address = (person.user.email if person.user else "") or person.email
        if address:
            transaction.on_commit(partial(_send, address, subject, text))


def _send(address: str, subject: str, text: str) -> None:
    try:
        send_mail(subject, text, None, [address])
    except OSError:
        logger.warning("mail could not be sent")
