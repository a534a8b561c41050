"""What the worker does for files that were asked for."""

from procrastinate.contrib.django import app

from union_portal.base.daily import daily
from union_portal.home.files import services


@app.task(queue="paper", name=services.TASK)
def make_file(paper_id: int) -> None:
    """Make the file that was asked for; running again after a crash does no harm."""
    services.make(pk=paper_id)


@daily(at="03:31")
@app.task(queueing_lock="home.sweep_files", name="home.sweep_files", pass_context=False)
def sweep_files(timestamp: int) -> int:
    """Throw old files away: they are made again in a moment."""
    del timestamp
    return services.sweep()
