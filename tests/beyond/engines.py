"""nginx with the configuration of deploy/nginx, PgBouncer in transaction mode, an S3 server: each for one block."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from moto.server import ThreadedMotoServer

from tests.beyond import tools
from tests.support.stack import ROOT, free_port, wait_for
from trajectoires.embedded.postgres import PostgresServer
from trajectoires.embedded.server import server_environment

BUCKET, KEY, SECRET, REGION = "rapports", "cle-essai", "secret-essai-0123456789", "us-east-1"
NGINX = """
user root;
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/unused;
    uwsgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    include {folder}/site.conf;
}}
"""
POOLER = """
[databases]
trajectoires = host={sockets} port={port} user={user} dbname={database}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
logfile = {folder}/pgbouncer.log
pidfile =
"""
# Fewer than the processes that ask: each really shares its connections with others.
POOL = 4


@contextmanager
def nginx(folder: Path, port: int, webs: list[int]) -> Iterator[str]:
    """The published configuration; only addresses and places are changed. Gives the address of the site."""
    text = (ROOT / "deploy/nginx/trajectoires.conf").read_text()
    for name, web in zip(("web-a:8000", "web-b:8000"), webs, strict=True):
        text = text.replace(name, f"127.0.0.1:{web}")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    text = text.replace("listen 80", f"listen 127.0.0.1:{free_port()}")
    # Quoted: the folder of the project may have a space.
    text = text.replace("/etc/nginx/tls", str(folder)).replace("/srv/trajectoires", f'"{ROOT}/deploy/proxy"')
    text = text.replace("trajectoires.example", "127.0.0.1")
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    certify(folder)
    program = tools.found("nginx")
    assert program
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")]
    with process(command, folder / "nginx.out"):
        yield f"https://127.0.0.1:{port}"


def certify(folder: Path) -> None:
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1"
    places = ["-keyout", str(folder / "trajectoires.key"), "-out", str(folder / "trajectoires.crt")]
    subprocess.run(["openssl", *words.split(), *places], check=True, capture_output=True)


@contextmanager
def process(command: list[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        started = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
        try:
            yield started
        finally:
            started.terminate()
            started.wait(20)


@contextmanager
def pooler(server: PostgresServer) -> Iterator[str]:
    """The address of the database through PgBouncer, which refuses root as PostgreSQL does."""
    folder, listen = server.place.folder(f"pgbouncer-{server.name}"), free_port()
    told = {"sockets": server.sockets, "port": server.port, "user": server.user, "database": server.database}
    (folder / "pgbouncer.ini").write_text(POOLER.format(**told, listen=listen, size=POOL, folder=folder))
    program = tools.found("pgbouncer")
    assert program
    started = server.account.popen([program, folder / "pgbouncer.ini"], env=server_environment())
    url = f"postgres://{server.user}@127.0.0.1:{listen}/{server.database}"
    try:
        wait_for(lambda: pooled(url), 20, "PgBouncer answers")
        yield url
    finally:
        started.terminate()
        started.wait(20)


def pooled(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@dataclass(frozen=True)
class Store:
    """``name``: what the page says of this server."""

    url: str
    name: str

    @property
    def environment(self) -> dict[str, str]:
        names = ("S3_BUCKET", "S3_ENDPOINT_URL", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY")
        return dict(zip(names, (BUCKET, self.url, REGION, KEY, SECRET), strict=True))

    @property
    def bucket(self) -> Any:
        words = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET, "region_name": REGION}
        return boto3.resource("s3", endpoint_url=self.url, **words).Bucket(BUCKET)

    def names(self) -> list[str]:
        return [item.key for item in self.bucket.objects.all()]


@contextmanager
def store(folder: Path) -> Iterator[Store]:
    """rclone's server with signed requests; moto's, said as such, where rclone cannot be had."""
    program, port = tools.rclone(), free_port()
    if program is None:
        moto = ThreadedMotoServer("127.0.0.1", port)
        moto.start()
        found = Store(f"http://127.0.0.1:{port}", "moto, une imitation : rclone n’a pas pu être obtenu")
        found.bucket.create()
        yield found
        moto.stop()
        return
    (folder / "s3").mkdir()
    command = [program, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--auth-key", f"{KEY},{SECRET}"]
    # Two processes write what a third reads: nothing is remembered of the folder.
    command += ["--config", "", "--dir-cache-time", "0s", str(folder / "s3")]
    version = subprocess.run([program, "version"], capture_output=True, text=True).stdout
    named = re.search(r"rclone v[\d.]+", version)
    with process(command, folder / "s3.log"):
        found = Store(f"http://127.0.0.1:{port}", f"{named[0] if named else 'rclone'}, « serve s3 »")
        created(found)
        yield found


def created(found: Store) -> None:
    for _ in range(50):
        try:
            found.bucket.create()
        except (BotoCoreError, ClientError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the S3 server does not answer")
