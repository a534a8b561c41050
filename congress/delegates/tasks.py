"""The list of delegates on paper, which takes seconds where a congress is large."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from congress.bodies.models import Congress
from congress.delegates.renderers import delegate_list
from members.branches.services.tree import union_name
from union_portal.base.files import MadeFile, paper, row_maker, shares
from union_portal.base.making import Progress

LIST = "congress.delegates"


@row_maker(LIST, model=Congress, permission="congress.view_congress")
def make_list(user: Any, congress: Congress, asked: Mapping[str, Any], progress: Progress) -> MadeFile:
    """Make the list of a congress's delegates on the day."""
    del user
    made = delegate_list(
        congress=congress, on=dt.date.fromisoformat(asked["on"]), union=union_name(), progress=shares(progress)
    )
    return paper(made, name=f"代表名册-{congress}")
