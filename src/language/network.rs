//! The arithmetic of the model: words as numbers in, a vector for each word out.
//!
//! A sum of rows for each word, then three blocks of a convolution over neighbours and a recurrence in
//! both directions whose gates do not depend on its state, so that all products of matrices are taken
//! over the whole sentence. Every step is in integers (`models/FORMAT.md` gives them one by one); the
//! loops are written so that the compiler turns products of 16-bit numbers into vector instructions.

use super::dot::{Dot, Plain};
use super::feature;
use super::model::{Arrays, ModelError, Words};
#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
use pulp::{Arch, NullaryFnOnce};

/// Numbers for each word.
pub(super) const WIDTH: usize = 128;
/// Numbers for each word where arcs and relations are scored.
pub(super) const ARC: usize = 96;

/// A matrix with a bias and a shift for each output.
#[derive(Debug)]
pub(super) struct Dense {
    weights: Vec<i16>,
    bias: Vec<i32>,
    shift: Vec<u8>,
}

/// Layer normalisation.
#[derive(Debug)]
pub(super) struct Norm {
    gain: [i32; WIDTH],
    bias: [i32; WIDTH],
}

#[derive(Debug)]
struct Block {
    convolution: Dense,
    after_convolution: Norm,
    gate: Dense,
    after_gate: Norm,
}

/// All weights.
#[derive(Debug)]
pub(super) struct Network {
    vector: Dense,
    input: Norm,
    blocks: Vec<Block>,
    sigmoid: Box<[u16; 4096]>,
    pub(super) upos: Dense,
    pub(super) xpos: Dense,
    pub(super) names: Dense,
    pub(super) name_steps: Vec<i32>,
    pub(super) arc_dependent: Dense,
    pub(super) arc_between: Dense,
    pub(super) arc_head: Dense,
    pub(super) arc_distance: Vec<i32>,
    pub(super) label_dependent: Dense,
    pub(super) label_head: Dense,
    pub(super) label_out: Dense,
}

/// Shifts right and rounds half up.
#[inline(always)]
pub(super) fn rounded(number: i32, shift: u8) -> i32 {
    (number + (1 << (shift - 1))) >> shift
}

/// Cuts off what does not fit into 16 bits.
#[inline(always)]
pub(super) fn saturated(number: i32) -> i16 {
    number.clamp(-32768, 32767) as i16
}

impl Dense {
    pub(super) fn new(weights: Vec<i16>, bias: Vec<i32>, shift: Vec<u8>, inputs: usize) -> Option<Self> {
        let good = weights.len() == bias.len() * inputs
            && bias.len() == shift.len()
            && shift.iter().all(|shift| (1..=24).contains(shift))
            && bias.iter().all(|bias| bias.unsigned_abs() <= 1 << 28);
        good.then_some(Self { weights, bias, shift })
    }

    pub(super) fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Multiplies `count` vectors of `IN` numbers, `step` numbers apart; `put` takes position, output and
    /// value.
    pub(super) fn apply<const IN: usize>(
        &self,
        input: &[i16],
        step: usize,
        count: usize,
        mut put: impl FnMut(usize, usize, i32),
    ) {
        #[cfg(target_arch = "x86_64")]
        if let Some(v3) = V3::try_new() {
            v3.vectorize(Product::<IN, _, _> { dense: self, input, step, count, dot: v3, put: &mut put });
            return;
        }
        Product::<IN, _, _> { dense: self, input, step, count, dot: Plain, put: &mut put }.call();
    }
}

/// The product of one matrix with the vectors of a sentence, for the widest instructions of the machine.
struct Product<'p, const IN: usize, D, P> {
    dot: D,
    dense: &'p Dense,
    input: &'p [i16],
    step: usize,
    count: usize,
    put: &'p mut P,
}

impl<const IN: usize, D: Dot, P: FnMut(usize, usize, i32)> NullaryFnOnce for Product<'_, IN, D, P> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (rows, _) = self.dense.weights.as_chunks::<IN>();
        for (output, ((row, bias), shift)) in
            rows.iter().zip(&self.dense.bias).zip(&self.dense.shift).enumerate()
        {
            for at in 0..self.count {
                let rest = self.input.get(at * self.step..);
                let Some(vector) = rest.and_then(|rest| rest.first_chunk::<IN>()) else { return };
                (self.put)(at, output, rounded(self.dot.dot(row, vector) + bias, *shift));
            }
        }
    }
}

impl Norm {
    pub(super) fn new(gain: &[i16], bias: &[i32]) -> Option<Self> {
        let gain: [i16; WIDTH] = gain.try_into().ok()?;
        let bias: [i32; WIDTH] = bias.try_into().ok()?;
        let small = bias.iter().all(|bias| bias.unsigned_abs() <= 1 << 29);
        small.then_some(Self { gain: gain.map(i32::from), bias })
    }

