"""A school's first steps as the account sees them: what is there, what comes next, what was put aside."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from union_portal.base import profile
from union_portal.base.importing.kinds import kind as kind_of
from union_portal.base.portal import FirstStep, first_steps
from union_portal.base.prepared import existing, totals

if TYPE_CHECKING:
    from union_portal.accounts.models.user import User


@dataclass(frozen=True)
class ShownStep:
    """A step with its state, and the ways to do it for whoever may; `is_next` is the first that the account can do."""

    step: FirstStep
    is_done: bool
    is_aside: bool
    may: bool
    count: int = 0
    is_next: bool = False
    page: str = ""
    upload: str = ""
    template: str = ""


def steps_left(user: "User") -> list[ShownStep]:
    """Return all the steps as long as the account can do one that is open; nothing after that, nor for others.

    One statement asks for all of them; that none is left is remembered for as long as the union's particulars are.
    """
    steps, kept = first_steps(), profile.kept()
    mine = [] if kept.has_begun else [step for step in steps if user.has_perm(step.permission)]
    if not mine:
        return []
    done = _done(user, steps)
    settled = done | set(kept.steps_aside)
    if all(step.key in settled for step in steps):
        profile.begin()
    return all_steps(user, done=done) if any(step.key not in settled for step in mine) else []


def all_steps(user: "User", *, done: set[str] | None = None) -> list[ShownStep]:
    """Return every step with its state; which are done is asked unless it is known, one statement counts their rows."""
    steps = first_steps()
    done, aside = _done(user, steps) if done is None else done, set(profile.kept().steps_aside)
    told = [step for step in steps if step.unit and step.key in done]
    key = ("steps done", *(step.key for step in told))
    counts = totals(user, key, lambda _account: {step.key: (step.rows(), "") for step in told})
    open_ones = (step for step in steps if step.key not in done | aside and user.has_perm(step.permission))
    following = next(open_ones, None)
    return [
        ShownStep(
            step,
            is_done=step.key in done,
            is_aside=step.key in aside - done,
            may=user.has_perm(step.permission),
            count=counts.get(step.key, (0, None))[0],
            is_next=step is following,
            **_ways(user, step),
        )
        for step in steps
    ]


def _done(user: "User", steps: list[FirstStep]) -> set[str]:
    key = ("first steps", *(step.key for step in steps))
    return existing(user, key, lambda _account: {step.key: step.rows() for step in steps})


def _ways(user: "User", step: FirstStep) -> dict[str, str]:
    if not user.has_perm(step.permission):
        return {}
    ways = {"page": reverse(step.page)}
    if step.kind and user.has_perm(kind_of(step.kind).kind.permission):
        ways["upload"] = f"{reverse('home:import_upload')}?kind={step.kind}"
        ways["template"] = reverse("home:import_template", args=[step.kind])
    return ways
