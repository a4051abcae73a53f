"""Trains the language model and writes it in the format of FORMAT.md. train.sh runs all the commands.

    train.py vectors WHEEL --out OUT.npz                 word vectors -> 64 dimensions (or --dim), int8
    train.py reduce FULL.npz A.pt... --out OUT.npz       all dimensions -> the 64 that trained networks use most
    train.py text ARTICLES.jsonl... --not F.conllu... --out OUT.tok   text -> sentences of tokens
    train.py student ... --out OUT.pt                    trains one network
    train.py silver A.pt B.pt ... --tokens IN.tok --out OUT.json      analyses text with the mean of networks
    train.py export IN.pt --out MODEL                    writes the integer model
    train.py eval IN.pt|MODEL --test F.conllu --names F.tsv           measures

Needs torch, numpy, xxhash and (for `vectors`) msgpack. Deterministic for a seed and a number of threads.
"""
import argparse
import collections
import io
import json
import math
import random
import re
import sys
import time
import zipfile

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
import xxhash

import reference as ref

W, BLOCKS, ARC, LAB, VEC = 128, 3, 96, 96, 64
SIZES = ARC, LAB, BLOCKS
NAMES = ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC']
SHIFT = 4  # embedding rows are int8 with 6 fraction bits


# ---------------------------------------------------------------- data
class Sent:
    # soft: {task: [[position, label, probability], ...]}, positions from 1, only where the teachers are in doubt
    __slots__ = 'forms upos xpos heads rels names weight soft'.split()

    def __init__(self, forms, upos=None, xpos=None, heads=None, rels=None, names=None, weight=1.0, soft=None):
        self.forms, self.upos, self.xpos, self.heads, self.rels, self.names, self.weight, self.soft = \
            forms, upos, xpos, heads, rels, names, weight, soft


def doc_ids(path):
    return {line.strip() for line in open(path, encoding='utf8') if line.startswith('# newdoc id')}


def read_conllu(path, skip=()):
    """Sentences of a treebank; without the documents whose `# newdoc id` line is in `skip`."""
    out, rows, left_out = [], [], False
    for line in [*open(path, encoding='utf8'), '\n']:
        line = line.rstrip('\n')
        if line.startswith('# newdoc id'):
            left_out = line.strip() in skip
        if line and line[0] != '#' and not left_out:
            c = line.split('\t')
            if c[0].isdigit():
                rows.append((c[1], c[3], c[4], int(c[6]), c[7]))
        elif not line and rows:
            out.append(Sent(*[list(x) for x in zip(*rows)]))
            rows = []
    return out


TITLES = set('''president vice prime minister chancellor premier secretary ambassador senator sen sen. representative
    rep rep. congressman congresswoman governor gov gov. mayor chairman mr mr. mrs mrs. ms ms. miss dr dr. doctor
    professor prof prof. judge justice general gen gen. colonel col col. captain capt capt. major lieutenant lt lt.
    sergeant sgt sgt. officer detective director ceo king queen emperor sheikh rev rev. reverend'''.split())


def untitled(s):
    """Takes titles ("President", "Mr.") off the beginning of the names of people."""
    n = s.names
    for i in range(len(n) - 1):
        if n[i] == 'B-PER' and n[i + 1] == 'I-PER' and s.forms[i].lower() in TITLES:
            n[i], n[i + 1] = 'O', 'B-PER'
    return s


def read_names(path):
    out, rows = [], []
    for line in [*open(path, encoding='utf8'), '\n']:
        c = line.rstrip('\n').split('\t')
        if len(c) > 1 and c[0]:
            rows.append((c[0], c[1]))
        elif rows:
            f, n = zip(*rows)
            out.append(Sent(list(f), names=list(n)))
            rows = []
    return out


def add_names(sents, named):
    """Gives treebank sentences the name labels of a file with the same sentences."""
    d = {tuple(s.forms): s.names for s in named}
    hit = 0
    for s in sents:
        n = d.get(tuple(s.forms))
        if n and not s.names:
            s.names = n
            hit += 1
    return hit


def noisy(s, rng):
    """A copy with other letter case or without its final punctuation, now and then."""
    r = rng.random()
    forms = s.forms
    if r < .03:
        forms = [f.upper() for f in forms]
    elif r < .05:
        forms = [f[:1].upper() + f[1:] for f in forms]
    elif r < .07:
        forms = [f.lower() for f in forms]
    n = len(forms)
    cut = s.heads and n > 3 and forms[-1] in ('.', '!', '?') and n not in s.heads and rng.random() < .08
    if forms is s.forms and not cut:
        return s
    k = n - 1 if cut else n
    f = lambda x: x and x[:k]
    soft = s.soft
    if cut and soft:
        soft = {t: [x for x in v if x[0] <= k and (t != 'heads' or x[1] <= k)] for t, v in soft.items()}
    return Sent(forms[:k], f(s.upos), f(s.xpos), f(s.heads), f(s.rels), f(s.names), s.weight, soft)


