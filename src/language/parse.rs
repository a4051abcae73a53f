//! The vectors of a sentence → tags, names and a tree, each by itself.

use super::dot::dot;
use super::label::{Relation, Upos, Xpos};
use super::model::Model;
use super::network::{ARC, Encoded, WIDTH, rounded, saturated};
use super::{Name, arborescence};

/// Head and relation of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arc {
    /// Number of the head among the words, counted from 1; 0 for the root.
    pub head: usize,
    /// Relation to the head.
    pub relation: Relation,
}

impl Model {
    /// Reads the words of a sentence: the part of the work that tags, names and tree have in common.
    pub fn encode<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Encoded {
        self.network.encode(&self.words, words)
    }

    /// The parts of speech of each word. O(words).
    pub fn tags(&self, encoded: &Encoded) -> Vec<(Option<Upos>, Option<Xpos>)> {
        let count = encoded.count.saturating_sub(1);
        let mut upos = vec![(i32::MIN, 0); count];
        let mut xpos = upos.clone();
        self.network.upos.apply::<WIDTH>(encoded.of_words(), WIDTH, count, keep_best(&mut upos));
        self.network.xpos.apply::<WIDTH>(encoded.of_words(), WIDTH, count, keep_best(&mut xpos));
        let labels = &self.labels;
        upos.iter()
            .zip(&xpos)
            .map(|((_, upos), (_, xpos))| (labels.upos[*upos], labels.xpos[*xpos]))
            .collect()
    }

    /// The names in the sentence. O(words).
    pub fn names(&self, encoded: &Encoded) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        for (at, label) in self.name_labels(encoded).into_iter().enumerate() {
            let Some((begins, kind)) = self.labels.names[label] else { continue };
            match names.last_mut() {
                Some(last) if !begins && last.tokens.end == at && last.kind == kind => {
                    last.tokens.end = at + 1
                }
                _ => names.push(Name { tokens: at..at + 1, kind }),
            }
        }
        names
    }

    /// The best sequence of name labels (Viterbi).
    pub(super) fn name_labels(&self, encoded: &Encoded) -> Vec<usize> {
        let count = encoded.count.saturating_sub(1);
        let labels = self.labels.names.len();
        let mut emitted = vec![0_i64; count * labels];
        self.network.names.apply::<WIDTH>(encoded.of_words(), WIDTH, count, |at, label, value| {
            emitted[at * labels + label] = i64::from(value);
        });
        let step = |from: usize, to: usize| i64::from(self.network.name_steps[from * labels + to]);
        let mut best: Vec<i64> = (0..labels).map(|label| step(labels, label)).collect();
        let mut back: Vec<usize> = Vec::with_capacity(count * labels);
        for (at, emitted) in emitted.chunks_exact(labels).enumerate() {
            if at > 0 {
                let (from, next) = (0..labels)
                    .map(|to| first_max((0..labels).map(|from| best[from] + step(from, to))))
                    .unzip::<usize, i64, Vec<usize>, Vec<i64>>();
                back.extend(from);
                best = next;
            }
            best.iter_mut().zip(emitted).for_each(|(best, emitted)| *best += emitted);
        }
        if count == 0 {
            return Vec::new();
        }
        let mut label = first_max(best.iter().copied()).0;
        let mut path = vec![label];
        for from in back.chunks_exact(labels).rev() {
            label = from[label];
            path.push(label);
        }
        path.reverse();
        path
    }

    /// Head and relation of each word: a tree with one root. O(words²), and in the worst case O(words³).
    pub fn tree(&self, encoded: &Encoded) -> Vec<Arc> {
        let heads = arborescence::best_heads(&self.scores(encoded), encoded.count);
        let relations = self.relations(encoded, &heads);
        let arcs = heads.iter().skip(1).zip(relations);
        arcs.map(|(head, relation)| Arc { head: *head, relation: self.labels.relations[relation] }).collect()
    }

    /// How well each position (root and words) fits each as its head: a row for each dependent, that of
    /// the root unused.
    pub(super) fn scores(&self, encoded: &Encoded) -> Vec<i32> {
        let (network, count) = (&self.network, encoded.count);
        let mut dependents = vec![0_i16; count * ARC];
        network.arc_dependent.apply::<WIDTH>(encoded.inner(), WIDTH, count, |at, output, value| {
            dependents[at * ARC + output] = leaky(i32::from(saturated(value)));
        });
        let mut left = vec![0_i16; count * ARC];
        network.arc_between.apply::<ARC>(&dependents, ARC, count, |at, output, value| {
            left[at * ARC + output] = value.clamp(-4095, 4095) as i16;
        });
        let mut right = vec![0_i16; count * ARC];
        network.arc_head.apply::<WIDTH>(encoded.inner(), WIDTH, count, |at, output, value| {
            right[at * ARC + output] = leaky(value.clamp(-4095, 4095));
        });
        let mut scores = Vec::with_capacity(count * count);
        let (right, _) = right.as_chunks::<ARC>();
        for (dependent, left) in left.as_chunks::<ARC>().0.iter().enumerate() {
            for (head, right) in right.iter().enumerate() {
                let distance = (head + 16).saturating_sub(dependent).min(32);
                scores.push(dot(left, right) + network.arc_distance[distance]);
            }
        }
        scores
    }

    fn relations(&self, encoded: &Encoded, heads: &[usize]) -> Vec<usize> {
        let (network, count) = (&self.network, encoded.count);
        let mut of_dependent = vec![0_i16; count * ARC];
        network.label_dependent.apply::<WIDTH>(encoded.inner(), WIDTH, count, |at, output, value| {
            of_dependent[at * ARC + output] = saturated(value);
        });
        let mut of_head = vec![0_i16; count * ARC];
        network.label_head.apply::<WIDTH>(encoded.inner(), WIDTH, count, |at, output, value| {
            of_head[at * ARC + output] = saturated(value);
        });
        let mut both = vec![0_i16; count.saturating_sub(1) * ARC];
        for (at, both) in both.chunks_exact_mut(ARC).enumerate() {
            let (dependent, head) = ((at + 1) * ARC, heads[at + 1] * ARC);
            let pairs = of_dependent[dependent..].iter().zip(&of_head[head..]);
            for (both, (left, right)) in both.iter_mut().zip(pairs) {
                *both = leaky(i32::from(saturated(i32::from(*left) + i32::from(*right))));
            }
        }
        let root = self.labels.root;
        let mut best = vec![(i32::MIN, 0_usize); count.saturating_sub(1)];
        network.label_out.apply::<ARC>(&both, ARC, count.saturating_sub(1), |at, output, value| {
            if output != root && value > best[at].0 {
                best[at] = (value, output);
            }
        });
        let labels = best.iter().zip(&heads[1..]);
        labels.map(|((_, label), head)| if *head == 0 { root } else { *label }).collect()
    }
}

