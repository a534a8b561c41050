"""The mail that a test causes."""

from django.core import mail
from django.core.mail import EmailMessage
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from union_portal.base.mailing import QUEUE


def posted() -> list[EmailMessage]:
    """Do what the worker does with the letters that wait, and return what has left since the outbox was emptied."""
    for job in ProcrastinateJob.objects.filter(queue_name=QUEUE, status="todo").order_by("pk"):
        app.tasks[job.task_name](**job.args)
        app.job_manager.cancel_job_by_id(job.pk, delete_job=True)
    return mail.outbox
