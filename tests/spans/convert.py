#!/usr/bin/env python3
"""What relata finds → the terms of a data set that marks relations by spans.

    cargo run --release --example mentions < articles.jsonl | python3 tests/spans/convert.py SET > predictions.jsonl

SET is `plain`, `dwie` or `knowledgenet`. One line out for each article:
    {"id", "relations": [{"rel", "subj": {"text", "start", "end"}, "obj": {…}}]}

`plain` gives each piece of evidence as it is. The others say the same in the way in which the data set's annotation
scheme says it, and nothing else: no rule here looks at what a text says.

dwie (Zaporojets et al. 2021, DWIE: an entity-centric dataset), which relates the entities of a document
 1. Only names are mentions there, and a country's adjective is an entity of its own whose relations have labels of
    their own (`citizen_of-x`). An end that is a pronoun, a description or an adjective is a name of the same entity in
    the nearest sentence that names the other one, too; where there is none, the relation is left out.
 2. Labels imply labels, and a document has all that are implied: whoever has a post in an organisation is a member of
    it (`member_of`, which is the only label of posts that have none of their own); who heads a state or its government
    is its agent (`agent_of`); heads of state, of government and ministers are citizens (`citizen_of`); an agency of a
    country is based in it (`based_in0`). Who won against somebody played against him, and both did (`vs`).

knowledgenet (Mesquita et al. 2019, KnowledgeNet: a benchmark dataset), which relates mentions
 1. Each mention of the one in a sentence is related to each mention of the other, pronouns and relative pronouns
    included; relata gives two names in one sentence as one piece of evidence. A country's adjective is no place.
 2. `SPOUSE` holds both ways and is written both ways.
 3. Of relatives only spouses, parents and children are annotated.
 4. Only an organisation has `HEADQUARTERS`; that a town is in a country is not annotated.
 5. Who heads an organisation (`CEO`) is one of its employees, too.
"""

import json
import re
import sys

POSTS = {"headOf", "officialOf", "spokespersonOf"}
NAMES = {"name", "acronym", "seat"}
NEAR_KIN = re.compile(
    r"\b(wife|wives|husband|spouse|partner|widow|widower|bride|groom|fianc|son|daughter|child|father|mother|parent)"
)
RELATIVE = {"Person": r"who|whom|whose", "Organisation": r"which|where|whose"}


def end(mention):
    return {key: mention[key] for key in ("text", "start", "end")}


def plain(article, triple):
    yield triple["relation"], end(triple["subject"]), end(triple["object"])


def named(triple):
    """The nearest names of both ends' entities in one sentence, those of the evidence where they are names."""
    ends = []
    for one in (triple["subject"], triple["object"]):
        own = [m for m in one["mentions"] if (m["start"], m["end"]) == (one["start"], one["end"])]
        names = [m for m in one["mentions"] if m["usage"] in NAMES]
        ends.append(([one | {"sentence": triple["sentence"]}] if not own or own[0]["usage"] in NAMES else []) + names)
    pairs = [(s, o) for s in ends[0] for o in ends[1] if s["sentence"] == o["sentence"]]
    if not pairs:
        return None
    return map(end, min(pairs, key=lambda pair: abs(pair[0]["sentence"] - triple["sentence"])))


def dwie(article, triple):
    ends = named(triple)
    if ends is None:
        return
    subject, obj = ends
    relation, kind = triple["relation"], triple["object"]["type"]
    if relation != "officialOf" or kind != "Organisation":
        yield relation, subject, obj
    if relation in POSTS and kind == "Organisation":
        yield "memberOf", subject, obj
    if relation == "headOf" and kind != "Organisation":
        yield "officialOf", subject, obj
    if relation in ("headOf", "officialOf") and kind == "Country":
        yield "citizenOf", subject, obj
    if relation == "defeated":
        yield "defeated", obj, subject
    if relation == "partOf" and kind == "Country":
        yield "locatedIn", subject, obj


def knowledgenet(article, triple):
    kin = triple["qualifiers"].get("kin")
    # "son-in-law", "half-brother", "grandson" are none of the three.
    if kin and (not NEAR_KIN.search(kin) or re.search(r"in-law|grand|step|god|foster", kin)):
        return
    descends = kin and re.search(r"son|daughter|child|father|mother|parent", kin)
    # `HEADQUARTERS` are an organisation's.
    if triple["relation"] == "locatedIn" and triple["subject"]["type"] != "Organisation":
        return
    ends = [every(article, triple, triple[which]) for which in ("subject", "object")]
    for subject in ends[0]:
        for obj in ends[1]:
            yield triple["relation"], subject, obj
            if triple["relation"] == "headOf":
                yield "officialOf", subject, obj
            if triple["relation"] == "relativeOf" and not descends:
                yield "relativeOf", obj, subject


def every(article, triple, one):
    """All words of the evidence's sentence that mean an end, and a relative pronoun right behind it."""
    found = {(one["start"], one["end"]): end(one)}
    own = [m["usage"] for m in one["mentions"] if (m["start"], m["end"]) == (one["start"], one["end"])]
    adjective = own == ["demonym"]
    for mention in one["mentions"]:
        if mention["sentence"] == triple["sentence"] and adjective == (mention["usage"] == "demonym"):
            found[mention["start"], mention["end"]] = end(mention)
    for start, stop in list(found):
        pronoun = re.compile(rf"\s*,?\s*\b({RELATIVE.get(one['type'], '(?!)')})\b").match(article["text"], stop)
        if pronoun:
            found[pronoun.span(1)] = {"text": pronoun[1], "start": pronoun.start(1), "end": pronoun.end(1)}
    return [found[key] for key in sorted(found)]


def main():
    convert = {"plain": plain, "dwie": dwie, "knowledgenet": knowledgenet}[sys.argv[1]]
    for line in sys.stdin:
        article = json.loads(line)
        relations = {}
        for triple in article["triples"]:
            for relation, subject, obj in convert(article, triple):
                if subject["start"] != obj["start"]:
                    key = (relation, subject["start"], subject["end"], obj["start"], obj["end"])
                    relations[key] = {"rel": relation, "subj": subject, "obj": obj, "rule": triple["rule"], "quote": triple["quote"]}
        print(json.dumps({"id": article["id"], "relations": list(relations.values())}, ensure_ascii=False))


main()
