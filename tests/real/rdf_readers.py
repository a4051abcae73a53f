"""Reads every RDF file of a build with Oxigraph, rdflib and pySHACL, and compares what they read.

usage: rdf_readers.py FOLDER FOLDER_OF_RDF_1.2 RULES
"""

import sys
import warnings
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib

warnings.filterwarnings("ignore")
FORMATS = {
    "graph.ttl": (pyoxigraph.RdfFormat.TURTLE, "turtle"),
    "graph.nt": (pyoxigraph.RdfFormat.N_TRIPLES, "nt"),
    "graph.jsonld": (pyoxigraph.RdfFormat.JSON_LD, "json-ld"),
    "graph.trig": (pyoxigraph.RdfFormat.TRIG, "trig"),
    "graph.nq": (pyoxigraph.RdfFormat.N_QUADS, "nquads"),
}


def check(holds, what):
    print(("ok    " if holds else "WRONG ") + what)
    if not holds:
        sys.exit(1)


def oxigraph(path):
    """The distinct triples and quads of a file."""
    quads = list(pyoxigraph.parse(path=str(path), format=FORMATS[path.name][0]))
    return {quad.triple for quad in quads}, set(quads)


def in_rdflib(path):
    dataset = rdflib.Dataset()
    dataset.parse(path, format=FORMATS[path.name][1])
    quads = set(dataset.quads())
    return {quad[:3] for quad in quads}, quads


def same_triples(folder):
    counts, read, quads = set(), {}, {}
    for name in FORMATS:
        one, of_one = oxigraph(folder / name)
        two, of_two = in_rdflib(folder / name)
        check(len(one) == len(two), f"{name}: {len(one)} triples in Oxigraph, {len(two)} in rdflib")
        check(len(of_one) == len(of_two), f"{name}: {len(of_one)} quads in Oxigraph, {len(of_two)} in rdflib")
        counts.add(len(one))
        read[name], quads[name] = one, of_one
    check(len(counts) == 1, f"the same number in every format: {counts}")
    check(all(triples == read["graph.nt"] for triples in read.values()), "the same triples in every format")
    check(quads["graph.trig"] == quads["graph.nq"], "TriG and N-Quads have the same graphs")
    blank = [t for t in read["graph.nt"] if any(isinstance(p, pyoxigraph.BlankNode) for p in (t.subject, t.object))]
    check(not blank, "no blank nodes")


def isomorphic(folder):
    def canonical(name):
        dataset = pyoxigraph.Dataset(pyoxigraph.parse(path=str(folder / name), format=FORMATS[name][0]))
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
        return dataset

    check(canonical("graph.jsonld") == canonical("graph.ttl"), "JSON-LD is isomorphic to Turtle (Oxigraph)")
    turtle = rdflib.Graph().parse(folder / "graph.ttl")
    linked = rdflib.Graph().parse(folder / "graph.jsonld", format="json-ld")
    check(turtle.isomorphic(linked), "JSON-LD is isomorphic to Turtle (rdflib)")
    return turtle


