"""System check: the keys are the ones the database was encrypted with."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from union_portal.base.encryption import KeyTrouble
from union_portal.base.keyring import verify_keys


@register(Tags.security)
def keys_fit_the_database(**_options: Any) -> list[CheckMessage]:
    """Refuse to start with other keys; no database or no table yet means nothing to compare."""
    try:
        verify_keys()
    except KeyTrouble as trouble:
        return [Error(str(trouble), id="base.E001")]
    except (DatabaseError, RuntimeError):  # RuntimeError: tests that may not touch the database
        return []
    return []
