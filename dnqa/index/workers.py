"""Processes of our own on all processors of this computer, which end when the one that started them does."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
Run = Callable[[Callable[[T], R], Sequence[T]], Iterator[R]]
"""Applies a function to some tasks, wherever that is done, and gives what comes of each, in their order."""

CANNOT_START = (OSError, ImportError, NotImplementedError)
"""What happens where there are no more processes to be had, or nothing that they could share."""
_MOST = 16
_MOST_TRIES = 3  # for work whose process was killed


def count_processors() -> int:
    """So many processes as there are processors that this one may use, within reason."""
    n = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(n, _MOST)


def start_pool(
    n: int, prepare: Callable[..., None] | None = None, arguments: Sequence[Any] = ()
) -> "ProcessPoolExecutor | None":
    """So many processes, each of which prepares itself; None if they cannot be had."""
    try:
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        can_fork = sys.platform == "linux" and "numpy" not in sys.modules  # numpy has threads, which do not survive it
        context = multiprocessing.get_context("fork" if can_fork else "spawn")
        return ProcessPoolExecutor(n, context, _begin, (prepare, *arguments))
    except CANNOT_START:
        return None


def _begin(prepare: Callable[..., None] | None, *arguments: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it is interrupted too, and ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare(*arguments)


def _end_with_parent() -> None:
    """End when the process that started this one does, however that ends."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Ignore Ctrl+C for a moment, here and in processes that start."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def run_here(function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
    """Apply a function to some tasks, one after the other."""
    return map(function, tasks)


def run_on_all(function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
    """Apply a function to some tasks on all processors; what a process that was killed had begun is done again.

    function, tasks: can be pickled. Raises what the function raises.
    """
    n = min(count_processors(), len(tasks))
    pool = start_pool(n) if n > 1 else None
    if pool is None:
        yield from run_here(function, tasks)
        return
    from concurrent.futures import BrokenExecutor

    done = 0
    try:
        for _ in range(_MOST_TRIES):
            with without_interrupts():  # processes that start would be interrupted before they can ignore it
                waiting = [pool.submit(function, task) for task in tasks[done:]]
            try:
                for future in waiting:
                    result = future.result()
                    done += 1
                    yield result
                return
            except BrokenExecutor:
                pool.shutdown(cancel_futures=True)
                if (again := start_pool(n)) is None:
                    break
                pool = again
        yield from run_here(function, tasks[done:])
    finally:
        pool.shutdown(cancel_futures=True)
