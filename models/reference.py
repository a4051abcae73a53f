"""Reference implementation of the language model in numpy, integers only (see FORMAT.md).

    python reference.py MODEL check OUT.json     writes test vectors for the sentences below
    python reference.py MODEL verify IN.json     compares with test vectors
    python reference.py MODEL conllu IN OUT      analyses a CoNLL-U file (its tokens) again

Needs numpy and xxhash. Products of integers are summed in double precision by BLAS: all values stay
below 2^53, so the result is exact and independent of the order of summation.
"""
import json
import re
import sys

import numpy as np
import xxhash

MAGIC = b'RELATALM'
FORBIDDEN = -16777216
KINDS = ('p1', 'p3', 's1', 's2', 's3', 's4', 'sh')
CHARS = {0x2018: "'", 0x2019: "'", 0x201B: "'", 0x02BC: "'", 0x201C: '"', 0x201D: '"', 0x201E: '"',
         0x2010: '-', 0x2011: '-', 0x2012: '-', 0x2013: '-', 0x2014: '-', 0x2212: '-', 0x2026: '...'}
LOWER = {c: c + 32 for c in range(65, 91)}


def norm_form(form):
    return form.translate(CHARS)


def lower(text):
    return text.translate(LOWER)


def shape(text):
    out = []
    for c in text:
        s = 'X' if 'A' <= c <= 'Z' else 'x' if 'a' <= c <= 'z' else 'd' if '0' <= c <= '9' \
            else 'u' if ord(c) >= 128 else c
        if out[-3:] != [s] * 3:
            out.append(s)
    return ''.join(out[:12])


def features(form):
    """Feature strings of a token: word, seven affixes, vector key or None."""
    f = norm_form(form)
    low = lower(f)
    word = 'w' + re.sub('[0-9]', '0', low)
    affixes = ['p1' + f[:1], 'p3' + lower(f[:3]), 's1' + f[-1:], 's2' + lower(f[-2:]),
               's3' + lower(f[-3:]), 's4' + lower(f[-4:]), 'sh' + shape(f)]
    return word, affixes, 'v' + low if re.fullmatch('[a-z]{1,15}', low) else None


def h64(text):
    return xxhash.xxh3_64_intdigest(text.encode('utf8'))


def rsh(x, s):
    return (x + (np.int64(1) << (s - 1))) >> s


def sat16(x):
    return np.clip(x, -32768, 32767)


def leaky(x):
    return np.where(x >= 0, x, rsh(x, np.int64(3)))


def isqrt(v):
    r = int(np.sqrt(float(v)))
    while r * r > v:
        r -= 1
    while (r + 1) * (r + 1) <= v:
        r += 1
    return r


def is_tree(heads):
    """heads[0] is ignored; exactly one dependent of 0 and no cycle."""
    if sum(1 for h in heads[1:] if h == 0) != 1:
        return False
    n = len(heads)
    safe = [False] * n
    safe[0] = True
    for i in range(1, n):
        path = []
        j = i
        while not safe[j]:
            if j in path:
                return False
            path.append(j)
            j = heads[j]
        for k in path:
            safe[k] = True
    return True


def arborescence(score):
    """Maximum spanning arborescence rooted in 0; score[d, h] is int64 (or float64)."""
    low = -(1 << 60)

    def solve(s):
        n = len(s)
        head = s.argmax(1)
        head[0] = 0
        colour = [0] * n
        colour[0] = 1
        cycle = None
        for i in range(1, n):
            path, j = [], i
            while colour[j] == 0:
                colour[j] = 2
                path.append(j)
                j = int(head[j])
            if colour[j] == 2:
                cycle = path[path.index(j):]
                break
            for k in path:
                colour[k] = 1
        if cycle is None:
            return head
        inside = np.array(sorted(cycle))
        outside = np.array([i for i in range(n) if i not in set(cycle)])
        m = len(outside)
        t = np.full((m + 1, m + 1), low, s.dtype)
        t[:m, :m] = s[np.ix_(outside, outside)]
        gain = s[np.ix_(inside, outside)] - s[inside, head[inside]][:, None]
        entry = gain.argmax(0)
        t[m, :m] = gain.max(0)
        leave = s[np.ix_(outside, inside)]
        exit_ = leave.argmax(1)
        t[:m, m] = leave.max(1)
        t[0] = low
        np.fill_diagonal(t, low)
        sub = solve(t)
        out = head.copy()
        for i in range(1, m):
            g = int(sub[i])
            out[outside[i]] = inside[exit_[i]] if g == m else outside[g]
        g = int(sub[m])
        out[inside[entry[g]]] = outside[g]
        return out

    s = score.copy()
    s[1:, 0] -= 1 << 44
    np.fill_diagonal(s, low)
    s[0] = low
    return solve(s)