# ---------------------------------------------------------------- vocabulary
class Vocab:
    def __init__(self, trees, named, vectors):
        words, affixes = collections.Counter(), collections.Counter()
        more_w, more_a = collections.Counter(), collections.Counter()
        memo = {}
        for pool, cw, ca in ((trees, words, affixes), (named, more_w, more_a)):
            for s in pool:
                for f in s.forms:
                    if f not in memo:
                        memo[f] = ref.features(f)
                    w, a, _ = memo[f]
                    cw[w] += 1
                    ca.update(a)
        ws = {w for w, c in words.items() if c >= 2} | {w for w, c in more_w.items() if c + words[w] >= 5}
        as_ = {a for a, c in affixes.items() if c >= 4} | {a for a, c in more_a.items() if c + affixes[a] >= 10}
        self.words = sorted({ref.h64(w) for w in ws})
        self.affixes = sorted({ref.h64(a) for a in as_})
        self.upos = sorted({x for s in trees for x in s.upos} - {'_'})
        self.xpos = sorted({x for s in trees for x in s.xpos} - {'_'}) or ['_']  # some treebanks have none
        self.rels = sorted({x for s in trees for x in s.rels} - {'_'})
        self.names = NAMES
        self.vectors = vectors
        self.finish()

    def finish(self):
        # rows: 0 padding, words, unknown word, ROOT, affixes, unknown affix
        self.w = {k: i + 1 for i, k in enumerate(self.words)}
        self.unk = len(self.words) + 1
        self.root = self.unk + 1
        self.a = {k: self.root + 1 + i for i, k in enumerate(self.affixes)}
        self.unka = self.root + 1 + len(self.affixes)
        self.rows = self.unka + 1
        self.v = {int(k): int(i) + 1 for k, i in zip(self.vectors['key'], self.vectors['idx'])}
        self.index = {n: {x: i for i, x in enumerate(getattr(self, n))} for n in ('upos', 'xpos', 'rels', 'names')}
        self.type = {None: 0, '\0root': 1}
        self.feats = [[0] * 8, [self.root] + [0] * 7]
        self.vecs = [0, 0]

    def get(self, form):
        i = self.type.get(form)
        if i is None:
            i = self.type[form] = len(self.feats)
            w, a, v = ref.features(form)
            self.feats.append([self.w.get(ref.h64(w), self.unk)] + [self.a.get(ref.h64(x), self.unka) for x in a])
            self.vecs.append(self.v.get(ref.h64(v) >> 32, 0) if v else 0)
        return i

    def state(self):
        return {k: getattr(self, k) for k in ('words', 'affixes', 'upos', 'xpos', 'rels')}

    @classmethod
    def load(cls, st, vectors):
        v = cls.__new__(cls)
        v.__dict__.update(st)
        v.names, v.vectors = NAMES, vectors
        v.finish()
        return v


def encode(voc, s):
    ix = voc.index
    lab = lambda seq, d: [-100] + ([d.get(x, -100) for x in seq] if seq else [-100] * len(s.forms))
    heads = [-100] + (s.heads or [-100] * len(s.forms))
    rels = lab(s.rels, ix['rels'])
    heads = [h if r >= 0 else -100 for h, r in zip(heads, rels)]
    soft = {t: [(i, x if t == 'heads' else ix[t][x], p) for i, x, p in v if t == 'heads' or x in ix[t]]
            for t, v in (s.soft or {}).items()}
    return ([1] + [voc.get(f) for f in s.forms], heads, rels, lab(s.upos, ix['upos']), lab(s.xpos, ix['xpos']),
            lab(s.names, ix['names']), soft)


def batches(lengths, ids, size, rng=None):
    order = sorted(ids, key=lambda i: lengths[i] + (rng.random() * 2 if rng else 0))
    out, cur = [], []
    for i in order:
        if cur and (len(cur) + 1) * (lengths[i] + 1) > size:
            out.append(cur)
            cur = []
        cur.append(i)
    if cur:
        out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def collate(enc, b):
    n = max(len(enc[i][0]) for i in b)
    return [torch.tensor([enc[i][k] + [0 if k == 0 else -100] * (n - len(enc[i][0])) for i in b]) for k in range(6)]


def soften(enc, b):
    """The doubts of a batch: for each task (row, position, label) and probability."""
    out = {}
    for t in {t for i in b for t in enc[i][6]}:
        x = [(k, *y) for k, i in enumerate(b) for y in enc[i][6].get(t, ())]
        if x:
            out[t] = torch.tensor([y[:3] for y in x]).T, torch.tensor([y[3] for y in x])
    return out


# ---------------------------------------------------------------- network
class Scan(torch.autograd.Function):
    """s[t] = f[t] * s[t-1] + x[t] along dimension 1."""

    @staticmethod
    def forward(ctx, f, x):
        s = torch.empty_like(x)
        last = x[:, 0]
        s[:, 0] = last
        for t in range(1, x.shape[1]):
            last = torch.addcmul(x[:, t], f[:, t], last)
            s[:, t] = last
        ctx.save_for_backward(f, s)
        return s

    @staticmethod
    def backward(ctx, go):
        f, s = ctx.saved_tensors
        g = torch.empty_like(go)
        n = go.shape[1]
        last = go[:, n - 1]
        g[:, n - 1] = last
        for t in range(n - 2, -1, -1):
            last = torch.addcmul(go[:, t], f[:, t + 1], last)
            g[:, t] = last
        gf = torch.zeros_like(f)
        gf[:, 1:] = g[:, 1:] * s[:, :-1]
        return gf, g


def leaky(x):
    return F.leaky_relu(x, .125)


