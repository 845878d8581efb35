"""A cluster of real processes builds the same index and gives the same answers, also when some of them die."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dnqa
from dnqa.asking.answering import Answerer
from dnqa.index.saving import Way, build, build_ahead
from dnqa.index.sharding import Counted, Task, count_shard
from dnqa.rendering import answer_record, to_json
from dnqa.sources.corpus import Unread
from tests.index.test_sharded import ask_all, corpus, kill_once, list_questions, read_shards, share_out

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'dnqa[cluster]'")

from dnqa.cluster import Cluster  # noqa: E402 - skipped above where Dask is missing
from dnqa.cluster import cluster as cluster_module  # noqa: E402
from dnqa.errors import ClusterError, SourceError  # noqa: E402

__all__ = ["corpus", "share_out"]  # fixtures
pytestmark = pytest.mark.filterwarnings("default")  # Dask's own are not ours to mend


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A scheduler and two workers, each a process of its own."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


@pytest.fixture
def cluster(local: Any) -> Iterator[Cluster]:
    """The cluster, joined."""
    local.scale(2)
    joined = Cluster(local.scheduler_address)
    yield joined
    joined.close()


def far(cluster: Cluster) -> Way:
    """The way of a cluster."""
    return Way(cluster.run, cluster.open_shards, cluster.ask_all)


def list_processes(cluster: Cluster) -> list[int]:
    """The numbers of the workers' processes."""
    return list(cluster._client.run(os.getpid).values())


def test_workers_build_the_same_bytes_and_give_the_same_answers(
    cluster: Cluster, corpus: Path, share_out: Callable[[int], None], tmp_path: Path
) -> None:
    """As one process does, in every way of asking."""
    share_out(5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DNQA_CACHE", str(tmp_path / "here"))
        here = build_ahead(corpus)[0]
    index, is_new = build_ahead(corpus, far(cluster))
    assert is_new
    assert read_shards_far(index) == read_shards(here)
    whole = build(corpus, None)
    assert ask_all(index) == ask_all(whole)
    questions = list(list_questions(whole))
    many = dnqa.load(corpus, way=far(cluster)).ask_all(questions)
    one_by_one = map(Answerer(whole).ask, questions)
    assert [to_json(answer_record(found)) for found in many] == [to_json(answer_record(found)) for found in one_by_one]


def read_shards_far(index: Any) -> dict[str, bytes]:
    """The bytes of the shards of an index whose shards are elsewhere."""
    folder = index.store.path.parent
    return {name.partition("-")[0]: (folder / name).read_bytes() for name, _ in index.store.header["shards"]}


def test_a_worker_that_dies_while_asked_is_replaced(
    cluster: Cluster, corpus: Path, share_out: Callable[[int], None]
) -> None:
    """Its shards are opened elsewhere, and no answer lacks what they have."""
    share_out(5)
    index, _ = build_ahead(corpus, far(cluster))
    expected = ask_all(build(corpus, None))
    assert ask_all(index) == expected
    os.kill(list_processes(cluster)[0], signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    assert ask_all(index) == expected


def test_what_a_worker_had_begun_that_dies_is_done_again(
    cluster: Cluster, corpus: Path, share_out: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index is whole."""
    share_out(4)
    monkeypatch.setattr("dnqa.index.assembling.count_shard", kill_once)
    index, _ = build_ahead(corpus, far(cluster))
    assert (corpus.parent / "killed").exists()
    assert ask_all(index) == ask_all(build(corpus, None))


def test_a_shard_of_another_build_is_refused_by_name(
    cluster: Cluster, corpus: Path, share_out: Callable[[int], None]
) -> None:
    """Nothing is answered from it."""
    share_out(4)
    path = build_ahead(corpus)[0].path
    assert path
    shards = sorted(path.parent.glob("*.shard"))
    shards[0].write_bytes(shards[1].read_bytes())
    with pytest.raises(ClusterError, match=shards[0].name):
        dnqa.load(corpus, way=far(cluster)).ask("may I run?")


def test_what_a_worker_cannot_read_is_said(
    cluster: Cluster, corpus: Path, share_out: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it has to be, so that all see it."""
    share_out(4)
    monkeypatch.setattr("dnqa.index.assembling.count_shard", fail_to_read)
    with pytest.raises(ClusterError, match="where all workers see"):
        build_ahead(corpus, far(cluster))


def see_nothing(task: Task) -> Counted:
    """Find none of the sources, as a worker would that does not see the corpus."""
    counted = count_shard(task)
    error = SourceError("No such file or directory; name a file that can be read")
    return counted._replace(unread=[Unread(name, "?", error) for name in counted.made_of])


def test_a_worker_that_does_not_see_the_corpus_leaves_nothing_out(
    cluster: Cluster, corpus: Path, share_out: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there to be read, and is not, is no reason to go on without it."""
    share_out(4)
    monkeypatch.setattr("dnqa.index.assembling.count_shard", see_nothing)
    with pytest.raises(ClusterError, match="put the corpus where all workers see it"):
        build_ahead(corpus, far(cluster))


def fail_to_read(_: Task) -> Any:
    """Find no such folder, as a worker would that does not see it."""
    raise FileNotFoundError(2, "No such file or directory", "/elsewhere")


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """That says what to do."""
    monkeypatch.setattr(cluster_module, "_SECONDS", 1)
    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1; start one"):
        Cluster("tcp://127.0.0.1:1")


def test_a_scheduler_that_goes_is_one_line(
    corpus: Path, share_out: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no partial answer."""
    share_out(4)
    monkeypatch.setattr(cluster_module, "_SECONDS", 1)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as made:
        joined = Cluster(made.scheduler_address)
        library = dnqa.load(corpus, way=far(joined))
        library.build()
    with pytest.raises(ClusterError, match=r"the scheduler at .* no longer answers"):
        library.ask("is there swelling in the knee?")
