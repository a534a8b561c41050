"""What the worker does for the portal by itself."""

from procrastinate.contrib.django import app

from union_portal.home.imports.services import uploads as imports


@app.periodic(cron="17 3 * * *")
@app.task(name="home.sweep_uploads", queueing_lock="sweep_uploads", pass_context=False)
def sweep_uploads(timestamp: int) -> int:
    """Remove uploads that nobody confirmed in time, and papers that no record holds."""
    del timestamp
    return imports.sweep_uploads()
