"""Operations that follow one another are run as one; steps of data keep their place between them."""

from django.db import models
from django.db.migrations import AddField, RemoveField, RunPython

from union_portal.base.migrating import together
from union_portal.base.operations import AtOnce


def test_what_stands_side_by_side_is_done_at_once_and_data_in_between() -> None:
    first, second = AddField("one", "a", models.TextField()), AddField("two", "b", models.TextField())
    filling, last = RunPython(RunPython.noop), RemoveField("one", "c")
    done = list(together([first, second, filling, last]))
    assert isinstance(done[0], AtOnce)
    assert done[0].operations == [first, second]
    assert done[1] == filling
    assert isinstance(done[2], AtOnce)
