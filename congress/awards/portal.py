"""The way to the statistics by which awards are chosen."""

from union_portal.base.portal import Place

PLACES: tuple[Place, ...] = (
    Place(
        job="congress",
        label="评优统计",
        name="admin:congress_award_standings",
        permission="congress.view_award",
        icon="leaderboard",
    ),
)
