"""A step that is looked at before it is done: what was sent the first time travels sealed to the second."""

from base64 import b64decode, b64encode
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from union_portal.base.errors import Refused

SEALED = "sealed"
# The button that leads from the look back to the form, filled in as it was.
ALTER = "alter"
_SALT = "base.looked_at"
_KEPT_SECONDS = 3600


def seal(request: HttpRequest) -> str:
    """Return what was sent, files and all, so that nobody can change it before it comes back."""
    files = {name: [_packed(file) for file in chosen] for name, chosen in request.FILES.lists()}
    kept = {"data": request.POST.urlencode(), "files": files}
    return signing.dumps(kept, salt=_SALT + request.path, compress=True)


def sent(request: HttpRequest) -> "tuple[QueryDict, MultiValueDict[str, Any]]":
    """Return the fields and files of a sending, or those that it carries sealed; raises Refused for an old seal."""
    if SEALED not in request.POST:
        return request.POST, request.FILES
    try:
        kept = signing.loads(request.POST[SEALED], salt=_SALT + request.path, max_age=_KEPT_SECONDS)
    except signing.BadSignature as error:
        raise Refused("等待确认的时间过长，请重新填写和上传。") from error
    files = {
        name: [SimpleUploadedFile(title, b64decode(text)) for title, text in chosen]
        for name, chosen in kept["files"].items()
    }
    return QueryDict(kept["data"]), MultiValueDict(files)


def _packed(file: Any) -> tuple[str, str]:
    file.seek(0)
    return file.name, b64encode(file.read()).decode()
