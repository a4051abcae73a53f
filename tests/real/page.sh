#!/usr/bin/env bash
# graph.html in a real browser: loads, searches, clicks, filters, types, turns dark, shrinks to a phone, and measures
# frames at 1,000 and 5,000 entities. Installs Debian's chromium and playwright-core where they are missing.
#
#   tests/real/page.sh [SHOTS]       pictures of the page go to SHOTS, or to a new folder that is named at the end
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --release --quiet
relata=$PWD/target/release/relata
page=$PWD/tests/real/page
work=$(mktemp -d)
shots=${1:-$work/shots}
mkdir -p "$shots"
command -v chromium > /dev/null || { apt-get update -qq && apt-get install -y -qq chromium > "$work/apt.log"; }
npm install --silent --no-fund --no-audit --prefix "$work" playwright-core > "$work/npm.log"

"$relata" build seeds --out "$work/seeds" --quiet
for size in "thousand 1000 3000" "five-thousand 5000 10000"; do
  read -r name entities triples <<< "$size"
  node "$page/invent.js" "$work/seeds" "$work/$name" "$entities" "$triples"
  TIMEFORMAT="  $name: written in %R s"
  time "$relata" export "$work/$name" --format html --out "$work/$name"
  echo "  $name: $(stat -c %s "$work/$name/graph.html") bytes"
done
NODE_PATH=$work/node_modules node "$page/page.test.js" "$work" "$shots"
echo "pictures: $shots"
