"""The event loop of a worker: what Granian's threads bring runs in those threads.

Granian gives each request to asyncio's one thread (RSGI), from where a program that blocks must send it to a thread
again; that costs a third more processor time. Here a request stays where it arrived: its coroutine runs until it has to
wait for the rest of a body, and goes on in whatever thread of Granian's brings that.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from granian import loops


class RequestLoop(asyncio.SelectorEventLoop):
    """asyncio's own loop for the main thread, where it waits for signals; other threads get no loop at all."""

    def __init__(self) -> None:
        super().__init__()
        self._main = threading.get_ident()
        self._told = False

    def create_task(self, coro: Coroutine[Any, Any, Any], **more: Any) -> Any:  # type: ignore[override]
        """Runs a request's coroutine, as far as it goes, here and now."""
        if threading.get_ident() == self._main:
            return super().create_task(coro, **more)
        return _Request(coro)

    def call_soon(  # type: ignore[override]
        self, callback: Callable[..., Any], *arguments: Any, context: Any = None
    ) -> Any:
        """Calls at once what a thread of Granian's asks for."""
        if threading.get_ident() == self._main:
            return super().call_soon(callback, *arguments, context=context)
        return callback(*arguments)

    def call_soon_threadsafe(  # type: ignore[override]
        self, callback: Callable[..., Any], *arguments: Any, context: Any = None
    ) -> Any:
        """As `call_soon`; a call without arguments is Granian's sign to the main thread that the worker ends."""
        if arguments:
            return self.call_soon(callback, *arguments, context=context)
        return super().call_soon_threadsafe(callback, context=context)

    def add_signal_handler(  # type: ignore[override]
        self, sig: int, callback: Callable[..., Any], *arguments: Any
    ) -> None:
        """Has the first signal end the worker; Granian waits for ever, with Python's lock, on the third."""

        def once() -> None:
            if not self._told:
                self._told = True
                callback(*arguments)

        super().add_signal_handler(sig, once)


class _Request:
    """A coroutine that goes on, when what it waits for is there, in the thread that says so."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._coroutine = coroutine
        self._go_on(None)

    def _go_on(self, awaited: Any) -> None:
        try:
            if awaited is not None and awaited.cancelled():
                awaited = self._coroutine.throw(TimeoutError())
            else:
                awaited = self._coroutine.send(None)
        except StopIteration:
            return
        awaited.add_done_callback(self._go_on)


@loops.register("auto")
def make() -> RequestLoop:
    """The loop that Granian asks for in a worker."""
    return RequestLoop()
