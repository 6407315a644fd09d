"""A server that encrypts: every scheme that should reach it does, and the others say what to give instead."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from graph.errors import StoreAway, StoreUnusable
from graph.neo4j.access import Neo4jAccess
from graph.open import open_store
from graph.store import Written
from tests.graph.making import curated, node
from tests.neo4j.server import USER, Server

WAIT_S = 1.0
STARTING_S = 10.0
SIGNED_BY_ITSELF = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
NAMES = ("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
SETTINGS = {
    "server.bolt.tls_level": "OPTIONAL",  # so that the server can be waited for as the others are
    "dbms.ssl.policy.bolt.enabled": "true",
    "dbms.ssl.policy.bolt.base_directory": "certificates",
    "dbms.ssl.policy.bolt.client_auth": "NONE",
}


@pytest.fixture
def encrypting(own_server: Server) -> tuple[Server, Path]:
    """A server that encrypts where it is asked to, and its certificate."""
    folder = own_server.home / "certificates"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    key, certificate = folder / "private.key", folder / "public.crt"
    made = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", *SIGNED_BY_ITSELF, *NAMES, *made], check=True, capture_output=True)
    own_server.restart(SETTINGS)
    return own_server, certificate


def test_encrypted_connections_are_made_as_the_scheme_says(
    encrypting: tuple[Server, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    server, certificate = encrypting
    place, access = f"127.0.0.1:{server.port}", Neo4jAccess(USER, server.password, label="Encrypted")
    with open_store(f"neo4j+ssc://{place}", access=access) as store:
        assert store.write(curated(node("goal:1", "Goal", "目标"))) is Written.ADDED
    with open_store(f"bolt+ssc://{place}", access=access) as store:
        assert [found.name for found in store.list_nodes()] == ["目标"]
    began = time.monotonic()
    for scheme in ("neo4j+s", "bolt+s"):
        with pytest.raises(StoreUnusable, match=r"has signed the server's certificate; .* or give neo4j\+ssc://"):
            open_store(f"{scheme}://{place}", access=access)
    assert time.monotonic() - began < STARTING_S, "both were waited for as for a server that is starting"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for scheme in ("neo4j+s", "bolt+s"):
        with open_store(f"{scheme}://{place}", access=access) as store:
            assert store.counts().claims == 1
    server.stop()
    with pytest.raises(StoreAway, match="start it, or check the address and its scheme"):
        open_store(f"neo4j+ssc://{place}", access=access, timeout_s=WAIT_S)
