//! Two rows of 16-bit numbers → the sum of their products, with the widest instructions of the machine.

#[cfg(target_arch = "x86_64")]
use pulp::{i32x8, x86::V3};

/// Sums products in one way or another; integers give the same sum in every order.
pub(super) trait Dot: Copy {
    /// The sum of the products of two rows of numbers.
    fn dot<const N: usize>(self, left: &[i16; N], right: &[i16; N]) -> i32;
}

/// One after the other, on any machine.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Dot for Plain {
    #[inline(always)]
    fn dot<const N: usize>(self, left: &[i16; N], right: &[i16; N]) -> i32 {
        dot(left, right)
    }
}

/// Sixteen at once: `vpmaddwd`, which the compiler does not find by itself at this width.
#[cfg(target_arch = "x86_64")]
impl Dot for V3 {
    #[inline(always)]
    fn dot<const N: usize>(self, left: &[i16; N], right: &[i16; N]) -> i32 {
        let ((left, left_rest), (right, right_rest)) = (left.as_chunks::<16>(), right.as_chunks::<16>());
        let mut sums: i32x8 = pulp::cast([0_i32; 8]);
        for (left, right) in left.iter().zip(right) {
            let products = self.multiply_wrapping_add_adjacent_i16x16(pulp::cast(*left), pulp::cast(*right));
            sums = self.wrapping_add_i32x8(sums, products);
        }
        let sums: [i32; 8] = pulp::cast(sums);
        let rest = left_rest.iter().zip(right_rest).map(|(left, right)| i32::from(*left) * i32::from(*right));
        sums.iter().sum::<i32>() + rest.sum::<i32>()
    }
}

/// The sum of products.
#[inline(always)]
pub(super) fn dot<const N: usize>(left: &[i16; N], right: &[i16; N]) -> i32 {
    let mut sum = 0;
    for at in 0..N {
        sum += i32::from(left[at]) * i32::from(right[at]);
    }
    sum
}