class Net(nn.Module):
    def __init__(self, voc, drop=.2, wdrop=.1, width=W, lstm=0):
        super().__init__()
        W = self.width = width
        self.voc, self.wdrop = voc, wdrop
        v = torch.tensor(voc.vectors['row'].astype('float32')) / 32
        dim = v.shape[1]
        self.register_buffer('vec', torch.cat([torch.zeros(1, dim), v]), persistent=False)
        self.emb = nn.EmbeddingBag(voc.rows, W, mode='sum', padding_idx=0)
        nn.init.normal_(self.emb.weight, std=.1)
        self.emb.weight.data[0] = 0
        self.vecp = nn.Linear(dim, W, bias=False)
        self.vecp.weight.data *= torch.tensor(voc.vectors['scale'].astype('float32'))
        ln = lambda: nn.LayerNorm(W, eps=2. ** -15)
        self.ln0 = ln()
        ARC, LAB, BLOCKS = (320, 192, 0) if lstm else SIZES
        self.conv = nn.ModuleList([nn.Linear(3 * W, W) for _ in range(BLOCKS)])
        self.ln1 = nn.ModuleList([ln() for _ in range(BLOCKS)])
        self.gate = nn.ModuleList([nn.Linear(W, 2 * W) for _ in range(BLOCKS)])
        self.ln2 = nn.ModuleList([ln() for _ in range(BLOCKS)])
        if lstm:  # for teachers
            self.lstm = nn.LSTM(W, lstm, 2, bidirectional=True, batch_first=True, dropout=drop)
            W = 2 * lstm
        self.upos, self.xpos, self.names = (nn.Linear(W, len(x)) for x in (voc.upos, voc.xpos, voc.names))
        self.arc_dep, self.arc_head, self.arc_u = nn.Linear(W, ARC), nn.Linear(W, ARC), nn.Linear(ARC, ARC)
        nn.init.eye_(self.arc_u.weight)
        self.arc_u.weight.data *= .1
        nn.init.zeros_(self.arc_u.bias)
        self.dist = nn.Parameter(torch.zeros(33))
        self.lab_dep, self.lab_head, self.lab_out = nn.Linear(W, LAB), nn.Linear(W, LAB), nn.Linear(LAB, len(voc.rels))
        self.drop = nn.Dropout(drop)
        self.tables()

    def tables(self):
        self.feats, self.vecs = torch.tensor(self.voc.feats), torch.tensor(self.voc.vecs)

    def encode(self, t):
        mask = (t > 0).unsqueeze(-1).float()
        f, v = self.feats[t], self.vecs[t]
        if self.training:
            gone = (torch.rand(t.shape) < self.wdrop) & (t > 1)
            f = torch.cat([torch.where(gone, self.voc.unk, f[..., 0]).unsqueeze(-1), f[..., 1:]], -1)
            v = torch.where(torch.rand(t.shape) < self.wdrop / 2, 0, v)
        x = self.emb(f.reshape(-1, 8)).reshape(*t.shape, -1) + self.vecp(self.vec[v])
        h = self.drop(self.ln0(x))
        if hasattr(self, 'lstm'):
            with torch.autocast('cpu', torch.bfloat16):
                h = self.lstm(h * mask)[0]
            return self.drop(h.float())
        W = self.width
        half = W // 2
        for conv, ln1, gate, ln2 in zip(self.conv, self.ln1, self.gate, self.ln2):
            x = h * mask
            z = x.new_zeros(x.shape[0], 1, W)
            c = conv(torch.cat([torch.cat([z, x[:, :-1]], 1), x, torch.cat([x[:, 1:], z], 1)], -1))
            h = ln1(h + self.drop(torch.relu(c)))
            g = gate(h)
            a = torch.sigmoid(g[..., :W]) * mask
            x = a * g[..., W:]
            turn = lambda y: torch.cat([y[..., :half], y[..., half:].flip(1)], -1)
            y = turn(Scan.apply(turn(1 - a), turn(x)))
            h = ln2(h + self.drop(y))
        return self.drop(h)

    def arcs(self, h, t):
        u = self.arc_u(self.drop(leaky(self.arc_dep(h)))).clamp(-15.99, 15.99)
        b = self.drop(leaky(self.arc_head(h).clamp(-15.99, 15.99)))
        n = t.shape[1]
        p = torch.arange(n)
        s = u @ b.transpose(1, 2) + self.dist[(p[None, :] - p[:, None]).clamp(-16, 16) + 16]
        return s.masked_fill((t == 0)[:, None, :] | torch.eye(n, dtype=torch.bool), -1e4)

    def labels(self, h, heads):
        b = self.lab_head(h)
        b = torch.gather(b, 1, heads.unsqueeze(-1).expand(-1, -1, b.shape[2]))
        return self.lab_out(self.drop(leaky(self.lab_dep(h) + b)))


def vectors_of(path):
    """Word vectors; none where no file is given."""
    if path:
        return dict(np.load(path))
    return {'key': np.zeros(0, 'uint32'), 'idx': np.zeros(0, 'uint16'), 'row': np.zeros((0, VEC), 'int8'),
            'scale': np.ones(VEC, 'float32')}


def load(path, vectors):
    st = torch.load(path, weights_only=False)
    if isinstance(vectors, list):
        vectors = next(v for v in vectors if v['row'].shape[1] == st['net']['vecp.weight'].shape[1])
    voc = Vocab.load(st['voc'], vectors)
    lstm = st['net'].get('lstm.weight_hh_l0')
    net = Net(voc, width=len(st['net']['ln0.weight']), lstm=0 if lstm is None else lstm.shape[1])
    net.load_state_dict(st['net'])
    return net.eval(), st


TRANS = np.zeros((8, 7), 'int64')
for _i in range(8):
    for _j in (2, 4, 6):
        if _i not in (_j, _j - 1):
            TRANS[_i, _j] = ref.FORBIDDEN


def doubts(logp, labels, size=4, sure=.98):
    """[n, labels] log probabilities -> (position, label, probability) of the tokens the nets are not sure about."""
    p, top = logp.softmax(-1).topk(min(size, logp.shape[-1]), -1)
    p /= p.sum(-1, keepdim=True)
    return [[i + 1, labels[y] if labels else y, round(x, 3)] for i, (q, t) in enumerate(zip(p.tolist(), top.tolist()))
            if q[0] < sure for x, y in zip(q, t) if x >= .01]


