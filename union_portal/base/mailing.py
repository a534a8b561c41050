"""Mail: written down with what makes it necessary, sent by the worker in a lane of its own.

A page never speaks to a mail server, and a server that says nothing holds back only other mail. What could not be sent
is tried again for about an hour; then the administrator's desk names it.
"""

import json
from collections.abc import Iterable

from django.core.mail import send_mail
from procrastinate.contrib.django import app
from procrastinate.retry import RetryStrategy

from union_portal.base.encryption import decrypt, encrypt

QUEUE = "mail"
# After half a minute, then five, ten, twenty and so on minutes more each time.
RETRY = RetryStrategy(max_attempts=5, wait=30, linear_wait=300)
_COLUMN = "procrastinate_jobs.args"


def mail(to: Iterable[str], *, subject: str, text: str) -> None:
    """Leave a letter for the worker, in the transaction that makes it necessary: both happen or neither.

    A subject is one line, whatever the words in it were. The letter waits as ciphertext: queue and log name nobody.
    """
    letter = json.dumps({"to": list(to), "subject": " ".join(subject.split()), "text": text})
    deliver.defer(letter=encrypt(letter, context=_COLUMN))


@app.task(queue=QUEUE, name="base.deliver", retry=RETRY)
def deliver(letter: str) -> None:
    """Send one letter."""
    read = json.loads(decrypt(letter, context=_COLUMN))
    send_mail(read["subject"], read["text"], None, read["to"])


def addressee(letter: str) -> str:
    """Return whom a waiting letter is for."""
    return "、".join(json.loads(decrypt(letter, context=_COLUMN))["to"])
