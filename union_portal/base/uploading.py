"""Files on their way in: one too large for the memory waits in a file without a name, which no kill leaves behind."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler


class NamelessFileUploadHandler(TemporaryFileUploadHandler):
    """Django's handler, with a file that the system takes back with the process: lists hold identity numbers."""

    def new_file(self, *told: Any, **more: Any) -> None:
        """Begin a file."""
        FileUploadHandler.new_file(self, *told, **more)
        waits = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 -- closed with the request
        self.file: Any = UploadedFile(
            waits, self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )  # fmt: skip

    def upload_interrupted(self) -> None:
        """Give it up."""
        if hasattr(self, "file"):
            self.file.close()
