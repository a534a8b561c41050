"""What the worker does for accounts."""

from procrastinate.contrib.django import app

from union_portal.accounts.models import User
from union_portal.accounts.services import codes
from union_portal.base.errors import Refused
from union_portal.base.mailing import QUEUE, RETRY


@app.task(queue=QUEUE, name=codes.MAIL_CODE, retry=RETRY)
def mail_code(user_id: int, issued_by_id: int | None, asked_by_id: int | None = None) -> None:
    """Issue a code and mail it in one step: while the mail does not leave, the code before it still works."""
    people = User.objects.in_bulk([key for key in (user_id, issued_by_id, asked_by_id) if key is not None])
    if user_id not in people:
        return
    try:
        codes.mail_code(
            user=people[user_id],
            issued_by=people.get(issued_by_id),
            asked_by=people.get(asked_by_id),
        )
    except Refused:
        # Closed, or without an address, since it was asked for: nobody waits for this code any more.
        return
