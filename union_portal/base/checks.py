"""System checks: the keys are the ones the database was encrypted with; who serves is not the database's owner."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.db import DatabaseError

from union_portal.base.encryption import KeyTrouble
from union_portal.base.keyring import verify_keys
from union_portal.cluster import default_urls


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


@register("serving", deploy=True)
def who_serves_is_not_the_owner(**_options: Any) -> list[CheckMessage]:
    """Warn the account that runs this, if it can sign in to the database as the owner: it should not serve."""
    embedded = settings.PORTAL_EMBEDDED_CLUSTER
    url = default_urls(settings.PORTAL_DATA_DIR)[1] if embedded else os.environ.get("DATABASE_OWNER_URL", "")
    if not url:
        return []
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error:
        return []
    return [
        Caution(
            "运行此命令的系统账号能以数据库所有者的身份登录：若网站也由它运行，控制了网站的人便能关闭台账的防护。",
            hint="以 root 运行 script/install，由账号 union-portal 运行网站，见 docs/installation.md。",
            id="base.W001",
        )
    ]
