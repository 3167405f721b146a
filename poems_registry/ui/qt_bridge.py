"""Carries a call from a worker thread to the thread of the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class UiThread(QObject):
    """Lives on the window's thread; `call` may be used from any thread and does not wait."""

    _asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def call(self, function: Callable[[], None]) -> None:
        """Have the function called on the window's thread, after what is waiting there."""
        self._asked.emit(function)

    @Slot(object)
    def _do(self, function: Callable[[], None]) -> None:
        function()