/// Keeps, for each position, the first of the highest values and its output.
fn keep_best(best: &mut [(i32, usize)]) -> impl FnMut(usize, usize, i32) {
    |at, output, value| {
        if value > best[at].0 {
            best[at] = (value, output);
        }
    }
}

fn first_max(values: impl Iterator<Item = i64>) -> (usize, i64) {
    values
        .enumerate()
        .fold((0, i64::MIN), |best, (at, value)| if value > best.1 { (at, value) } else { best })
}

#[inline(always)]
fn leaky(number: i32) -> i16 {
    (if number >= 0 { number } else { rounded(number, 3) }) as i16
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::path::{Path, PathBuf};
    use xxhash_rust::xxh3::xxh3_64;

    /// The model's own test vectors: beside the model, or where the environment says.
    fn file(name: &str, variable: &str) -> Option<PathBuf> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(name);
        std::env::var_os(variable).map(PathBuf::from).or_else(|| own.exists().then_some(own))
    }

    fn sum<const SIZE: usize, T: Copy>(numbers: &[T], bytes: impl Fn(T) -> [u8; SIZE]) -> String {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| bytes(*number)).collect();
        format!("{:016x}", xxh3_64(&bytes))
    }

    #[test]
    #[allow(clippy::print_stderr, reason = "a test that was skipped says so")]
    fn every_number_is_that_of_the_reference() {
        let files = (file("en.model", "RELATA_MODEL"), file("check.json", "RELATA_CHECK"));
        let (Some(model), Some(check)) = files else {
            return eprintln!(
                "skipped: no models/en.model and models/check.json, nor RELATA_MODEL and RELATA_CHECK"
            );
        };
        let bytes = std::fs::read(model).unwrap();
        let check: Value = serde_json::from_str(&std::fs::read_to_string(check).unwrap()).unwrap();
        assert_eq!(check["model_xxh3"], format!("{:016x}", xxh3_64(&bytes[32..])), "of another model");
        let model = Model::new(bytes).unwrap();
        let sentences = check["sentences"].as_array().unwrap();
        assert!(!sentences.is_empty());
        for sentence in sentences {
            let list = |key: &str| sentence[key].as_array().unwrap();
            let texts = |key: &str| list(key).iter().map(|text| text.as_str().unwrap()).collect::<Vec<_>>();
            let encoded = model.encode(texts("tokens"));
            assert_eq!(sentence["hidden_xxh3"], sum(encoded.inner(), i16::to_le_bytes), "{sentence}");
            let scores = model.scores(&encoded);
            assert_eq!(sentence["arcs_xxh3"], sum(&scores[encoded.count..], i32::to_le_bytes), "{sentence}");
            let (upos, xpos): (Vec<_>, Vec<_>) = model.tags(&encoded).into_iter().unzip();
            assert_eq!(texts("upos"), upos.iter().map(|upos| upos.unwrap().name()).collect::<Vec<_>>());
            assert_eq!(texts("xpos"), xpos.iter().map(|xpos| xpos.unwrap().name()).collect::<Vec<_>>());
            let tree = model.tree(&encoded);
            let heads: Vec<u64> = list("heads").iter().map(|head| head.as_u64().unwrap()).collect();
            assert_eq!(heads, tree.iter().map(|arc| arc.head as u64).collect::<Vec<_>>());
            assert_eq!(texts("deprels"), tree.iter().map(|arc| arc.relation.name()).collect::<Vec<_>>());
            let names =
                model.name_labels(&encoded).into_iter().map(|label| match model.labels.names[label] {
                    None => "O".to_owned(),
                    Some((begins, kind)) => format!("{}-{}", if begins { 'B' } else { 'I' }, kind.name()),
                });
            assert_eq!(texts("names"), names.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_file_that_is_no_model_is_refused() {
        for (bytes, message) in [
            (b"GIF89a".to_vec(), "no model"),
            ([&b"RELATALM"[..], &[9, 0, 0, 0], &[0; 20]].concat(), "format 9"),
            (
                [&b"RELATALM"[..], &[1, 0, 0, 0], &[0; 4], &[9, 0, 0, 0], &[0; 12]].concat(),
                "should have 41 bytes and has 32",
            ),
            ([&b"RELATALM"[..], &[1, 0, 0, 0], &[0; 4], &[1, 0, 0, 0], &[0; 13]].concat(), "damaged"),
        ] {
            let error = Model::new(bytes).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
