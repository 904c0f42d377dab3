//! Money: whole đồng, never a float. The đồng has no smaller unit in use.

use std::fmt;

use crate::number;

/// An amount of đồng; ± 9.2 × 10^18, some million times the yearly budget of the State.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Dong(pub i64);

impl Dong {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many thousand million (*tỷ*), or `None` where it does not fit.
    #[must_use]
    pub fn from_billions(count: i64) -> Option<Self> {
        count.checked_mul(1_000_000_000).map(Self)
    }

    /// Sum, or `None` where it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Difference, or `None` where it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// `count` times the amount, or `None` where it does not fit.
    #[must_use]
    pub fn checked_mul(self, count: i64) -> Option<Self> {
        self.0.checked_mul(count).map(Self)
    }

    /// The amount with its sign turned, or `None` for the one amount that has no opposite.
    #[must_use]
    pub fn checked_neg(self) -> Option<Self> {
        self.0.checked_neg().map(Self)
    }

    /// Sum of all, or `None` where it does not fit; partial sums may exceed the range.
    #[must_use]
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let total =
            amounts.into_iter().try_fold(0_i128, |sum, Self(amount)| sum.checked_add(i128::from(amount)))?;
        i64::try_from(total).ok().map(Self)
    }
}

impl fmt::Display for Dong {
    /// Every digit: `574.000.000.000 đồng`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&number::money(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_never_wrap() {
        let all = Dong(i64::MAX);
        assert_eq!(all.checked_add(Dong(1)), None);
        assert_eq!(Dong(i64::MIN).checked_sub(Dong(1)), None);
        assert_eq!(Dong(i64::MIN).checked_neg(), None);
        assert_eq!(all.checked_mul(2), None);
        assert_eq!(Dong::sum([all, Dong(1), Dong(-2)]), Some(Dong(i64::MAX - 1)));
        assert_eq!(Dong::sum([all, Dong(1)]), None);
        assert_eq!(Dong::from_billions(574), Some(Dong(574_000_000_000)));
        assert_eq!(Dong::from_billions(i64::MAX), None);
    }

    #[test]
    fn prints_every_digit() {
        assert_eq!(Dong(574_000_000_000).to_string(), "574.000.000.000 đồng");
        assert_eq!(Dong(-1_500).to_string(), "-1.500 đồng");
    }
}
