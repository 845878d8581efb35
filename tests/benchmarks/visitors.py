"""How many visitors one machine serves: `dnqa serve`, and people who type into it through WebSockets as browsers do.

    python -m tests.benchmarks.visitors [--visitors N …] [--seconds S] [--corpus PATH]

Every visitor types a question key by key, eight keys a second, presses Enter, reads for some seconds and types the
next. Echo: from sending a key until the output that ends with its letter has come back. First screen: from opening the
WebSocket until the desk's first words are there, a visitor every two seconds. Memory: the proportional share (PSS) of
the desks' processes, and of these with the server. The visitors run on the same machine, and cost it time but are not
counted. It ends where the desks take 4 GB or the median echo 100 ms. Linux only.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp

import dnqa

MOST_MEMORY = 4_000_000_000  # bytes
SLOWEST = 0.1  # seconds
_KEYS_A_SECOND = 8
_TELLING = 4
"""Letters before the cursor that are waited for together: fewer are in what moves the cursor, too."""
_BEGINNING = "tell me, "
"""Of a question: what is suggested for others would be on the screen before it is typed."""
_READING = (2.0, 5.0)  # seconds between two questions
_BETWEEN = 2.0  # seconds from one visitor's coming to the next
_PATIENCE = 30.0  # seconds for anything to come back


class Visitor:
    """Somebody with a browser.

    first_screen: seconds until the desk was there. echoes: seconds from each key to its letter.
    """

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, questions: Sequence[str], seed: int) -> None:
        self._socket = socket
        self._questions = questions
        self._random = random.Random(seed)
        self._wanted: tuple[bytes, asyncio.Future[float]] | None = None
        self._listening = asyncio.create_task(self._listen())
        self.first_screen = 0.0
        self.echoes: list[float] = []

    async def arrive(self) -> None:
        """Open the desk, and wait until it is ready to be asked."""
        started = time.perf_counter()
        await self._send("resize", {"width": 120, "height": 36})
        await self._send("focus")
        self.first_screen = await self._wait_for(b"Conversation") - started
        await self._send("stdin", " \x7f")

    async def work(self, until: float) -> None:
        """Ask until a time."""
        await asyncio.sleep(self._random.uniform(0, _READING[1]))
        while time.perf_counter() < until:
            question = _BEGINNING + self._random.choice(self._questions)
            for end, letter in enumerate(question, 1):
                started = time.perf_counter()
                waiting = self._wait_for(question[max(0, end - _TELLING) : end].encode())
                await self._send("stdin", letter)
                took = await waiting - started
                self.echoes += [took] * (end >= _TELLING)
                await asyncio.sleep(max(0, 1 / _KEYS_A_SECOND - took))
            await self._send("stdin", "\r")
            await asyncio.sleep(self._random.uniform(*_READING))

    async def leave(self) -> None:
        """Close the desk."""
        await self._socket.close()
        await self._listening

    async def _send(self, *message: object) -> None:
        await self._socket.send_str(json.dumps(message))

    def _wait_for(self, text: bytes) -> "asyncio.Future[float]":
        """When a text comes, from now on."""
        future: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._wanted = (text, future)
        return future

    async def _listen(self) -> None:
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.BINARY and self._wanted:
                text, future = self._wanted
                if text in message.data and not future.done():
                    future.set_result(time.perf_counter())


def measure_memory(server: int) -> tuple[list[int], int]:
    """The bytes of every desk of a server, and of all of them with the server."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
    desks = [_measure_share(number) for number, parent in parents.items() if parent == server]
    return desks, sum(desks) + _measure_share(server)


def _measure_share(number: int) -> int:
    """The proportional share of a process in bytes, 0 if it has ended."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


async def measure(address: str, server: int, steps: Sequence[int], seconds: float) -> int:
    """Print a line for each number of visitors, and return the largest that was served well."""
    questions = [known.question for known in dnqa.load().knowledge.questions if 20 < len(known.question) < 50]
    print("visitors  echo ms  95 %  first screen ms  a desk MB  all MB  load")
    served = 0
    visitors: list[Visitor] = []
    async with aiohttp.ClientSession(headers={"Origin": address}) as session:
        for n in steps:
            while len(visitors) < n:
                socket = await session.ws_connect(f"{address}/ws?width=120&height=36", max_msg_size=0)
                visitors.append(Visitor(socket, questions, len(visitors)))
                await asyncio.wait_for(visitors[-1].arrive(), _PATIENCE)
                await asyncio.sleep(_BETWEEN)
            until = time.perf_counter() + seconds
            for visitor in visitors:
                visitor.echoes.clear()
            await asyncio.gather(*(visitor.work(until) for visitor in visitors))
            desks, total = measure_memory(server)
            echoes = sorted(echo for visitor in visitors for echo in visitor.echoes)
            median, late = statistics.median(echoes), echoes[int(0.95 * (len(echoes) - 1))]
            first = statistics.median(visitor.first_screen for visitor in visitors)
            share = statistics.median(desks) / 1e6
            print(
                f"{n:8}  {1000 * median:7.0f}  {1000 * late:4.0f}  {1000 * first:15.0f}  {share:9.0f}"
                f"  {total / 1e6:6.0f}  {os.getloadavg()[0]:4.1f}",
                flush=True,
            )
            if total > MOST_MEMORY or median > SLOWEST:
                break
            served = n
        await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return served


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and how many desks this machine holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, nargs="+", default=[1, 4, 8, 16, 24, 32, 40, 48, 64])
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--corpus")
    options = parser.parse_args(arguments)
    corpus = ["--corpus", options.corpus] if options.corpus else []
    subprocess.run([sys.executable, "-m", "dnqa", "index", *corpus], check=True)
    command = [sys.executable, "-m", "dnqa", "serve", "--port", "0", *corpus, "--visitors", str(max(options.visitors))]
    print(f"load before: {os.getloadavg()[0]:.1f}")
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr
        address = next(word for word in server.stderr.readline().split() if word.startswith("http://"))
        try:
            served = asyncio.run(measure(address, server.pid, options.visitors, options.seconds))
        finally:
            server.terminate()
    print(f"one machine of {os.cpu_count()} cores and {MOST_MEMORY // 10**9} GB holds {served} desks")


if __name__ == "__main__":
    main()
