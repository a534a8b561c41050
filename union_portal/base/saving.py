"""Saving checked rows: whatever the model and the database demand, as a refusal that names the field."""

import datetime as dt
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone

from union_portal.base.errors import Refused

M = TypeVar("M", bound=models.Model)


def saved(instance: M) -> M:
    """Check everything the model and the database demand, then save; raises `Refused` naming the field."""
    # Whoever was read or handed in as an object is there: only keys given bare are looked up.
    at_hand = set(instance._state.fields_cache)  # noqa: SLF001
    try:
        instance.clean_fields(exclude=at_hand)
        instance.clean()
        instance.validate_unique()
        instance.validate_constraints()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        field = None if name == NON_FIELD_ERRORS else name
        raise Refused("；".join(messages), field=field) from error
    instance.save()
    return instance


def not_in_future(on: dt.date, *, field: str = "on") -> None:
    """Refuse a day that has not come yet."""
    if on > timezone.localdate():
        raise Refused(f"{on} 尚未到来。", field=field)
