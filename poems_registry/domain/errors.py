"""What can go wrong that is not a bug: each error's text is a sentence a clinician can act on."""


class RegistryError(Exception):
    """The root of every refusal a user may see. Its text says what happened, what is safe and what to do.

    The text never holds a name, a number or a value of a patient: it may be logged.
    """


class InvalidInput(RegistryError):
    """Typed values that cannot be right, gathered so that all are told at once.

    `problems` maps a field or item code to the words shown beside that field.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = dict(problems)
        count = len(self.problems)
        things = "1 entry needs" if count == 1 else f"{count} entries need"
        super().__init__(f"{things} correction. Nothing has been saved yet; what you typed is kept.")


class NotFound(RegistryError):
    """The thing asked for is not in this registry."""


class NotPermitted(RegistryError):
    """The signed-in person's role does not include this act."""


class StaleRecord(RegistryError):
    """Someone else changed the record after it was opened here."""

    def __init__(self) -> None:
        super().__init__(
            "Someone else changed this record after you opened it. Nothing was overwritten and what you typed is kept."
            " Open the record again to see both versions."
        )


class WrongPassword(RegistryError):
    """The name and password do not open this registry."""

    def __init__(self, wait_seconds: int = 0) -> None:
        self.wait_seconds = wait_seconds
        seconds = "1 second" if wait_seconds == 1 else f"{wait_seconds} seconds"
        wait = f" Wait {seconds}, then try again." if wait_seconds else ""
        super().__init__(f"The name or the password is not right. Nothing was opened or changed.{wait}")


class CannotOpen(RegistryError):
    """The registry at this place cannot be opened; each cause has its own sentence."""


class AlreadyOpen(CannotOpen):
    """Another process has the registry open."""


class NewerFile(CannotOpen):
    """The registry was written by a newer version of the program."""


class NotSaved(RegistryError):
    """A save did not reach the disk: full, read-only or gone. What was typed is kept in the window."""


class NotAllowedNow(RegistryError):
    """The step is not possible in the state the thing is in (sign an unsigned visit's letter, amend a draft ...)."""


class StillAtAPrinter(NotAllowedNow):
    """Somebody else may be printing just now: a person who knows that it stopped there may go on all the same."""
