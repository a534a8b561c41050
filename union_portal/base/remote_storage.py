"""The portal's files in a store of their own, which several servers share: any that speaks S3."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from union_portal.base.errors import Refused

logger = logging.getLogger(__name__)
NOT_KEPT = "文件存储没有响应，文件没有保存，也没有登记任何内容。请几分钟后再试；如仍出现，请告诉管理员。"
NOT_OPENED = "文件存储没有响应，文件暂时不能打开。请几分钟后再试；如仍出现，请告诉管理员。"
# A page waits for it, so it is given up as soon as a database would be.
_QUICK = Config(  # type: ignore[no-untyped-call]
    connect_timeout=5,
    read_timeout=30,
    retries={"max_attempts": 2, "mode": "standard"},
    s3={"addressing_style": "path"},
    # Sums that only the largest provider knows; ours stand in the database.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class RemoteStorage(S3Storage):
    """The library's storage: private, never written over, and refusing in words what it cannot keep."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return what the address of the store does not say; the environment is asked for nothing."""
        settings: dict[str, Any] = super().get_default_settings()  # type: ignore[no-untyped-call]
        return settings | {"file_overwrite": False, "default_acl": None, "client_config": _QUICK}

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Keep a file."""
        with _in_words(NOT_KEPT):
            kept: str = super().save(name, content, max_length)
        return kept

    def open(self, name: str, mode: str = "rb") -> Any:
        """Open a file that was kept."""
        with _in_words(NOT_OPENED):
            return super().open(name, mode)


@contextmanager
def _in_words(words: str) -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        logger.exception("the store of files does not answer, or refuses")
        raise Refused(words) from error
