"""A step in the middle of which something is killed: what it may leave, and how a screen leads on from there."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse

from tests.faults.post_office import PostOffice
from tests.faults.prepared import Prepared
from union_portal.accounts.enums import Role

NOTHING, ALL = "nothing", "all"
# What a worker says of itself when its work came to nothing but it lives.
TOLD = "told"


class Step(ABC):
    """A step of a turn: each begins with what the one before has left, one after the other."""

    role: ClassVar[Role] = Role.ORGANISATION

    def __init__(self, prepared: Prepared, office: PostOffice, work: Callable[[], None]) -> None:
        self.prepared, self.office, self.work = prepared, office, work

    def begin(self, turn: int) -> None:
        """Make what the step needs."""
        self.turn, self.web = turn, self.prepared.web(self.role)

    def form(self) -> dict[str, Any] | None:
        """Return address and data of the form that a web process sends; none for a step of the worker."""
        return None

    @abstractmethod
    def left(self) -> str:
        """Return how much of it is there; anything but the words above is half of it."""

    @abstractmethod
    def lead_on(self) -> None:
        """Bring it to its end as somebody at the screen does, from whatever state was left."""

    def shown(self) -> str:
        """Return the page where somebody waits for it."""
        raise NotImplementedError

    def post(self, name: str, *keys: Any, **data: Any) -> str:
        """Send a form and return the page it leads to."""
        return str(self.web.post(reverse(name, args=keys), data, follow=True).content.decode())

    def page(self, name: str, *keys: Any) -> str:
        """Return a page."""
        return str(self.web.get(reverse(name, args=keys), follow=True).content.decode())


def counted(found: tuple[int, ...], whole: tuple[int, ...]) -> str:
    """Tell nothing from all, of numbers that are nothing or whole together."""
    return ALL if found == whole else NOTHING if not any(found) else f"{found} of {whole}"
