"""Loads a build into an Oxigraph server: twice, into a named graph, and with the server killed in the middle.

usage: rdf_store.py RELATA BUILD RDF OXIGRAPH
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pyoxigraph

RELATA, BUILD, RDF, OXIGRAPH = sys.argv[1:5]


def check(holds, what):
    print(("ok    " if holds else "WRONG ") + what)
    if not holds:
        sys.exit(1)


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


class Server:
    """An Oxigraph server over a folder."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self):
        command = [OXIGRAPH, "serve", "--location", self.folder, "--bind", f"127.0.0.1:{self.port}"]
        # A session of its own: the program may be a script that starts another.
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit("the server does not start")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def content(self, query="SELECT ?s ?p ?o WHERE { ?s ?p ?o }"):
        request = urllib.request.Request(
            self.url("/query"), query.encode(), {"Content-Type": "application/sparql-query", "Accept": "text/tab-separated-values"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return sorted(answer.read().decode().splitlines()[1:])


def load(*arguments, environment=None):
    run = subprocess.run(
        [RELATA, "load", BUILD, *arguments], capture_output=True, text=True, timeout=120, env={**os.environ, **(environment or {})}
    )
    return run.returncode, run.stdout + run.stderr


def twice(folder, expected):
    server = Server(folder)
    try:
        code, told = load("--to", server.url("/store"))
        check(code == 0, f"loaded: {told.strip()}")
        once = server.content()
        check(len(once) == expected, f"the store holds {len(once)} triples")
        load("--to", server.url("/store"))
        check(server.content() == once, "the second time changes nothing")

        graph = ("--graph", "https://example.org/news")
        load("--to", server.url("/store"), *graph)
        named = server.content("SELECT ?s ?p ?o WHERE { GRAPH <https://example.org/news> { ?s ?p ?o } }")
        check(named == once, "a named graph holds the same")
        load("--to", server.url("/store"), *graph, "--replace", "--relations", "meetings")
        part = server.content("SELECT ?s ?p ?o WHERE { GRAPH <https://example.org/news> { ?s ?p ?o } }")
        check(0 < len(part) < len(once) and set(part) <= set(once), f"replaced by a part of {len(part)} triples")
        check(server.content() == once, "and the default graph is what it was")

        load("--to", server.url("/store"), "--articles")
        graphs = server.content("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement> } FILTER(CONTAINS(STR(?g), '#assertions')) }")
        check(len(graphs) > 3, f"{len(graphs)} articles have a graph of their own")

        code, told = load("--to", server.url("/nowhere"), environment={"RELATA_TOKEN": "s3cret"})
        check(code == 1 and "404" in told and "s3cret" not in told, "a wrong path is refused at once")
        code, told = load("--to", f"http://ada:s3cret@127.0.0.1:{server.port}/store")
        check(code == 1 and "s3cret" not in told and "RELATA_PASSWORD" in told, "no password in the address")
        return once
    finally:
        server.kill()


def killed_in_the_middle(folder, expected):
    """A proxy hands half of the request on, and then the server dies."""
    server = Server(folder)
    listener = socket.create_server(("127.0.0.1", 0))
    half = os.path.getsize(Path(RDF) / "graph.ttl") // 2

    def proxy():
        client, _ = listener.accept()
        with client, socket.create_connection(("127.0.0.1", server.port)) as store:
            handed = 0
            while handed < half:
                data = client.recv(65536)
                store.sendall(data)
                handed += len(data)
            server.kill()
        listener.close()

    thread = threading.Thread(target=proxy)
    thread.start()
    port = listener.getsockname()[1]
    code, told = load("--to", f"http://127.0.0.1:{port}/store", "--retries", "2")
    thread.join()
    print("      " + told.strip().replace("\n", "\n      "))
    check(code == 2 and "Load again" in told and "tries" in told, "killed in the middle: told, and what to do")
    server.start()
    try:
        print(f"      after the kill the store holds {len(server.content())} triples")
        code, _ = load("--to", server.url("/store"))
        check(code == 0 and server.content() == expected, "loading again repairs it")
    finally:
        server.kill()
    with tempfile.TemporaryDirectory() as other:
        server = Server(other)
        try:
            lines = (Path(RDF) / "graph.nt").read_bytes().splitlines(keepends=True)
            request = urllib.request.Request(
                server.url("/store?default"), b"".join(lines[::2]), {"Content-Type": "application/n-triples"}, method="PUT"
            )
            urllib.request.urlopen(request, timeout=60).close()
            load("--to", server.url("/store"))
            check(server.content() == expected, "and so it does where half of the graph had got in")
        finally:
            server.kill()


def main():
    triples = {quad.triple for quad in pyoxigraph.parse(path=str(Path(RDF) / "graph.nt"), format=pyoxigraph.RdfFormat.N_TRIPLES)}
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        once = twice(one, len(triples))
        killed_in_the_middle(two, once)


main()
