#!/usr/bin/env bash
# Shows that other programs read the RDF that relata writes, and that a store takes it.
#
# usage: tests/real/rdf.sh [RELATA]
#
# RELATA is the program to test; without it, the release build is made and tested. Needs python3 with venv and pip,
# and the Python package index for pyoxigraph, rdflib, pyshacl and oxigraph (the server); ends with 77 where these cannot be
# installed. Takes about a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
relata=${1:-}
if [ -z "$relata" ]; then
  cargo build --release --quiet
  relata=target/release/relata
fi
relata=$(realpath "$relata")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if ! { python3 -m venv "$folder/venv" &&
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyoxigraph rdflib pyshacl oxigraph; } 2>"$folder/pip"; then
  echo "the readers cannot be installed: $(tail -n 1 "$folder/pip")"
  exit 77
fi

"$relata" build seeds --quiet --out "$folder/build"
"$relata" export "$folder/build" --format jsonld,turtle,trig,ntriples,nquads,vocabulary,shapes --out "$folder/rdf"
"$relata" export "$folder/build" --format turtle,trig,ntriples,nquads --rdf 1.2 --out "$folder/rdf12"
cmp "$folder/build/graph.jsonld" "$folder/rdf/graph.jsonld"

"$folder/venv/bin/python" tests/real/rdf_readers.py "$folder/rdf" "$folder/rdf12" rules
"$folder/venv/bin/python" tests/real/rdf_store.py "$relata" "$folder/build" "$folder/rdf" "$folder/venv/bin/oxigraph"
echo "RDF: all as expected"
