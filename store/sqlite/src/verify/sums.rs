//! Sums of many keyed amounts, small enough to be kept while any number of rows goes by.
//!
//! Each amount is multiplied by a hash of its key under a seed drawn for this run and added modulo 2^128. Two
//! lists of rows that differ in any amount of any key agree in this sum with a probability of about 2^-64,
//! whatever the difference is, because nobody knows the seed beforehand. Rows need no order, and rows of one
//! key may come apart or added up.

use std::hash::{BuildHasher as _, Hash, RandomState};

/// The seed of a run.
#[derive(Clone, Default)]
pub(super) struct Seed(RandomState);

impl Seed {
    /// The hash of a key.
    pub(super) fn hash(&self, key: impl Hash) -> u64 {
        self.0.hash_one(key)
    }
}

/// What a cell or a delta holds: the value, the records behind it, and those that reported nothing.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Amount {
    pub(super) value: i64,
    pub(super) n: i64,
    pub(super) blank: i64,
}

impl Amount {
    /// Columns `at` and the two after it.
    pub(super) fn read(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Self> {
        Ok(Self { value: row.get(at)?, n: row.get(at + 1)?, blank: row.get(at + 2)? })
    }

    pub(super) fn is_zero(self) -> bool {
        self == Self::default()
    }
}

/// A sum of keyed amounts.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Sums {
    value: i128,
    n: i128,
    blank: i128,
}

impl Sums {
    /// Adds an amount under the hash of its key; `sign` is 1 or -1.
    pub(super) fn add(&mut self, hash: u64, amount: Amount, sign: i128) {
        let hash = i128::from(hash).wrapping_mul(sign);
        self.value = self.value.wrapping_add(i128::from(amount.value).wrapping_mul(hash));
        self.n = self.n.wrapping_add(i128::from(amount.n).wrapping_mul(hash));
        self.blank = self.blank.wrapping_add(i128::from(amount.blank).wrapping_mul(hash));
    }

    /// Adds another sum.
    pub(super) fn merge(&mut self, other: Self) {
        self.value = self.value.wrapping_add(other.value);
        self.n = self.n.wrapping_add(other.n);
        self.blank = self.blank.wrapping_add(other.blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_whatever_the_order_and_differ_where_an_amount_differs() {
        let seed = Seed::default();
        let amount = |value| Amount { value, n: 1, blank: 0 };
        let sum = |rows: &[(&str, i64)]| {
            let mut sums = Sums::default();
            rows.iter().for_each(|(key, value)| sums.add(seed.hash(key), amount(*value), 1));
            sums
        };
        let whole = sum(&[("a", 3), ("b", i64::MIN), ("a", 4)]);
        assert_eq!(whole, sum(&[("b", i64::MIN), ("a", 4), ("a", 3)]));
        assert_ne!(whole, sum(&[("b", i64::MIN), ("a", 5), ("a", 3)]));
        assert_ne!(whole, sum(&[("b", 0), ("a", 4), ("a", 3)]), "2^63 is a difference like any other");
        assert_ne!(whole, sum(&[("a", i64::MIN), ("b", 4), ("a", 3)]));
        let mut both = whole;
        both.merge(sum(&[("c", 1)]));
        both.add(seed.hash("c"), amount(1), -1);
        assert_eq!(both, whole);
    }
}