def predict(nets, sents, size=4000, soft=False):
    """Mean of the networks (same labels) on sentences; returns Sents with `weight` = mean log probability."""
    voc = nets[0].voc
    encs = [[encode(n.voc, Sent(s.forms)) for s in sents] for n in nets]
    for n in nets:
        n.eval()
        n.tables()
    out = [None] * len(sents)
    lens = [len(s.forms) + 1 for s in sents]
    root = voc.index['rels']['root']
    with torch.no_grad():
        for b in batches(lens, range(len(sents)), size):
            hs, ts = [], []
            for n, e in zip(nets, encs):
                ts.append(collate(e, b)[0])
                hs.append(n.encode(ts[-1]))
            mean = lambda f: sum(f(n, h).log_softmax(-1) for n, h in zip(nets, hs)) / len(nets)
            arcs = sum(n.arcs(h, t).log_softmax(-1) for n, h, t in zip(nets, hs, ts)) / len(nets)
            arc = arcs.double().numpy()
            u, x, nm = tags = [mean(lambda n, h: getattr(n, k)(h)) for k in ('upos', 'xpos', 'names')]
            u, x, nm = u.argmax(-1).numpy(), x.argmax(-1).numpy(), (nm * 1024).round().long().numpy()
            heads = np.zeros(arc.shape[:2], 'int64')
            for k, i in enumerate(b):
                m = lens[i]
                heads[k, :m] = ref.best_heads(np.maximum(arc[k, :m, :m], -1e6))
            hd = torch.tensor(heads)
            r = mean(lambda n, h: n.labels(h, hd))
            r[..., root] = -1e9
            logr, r = r, r.argmax(-1).numpy()
            for k, i in enumerate(b):
                m = lens[i]
                conf = float(arc[k, np.arange(1, m), heads[k, 1:m]].mean())
                out[i] = Sent(sents[i].forms, [voc.upos[j] for j in u[k, 1:m]], [voc.xpos[j] for j in x[k, 1:m]],
                              heads[k, 1:m].tolist(),
                              [voc.rels[root if g == 0 else j] for g, j in zip(heads[k, 1:m], r[k, 1:m])],
                              [NAMES[j] for j in ref.viterbi(nm[k, 1:m], TRANS)], conf)
                if soft:
                    out[i].soft = {
                        'heads': doubts(arcs[k, 1:m, :m], None),
                        'rels': [d for d in doubts(logr[k, 1:m], voc.rels) if heads[k, d[0]]],
                        **{t: doubts(y[k, 1:m], getattr(voc, t)) for t, y in zip(('upos', 'xpos', 'names'), tags)}}
    return out


# ---------------------------------------------------------------- measures
def spans(names):
    out, start = set(), None
    for i, x in enumerate([*names, 'O']):
        if start is not None and not (x[0] == 'I' and x[2:] == names[start][2:]):
            out.add((start, i, names[start][2:]))
            start = None
        if x[0] == 'B' or x[0] == 'I' and start is None:
            start = i
    return out


def f1(pairs):
    tp = sum(len(p & g) for p, g in pairs)
    return round(200 * tp / max(1, sum(len(p) + len(g) for p, g in pairs)), 2)


def arguments(s):
    """Verb-argument arcs: (verb, noun, role)."""
    out = set()
    for i, (h, r) in enumerate(zip(s.heads, s.rels)):
        if h == 0 or s.upos[h - 1] != 'VERB':
            continue
        if r.split(':')[0] == 'nsubj':
            out.add((h - 1, i, 'subj:pass' if ':pass' in r else 'subj'))
        elif r.split(':')[0] == 'obj':
            out.add((h - 1, i, 'obj'))
        elif r in ('obl', 'obl:agent'):
            case = [j for j in range(len(s.heads)) if s.heads[j] == i + 1 and s.rels[j] == 'case']
            if case:
                out.add((h - 1, i, 'obl:' + s.forms[case[0]].lower()))
    return out


def measure(gold, pred):
    c = collections.Counter()
    for g, p in zip(gold, pred):
        for i in range(len(g.forms)):
            ok = g.heads[i] == p.heads[i]
            c['n'] += 1
            c['UPOS'] += g.upos[i] == p.upos[i]
            c['XPOS'] += g.xpos[i] == p.xpos[i]
            c['UAS'] += ok
            c['LAS'] += ok and g.rels[i].split(':')[0] == p.rels[i].split(':')[0]
            c['LAS_subtypes'] += ok and g.rels[i] == p.rels[i]
    out = {k: round(100 * c[k] / c['n'], 2) for k in ('UPOS', 'XPOS', 'UAS', 'LAS', 'LAS_subtypes')}
    out['arcs_F1'] = f1([(arguments(p), arguments(g)) for g, p in zip(gold, pred)])
    return out


def measure_names(gold, pred):
    return {'names_F1': f1([(spans(p.names), spans(g.names)) for g, p in zip(gold, pred)]),
            **{k: f1([({x for x in spans(p.names) if x[2] == k}, {x for x in spans(g.names) if x[2] == k})
                      for g, p in zip(gold, pred)]) for k in ('PER', 'ORG', 'LOC')}}


# ---------------------------------------------------------------- commands
def murmur(data, seed=1):
    m, mask = 0xc6a4a7935bd1e995, (1 << 64) - 1
    h = seed ^ (len(data) * m & mask)
    full = len(data) // 8 * 8
    for i in range(0, full, 8):
        k = int.from_bytes(data[i:i + 8], 'little') * m & mask
        k = (k ^ k >> 47) * m & mask
        h = (h ^ k) * m & mask
    if len(data) > full:
        h = (h ^ int.from_bytes(data[full:], 'little')) * m & mask
    h = (h ^ h >> 47) * m & mask
    return h ^ h >> 47


