//! Seeded chance: SplitMix64 (Steele, Lea and Flood, 2014). Each part of the story draws from a stream of its
//! own, so that a change in one leaves the others as they were.

/// A stream of chance.
#[derive(Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// The stream of one part of the story.
    pub(crate) fn of(seed: u64, part: &str) -> Self {
        // FNV-1a of the part's name.
        let name = part
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        Self(seed ^ name)
    }

    /// The stream of one of very many things of a part, whatever was drawn for the others.
    pub(crate) fn nth(&self, nth: u64) -> Self {
        Self(mix(self.0 ^ mix(nth)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number from 0 up to and without `count`; 0 when `count` is 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        if count == 0 {
            return 0;
        }
        // The high half of a 128-bit product is spread evenly enough for a story.
        let wide = u128::from(self.next()) * (count as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` up to and with `high`.
    pub(crate) fn range(&mut self, low: i64, high: i64) -> i64 {
        let count = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.below(count)).unwrap_or(0)
    }

    /// True in `percent` of 100 draws.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list; the type's default for an empty one.
    pub(crate) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len())).copied().unwrap_or_default()
    }

    /// The position drawn among weights; 0 where all are 0.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (at, weight) in weights.iter().enumerate() {
            if left < *weight {
                return at;
            }
            left -= weight;
        }
        0
    }
}

/// The finaliser of SplitMix64.
const fn mix(number: u64) -> u64 {
    let z = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_draws_the_same_whatever_the_others_do() {
        let draw = |part: &str| {
            let mut chance = Chance::of(7, part);
            (0..5).map(|_| chance.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw("a"), draw("a"));
        assert_ne!(draw("a"), draw("b"));
    }

    #[test]
    fn draws_stay_within_their_bounds_and_reach_all_of_them() {
        let mut chance = Chance::of(1, "bounds");
        let mut seen = [false; 6];
        for _ in 0..1_000 {
            let drawn = chance.range(-2, 3);
            assert!((-2..=3).contains(&drawn));
            seen[usize::try_from(drawn + 2).expect("not negative")] = true;
            assert_ne!(chance.weighted(&[3, 0, 5]), 1);
        }
        assert_eq!(seen, [true; 6]);
        assert_eq!(chance.below(0), 0);
        assert_eq!(chance.pick::<u8>(&[]), 0);
    }
}