def shapes(turtle, folder, rules):
    written = rdflib.Graph().parse(folder / "shapes.ttl")
    check(written.isomorphic(rdflib.Graph().parse(rules / "shapes.ttl")), "the published shapes are those written")

    def conforms(graph):
        return pyshacl.validate(graph, shacl_graph=written)[0]

    check(conforms(turtle), "the graph conforms to the shapes (pySHACL)")
    relata = rdflib.Namespace("https://w3id.org/relata/")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    schema = rdflib.Namespace("https://schema.org/")
    statement = sorted(turtle.subjects(rdflib.RDF.type, rdflib.RDF.Statement))[0]
    entity = turtle.value(statement, rdflib.RDF.subject)
    position = sorted(turtle.subjects(rdflib.RDF.type, oa.TextPositionSelector))[0]
    quote = sorted(turtle.subjects(rdflib.RDF.type, oa.TextQuoteSelector))[0]
    decimal = rdflib.Literal("1.70", datatype=rdflib.XSD.decimal)
    zero = rdflib.Literal("0", datatype=rdflib.XSD.nonNegativeInteger)
    damages = {
        "a confidence of 1.70": (statement, relata.confidence, decimal),
        "a second fact": (statement, relata.fact, rdflib.Literal("negated" if (statement, relata.fact, rdflib.Literal("actual")) in turtle else "actual")),
        "no evidence": (statement, prov.wasDerivedFrom, None),
        "no object": (statement, rdflib.RDF.object, None),
        "an end before the start": (position, oa.end, zero),
        "no quotation": (quote, oa.exact, None),
        "an entity without a name": (entity, schema.name, None),
        "an entity with two names": (entity, schema.name, rdflib.Literal("Somebody else")),
    }
    # Only what hangs together with the damage is validated again: the whole graph each time would take minutes.
    for what, (subject, predicate, value) in {"": (None, None, None), **damages}.items():
        part = rdflib.Graph()
        nodes, seen = [statement, position, quote], set()
        for node in (position, quote):
            nodes += turtle.subjects(None, node)
        while nodes:
            node = nodes.pop()
            if node in seen or not isinstance(node, rdflib.URIRef):
                continue
            seen.add(node)
            for triple in turtle.triples((node, None, None)):
                if triple[1] == schema.mentions:
                    continue
                if triple[1] in (rdflib.RDF.type, schema.name, relata.mentions) or node != entity:
                    part.add(triple)
                    if triple[1] not in (rdflib.RDF.type, rdflib.RDF.predicate, relata.plover):
                        nodes.append(triple[2])
        if not what:
            check(conforms(part) and len(part) > 30, f"a part of {len(part)} triples conforms, to be damaged")
            continue
        if "end" in what:
            part.add((position, oa.start, rdflib.Literal("5", datatype=rdflib.XSD.nonNegativeInteger)))
            part.remove((position, oa.start, zero))
        if value is None or "end" in what or "confidence" in what:
            part.remove((subject, predicate, None))
        if value is not None:
            part.add((subject, predicate, value))
        check(not conforms(part), f"{what} does not conform")


def vocabulary(turtle, folder, rules):
    published = rdflib.Graph().parse(rules / "vocabulary.ttl")
    check(published.isomorphic(rdflib.Graph().parse(folder / "vocabulary.ttl")), "the published vocabulary is that written")
    base = "https://w3id.org/relata/"
    used = {str(p) for p in turtle.predicates() if str(p).startswith(base)}
    used |= {str(o) for o in turtle.objects(None, rdflib.RDF.type) if str(o).startswith(base)}
    missing = [term for term in sorted(used) if (rdflib.URIRef(term), rdflib.RDFS.label, None) not in published]
    check(not missing, f"the vocabulary describes all {len(used)} own terms in use: missing {missing}")


def version_1_2(old, new):
    for name in ("graph.ttl", "graph.nt", "graph.trig", "graph.nq"):
        triples, _ = oxigraph(new / name)
        before, _ = oxigraph(old / name)
        reifies = pyoxigraph.NamedNode(str(rdflib.RDF) + "reifies")
        reifiers = {t.subject: t.object for t in triples if t.predicate == reifies}
        subject = pyoxigraph.NamedNode(str(rdflib.RDF.subject))
        statements = {t.subject: t.object for t in before if t.predicate == subject}
        joined = all(reifiers[statement].subject == end for statement, end in statements.items())
        check(set(reifiers) == set(statements) and joined, f"RDF 1.2 {name}: {len(reifiers)} reifiers, the statements of RDF 1.1")


def main():
    old, new, rules = map(Path, sys.argv[1:4])
    same_triples(old)
    turtle = isomorphic(old)
    shapes(turtle, old, rules)
    vocabulary(turtle, old, rules)
    version_1_2(old, new)


main()
