"""A worker as the job queue knows it, without one running."""

from django.db import connection


def heard_of(*, seconds_ago: int = 0) -> int:
    """Let a worker have written its last heartbeat so long ago; return its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s))"
            " RETURNING id",
            [seconds_ago],
        )
        return int(cursor.fetchone()[0])


def at_work(*, lock: str, worker: int) -> None:
    """Let the worker have begun what waits under this lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE lock = %s AND status = 'todo'",
            [worker, lock],
        )


def killed(worker: int) -> None:
    """Let the worker have been killed some minutes ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes' WHERE id = %s", [worker]
        )
