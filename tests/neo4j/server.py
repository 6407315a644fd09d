"""A Neo4j Community server of our own: its jars from Maven, a fresh home, a free port, stopped by its process id.

usage: python -m tests.neo4j.server    (a server to try, until it is interrupted)
"""

import fcntl
import logging
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

POM = Path(__file__).with_name("pom.xml")
USER = "neo4j"
START_S = 300.0
STOP_S = 30.0
_PAUSE_S = 0.2
_LOG_LINES = 40
_OPENS = (
    "java.base/java.nio",
    "java.base/java.io",
    "java.base/sun.nio.ch",
    "java.base/java.util.concurrent",
    "jdk.management/com.sun.management.internal",
)
_SETTINGS = {
    "dbms.usage_report.enabled": "false",
    "server.bolt.listen_address": "127.0.0.1:{port}",
    "server.bolt.advertised_address": "127.0.0.1:{port}",
    "server.http.enabled": "false",
    "server.memory.pagecache.size": "96m",
    "db.tx_log.preallocate": "false",
    "db.transaction.monitor.check.interval": "100ms",  # or limits of time hold only every two seconds
    "dbms.cypher.min_replan_interval": "1d",  # tests empty and fill the store so often that every plan looks old
    "db.tx_log.rotation.retention_policy": "keep_none",
}


logging.getLogger("neo4j").addHandler(logging.NullHandler())  # or the driver says on standard error that it waits


class NoServer(Exception):
    """The server can't be had or did not start; one line, and the end of its log where it has one."""


@dataclass(slots=True)
class Server:
    """One server in a home of its own; it may be stopped, killed and started again with other settings."""

    home: Path
    heap: str = "512m"
    port: int = 0
    password: str = field(default_factory=lambda: secrets.token_hex(12), repr=False)
    pid: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    java: tuple[str, ...] = ("-Xms128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
    """Options that have it start soon and take little, at the price of speed later."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"neo4j://127.0.0.1:{self.port}"

    def start(self, settings: Mapping[str, str] | None = None) -> None:
        """Start it and wait until it answers; raises NoServer with the end of its log."""
        is_new = not (self.home / "conf").is_dir()
        self.port = self.port or _free_port()
        self.settings = settings or {}
        self._configure(self.settings)
        if is_new:
            self._run("org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password)
        self.launch()
        self.wait()

    def restart(self, settings: Mapping[str, str]) -> None:
        """Have it run with these settings and no others."""
        if not self.pid or self.settings != settings:
            self.stop()  # a database that was killed can't be recovered where it may only be read
            self.start(settings)

    def launch(self) -> None:
        """Start the process and wait for nothing."""
        opens = [f"--add-opens={package}=ALL-UNNAMED" for package in _OPENS]
        home = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        command = [*self._java(), f"-Xmx{self.heap}", *self.java]
        command += [*opens, "org.neo4j.server.CommunityEntryPoint", *home]
        to_log = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.pid = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(self._log), to_log, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )

    def wait(self) -> None:
        """Return when it answers; raises NoServer if it ends before or takes too long."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if not _is_alive(self.pid):
                raise NoServer(f"Neo4j ended while starting; {self.log_end()}")
            try:
                with GraphDatabase.driver(self.url, auth=(USER, self.password)) as driver:
                    driver.verify_connectivity()
                return
            except (DriverError, Neo4jError):
                time.sleep(_PAUSE_S)
        raise NoServer(f"Neo4j did not answer within {START_S:.0f} seconds; {self.log_end()}")

    def stop(self) -> None:
        """End it in good order."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def log_end(self) -> str:
        """The last lines of its log."""
        lines = self._log.read_text("utf-8", "replace").splitlines() if self._log.exists() else []
        return "the end of its log:\n" + "\n".join(lines[-_LOG_LINES:])

    @property
    def _log(self) -> Path:
        return self.home / "console.log"

    def _end(self, how: signal.Signals) -> None:
        if not self.pid:
            return
        for signal_ in (how, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal_)
            deadline = time.monotonic() + STOP_S
            while (is_alive := _is_alive(self.pid)) and time.monotonic() < deadline:
                time.sleep(0.05)
            if not is_alive:
                break
        self.pid = 0

    def _configure(self, settings: Mapping[str, str]) -> None:
        for name in ("conf", "data", "logs", "import", "run"):
            (self.home / name).mkdir(parents=True, exist_ok=True)
        lines = {name: value.format(port=self.port) for name, value in _SETTINGS.items()} | dict(settings)
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self.home / "conf" / "neo4j.conf").write_text(text, "utf-8")

    def _java(self) -> list[str]:
        return ["java", "-cp", f"{jars()}/*"]

    def _run(self, *arguments: str) -> None:
        where = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        done = subprocess.run(
            [*self._java(), *arguments], env=os.environ | where, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NoServer(f"Neo4j's {arguments[1]} failed: {done.stderr.strip() or done.stdout.strip()}")


@contextmanager
def running(server: Server, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The server, which runs meanwhile."""
    try:
        server.start(settings)
        yield server
    finally:
        server.stop()


def jars() -> Path:
    """The folder of the server's jars, fetched with Maven on first use; raises NoServer where that is impossible."""
    (version,) = re.findall(r"<artifactId>neo4j</artifactId>\s*<version>([\d.]+)</version>", POM.read_text("utf-8"))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "policygraph"
    place = cache / f"neo4j-{version}"
    cache.mkdir(parents=True, exist_ok=True)
    missing = [tool for tool in ("java", "mvn") if shutil.which(tool) is None]
    if "java" in missing or (missing and not place.is_dir()):
        raise NoServer(f"there is no {' and no '.join(missing)}; `make test` installs Java and Maven where it may")
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_dir():
            _fetch(place)
    return place


def _fetch(place: Path) -> None:
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        made = Path(folder) / "lib"
        goal = ("dependency:copy-dependencies", f"-DoutputDirectory={made}", "-DincludeScope=runtime")
        done = subprocess.run(
            ["mvn", "--quiet", "--batch-mode", "--file", str(POM), *goal], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NoServer(f"Maven could not fetch Neo4j: {(done.stdout + done.stderr).strip()[-500:]}")
        made.rename(place)


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


def _is_alive(pid: int) -> bool:
    """Whether a process that this one started runs; one that has ended is taken note of."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != pid
    except ChildProcessError:  # another process of the same test run started it, and takes note
        return False


def main() -> None:
    """Run a server until it is interrupted, and say how to use it."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    with (
        suppress(KeyboardInterrupt),
        tempfile.TemporaryDirectory(prefix="policygraph-neo4j-") as folder,
        running(Server(Path(folder), heap="1g")) as server,
    ):
        print(
            f"Neo4j answers at {server.url}; in another shell:\n\n"
            f"  export POLICYGRAPH_STORE={server.url} POLICYGRAPH_NEO4J_PASSWORD={server.password}\n"
            "  .venv/bin/policygraph load examples/documents\n\n"
            "Ctrl-C stops it and removes what was stored.",
            flush=True,
        )
        signal.pause()


if __name__ == "__main__":
    try:
        main()
    except NoServer as error:
        sys.exit(f"neo4j: {error}")
