//! Sessions: what a browser holds, what is stored of it, and when it ends.

use mc_base::Instant;
use sha2::{Digest as _, Sha256};

/// Bytes of a token.
pub const TOKEN_BYTES: usize = 32;
/// A session without a request for so long has ended.
const IDLE_SECONDS: i64 = 30 * 60;
/// However much it is used, it ends after so long.
const ABSOLUTE_SECONDS: i64 = 12 * 60 * 60;
/// A use is written down no more often than this, so that reading pages writes next to nothing.
const NOTED_SECONDS: i64 = 60;
const MILLIS: i64 = 1_000;

/// What the browser's cookie holds. It is stored nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; TOKEN_BYTES]);

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl SessionToken {
    /// Of random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; TOKEN_BYTES]) -> Self {
        Self(bytes)
    }

    /// As the cookie holds it: 64 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> String {
        hex(&self.0)
    }

    /// Reads a cookie; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != TOKEN_BYTES * 2 {
            return None;
        }
        let mut bytes = [0; TOKEN_BYTES];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// What is stored: whoever reads the store cannot make a cookie of it.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A session as it is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Hash of its token.
    pub token: String,
    /// Whose it is.
    pub account: String,
    /// Number of the position that it acts in.
    pub position: u32,
    /// When it began.
    pub begun: Instant,
    /// When it was last used, to the minute.
    pub used: Instant,
    /// What the browser calls itself, shortened, for the list that its owner sees.
    pub browser: String,
    /// When its owner last confirmed with the second factor.
    pub confirmed: Option<Instant>,
}

impl Session {
    /// Whether it holds at `now`. A clock that was set back ends it: it cannot be told how long it was used.
    #[must_use]
    pub fn holds(&self, now: Instant) -> bool {
        let within = |since: Instant, seconds: i64| (0..seconds * MILLIS).contains(&(now.0 - since.0));
        within(self.begun, ABSOLUTE_SECONDS) && within(self.used, IDLE_SECONDS)
    }

    /// Whether its owner has confirmed with the second factor, and that still holds at `now`.
    #[must_use]
    pub fn is_confirmed(&self, now: Instant) -> bool {
        crate::factor::holds(self.confirmed, now)
    }

    /// Whether its use at `now` is worth writing down.
    #[must_use]
    pub const fn is_worth_noting(&self, now: Instant) -> bool {
        now.0 - self.used.0 >= NOTED_SECONDS * MILLIS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(at: i64) -> Instant {
        Instant(at * 60 * MILLIS)
    }

    fn session(begun: i64, used: i64) -> Session {
        Session {
            token: String::new(),
            account: "an".to_owned(),
            position: 1,
            begun: minute(begun),
            used: minute(used),
            browser: String::new(),
            confirmed: None,
        }
    }

    #[test]
    fn a_session_ends_when_idle_and_after_twelve_hours() {
        assert!(session(0, 0).holds(minute(29)));
        assert!(!session(0, 0).holds(minute(30)));
        assert!(session(0, 700).holds(minute(719)));
        assert!(!session(0, 719).holds(minute(720)));
        assert!(!session(10, 10).holds(minute(9)), "the clock was set back");
    }

    #[test]
    fn a_token_is_read_back_and_its_hash_is_not_the_token() {
        let token = SessionToken::new([0xa7; TOKEN_BYTES]);
        assert_eq!(SessionToken::parse(&token.text()), Some(token.clone()));
        assert_ne!(token.hash(), token.text());
        for other in ["", "a7", &"g".repeat(64), &"a7".repeat(33), &"é".repeat(32)] {
            assert_eq!(SessionToken::parse(other), None, "{other}");
        }
    }
}
