"""Locks a window nobody uses: told of every key and mouse move, warns before it acts (decision 17)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

MINUTE = 60
LEAST, DEFAULT, MOST = 1 * MINUTE, 5 * MINUTE, 15 * MINUTE
WARNING = 20
"""Seconds between the warning and the lock."""

_USE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleLock(QObject):
    """Counts the seconds since the last use; `warn` gets the seconds left (0: no warning any more)."""

    def __init__(self, lock: Callable[[], None], warn: Callable[[int], None], after: int = DEFAULT) -> None:
        super().__init__()
        self._lock, self._warn = lock, warn
        self._after = min(MOST, max(LEAST, after))
        self._idle = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    def start(self, application: QObject) -> None:
        """Begin to watch, after somebody signed in."""
        self._idle = 0
        application.installEventFilter(self)
        self._timer.start()

    def stop(self, application: QObject) -> None:
        """Nobody is signed in any more."""
        application.removeEventFilter(self)
        self._timer.stop()

    def used(self) -> None:
        """Somebody is there."""
        if self._idle >= self._after - WARNING:
            self._warn(0)
        self._idle = 0

    def tick(self) -> None:
        """One second without use."""
        self._idle += 1
        left = self._after - self._idle
        if left <= 0:
            self._idle = 0
            self._lock()
        elif left <= WARNING:
            self._warn(left)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Any key or movement is use."""
        if event.type() in _USE:
            self.used()
        return False