def cmd_vectors(o):
    import msgpack
    z = zipfile.ZipFile(o.wheel)
    part = lambda n: z.read([x for x in z.namelist() if x.endswith('/vocab/' + n)][0])
    data = np.load(io.BytesIO(part('vectors'))).astype('float64')
    rows = msgpack.unpackb(part('key2row'), strict_map_key=False)
    found = {}
    for s in json.loads(part('strings.json')):
        if re.fullmatch('[A-Za-z]{1,15}', s):
            r = rows.get(murmur(s.encode()))
            low = s.lower()
            if r is not None and (low not in found or s == low):
                found[low] = r
    mean = data.mean(0)
    u, s, vt = np.linalg.svd(data - mean, full_matrices=False)
    vt = vt[:o.dim] * np.sign(vt[:o.dim].sum(1))[:, None]
    x = (data - mean) @ vt.T
    sd = x.std(0)
    q = np.clip(np.round(x / sd * 24), -127, 127).astype('int8')
    keys = {}
    for w in sorted(found):
        keys.setdefault(ref.h64('v' + w) >> 32, found[w])
    used = sorted(set(keys.values()))
    new = {r: i for i, r in enumerate(used)}
    ks = sorted(keys)
    np.savez(o.out, key=np.array(ks, 'uint32'), idx=np.array([new[keys[k]] for k in ks], 'uint16'), row=q[used],
             scale=(sd / np.sqrt((sd ** 2).mean())).astype('float32'))
    print(len(ks), 'keys', len(used), 'rows', 'variance kept %.3f' % ((s[:o.dim] ** 2).sum() / (s ** 2).sum()))


def cmd_reduce(o):
    """64 dimensions again, those that the teachers' own projections of the full vectors make most use of."""
    full = dict(np.load(o.full))
    use = np.full(len(full['row']), .1)
    row = {int(k): int(i) for k, i in zip(full['key'], full['idx'])}
    for p in o.tokens:
        if p.endswith('.conllu'):
            text = [f for s in read_conllu(p) for f in s.forms]
        else:
            text = open(p, encoding='utf8').read().split()
        for f in text:
            v = ref.features(f)[2]
            i = row.get(ref.h64(v) >> 32) if v else None
            if i is not None:
                use[i] += 1
    use = np.sqrt(use)
    x = []
    for p in o.nets:
        y = full['row'] / 32. @ torch.load(p, weights_only=False)['net']['vecp.weight'].double().numpy().T
        y -= (y * use[:, None]).sum(0) / use.sum()
        x.append(y / y.std())
    x = np.concatenate(x, 1)
    s, vt = np.linalg.eigh((x * use[:, None]).T @ x)
    vt = vt.T[::-1][:VEC]
    x = x @ (vt * np.sign(vt[:, :1])).T
    sd = x.std(0)
    np.savez(o.out, key=full['key'], idx=full['idx'], row=np.clip(np.round(x / sd * 24), -127, 127).astype('int8'),
             scale=(sd / np.sqrt((sd ** 2).mean())).astype('float32'))
    print('variance kept %.3f' % (s[::-1][:VEC].sum() / s.sum()))


ABBREV = set('''Mr Mrs Ms Dr Prof Sen Rep Gov Gen Lt Col Sgt Capt Rev Hon St No vs Inc Ltd Co Corp Jr Sr Jan Feb Mar
Apr Jun Jul Aug Sep Sept Oct Nov Dec'''.split())
TOKEN = re.compile(r"""https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+
|(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|St|Inc|Ltd|Co|Corp|Jr|Sr|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])\.(?=\s\S)
|\d+(?:[.,:]\d+)+|\d+(?:st|nd|rd|th|s)\b|\d+|[^\W\d_]+(?:['’](?![sdm]\b|ll\b|re\b|ve\b|t\b)[^\W\d_]+)*|['’](?:s|d|m|ll|re|ve)\b
|\.\.\.|--|[^\w\s]|_""", re.X)


def tokenise(text):
    text = re.sub(r"(?i)\b(can)(not)\b", r"\1 \2", text)
    text = re.sub(r"(?i)(?<=[a-z])(n['’]t)\b", r" \1", text)
    out = []
    for part in text.split():
        if re.fullmatch(r"(?i)n['’]t[^\w]*", part):
            out.append(part[:3])
            part = part[3:]
        out += [(m, part) for m in TOKEN.findall(part + ' x')[:-1]] if part else []
    return [x if isinstance(x, str) else x[0] for x in out]


def cmd_text(o):
    key = lambda s: re.sub(r'\W+', '', s.lower())
    banned = set()
    for p in o.exclude:
        banned |= {key(l[9:]) for l in open(p, encoding='utf8') if l.startswith('# text = ')}
    seen, n, dropped = set(), 0, 0
    with open(o.out, 'w', encoding='utf8') as out:
        for p in o.articles:
            for line in open(p, encoding='utf8'):
                for par in json.loads(line)['text'].split('\n'):
                    par = re.sub(r'^\(\(.*?\)\)[\s:]*', '', ' '.join(par.split()))
                    if len(par) < 25 or not re.search(r'[.!?]["\'”’)]*$', par):
                        continue
                    start, pieces = 0, []
                    for m in re.finditer(r'[.!?]+["\'”’)\]]*\s+(?=["\'“‘(\[]?[A-Z0-9])', par):
                        last = re.search(r'(\S*?)$', par[start:m.start()]).group(1)
                        last = re.split(r'[(“"\[]', par[start:m.start()].split(' ')[-1])[-1]
                        if par[m.start()] == '.' and (last in ABBREV or re.fullmatch(r'[A-Z]|(?:[A-Za-z]\.)+[A-Za-z]', last)):
                            continue
                        pieces.append(par[start:m.end()].strip())
                        start = m.end()
                    for s in pieces + [par[start:]]:
                        k, t = key(s), tokenise(s)
                        if k in banned:
                            dropped += 1
                        elif k not in seen and 4 <= len(t) <= 60:
                            seen.add(k)
                            out.write('\t'.join(t) + '\n')
                            n += len(t)
    print(len(seen), 'sentences', n, 'tokens', dropped, 'dropped')


