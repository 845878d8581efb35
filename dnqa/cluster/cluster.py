"""A scheduler of Dask with its workers, as the place where shards are built and questions answered."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from dnqa.cluster.shards import FarShards
from dnqa.cluster.tasks import answer_some, tell_versions
from dnqa.errors import ClusterError
from dnqa.index.cache import versions
from dnqa.records import Answer

T = TypeVar("T")
R = TypeVar("R")

_SECONDS = 10  # until a scheduler has answered
_PATIENCE = 30  # seconds until a worker has opened its shards
_LOOK_EVERY, _LOOKS = 5.0, 4  # seconds, and how often there may be no worker at all before work is given up
_QUESTIONS = 64  # that are handed to a worker at a time
_AHEAD = 4  # pieces of work for each thread of a worker that are under way


class Cluster:
    """Workers behind a scheduler.

    address: of the scheduler.
    """

    def __init__(self, address: str) -> None:
        """Join a cluster. Raises ClusterError if it is not there, has no workers, or other versions of what counts."""
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise ClusterError("a cluster needs Dask: pip install 'dnqa[cluster]'") from error
        dask.config.set({"distributed.comm.timeouts.connect": _SECONDS})
        self.address = address
        try:
            self._client: Any = _within(
                2 * _SECONDS, partial(Client, address, timeout=_SECONDS, direct_to_workers=True)
            )
        except (OSError, ValueError, TypeError, MemoryError) as error:  # whatever else may listen there
            raise ClusterError(f"no scheduler answers at {address}; start one with 'dask scheduler'") from error
        self._compare()

    def _compare(self) -> None:
        """See that all workers read, count and encode as this process does. Raises ClusterError."""
        run = partial(self._client.run, tell_versions, on_error="return")
        try:
            told: Mapping[str, Any] = _within(_SECONDS, run)
        except TimeoutError as error:
            raise ClusterError(f"a worker at {self.address} does not answer; see to it, or end it") from error
        if not told:
            raise ClusterError(f"the scheduler at {self.address} has no workers; start some with 'dask worker'")
        for worker, found in told.items():
            if isinstance(found, BaseException):
                raise ClusterError(
                    f"the worker {worker} has no dnqa that can be used ({found}); install the same there"
                )
            if found != list(versions()):
                raise ClusterError(
                    f"the worker {worker} has another version of dnqa or of its encoder; make them alike"
                )

    @property
    def workers(self) -> list[str]:
        """The addresses of the workers that are there. Raises ClusterError if there is none."""
        found = self._ask_scheduler()
        if found is None:
            raise ClusterError(f"the scheduler at {self.address} no longer answers; see to it and try again")
        if not found:
            raise ClusterError(f"no worker is left at {self.address}; start some with 'dask worker'")
        return found

    def _ask_scheduler(self) -> list[str] | None:
        """The workers that the scheduler knows, None if it says nothing of them."""
        with self.say_what_is_wrong():
            told = self._client.scheduler_info(n_workers=-1)
        return sorted(told["workers"]) if "workers" in told else None

    @contextmanager
    def say_what_is_wrong(self) -> Iterator[None]:
        """Whatever a cluster can fail with, as one line that says what to do. Raises ClusterError."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            yield
        except KilledWorker as error:
            raise ClusterError(
                f"several workers died of the same work ({error.args[0]}); give them more memory"
            ) from error
        except (CommClosedError, CancelledError, TimeoutError) as error:
            raise ClusterError(f"the scheduler at {self.address} no longer answers; see to it and try again") from error

    def run(self, function: Callable[[T], R], tasks: Sequence[T]) -> Iterator[R]:
        """Apply a function to some tasks on all workers, and give what comes of each, in their order.

        What a worker had begun that was lost is done again elsewhere. Raises what the function raises or ClusterError.
        """
        with self.say_what_is_wrong():
            waiting = [self._client.submit(function, task, pure=False) for task in tasks]
        for future in waiting:
            try:
                with self.say_what_is_wrong():
                    result: R = self._wait_for(future)
            except OSError as error:
                raise ClusterError(
                    f"a worker cannot use {error.filename or 'a file'} ({error.strerror or error}); put the corpus and "
                    "DNQA_CACHE where all workers see them"
                ) from error
            yield result

    def _wait_for(self, future: Any) -> Any:
        """What comes of a task, as long as there is a worker that could do it. Raises ClusterError."""
        n_without = 0
        while True:
            try:
                return future.result(_LOOK_EVERY)
            except TimeoutError:
                n_without = 0 if self._ask_scheduler() else n_without + 1
                if n_without > _LOOKS:
                    raise ClusterError(f"no worker is left at {self.address}; start some and try again") from None

    def open_shards(self, folder: Path, shards: Sequence[tuple[str, str]]) -> FarShards:
        """Shards, each held by a worker. folder: where their files are; shards: their names and states."""
        return FarShards(self, folder, shards)

    def hold(self, worker: str, holder: type[T], *arguments: Any) -> T:
        """An object on a worker, or on another if that one has gone, whose methods give futures."""
        with self.say_what_is_wrong():
            future = self._client.submit(
                holder, *arguments, workers=[worker], allow_other_workers=True, actor=True, pure=False, priority=1
            )
            try:
                held: T = future.result(_PATIENCE)
            except TimeoutError as error:
                raise ClusterError(
                    f"the workers at {self.address} are busy with other work; try again later"
                ) from error
        return held

    def ask_all(self, path: Path, questions: Sequence[str]) -> Iterator[Answer]:
        """The answers to many questions, in order: each worker opens the saved index and answers some of them.

        path: of the file of the index, which all workers see.
        """
        pieces = [questions[start : start + _QUESTIONS] for start in range(0, len(questions), _QUESTIONS)]
        at_once = _AHEAD * len(self.workers)
        for start in range(0, len(pieces), at_once):
            tasks = [(path, piece) for piece in pieces[start : start + at_once]]
            for answers in self.run(answer_some, tasks):
                yield from answers

    def close(self) -> None:
        """Leave the cluster, which goes on."""
        self._client.close(timeout=_SECONDS)


def _within(seconds: float, function: Callable[[], T]) -> T:
    """What a function returns or raises. Raises TimeoutError if it takes too long; it is left to itself then."""
    done: Future[T] = Future()

    def work() -> None:
        try:
            done.set_result(function())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    return done.result(seconds)