    /// Brings `numbers` to mean 0 and a fixed spread, then scales and moves them.
    #[inline(always)]
    fn apply(&self, numbers: &[i32; WIDTH], out: &mut [i16; WIDTH]) {
        let sum: i32 = numbers.iter().sum();
        let difference = numbers.map(|number| 128 * number - sum);
        let squares: u64 =
            difference.iter().map(|number| (i64::from(*number) * i64::from(*number)) as u64).sum();
        let root = (squares + (1 << 26)).isqrt();
        let scale = (12_439_554_047_901 / root) as i64;
        for at in 0..WIDTH {
            let number = ((i64::from(difference[at]) * scale + (1 << 27)) >> 28) as i32;
            out[at] = saturated(rounded(number * self.gain[at] + self.bias[at], 14));
        }
    }
}

/// The words of one sentence as vectors: what tags, names and arcs are predicted from.
///
/// Position 0 is the root; one position of zeros stands before it and one after the last word.
#[derive(Debug, Default, Clone)]
pub struct Encoded {
    pub(super) vectors: Vec<i16>,
    /// Positions, the root among them.
    pub(super) count: usize,
}

impl Encoded {
    /// The vectors of root and words.
    pub(super) fn inner(&self) -> &[i16] {
        self.vectors.get(WIDTH..(self.count + 1) * WIDTH).unwrap_or_default()
    }

    /// The vectors of the words.
    pub(super) fn of_words(&self) -> &[i16] {
        self.inner().get(WIDTH..).unwrap_or_default()
    }
}

impl Network {
    pub(super) fn new(arrays: &Arrays, blocks: usize) -> Result<Self, ModelError> {
        let block = |number: usize| {
            Ok(Block {
                convolution: arrays.dense(&format!("b{number}.conv"), 3 * WIDTH)?,
                after_convolution: arrays.norm(&format!("b{number}.ln1"))?,
                gate: arrays.dense(&format!("b{number}.gate"), WIDTH)?,
                after_gate: arrays.norm(&format!("b{number}.ln2"))?,
            })
        };
        let names = arrays.dense("names", WIDTH)?;
        let network = Self {
            vector: arrays.dense("vecp", 64)?,
            input: arrays.norm("ln0")?,
            blocks: (0..blocks).map(block).collect::<Result<_, ModelError>>()?,
            sigmoid: arrays.sigmoid()?,
            upos: arrays.dense("upos", WIDTH)?,
            xpos: arrays.dense("xpos", WIDTH)?,
            name_steps: arrays.i32s("names.trans", names.outputs())?,
            names,
            arc_dependent: arrays.dense("arc.dep", WIDTH)?,
            arc_between: arrays.dense("arc.u", ARC)?,
            arc_head: arrays.dense("arc.head", WIDTH)?,
            arc_distance: arrays.i32s("arc.dist", 1)?,
            label_dependent: arrays.dense("lab.dep", WIDTH)?,
            label_head: arrays.dense("lab.head", WIDTH)?,
            label_out: arrays.dense("lab.out", ARC)?,
        };
        let labels = network.names.outputs();
        let outputs = |dense: &Dense, count| dense.outputs() == count;
        let block = |block: &Block| outputs(&block.convolution, WIDTH) && outputs(&block.gate, 2 * WIDTH);
        let narrow =
            [&network.arc_dependent, &network.arc_between, &network.arc_head, &network.label_dependent];
        let good = outputs(&network.vector, WIDTH)
            && network.blocks.iter().all(block)
            && narrow.iter().all(|dense| outputs(dense, ARC))
            && outputs(&network.label_head, ARC)
            && network.name_steps.len() == (labels + 1) * labels
            && network.arc_distance.len() == 33;
        if good { Ok(network) } else { Err(ModelError::Array("layers".to_owned())) }
    }

    /// Reads the words of a sentence. O(words).
    pub(super) fn encode<'w>(&self, table: &Words, words: impl IntoIterator<Item = &'w str>) -> Encoded {
        let mut vectors = vec![0_i16; WIDTH];
        let mut sums = [0_i32; WIDTH];
        let mut out = [0_i16; WIDTH];
        table.root(&mut sums);
        self.input.apply(&sums, &mut out);
        vectors.extend_from_slice(&out);
        let mut features = feature::Features::default();
        for word in words {
            let vector = table.sum(word, &mut features, &mut sums);
            if let Some(vector) = vector {
                self.vector
                    .apply::<64>(&vector, 64, 1, |_, at, value| sums[at] += i32::from(saturated(value)));
            }
            self.input.apply(&sums, &mut out);
            vectors.extend_from_slice(&out);
        }
        vectors.extend_from_slice(&[0; WIDTH]);
        let count = vectors.len() / WIDTH - 2;
        let mut encoded = Encoded { vectors, count };
        let mut sums = vec![0_i32; count * WIDTH];
        let mut gates = vec![0_i16; count * 2 * WIDTH];
        for block in &self.blocks {
            block.run(&self.sigmoid, &mut encoded, &mut sums, &mut gates);
        }
        encoded
    }
}

