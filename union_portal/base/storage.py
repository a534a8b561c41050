"""The portal's files on the disk: one that does not fit is refused in words and leaves no part of itself."""

import errno
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.files.storage import FileSystemStorage

from union_portal.base.errors import Refused

logger = logging.getLogger(__name__)
FULL = "服务器存储空间不足，文件没有保存，也没有登记任何内容。请告诉管理员，腾出空间后再试。"


def configured(url: str) -> dict[str, Any]:
    """Return Django's setting of the storage that an address names: a folder where it is empty, else an S3 one.

    `s3://KEY:SECRET@HOST[:PORT]/BUCKET[/FOLDER][?region=…&tls=off]`, with key and secret quoted as in any address.

    Raises:
        ValueError: it is none; the message says what it should look like.
    """
    if not url:
        return {"BACKEND": "union_portal.base.storage.PortalStorage"}
    parts, asked = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    bucket, _, folder = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not (parts.username and parts.password and parts.hostname and bucket):
        raise ValueError("STORAGE_URL looks like s3://KEY:SECRET@storage.example.edu.cn/BUCKET.")
    place = parts.hostname + (f":{parts.port}" if parts.port else "")
    return {
        "BACKEND": "union_portal.base.remote_storage.RemoteStorage",
        "OPTIONS": {
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "endpoint_url": f"{'http' if asked.get('tls') == 'off' else 'https'}://{place}",
            "region_name": asked.get("region", "us-east-1"),
            "bucket_name": bucket,
            "location": folder,
        },
    }


def is_full(error: BaseException | None) -> bool:
    """Tell whether it failed for want of room."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


class PortalStorage(FileSystemStorage):
    """Django's storage in a folder, for a disk that may be full."""

    def _save(self, name: str, content: Any) -> str:
        try:
            kept: str = super()._save(name, content)  # type: ignore[misc]
        except OSError as error:
            if not is_full(error):
                raise
            # Names are random, or written by one job at a time: what lies there is the part that did fit.
            with suppress(FileNotFoundError):
                Path(self.path(name)).unlink()
            logger.exception("no room for a file")
            raise Refused(FULL) from error
        return kept
