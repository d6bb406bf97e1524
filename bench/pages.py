"""Public pages beside a plain Django page of 100 rows, served the same way in the same run."""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path


HERE = Path(__file__).parent
SECONDS = 4.0
PAGES = {
    "ranking, 124 communes": "/minh-hoa/2025/cap-xa/",
    "ranking, 19 agencies": "/minh-hoa/2024/co-quan/",
    "unit page": "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/",
    "criterion page": "/minh-hoa/2024/co-quan/so-van-hoa-the-thao-va-du-lich/3.2.4/",
    "home": "/",
}


def measure() -> list[dict[str, object]]:
    """A row a page: requests per second, median milliseconds, warm and cold, ratios to the anchor."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        anchor = _plain(home)
        with _site(home, cache="1") as port:
            warm = {name: _load(port, page) for name, page in PAGES.items()}
        with _site(home, cache="0") as port:
            cold = {name: _load(port, page) for name, page in PAGES.items()}
    return [{"page": "anchor: plain Django page of 100 rows", **anchor}] + [
        {
            "page": name,
            **warm[name],
            "ratio": warm[name]["rps"] / anchor["rps"],
            "cold_rps": cold[name]["rps"],
            "cold_ms": cold[name]["ms"],
            "cold_ratio": cold[name]["rps"] / anchor["rps"],
        }
        for name in PAGES
    ]


def _plain(home: Path) -> dict[str, float]:
    """The anchor's figure."""
    environment = {**os.environ, "BENCH_HOME": str(home), "PYTHONPATH": str(HERE)}
    subprocess.run(
        [sys.executable, "-c", "import plain_page; plain_page.fill()"], env=environment, check=True
    )
    with _server("plain_page:application", environment) as port:
        return _load(port, "/")


@contextmanager
def _site(home: Path, *, cache: str):
    """The demonstration's site; loaded once, served again from the same database."""
    environment = {**os.environ, "PARINDEX_HOME": str(home), "PARINDEX_CACHE": cache}
    if not (home / "loading.json").exists():
        _load_demo(home, environment)
    with _server("parindex.config.wsgi:application", environment) as port:
        yield port


def _load_demo(home: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "parindex", "demo", "--no-browser", "--port", str(_free_port())]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    progress = home / "loading.json"
    while True:
        time.sleep(0.5)
        if process.poll() is not None:
            raise SystemExit("the demonstration did not start")
        if progress.exists() and (text := progress.read_text()):
            state = json.loads(text)
            if state["done"] == state["total"]:
                break
    process.terminate()
    process.wait()


@contextmanager
def _server(application: str, environment: dict[str, str]):
    """One worker process with four threads, the same for both."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"]
    command += ["--no-access-log", "--log-level", "error", "--port", str(port), application]
    process = subprocess.Popen(command, env=environment)
    try:
        _until_up(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _until_up(port: int) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _load(port: int, page: str) -> dict[str, float]:
    """Ask on one kept connection, one request after the other; each answer read whole, and a 200."""
    request = f"GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    times: list[float] = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(3):
            _ask(connection, request)
        started = time.perf_counter()
        while (now := time.perf_counter()) - started < SECONDS:
            _ask(connection, request)
            times.append(time.perf_counter() - now)
    return {"rps": len(times) / sum(times), "ms": statistics.median(times) * 1000}


def _ask(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    answer = connection.recv(65536)
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(head.decode())
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    missing = length - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 20)))


def table(rows: list[dict[str, object]]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| page | warm, requests/s | warm, ms | × anchor | cold, requests/s | cold, ms | × anchor |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        ratio, cold = row.get("ratio"), row.get("cold_rps")
        lines.append(
            f"| {row['page']} | {row['rps']:.0f} | {row['ms']:.2f} | {f'{ratio:.1f}' if ratio else '1'} | "
            + (f"{cold:.0f} | {row['cold_ms']:.1f} | {row['cold_ratio']:.2f} |" if cold else "– | – | – |")
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
