"""What the portal refuses, said in words for people."""


class DomainError(Exception):
    """A request the portal's rules refuse: the message is for the person at the screen.

    It is about `field`, or about the first of the fields `among` that the form at hand asks for.
    """

    def __init__(self, message: str, *, field: str | None = None, code: str = "", among: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.among = among
        self.code = code

    def __str__(self) -> str:
        return str(self.message)


class Refused(DomainError):
    """A rule forbids it."""


class Conflict(DomainError):
    """Somebody else changed the thing meanwhile."""