def best_heads(score):
    """score[d, h] with row 0 unused."""
    s = score.copy()
    np.fill_diagonal(s, -(1 << 60))
    head = s.argmax(1)
    head[0] = 0
    return head if is_tree(head.tolist()) else arborescence(score)


def viterbi(emit, trans):
    last = len(trans) - 1
    v = trans[last] + emit[0]
    back = []
    for e in emit[1:]:
        m = v[:, None] + trans[:last]
        back.append(m.argmax(0))
        v = m.max(0) + e
    path = [int(v.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


class Model:
    def __init__(self, path):
        raw = open(path, 'rb').read()
        assert raw[:8] == MAGIC, 'not a model file'
        version, hlen = np.frombuffer(raw, '<u4', 2, 8)
        blen, check = np.frombuffer(raw, '<u8', 2, 16)
        assert version == 1 and len(raw) == 32 + blen, 'wrong version or length'
        assert xxhash.xxh3_64_intdigest(raw[32:]) == check, 'checksum differs'
        self.checksum = '%016x' % check
        self.header = json.loads(raw[32:32 + hlen])
        self.a = {}
        for x in self.header['arrays']:
            dt = np.dtype('<%s%d' % (x['dtype'][0], int(x['dtype'][1:]) // 8))
            n = int(np.prod(x['shape']))
            self.a[x['name']] = np.frombuffer(raw, dt, n, x['offset']).reshape(x['shape'])
        self.w = {k[:-2]: v.T.astype('float64') for k, v in self.a.items() if k.endswith('.w')}
        self.types = {}
        self.stats = {}

    def dense(self, name, x):
        acc = (x.astype('float64') @ self.w[name]).astype('int64') + self.a[name + '.b']
        assert abs(acc).max() < 2 ** 31 - 2 ** 23
        return rsh(acc, self.a[name + '.s'].astype('int64'))

    def norm(self, name, x):
        x = x.astype('int64')
        d = 128 * x - x.sum(1, keepdims=True)
        v = (d * d).sum(1) + (1 << 26)
        r = np.array([isqrt(int(i)) for i in v], 'int64')
        q = 12439554047901 // r
        y = rsh(d * q[:, None], np.int64(28))
        return sat16(rsh(y * self.a[name + '.g'] + self.a[name + '.b'], np.int64(14)))

    def _find(self, table, key):
        keys = self.a[table]
        i = int(np.searchsorted(keys, keys.dtype.type(key)))
        return i if i < len(keys) and int(keys[i]) == key else -1

    def embed(self, form):
        x = self.types.get(form)
        if x is None:
            word, affixes, vec = features(form)
            row = self._find('word.key', h64(word))
            words, aff = self.a['word.row'], self.a['affix.row']
            x = words[row if row >= 0 else len(words) - 2].astype('int64') << self.header['shift_word']
            for a in affixes:
                k = self._find('affix.key', h64(a))
                x = x + (aff[k if k >= 0 else len(aff) - 1].astype('int64') << self.header['shift_affix'])
            if vec:
                k = self._find('vec.key', h64(vec) >> 32)
                if k >= 0:
                    v = self.a['vec.row'][int(self.a['vec.idx'][k])].astype('int64') << 5
                    x = x + sat16(self.dense('vecp', v[None]))[0]
            self.types[form] = x
        return x

    def encode(self, tokens):
        root = self.a['word.row'][-1].astype('int64') << self.header['shift_word']
        h = self.norm('ln0', np.stack([root] + [self.embed(t) for t in tokens]))
        first = h
        n = len(h)
        for k in range(self.header['blocks']):
            b = 'b%d.' % k
            z = np.zeros((1, h.shape[1]), 'int64')
            c = sat16(self.dense(b + 'conv', np.hstack([np.vstack([z, h[:-1]]), h, np.vstack([h[1:], z])])))
            h = self.norm(b + 'ln1', h + np.maximum(c, 0))
            g = sat16(self.dense(b + 'gate', h))
            a = self.a['sigmoid'].astype('int64')[(np.clip(g[:, :128], -8192, 8191) + 8192) >> 2]
            c = g[:, 128:] << 6
            y = np.zeros((n, 128), 'int64')
            for part, order in ((slice(0, 64), range(n)), (slice(64, 128), range(n - 1, -1, -1))):
                s = np.zeros(64, 'int64')
                for t in order:
                    s = s + (((c[t, part] - s) * a[t, part] + 16384) >> 15)
                    y[t, part] = (s + 32) >> 6
            h = self.norm(b + 'ln2', h + y)
        return first, h

    def parse(self, tokens):
        first, h = self.encode(tokens)
        head = self.header
        n = len(tokens)
        r = {'tokens': tokens}
        r['upos'] = [head['upos'][i] for i in self.dense('upos', h[1:]).argmax(1)]
        r['xpos'] = [head['xpos'][i] for i in self.dense('xpos', h[1:]).argmax(1)]
        p = leaky(sat16(self.dense('arc.dep', h)))
        u = np.clip(self.dense('arc.u', p), -4095, 4095)
        b = leaky(np.clip(self.dense('arc.head', h), -4095, 4095))
        pos = np.arange(n + 1)
        dist = np.clip(pos[None, :] - pos[:, None], -16, 16) + 16
        score = (u.astype('float64') @ b.T.astype('float64')).astype('int64') + self.a['arc.dist'][dist]
        assert abs(score).max() < 2 ** 31
        heads = best_heads(score)
        r['heads'] = [int(i) for i in heads[1:]]
        x = leaky(sat16(sat16(self.dense('lab.dep', h)) + sat16(self.dense('lab.head', h))[heads]))
        logit = self.dense('lab.out', x[1:])
        logit[:, head['root_label']] = -(1 << 40)
        r['deprels'] = [head['deprel'][head['root_label'] if g == 0 else i]
                        for g, i in zip(r['heads'], logit.argmax(1))]
        e = self.dense('names', h[1:])
        r['names'] = [head['names'][i] for i in viterbi(e, self.a['names.trans'].astype('int64'))]
        r['input_xxh3'] = xxhash.xxh3_64_hexdigest(first.astype('<i2').tobytes())
        r['hidden_xxh3'] = xxhash.xxh3_64_hexdigest(h.astype('<i2').tobytes())
        r['arcs_xxh3'] = xxhash.xxh3_64_hexdigest(score[1:].astype('<i4').tobytes())
        return r


SENTENCES = '''Maria Keller , the president of Norland , met Prime Minister Tomas Brandt in Lisbon on Friday .
The two companies will not merge , a spokesman for Helvan Industries said .
" We do n't know who wrote the letter , " Ms. Okafor told reporters .
In 2019 , the firm bought 51.5 % of Arda Bank for $ 3.2 billion .
FORMER MINISTER ARRESTED IN PORT HARMON
Rebels attacked a convoy near the border and killed three soldiers
The bridge was built by engineers from Kestrel Works between 1887 and 1893 .
Ivanov ’s lawyer “ strongly denied ” the charges — and left .
He gave her the keys , did n't he ?
Russia - led forces withdrew from the U.S. base at Al - Tanf .
Who is the owner of the house on Mill Street ?
Yes .
?
Born in Oslo , Ingrid Dahl studied law before she joined the Green Party in May 2004 .
Send questions to press@example.org or visit http://example.org/a_b .
The court in São Paulo ordered Café Ñandú to pay €500 to its workers .
New York City Mayor Dana Whitfield and her deputy , Lee Park , are to resign .
what r u doing tmrw lol :)
The man whom the police had been looking for for weeks was found dead in a forest outside Graz , officials confirmed on Sunday , adding that the cause of death , which they had not yet made public , would be announced once the family , who live abroad , had been informed .
1 ) Mix flour , salt and water ; 2 ) let it rest .
supercalifragilisticexpialidocious 😀 中文 x'''.split('\n')


def read_tokens(path):
    out, cur = [], []
    for line in open(path, encoding='utf8'):
        line = line.rstrip('\n')
        if not line:
            if cur:
                out.append(cur)
            cur = []
        elif line[0] != '#':
            c = line.split('\t')
            if c[0].isdigit():
                cur.append(c[1])
    return out + ([cur] if cur else [])


def main():
    path, what, *rest = sys.argv[1:]
    m = Model(path)
    if what == 'check':
        lines = [json.dumps(m.parse(s.split(' ')), ensure_ascii=False) for s in SENTENCES]
        with open(rest[0], 'w', encoding='utf8') as f:
            f.write('{"model_xxh3": "%s", "sentences": [\n%s\n]}\n' % (m.checksum, ',\n'.join(lines)))
    elif what == 'verify':
        doc = json.load(open(rest[0], encoding='utf8'))
        assert doc['model_xxh3'] == m.checksum, 'the test vectors belong to another model'
        for s in doc['sentences']:
            assert m.parse(s['tokens']) == s, s['tokens']
        print(len(doc['sentences']), 'sentences agree')
    elif what == 'conllu':
        with open(rest[1], 'w', encoding='utf8') as f:
            for s in read_tokens(rest[0]):
                r = m.parse(s)
                for i, t in enumerate(s):
                    f.write('\t'.join([str(i + 1), t, '_', r['upos'][i], r['xpos'][i], '_', str(r['heads'][i]),
                                       r['deprels'][i], '_', 'Name=' + r['names'][i]]) + '\n')
                f.write('\n')


if __name__ == '__main__':
    main()