impl Block {
    fn run(&self, sigmoid: &[u16; 4096], encoded: &mut Encoded, sums: &mut [i32], gates: &mut [i16]) {
        let count = encoded.count;
        // Vectors of neighbours lie side by side, with zeros at both ends: the input is already there.
        self.convolution.apply::<{ 3 * WIDTH }>(&encoded.vectors, WIDTH, count, |at, output, value| {
            sums[at * WIDTH + output] = i32::from(saturated(value).max(0));
        });
        add_and_norm(&self.after_convolution, encoded, sums);
        self.gate.apply::<WIDTH>(encoded.inner(), WIDTH, count, |at, output, value| {
            gates[at * 2 * WIDTH + output] = saturated(value);
        });
        Arch::new().dispatch(Recurrence { sigmoid, gates, out: sums });
        add_and_norm(&self.after_gate, encoded, sums);
    }
}

/// One step of the recurrence for the 64 channels from `FROM` on.
#[inline(always)]
fn recur<const FROM: usize>(
    sigmoid: &[u16; 4096],
    gates: &[i16; 2 * WIDTH],
    state: &mut [i32; WIDTH],
    out: &mut [i32; WIDTH],
) {
    for at in FROM..FROM + 64 {
        let gate = (i32::from(gates[at]).clamp(-8192, 8191) + 8192) >> 2;
        let open = i64::from(sigmoid[gate as usize & 4095]);
        let towards = (i32::from(gates[WIDTH + at]) << 6) - state[at];
        state[at] += ((i64::from(towards) * open + (1 << 14)) >> 15) as i32;
        out[at] = (state[at] + 32) >> 6;
    }
}

/// Adds `sums` to the vectors and normalises them.
fn add_and_norm(norm: &Norm, encoded: &mut Encoded, sums: &[i32]) {
    Arch::new().dispatch(AddAndNorm { norm, encoded, sums });
}

struct AddAndNorm<'n> {
    norm: &'n Norm,
    encoded: &'n mut Encoded,
    sums: &'n [i32],
}

impl NullaryFnOnce for AddAndNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (vectors, _) = self.encoded.vectors.as_chunks_mut::<WIDTH>();
        let (sums, _) = self.sums.as_chunks::<WIDTH>();
        for (vector, sums) in vectors.iter_mut().skip(1).zip(sums) {
            let mut both = *sums;
            for at in 0..WIDTH {
                both[at] += i32::from(vector[at]);
            }
            self.norm.apply(&both, vector);
        }
    }
}

/// The recurrence of one block over a sentence, in both directions.
struct Recurrence<'r> {
    sigmoid: &'r [u16; 4096],
    gates: &'r [i16],
    out: &'r mut [i32],
}

impl NullaryFnOnce for Recurrence<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let (rows, _) = self.out.as_chunks_mut::<WIDTH>();
        let (gates, _) = self.gates.as_chunks::<{ 2 * WIDTH }>();
        let count = rows.len().min(gates.len());
        let mut state = [0_i32; WIDTH];
        for at in 0..count {
            recur::<0>(self.sigmoid, &gates[at], &mut state, &mut rows[at]);
            recur::<64>(self.sigmoid, &gates[count - 1 - at], &mut state, &mut rows[count - 1 - at]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The instructions of this machine and plain ones give the same numbers.
        #[test]
        fn the_fast_path_is_the_plain_one(
            weights in proptest::collection::vec(-127_i16..=127, 96 * 5),
            input in proptest::collection::vec(any::<i16>(), 96 * 3),
        ) {
            let dense = Dense::new(weights, vec![7, -7, 0, 1 << 28, -5], vec![1, 2, 3, 9, 24], 96).unwrap();
            let mut fast = Vec::new();
            dense.apply::<96>(&input, 96, 3, |at, output, value| fast.push((at, output, value)));
            let mut plain = Vec::new();
            let mut put = |at, output, value| plain.push((at, output, value));
            Product::<96, _, _> { dense: &dense, input: &input, step: 96, count: 3, dot: Plain, put: &mut put }.call();
            prop_assert_eq!(fast, plain);
        }
    }
}