def cmd_student(o):
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    vectors = vectors_of(o.vectors)
    skip = set().union(*map(doc_ids, o.exclude))
    held = {tuple(s.forms) for p in o.exclude for s in read_conllu(p) if len(s.forms) > 3}
    trees = [s for p in o.conllu for s in read_conllu(p, skip)]
    named = [untitled(s) for p in o.names for s in read_names(p)]
    print('names joined to trees:', add_names(trees, named), flush=True)
    style = [s for p in o.names_style for s in read_names(p)]
    known = {tuple(s.forms) for s in trees if s.names}
    named = [s for s in named if tuple(s.forms) not in known and tuple(s.forms) not in held]
    dev = [read_conllu(p) for p in o.dev]
    ndev = [read_names(p) for p in o.names_dev]
    silver, soft = [], []
    for p in o.silver:
        for line in open(p, encoding='utf8'):
            s = Sent(**json.loads(line))
            # text without trees of its own; or names for the treebank itself
            if tuple(s.forms) in known:
                continue
            s.weight = 1.0
            silver.append(s)
    if silver:
        have = {tuple(s.forms) for s in silver}
        named = [s for s in named if tuple(s.forms) not in have]
        bare = {tuple(s.forms): s for s in trees if not s.names}
        rest = []
        for s in silver:
            t = bare.get(tuple(s.forms))
            if t is not None:
                t.names = s.names
                t.soft = s.soft and {'names': s.soft.get('names', [])}
                soft.append(t)
            else:
                rest.append(s)
        silver = rest
        print('silver sentences', len(silver), 'trees given names', len(soft))
    voc = Vocab(trees, named + style + silver, vectors)
    net = Net(voc, o.drop, o.wdrop, o.width, o.lstm)
    if o.start:
        st = torch.load(o.start, weights_only=False)
        assert st['voc'] == voc.state(), 'trained on other data'
        net.load_state_dict(st['net'])
    print('trees', len(trees), 'named', len(named), 'words', len(voc.words), 'affixes', len(voc.affixes), 'relations',
          len(voc.rels), 'parameters', sum(p.numel() for p in net.parameters()), flush=True)
    opt = torch.optim.AdamW(net.parameters(), lr=o.rate, betas=(.9, .95), weight_decay=1e-4, fused=True)
    start, step, best = time.time(), 0, (-1, 0)

    def ce(x, y, doubt=None):
        if doubt is None:
            return F.cross_entropy(x.reshape(-1, x.shape[-1]), y.reshape(-1), ignore_index=-100) \
                if (y >= 0).any() else torch.zeros(())
        (k, i, label), p = doubt
        y, x = y.clone(), x.log_softmax(-1)
        n = (y >= 0).sum()
        y[k, i] = -100
        return (F.nll_loss(x.reshape(-1, x.shape[-1]), y.reshape(-1), ignore_index=-100, reduction='sum')
                - (x[k, i, label] * p).sum()) / n

    for epoch in range(o.epochs):
        net.train()
        part = silver if o.silver_share == 1 else rng.sample(silver, int(len(silver) * o.silver_share))
        pool = [noisy(s, rng) for s in trees + part]
        pick = list(range(len(named)))
        rng.shuffle(pick)
        pool_n = [noisy(named[i], rng) for i in pick[:int(len(named) * o.names_share)]]
        pool_n += [noisy(s, rng) for s in style * 2]
        work = []
        for p in (pool, pool_n):
            enc = [encode(voc, s) for s in p]
            work += [(enc, b) for b in batches([len(e[0]) for e in enc], range(len(enc)), o.batch, rng)]
        net.tables()
        rng.shuffle(work)
        total = 0.
        for k, (enc, b) in enumerate(work):
            done = (epoch + k / len(work)) / o.epochs
            for g in opt.param_groups:
                g['lr'] = o.rate * min(1, (step + 1) / 100) * max(.005, 1 - done)
            t, hd, rl, up, xp, nm = collate(enc, b)
            h, sf = net.encode(t), soften(enc, b).get
            loss = .7 * ce(net.names(h), nm, sf('names'))
            if (hd >= 0).any():
                loss = loss + ce(net.arcs(h, t), hd, sf('heads')) + ce(net.labels(h, hd.clamp(min=0)), rl, sf('rels')) \
                    + .5 * ce(net.upos(h), up, sf('upos')) + .5 * ce(net.xpos(h), xp, sf('xpos'))
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.)
            opt.step()
            total += loss.item()
            step += 1
        with torch.no_grad():  # stay inside what int8 rows can hold
            net.emb.weight.clamp_(-127 / 64, 127 / 64)
        line = 'epoch %d, %d s, loss %.3f' % (epoch + 1, time.time() - start, total / len(work))
        if epoch == 0 or epoch >= o.epochs - 4 or epoch % 3 == 2:
            res = [measure(d, predict([net], d)) for d in dev]
            resn = [measure_names(d, predict([net], d)) for d in ndev]
            score = res[0]['LAS'] if res else epoch
            line += ' ' + json.dumps([res, resn])
            if score >= best[0] or epoch < o.epochs - 4:
                best = (score, epoch + 1)
                torch.save({'net': net.state_dict(), 'voc': voc.state(),
                            'report': {'seed': o.seed, 'epochs': o.epochs, 'epoch': epoch + 1, 'dev': res,
                                       'names_dev': resn, 'trees': len(trees), 'named': len(named),
                                       'silver': len(silver)}}, o.out)
        print(line, flush=True)


