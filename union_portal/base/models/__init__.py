"""Models that know no app: what every table above builds on, and the vocabulary the database itself checks."""

from union_portal.base.models.abstract import AppendOnlyModel, Dated, StateMove
from union_portal.base.models.changes import RowChange
from union_portal.base.models.constraints import always, apart, once
from union_portal.base.models.jobs import DailyRun, JobProgress, JobState
from union_portal.base.models.kept import KeptPaper
from union_portal.base.models.profile import UnionProfile
from union_portal.base.models.sent import SentForm
from union_portal.base.models.vocabulary import AllowedMove, KeyCheck

__all__ = [
    "AllowedMove",
    "AppendOnlyModel",
    "DailyRun",
    "Dated",
    "JobProgress",
    "JobState",
    "KeptPaper",
    "KeyCheck",
    "RowChange",
    "SentForm",
    "StateMove",
    "UnionProfile",
    "always",
    "apart",
    "once",
]
