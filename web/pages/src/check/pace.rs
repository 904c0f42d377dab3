//! How many texts are read: an address may send a few at once and then one now and then, and so may all together.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use mc_base::Instant;

/// Texts that one address may send at once.
const BURST: i64 = 20;
/// Milliseconds after which it may send one more.
const STEP: i64 = 3_000;
/// The same for all together.
const BURST_ALL: i64 = 60;
const STEP_ALL: i64 = 500;
/// Addresses remembered; beyond them the ones that are quiet longest go.
const ADDRESSES_MAX: usize = 4_096;

/// Counts what is sent.
#[derive(Default)]
pub(crate) struct Pace(Mutex<State>);

#[derive(Default)]
struct State {
    all: Bucket,
    by: HashMap<IpAddr, Bucket>,
}

/// When a bucket that is filled drop by drop would be full again, in milliseconds.
#[derive(Clone, Copy, Default)]
struct Bucket {
    full_at: i64,
}

impl Bucket {
    /// Milliseconds to wait; 0 for none.
    fn wait(self, now: i64, burst: i64, step: i64) -> i64 {
        (self.full_at.max(now) + step - now - burst * step).max(0)
    }

    fn take(&mut self, now: i64, step: i64) {
        self.full_at = self.full_at.max(now) + step;
    }
}

impl Pace {
    /// Takes a text of `peer`, or says after how many seconds it will.
    ///
    /// An address of the machine itself may be a proxy for everybody: it counts among all alone.
    pub(crate) fn take(&self, peer: Option<IpAddr>, now: Instant) -> Result<(), u64> {
        let now = now.0;
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let peer = peer.filter(|peer| !peer.is_loopback());
        let own = peer.and_then(|peer| state.by.get(&peer).copied()).unwrap_or_default();
        let own_wait = if peer.is_some() { own.wait(now, BURST, STEP) } else { 0 };
        let wait = own_wait.max(state.all.wait(now, BURST_ALL, STEP_ALL));
        if wait > 0 {
            return Err(u64::try_from(wait).unwrap_or_default().div_ceil(1_000));
        }
        state.all.take(now, STEP_ALL);
        if let Some(peer) = peer {
            if state.by.len() >= ADDRESSES_MAX {
                state.forget(now);
            }
            state.by.entry(peer).or_default().take(now, STEP);
        }
        Ok(())
    }
}

impl State {
    /// Forgets who may send as many as ever, and where nobody may, who may send soonest.
    fn forget(&mut self, now: i64) {
        self.by.retain(|_, bucket| bucket.full_at > now);
        if self.by.len() >= ADDRESSES_MAX {
            let soonest = self.by.iter().min_by_key(|(_, bucket)| bucket.full_at).map(|(peer, _)| *peer);
            soonest.map(|peer| self.by.remove(&peer));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([192, 0, 2, last]))
    }

    #[test]
    fn an_address_waits_when_it_sends_too_much_and_others_do_not() {
        let pace = Pace::default();
        let now = Instant(1_000_000);
        for _ in 0..BURST {
            assert_eq!(pace.take(address(1), now), Ok(()));
        }
        assert_eq!(pace.take(address(1), now), Err(3));
        assert_eq!(pace.take(address(2), now), Ok(()));
        assert_eq!(pace.take(address(1), Instant(now.0 + STEP)), Ok(()));
        assert_eq!(pace.take(address(1), Instant(now.0 + STEP)), Err(3));
    }

    #[test]
    fn all_together_wait_too_and_what_is_refused_does_not_count() {
        let pace = Pace::default();
        let now = Instant(5);
        for _ in 0..BURST_ALL {
            assert_eq!(pace.take(address(9).filter(|_| false), now), Ok(()));
        }
        for _ in 0..9 {
            assert_eq!(pace.take(address(3), now), Err(1));
        }
        assert_eq!(pace.take(address(3), Instant(now.0 + STEP_ALL)), Ok(()));
    }

    #[test]
    fn addresses_remembered_are_bounded() {
        let pace = Pace::default();
        for number in 0..10_000_u32 {
            let peer = Some(IpAddr::from(number.to_be_bytes().map(|byte| byte | 0x40)));
            pace.take(peer, Instant(i64::from(number) * STEP_ALL)).expect("in time");
        }
        assert!(pace.0.lock().expect("a state").by.len() <= ADDRESSES_MAX);
    }
}
