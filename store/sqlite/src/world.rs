//! Time and chance as parameters: nothing in the store reads a clock or a random source by itself.

use mc_base::Instant;

/// Where a store takes time and chance from.
pub trait World: Send {
    /// The instant now; it need not be monotonic, the store takes the greater of it and the last entry's.
    fn now(&mut self) -> Instant;
    /// Fills `bytes` with values nobody can guess.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The machine's own clock and random source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemWorld;

impl World for SystemWorld {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the wall clock comes in")]
    fn now(&mut self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    #[expect(clippy::disallowed_methods, reason = "this is the one place where chance comes in")]
    fn fill(&mut self, bytes: &mut [u8]) {
        // Without a random source no salt is safe: stopping is the only honest answer.
        getrandom::fill(bytes).unwrap_or_else(|error| panic!("the system's random source failed: {error}"));
    }
}

/// A told story: the instant is set by hand, chance comes from a seed. For generated instances and tests.
#[derive(Clone, Debug)]
pub struct StoryWorld {
    now: Instant,
    state: u64,
}

impl StoryWorld {
    /// A story that begins at `now` with chance from `seed`.
    #[must_use]
    pub const fn new(now: Instant, seed: u64) -> Self {
        Self { now, state: seed }
    }

    /// Moves the story to `now`.
    pub const fn set(&mut self, now: Instant) {
        self.now = now;
    }
}

impl World for StoryWorld {
    fn now(&mut self) -> Instant {
        self.now
    }

    /// SplitMix64: repeatable, and fit for illustrative data only.
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.copy_from_slice(&mixed.to_le_bytes()[..chunk.len()]);
        }
    }
}
