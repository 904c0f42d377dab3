//! The code that opens a real instance before it has an account: it works once and starts a session that lives in memory.

use std::sync::{Mutex, MutexGuard, PoisonError};

use mc_base::Instant;

use super::{SESSION_SECONDS, session_cookie};
use crate::app::App;

const TOKEN_BYTES: usize = 32;
const SESSIONS_MAX: usize = 16;
/// Wrong codes after which the code is void.
const WRONG_MAX: u32 = 10;

/// Sessions and the code that starts them.
pub(crate) struct Code(Mutex<State>);

struct State {
    code: Option<String>,
    wrong: u32,
    /// Tokens and when each ends.
    sessions: Vec<(String, Instant)>,
}

/// What became of a code that was entered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Entered {
    /// The `Set-Cookie` value of a new session.
    Opened(String),
    /// Not the code; so many tries are left.
    Wrong(u32),
    /// No code is valid any more.
    Void,
}

impl Code {
    pub(crate) const fn new(code: Option<String>) -> Self {
        Self(Mutex::new(State { code, wrong: 0, sessions: Vec::new() }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries a code.
    pub(crate) fn enter(&self, app: &App, typed: &str) -> Entered {
        let mut state = self.state();
        let Some(code) = state.code.clone() else { return Entered::Void };
        if !same(code.as_bytes(), typed.as_bytes()) {
            state.wrong += 1;
            if state.wrong >= WRONG_MAX {
                state.code = None;
                return Entered::Void;
            }
            return Entered::Wrong(WRONG_MAX - state.wrong);
        }
        state.code = None;
        let mut bytes = [0; TOKEN_BYTES];
        (app.settings().fill)(&mut bytes);
        let token: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let now = (app.settings().now)();
        state.sessions.retain(|(_, ends)| now < *ends);
        if state.sessions.len() == SESSIONS_MAX {
            state.sessions.remove(0);
        }
        state.sessions.push((token.clone(), Instant(now.0.saturating_add(SESSION_SECONDS * 1_000))));
        Entered::Opened(session_cookie(&token))
    }

    /// Whether a session that the code started holds.
    pub(super) fn holds(&self, app: &App, token: &str) -> bool {
        let now = (app.settings().now)();
        let state = self.state();
        state.sessions.iter().any(|(known, ends)| now < *ends && same(known.as_bytes(), token.as_bytes()))
    }
}

/// Compares without telling by its time where the first difference lies.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