def cmd_silver(o):
    vectors = [dict(np.load(p)) for p in o.vectors]
    nets = [load(p, vectors)[0] for p in o.nets]
    sents = [Sent(l.rstrip('\n').split('\t')) for p in o.tokens for l in open(p, encoding='utf8')]
    sents += [s for p in o.conllu for s in read_conllu(p)]
    held = {tuple(s.forms) for p in o.exclude for s in read_conllu(p)}
    sents += [s for p in o.names for s in map(untitled, read_names(p)) if tuple(s.forms) not in held]
    with open(o.out, 'w', encoding='utf8') as f:
        for g, s in zip(sents, predict(nets, sents, soft=True)):
            if g.names and not g.heads:  # names are known, the tree is not
                s.names = g.names
                del s.soft['names']
            f.write(json.dumps({k: getattr(s, k) for k in Sent.__slots__}, ensure_ascii=False) + '\n')
    print(len(sents), 'sentences')


def cmd_export(o):
    vectors = vectors_of(o.vectors)
    net, st = load(o.net, vectors)
    voc = net.voc
    arrays = {}
    p = {k: v.detach().double().numpy() for k, v in net.state_dict().items()}
    sat = collections.Counter()

    def dense(name, w, b=None, out_bits=10):
        top = np.abs(w).max(1)
        e = np.array([max(k for k in range(0 if out_bits < 10 else 1, 15) if k <= 1 or np.round(t * 2. ** k) <= 127)
                      for t in top])
        q = np.round(w * 2. ** e[:, None])
        sat[name] = int((np.abs(q) > 127).sum())
        arrays[name + '.w'] = np.clip(q, -127, 127).astype('int8')
        b = np.zeros(len(w)) if b is None else b
        arrays[name + '.b'] = np.clip(np.round(b * 2. ** (10 + e)), -2 ** 28, 2 ** 28).astype('int32')
        arrays[name + '.s'] = (e + 10 - out_bits).astype('uint8')

    def norm(name, key):
        arrays[name + '.g'] = np.clip(np.round(p[key + '.weight'] * 4096), -32767, 32767).astype('int16')
        arrays[name + '.b'] = np.clip(np.round(p[key + '.bias'] * 2. ** 24), -2 ** 29, 2 ** 29).astype('int32')

    emb = np.round(p['emb.weight'] * 2 ** (10 - SHIFT))
    sat['emb'] = int((np.abs(emb) > 127).sum())
    emb = np.clip(emb, -127, 127).astype('int8')
    arrays['word.key'] = np.array(voc.words, 'uint64')
    arrays['word.row'] = emb[1:voc.root + 1]
    arrays['affix.key'] = np.array(voc.affixes, 'uint64')
    arrays['affix.row'] = emb[voc.root + 1:]
    arrays['vec.key'], arrays['vec.idx'], arrays['vec.row'] = vectors['key'], vectors['idx'], vectors['row']
    dense('vecp', p['vecp.weight'])
    norm('ln0', 'ln0')
    for k in range(BLOCKS):
        dense('b%d.conv' % k, p['conv.%d.weight' % k], p['conv.%d.bias' % k])
        norm('b%d.ln1' % k, 'ln1.%d' % k)
        dense('b%d.gate' % k, p['gate.%d.weight' % k], p['gate.%d.bias' % k])
        norm('b%d.ln2' % k, 'ln2.%d' % k)
    x = (np.arange(4096) * 4 + 1.5 - 8192) / 1024
    arrays['sigmoid'] = np.round(32768 / (1 + np.exp(-x))).astype('uint16')
    for k in ('upos', 'xpos', 'names'):
        dense(k, p[k + '.weight'], p[k + '.bias'])
    arrays['names.trans'] = TRANS.astype('int32')
    dense('arc.dep', p['arc_dep.weight'], p['arc_dep.bias'])
    dense('arc.u', p['arc_u.weight'], p['arc_u.bias'], 8)
    dense('arc.head', p['arc_head.weight'], p['arc_head.bias'], 8)
    arrays['arc.dist'] = np.round(p['dist'] * 65536).astype('int32')
    dense('lab.dep', p['lab_dep.weight'], p['lab_dep.bias'])
    dense('lab.head', p['lab_head.weight'], p['lab_head.bias'])
    dense('lab.out', p['lab_out.weight'], p['lab_out.bias'])
    print('weights clipped:', {k: v for k, v in sat.items() if v})

    report = dict(st['report'])
    if o.report:
        report.update(json.load(open(o.report, encoding='utf8')))
    header = {'language': o.language, 'licence': o.licence, 'sources': o.source, 'report': report, 'width': W,
              'blocks': BLOCKS, 'arc': ARC, 'lab': LAB, 'vec': VEC, 'shift_word': SHIFT, 'shift_affix': SHIFT,
              'upos': voc.upos, 'xpos': voc.xpos, 'deprel': voc.rels, 'names': NAMES,
              'root_label': voc.index['rels']['root']}
    DT = {'int8': 'i8', 'uint8': 'u8', 'int16': 'i16', 'uint16': 'u16', 'int32': 'i32', 'uint32': 'u32', 'uint64': 'u64'}

    def lay(base):
        at, rows = base, []
        for k, v in arrays.items():
            rows.append({'name': k, 'dtype': DT[v.dtype.name], 'shape': list(v.shape), 'offset': at})
            at += (v.nbytes + 63) // 64 * 64
        return rows, at

    size = 0
    while True:
        rows, end = lay(32 + size)
        text = json.dumps({**header, 'arrays': rows}, ensure_ascii=False).encode()
        need = (32 + len(text) + 63) // 64 * 64 - 32
        if need <= size:
            break
        size = need
    body = bytearray(end - 32)
    body[:size] = text + b' ' * (size - len(text))
    for r, v in zip(rows, arrays.values()):
        raw = v.astype(v.dtype.newbyteorder('<')).tobytes()
        body[r['offset'] - 32:r['offset'] - 32 + len(raw)] = raw
    with open(o.out, 'wb') as f:
        f.write(ref.MAGIC + np.array([1, size], '<u4').tobytes() +
                np.array([len(body), xxhash.xxh3_64_intdigest(bytes(body))], '<u8').tobytes() + body)
    print(o.out, 32 + len(body), 'bytes')


