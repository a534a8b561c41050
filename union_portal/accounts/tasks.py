"""What the worker does for accounts."""

from procrastinate.contrib.django import app

from union_portal.accounts.models import User
from union_portal.accounts.services import codes
from union_portal.base.errors import Refused
from union_portal.base.mailing import QUEUE, RETRY


def ask_for_code(*, user: User, issued_by: User | None) -> None:
    """Let the worker issue and mail a code; refused for an account that cannot get one."""
    codes.refuse_without_address(user)
    mail_code.defer(user_id=user.pk, issued_by_id=issued_by.pk if issued_by else None)


@app.task(queue=QUEUE, name="accounts.mail_code", retry=RETRY)
def mail_code(user_id: int, issued_by_id: int | None) -> None:
    """Issue a code and mail it in one step: while the mail does not leave, the code before it still works."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    try:
        codes.mail_code(user=user, issued_by=User.objects.filter(pk=issued_by_id).first())
    except Refused:
        # Closed, or without an address, since it was asked for: nobody waits for this code any more.
        return
