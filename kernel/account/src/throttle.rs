//! Guessing is slowed down, and nobody locks another out of an account.
//!
//! Failures are counted by who tries: a browser that has signed in to the account before carries a token of it and
//! has a count of its own; everybody else shares a count per account and address, and one per address. Somebody who
//! guesses at another's account therefore slows down the own address, not the officer at the office (OWASP, "Slow Down
//! Online Guessing Attacks with Device Cookies").

use mc_base::Instant;

/// Failures that cost nothing.
const FREE: u32 = 5;
/// The first wait, in seconds; each further failure doubles it.
const FIRST_WAIT: i64 = 30;
/// The longest wait: an hour.
const LONGEST_WAIT: i64 = 60 * 60;
/// Milliseconds without a failure after which they are forgotten: a day.
pub const FORGOTTEN_MILLIS: i64 = 24 * 60 * 60 * MILLIS;
/// Failures of one address over all accounts that cost nothing: an office shares an address.
const FREE_OF_ADDRESS: u32 = 30;
const MILLIS: i64 = 1_000;

/// Whose failures are counted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Tried {
    /// A browser that has signed in to the account before: hash of its token, and the account.
    Device(String, String),
    /// Anybody else at an address, for one account.
    Account(String, String),
    /// An address, whatever the account.
    Address(String),
    /// The second factor of an account: only who knows its password tries, and a session more is no try more.
    Factor(String),
}

impl Tried {
    /// Whom a failure counts against, given the hash of the browser's token where it has one of this account.
    #[must_use]
    pub fn of(account: &str, address: &str, device: Option<&str>) -> Vec<Self> {
        match device {
            Some(device) => vec![Self::Device(device.to_owned(), account.to_owned())],
            None => {
                vec![Self::Account(account.to_owned(), address.to_owned()), Self::Address(address.to_owned())]
            }
        }
    }

    const fn free(&self) -> u32 {
        match self {
            Self::Address(_) => FREE_OF_ADDRESS,
            Self::Device(..) | Self::Account(..) | Self::Factor(_) => FREE,
        }
    }
}

/// What is remembered of somebody's failures.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Failures {
    /// How many, since the last success or the last quiet day.
    pub count: u32,
    /// The last of them.
    pub last: Option<Instant>,
}

/// Whether a password is looked at now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is.
    Look,
    /// Not before so many seconds have passed.
    Wait(i64),
}

impl Failures {
    /// Whether the next try is looked at.
    #[must_use]
    pub fn verdict(&self, who: &Tried, now: Instant) -> Verdict {
        let Some(last) = self.last.filter(|_| self.recent(now) >= who.free()) else { return Verdict::Look };
        let doubled = FIRST_WAIT.checked_shl(self.count - who.free()).filter(|wait| *wait > 0);
        let wait = doubled.map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT));
        let passed = now.0.saturating_sub(last.0).div_euclid(MILLIS);
        // A clock that was set back starts the wait again, and no longer.
        if (0..wait).contains(&passed) { Verdict::Wait(wait - passed) } else { Verdict::Look }
    }

    /// After one more failure.
    #[must_use]
    pub fn after(&self, now: Instant) -> Self {
        Self { count: self.recent(now).saturating_add(1), last: Some(now) }
    }

    fn recent(&self, now: Instant) -> u32 {
        let quiet = self.last.is_none_or(|last| now.0.saturating_sub(last.0) > FORGOTTEN_MILLIS);
        if quiet { 0 } else { self.count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(at: i64) -> Instant {
        Instant(at * MILLIS)
    }

    /// Tries a wrong password at each second; how many were looked at.
    fn looked(who: &Tried, seconds: i64) -> u32 {
        let mut failures = Failures::default();
        let mut looked = 0;
        for at in 0..seconds {
            if failures.verdict(who, second(at)) == Verdict::Look {
                looked += 1;
                failures = failures.after(second(at));
            }
        }
        looked
    }

    #[test]
    fn of_a_thousand_tries_few_are_looked_at() {
        let [account, address] = &Tried::of("an", "203.0.113.7", None)[..] else { panic!("two counts") };
        assert!(looked(account, 1_000) <= 20, "{}", looked(account, 1_000));
        assert!(looked(address, 1_000) <= 40, "{}", looked(address, 1_000));
    }

    #[test]
    fn the_officer_at_the_own_browser_is_not_slowed_down_by_others() {
        let strangers = Tried::of("an", "203.0.113.7", None);
        let own = Tried::of("an", "203.0.113.7", Some("thiết bị"));
        let office = Tried::of("an", "198.51.100.4", None);
        assert!(own.iter().chain(&office).all(|who| !strangers.contains(who)));
    }

    #[test]
    fn a_wait_ends_and_a_quiet_day_is_forgotten() {
        let who = Tried::Account("an".to_owned(), "203.0.113.7".to_owned());
        let failures = Failures { count: 5, last: Some(second(100)) };
        assert_eq!(failures.verdict(&who, second(110)), Verdict::Wait(20));
        assert_eq!(failures.verdict(&who, second(130)), Verdict::Look);
        assert_eq!(failures.after(second(130)).verdict(&who, second(131)), Verdict::Wait(59));
        let many = Failures { count: 200, last: Some(second(0)) };
        assert_eq!(many.verdict(&who, second(1)), Verdict::Wait(3_599));
        assert_eq!(many.after(second(FORGOTTEN_MILLIS / MILLIS + 1)).count, 1);
        assert_eq!(many.verdict(&who, second(-5)), Verdict::Look, "the clock was set back");
    }
}