def cmd_eval(o):
    integer = open(o.net, 'rb').read(8) == ref.MAGIC
    if integer:
        m = ref.Model(o.net)

        def run(sents):
            out = []
            for s in sents:
                r = m.parse(s.forms)
                out.append(Sent(s.forms, r['upos'], r['xpos'], r['heads'], r['deprels'], r['names']))
            return out
    else:
        net = load(o.net, vectors_of(o.vectors))[0]
        run = lambda sents: predict([net], sents)
    res = {}
    short = lambda p: p.split('/')[-1].rsplit('.', 1)[0]
    for p in o.test:
        gold = read_conllu(p)
        res[short(p)] = measure(gold, run(gold))
        print(short(p), 'integer' if integer else 'float', json.dumps(res[short(p)]), flush=True)
    for p in o.names:
        gold = read_names(p)
        res[short(p)] = measure_names(gold, run(gold))
        print(short(p), 'integer' if integer else 'float', json.dumps(res[short(p)]), flush=True)
    if o.out:
        json.dump({'tests': res}, open(o.out, 'w'))


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument('--threads', type=int, default=1)
    sub = p.add_subparsers(dest='cmd', required=True)
    q = sub.add_parser('vectors')
    q.add_argument('wheel')
    q.add_argument('--out', required=True)
    q.add_argument('--dim', type=int, default=VEC, help='other sizes are for teachers only')
    q = sub.add_parser('reduce')
    q.add_argument('full')
    q.add_argument('nets', nargs='+')
    q.add_argument('--tokens', nargs='*', default=[], help='text that tells which words are frequent')
    q.add_argument('--out', required=True)
    q = sub.add_parser('text')
    q.add_argument('articles', nargs='+')
    q.add_argument('--not', dest='exclude', nargs='*', default=[])
    q.add_argument('--out', required=True)
    q = sub.add_parser('student')
    q.add_argument('--vectors')
    for k in ('conllu', 'names', 'names-style', 'dev', 'names-dev', 'silver'):
        q.add_argument('--' + k, nargs='*', default=[])
    q.add_argument('--not', dest='exclude', nargs='*', default=[],
                   help='treebank files kept for measuring: their documents and sentences are left out of the training')
    q.add_argument('--out', required=True)
    q.add_argument('--start', help='continue from this network (same data)')
    q.add_argument('--epochs', type=int, default=12)
    q.add_argument('--seed', type=int, default=1)
    q.add_argument('--rate', type=float, default=2e-3)
    q.add_argument('--batch', type=int, default=1800)
    q.add_argument('--drop', type=float, default=.2)
    q.add_argument('--wdrop', type=float, default=.1)
    q.add_argument('--width', type=int, default=W, help='other widths are for teachers only, they cannot be exported')
    q.add_argument('--silver-share', type=float, default=1, help='part of the silver sentences used in each epoch')
    q.add_argument('--lstm', type=int, default=0, help='teachers only: two LSTM layers of this size instead of the blocks')
    q.add_argument('--names-share', type=float, default=.5, help='part of the name sentences used in each epoch')
    q = sub.add_parser('silver')
    q.add_argument('nets', nargs='+')
    q.add_argument('--vectors', nargs='+', required=True, help='one file for each size in use')
    for k in ('tokens', 'conllu', 'names'):
        q.add_argument('--' + k, nargs='*', default=[])
    q.add_argument('--not', dest='exclude', nargs='*', default=[], help='treebank files kept for measuring')
    q.add_argument('--out', required=True)
    q = sub.add_parser('export')
    q.add_argument('net')
    q.add_argument('--vectors')
    q.add_argument('--report', help='JSON file whose keys are put into the training report')
    q.add_argument('--source', nargs='*', default=['UD English EWT (CC BY-SA 4.0)', 'UD English GUM, open genres (see NOTICE)',
                                                   'name data sets (see NOTICE)', 'word vectors (CC0)', 'Wikinews (CC BY 2.5)'])
    q.add_argument('--language', default='en')
    q.add_argument('--licence', default='CC-BY-SA-4.0', help='of the model file')
    q.add_argument('--out', required=True)
    q = sub.add_parser('eval')
    q.add_argument('net')
    q.add_argument('--vectors')
    q.add_argument('--test', nargs='*', default=[])
    q.add_argument('--names', nargs='*', default=[])
    q.add_argument('--out')
    o = p.parse_args()
    torch.set_num_threads(o.threads)
    globals()['cmd_' + o.cmd](o)


if __name__ == '__main__':
    main()
