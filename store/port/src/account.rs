//! What is kept of those who sign in: password hashes, sessions, failures. Operational state: no figure
//! reads it. Who held which position when is no part of it: that is a register.

use mc_account::password::SALT_BYTES;
use mc_account::{AccountName, Failures, Password, Secret, Session, Tried, slip};
use mc_base::Instant;

use crate::StoreFailure;

/// The password of an account, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Credential {
    /// Sign-in name.
    pub account: String,
    /// Hash in the PHC string format.
    pub hash: String,
    /// A first password: it works until then, and must be changed at the first sign-in.
    pub first_until: Option<Instant>,
    /// When it was set.
    pub changed_at: Instant,
}

impl Credential {
    /// A first password of random bytes, for paper, and what is kept of it. `None` where the machine has no room to
    /// hash it.
    #[must_use]
    pub fn first(
        account: &AccountName,
        random: &[u8; slip::BYTES],
        salt: &[u8; SALT_BYTES],
        now: Instant,
    ) -> Option<(String, Self)> {
        let first = slip::first_password(random);
        let kept = Self {
            account: account.as_str().to_owned(),
            hash: Password::first(&first).hash(salt)?,
            first_until: Some(Instant(now.0.saturating_add(slip::WORKS_MILLIS))),
            changed_at: now,
        };
        Some((first, kept))
    }
}

/// The second factor of an account, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SecondFactor {
    /// What its device knows too; `None` where the instance has not the key under which it was sealed, as a copy that was
    /// restored without keys: no code can be looked at then, a recovery code can.
    pub secret: Option<Secret>,
    /// The step whose code was taken last.
    pub used_step: i64,
    /// When it was set up.
    pub set_at: Instant,
    /// Recovery codes that were not used yet.
    pub recovery_left: usize,
}

/// Sessions of one account at most; the oldest ends for a new one.
pub const SESSIONS_MAX: usize = 20;

/// Browsers remembered of one account at most.
pub const DEVICES_MAX: usize = 20;

/// Where it is kept. Each method that writes is durable when it returns.
pub trait AccountTable: Send + Sync {
    /// The password of an account.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn credential(&self, account: &str) -> Result<Option<Credential>, StoreFailure>;

    /// Whether any account has a password: an instance without one is set up first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn has_credentials(&self) -> Result<bool, StoreFailure>;

    /// Keeps a password in place of an earlier one, and ends the account's sessions but `keep`. One of a slip takes the
    /// second factor away: whoever lost the password may have lost the device too.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_credential(&self, credential: &Credential, keep: Option<&str>) -> Result<(), StoreFailure>;

    /// A session by the hash of its token.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn session(&self, token: &str) -> Result<Option<Session>, StoreFailure>;

    /// The sessions of an account, the last used first.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn sessions(&self, account: &str) -> Result<Vec<Session>, StoreFailure>;

    /// Writes a session down, in place of what was known of it; beyond [`SESSIONS_MAX`] the account's oldest ends.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_session(&self, session: &Session) -> Result<(), StoreFailure>;

    /// Writes down that a session was used; `false` where it has ended meanwhile.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn note_use(&self, token: &str, at: Instant) -> Result<bool, StoreFailure>;

    /// Goes on in another position of the same account.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn act_in(&self, token: &str, position: u32) -> Result<(), StoreFailure>;

    /// Writes down that a session was confirmed with the second factor.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn confirm(&self, token: &str, at: Instant) -> Result<(), StoreFailure>;

    /// The second factor of an account.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn factor(&self, account: &str) -> Result<Option<SecondFactor>, StoreFailure>;

    /// Keeps a second factor with the hashes of its recovery codes, in place of an earlier one. `step` is that of the code
    /// by which it was shown to work.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_factor(
        &self,
        account: &str,
        secret: &Secret,
        step: i64,
        at: Instant,
        recovery: &[String],
    ) -> Result<(), StoreFailure>;

    /// Takes the code of `step`; `false` where that step or a later one was taken before.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn use_step(&self, account: &str, step: i64) -> Result<bool, StoreFailure>;

    /// Takes a recovery code, given its hash; `false` where there is none such, or not any more.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn use_recovery(&self, account: &str, hash: &str) -> Result<bool, StoreFailure>;

    /// Ends one session of an account; whether there was one.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn end_session(&self, account: &str, token: &str) -> Result<bool, StoreFailure>;

    /// Ends all sessions of an account but `keep`; how many.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn end_sessions(&self, account: &str, keep: Option<&str>) -> Result<usize, StoreFailure>;

    /// Whether the browser whose token has this hash has signed in to the account before.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn knows_device(&self, account: &str, token: &str) -> Result<bool, StoreFailure>;

    /// Remembers that it has, at `at`; beyond [`DEVICES_MAX`] the account's longest unused is forgotten.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_device(&self, account: &str, token: &str, at: Instant) -> Result<(), StoreFailure>;

    /// What is remembered of somebody's failures.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn failures(&self, who: &Tried) -> Result<Failures, StoreFailure>;

    /// Remembers failures, and forgets all whose last is before `forget_before`.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn keep_failures(
        &self,
        failures: &[(Tried, Failures)],
        forget_before: Instant,
    ) -> Result<(), StoreFailure>;

    /// Forgets the failures counted against `who`, after a success.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn forget_failures(&self, who: &[Tried]) -> Result<(), StoreFailure>;
}
