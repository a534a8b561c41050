"""The printed list of whom a batch was given to, and why."""

from collections.abc import Mapping
from typing import Any

from union_portal.accounts.enums import Access
from union_portal.accounts.services.access import log_access
from union_portal.base.files import MadeFile, paper, row_maker, shares
from union_portal.base.making import Progress
from welfare.recuperation.models import RecuperationBatch
from welfare.recuperation.renderers import TITLE, selection

SELECTION = "welfare.recuperation_selection"


@row_maker(SELECTION, model=RecuperationBatch, permission="welfare.add_recuperationbatch")
def make_selection(user: Any, batch: RecuperationBatch, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the list; logged."""
    del asked
    made = selection(batch, progress=shares(progress))
    rows = batch.applications.count()
    log_access(user=user, action=Access.PRINT, kind="welfare.recuperationbatch", subject=str(batch.pk), rows=rows)
    return paper(made, name=f"{TITLE}-{batch}")
