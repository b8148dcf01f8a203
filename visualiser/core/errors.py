"""The one exception that a user is meant to read."""


class UserError(Exception):
    """Something the person at the screen can put right.

    Attributes:
        message: What happened, in one sentence, naming file, line or column where there is one.
        hint: What to do about it, in one sentence; may be empty.

    Anything that is not a UserError is a bug and is reported as one.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
