"""Who is at the screen, and forms that offer only what the account runs."""

from typing import Any

from django.http import HttpRequest

from congress.bodies.forms.scope import RunByUserForm
from union_portal.accounts.requests import account_of


class RunByUserAdmin:
    """An admin whose form knows its user, and offers only the congresses that account runs."""

    form: Any = RunByUserForm

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.user = account_of(request)
        return form
