"""Shards that workers hold: each question goes to all of them, and one that is lost is opened again elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dnqa.cluster.tasks import Holder
from dnqa.errors import ClusterError, DamagedIndexError

_SECONDS = 20  # that a worker may take for its part of a question
_TRIES = 3


class Workers(Protocol):
    """Who holds shards, as `dnqa.cluster.Cluster` has them."""

    address: str

    @property
    def workers(self) -> list[str]:
        """Their addresses."""

    def hold(self, worker: str, holder: type[Holder], *arguments: Any) -> Any:
        """A holder on a worker, whose methods give futures."""

    def say_what_is_wrong(self) -> AbstractContextManager[None]:
        """Whatever fails there, as a ClusterError."""


class _Held(NamedTuple):
    """Shards that a worker holds.

    actor: a `Holder` there, whose methods give futures. numbers: of the shards.
    """

    worker: str
    actor: Any
    numbers: Sequence[int]


class FarShards:
    """Shards on workers, as `dnqa.index.sharded.Shards` has them; an answer is of all shards, or there is none.

    n: how many. n_bytes: the size of all.
    """

    is_far = True

    def __init__(self, cluster: Workers, folder: Path, shards: Sequence[tuple[str, str]]) -> None:
        """Let the workers open the shards. Raises ClusterError if they cannot."""
        self._cluster = cluster
        self._folder = folder
        self._shards = list(shards)
        self.n = len(self._shards)
        self._held: list[_Held] = []
        self._place(range(self.n))
        self.n_bytes: int = sum(self.ask("measure_bytes"))

    def _place(self, numbers: Sequence[int]) -> None:
        """Let workers open some shards, those that hold the fewest first."""
        n_held = dict.fromkeys(self._cluster.workers, 0)
        for held in self._held:
            n_held[held.worker] = n_held.get(held.worker, 0) + len(held.numbers)
        placed: dict[str, list[int]] = {}
        for number in numbers:
            worker = min(n_held, key=lambda worker: (n_held[worker], worker))
            n_held[worker] += 1
            placed.setdefault(worker, []).append(number)
        for worker, of_one in placed.items():
            named = {number: tuple(self._shards[number]) for number in of_one}
            try:
                actor = self._cluster.hold(worker, Holder, self._folder, named)
            except (DamagedIndexError, FileNotFoundError) as error:
                raise ClusterError(
                    f"the worker {worker} has not the shards of this index ({error}); put DNQA_CACHE where all workers "
                    f"see it, and build with 'dnqa index --cluster {self._cluster.address}'"
                ) from error
            self._held.append(_Held(worker, actor, of_one))

    def ask(self, method: str, *arguments: Any) -> list[Any]:
        """Call a method of every shard, with the same arguments, and give what each returns, in order."""
        found = self.ask_each(method, dict.fromkeys(range(self.n), arguments))
        return [found[number] for number in range(self.n)]

    def ask_each(self, method: str, arguments: Mapping[int, tuple[Any, ...]]) -> dict[int, Any]:
        """Call a method of some shards, each with arguments of its own, by their numbers.

        Raises ClusterError if a shard cannot be asked anywhere; what the others said is then of no use.
        """
        found: dict[int, Any] = {}
        for _ in range(_TRIES):
            missing = arguments.keys() - found.keys()
            if not missing:
                return found
            if lost := missing - {number for held in self._held for number in held.numbers}:
                self._place(sorted(lost))
            self._ask_once(method, {number: arguments[number] for number in missing}, found)
        if arguments.keys() <= found.keys():
            return found
        raise ClusterError(
            f"workers at {self._cluster.address} were lost faster than others took over; see to them and ask again"
        )

    def _ask_once(self, method: str, arguments: Mapping[int, tuple[Any, ...]], found: dict[int, Any]) -> None:
        """Ask all that hold some shards at a time; those that are lost are forgotten."""
        waiting = []
        for held in tuple(self._held):
            if own := {number: arguments[number] for number in held.numbers if number in arguments}:
                with self._forgetting(held):
                    waiting.append((held, held.actor.ask(method, own)))
        for held, future in waiting:
            with self._forgetting(held), self._cluster.say_what_is_wrong():
                found.update(future.result(_SECONDS))

    @contextmanager
    def _forgetting(self, held: _Held) -> Iterator[None]:
        """Forget shards whose worker is gone, or will not answer any more."""
        try:
            yield
        except DamagedIndexError as error:
            raise ClusterError(f"{error.args[0].partition(';')[0]}; build the index again") from error
        except (OSError, RuntimeError, ClusterError):
            self._held.remove(held)
