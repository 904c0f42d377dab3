//! Sessions of accounts. What is read of one holds in memory for a minute: pages do not wait for the writer, and what
//! was ended elsewhere (a position, a password) ends them within that minute. What a page of this server ends, ends at
//! once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use mc_access::Actor;
use mc_account::session::TOKEN_BYTES;
use mc_account::{Position, Session, SessionToken, held_on};
use mc_base::Instant;
use mc_port::{AccountTable, StoreFailure};

use super::{SignedIn, Visitor};
use crate::app::App;
use crate::people::positions_of;

/// How long what was read of a session is not read again.
const SEEN_MILLIS: i64 = 60_000;
/// Sessions held in memory; beyond them all are read anew.
const HELD_MAX: usize = 4_096;
/// Characters kept of what a browser calls itself.
const BROWSER_CHARS_MAX: usize = 200;

/// Sessions that were read not long ago, by the hash of their token.
#[derive(Default)]
pub(crate) struct Sessions {
    /// The instance has an account; it never loses its last one.
    any: AtomicBool,
    held: Mutex<HashMap<String, (Visitor, Instant)>>,
    /// How often something was forgotten: what was read before is not held after.
    forgotten: AtomicU64,
    looking: Mutex<()>,
}

impl Sessions {
    fn all(&self) -> MutexGuard<'_, HashMap<String, (Visitor, Instant)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One password is looked at after the other: each takes 64 MiB, and tries at the same time are counted.
    pub(crate) fn look(&self) -> MutexGuard<'_, ()> {
        self.looking.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anybody can sign in with an account.
    pub(crate) fn has_accounts(&self, app: &App) -> Result<bool, StoreFailure> {
        if !self.any.load(Ordering::Relaxed) {
            let any = app.accounts().map_or(Ok(false), AccountTable::has_credentials)?;
            self.any.store(any, Ordering::Relaxed);
        }
        Ok(self.any.load(Ordering::Relaxed))
    }

    /// The visitor of a token, where it was read less than a minute ago.
    pub(super) fn held(&self, app: &App, token: &str) -> Option<Visitor> {
        let token = SessionToken::parse(token)?;
        let now = (app.settings().now)();
        let held = self.all();
        let (visitor, seen) = held.get(&token.hash())?;
        let holds = visitor.signed_in.as_ref().is_some_and(|signed_in| signed_in.session.holds(now));
        (holds && (0..SEEN_MILLIS).contains(&(now.0 - seen.0))).then(|| visitor.clone().at(now))
    }

    /// The visitor of a token.
    pub(super) fn find(&self, app: &App, token: &str) -> Result<Option<Visitor>, StoreFailure> {
        let forgotten = self.forgotten.load(Ordering::SeqCst);
        let (Some(accounts), Some(token)) = (app.accounts(), SessionToken::parse(token)) else {
            return Ok(None);
        };
        let Some(mut session) = accounts.session(&token.hash())? else { return Ok(None) };
        let now = (app.settings().now)();
        if !session.holds(now) {
            accounts.end_session(&session.account, &session.token)?;
            return Ok(None);
        }
        let Some(credential) = accounts.credential(&session.account)? else { return Ok(None) };
        let snapshot = app.source().snapshot(&Actor::public())?;
        let positions = positions_of(snapshot.as_ref(), &session.account)?;
        let held = held_on(&positions, &session.account, snapshot.today());
        let Some(position) = held.into_iter().find(|position| position.number == session.position) else {
            return Ok(None);
        };
        if session.is_worth_noting(now) {
            if !accounts.note_use(&session.token, now)? {
                return Ok(None);
            }
            session.used = now;
        }
        let must_change = credential.first_until.is_some();
        let actor = position.actor(session.is_confirmed(now));
        let visitor = Visitor { actor, signed_in: Some(SignedIn { session, must_change }) };
        let mut all = self.all();
        if all.len() >= HELD_MAX {
            all.clear();
        }
        if forgotten == self.forgotten.load(Ordering::SeqCst) {
            all.insert(token.hash(), (visitor.clone(), now));
        }
        Ok(Some(visitor))
    }

    /// Begins a session in a position.
    pub(crate) fn begin(
        &self,
        app: &App,
        accounts: &dyn AccountTable,
        position: &Position,
        browser: Option<&str>,
    ) -> Result<SessionToken, StoreFailure> {
        let mut bytes = [0; TOKEN_BYTES];
        (app.settings().fill)(&mut bytes);
        let token = SessionToken::new(bytes);
        let now = (app.settings().now)();
        accounts.keep_session(&Session {
            token: token.hash(),
            account: position.account.clone(),
            position: position.number,
            begun: now,
            used: now,
            browser: browser.unwrap_or_default().chars().take(BROWSER_CHARS_MAX).collect(),
            confirmed: None,
        })?;
        Ok(token)
    }

    /// What is held of an account's sessions is read anew: one of them ended or changed.
    pub(crate) fn forget(&self, account: &str) {
        let mut all = self.all();
        self.forgotten.fetch_add(1, Ordering::SeqCst);
        all.retain(|_, (visitor, _)| {
            visitor.signed_in.as_ref().is_none_or(|signed_in| signed_in.session.account != account)
        });
    }
}
