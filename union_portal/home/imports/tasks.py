"""What the worker does for imports."""

import logging
from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from union_portal.accounts.models import User
from union_portal.base.daily import daily
from union_portal.home.imports.enums import Work
from union_portal.home.imports.models import PendingImport
from union_portal.home.imports.services import uploads as imports
from union_portal.home.imports.services import working

logger = logging.getLogger(__name__)


def hand_over(*, pending: PendingImport, actor: User, work: Work, answers: Mapping[str, str] | None = None) -> None:
    """Let the worker do it; two jobs of one upload never run at the same time. Raises what `working.begin` raises."""
    with transaction.atomic():
        working.begin(pending=pending, actor=actor, work=work, answers=answers)
        job = work_on_upload.configure(lock=f"home.import:{pending.pk}")
        transaction.on_commit(partial(job.defer, pending_id=str(pending.pk)))


@app.task(name="home.work_on_upload")
def work_on_upload(pending_id: str) -> None:
    """Judge or save a large upload; running again after a crash does no harm."""
    try:
        working.run(pk=UUID(pending_id))
    except Exception:
        logger.exception("the upload %s could not be worked on", pending_id)
        raise


@daily(at="03:17")
@app.task(name="home.sweep_uploads", queueing_lock="sweep_uploads", pass_context=False)
def sweep_uploads(timestamp: int) -> int:
    """Remove uploads that nobody confirmed in time, and papers that no record holds."""
    del timestamp
    return imports.sweep_uploads()
