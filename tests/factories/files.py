"""Files that were asked for and made by the worker."""

from union_portal.accounts.models import User
from union_portal.home.files.models import AskedFile
from union_portal.home.files.services import ask_for
from union_portal.home.files.tasks import make_file

PAGES = ("home:file", "home:file_take", "home:file_again", "home:file_remove")


def made(asked_by: User, *, model: str = "members.person") -> AskedFile:
    """Make the list that somebody asked for."""
    asked = {"model": model, "query": "", "format": "csv", "resource": 0, "purpose": ""}
    file = ask_for(key="base.list", asked=asked, title="人员", actor=asked_by)
    make_file(paper_id=file.pk)
    file.refresh_from_db()
    return file
