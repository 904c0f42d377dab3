//! Who a visitor is, until accounts exist.
//!
//! On a generated instance everybody may look; who comes from the machine itself may also write. A real
//! instance opens only to whoever enters the code printed in the terminal: it works once and starts a
//! session that lives in memory.

use std::sync::{Mutex, MutexGuard, PoisonError};

use mc_access::Actor;
use mc_base::Instant;

use crate::app::App;

/// Name of the session's cookie.
const COOKIE: &str = "phien";
const TOKEN_BYTES: usize = 32;
const SESSIONS_MAX: usize = 16;
/// Wrong codes after which the code is void.
const WRONG_MAX: u32 = 10;
const SESSION_SECONDS: i64 = 12 * 60 * 60;

/// Sessions and the code that starts them.
pub(crate) struct Gate(Mutex<State>);

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

impl Gate {
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
        Entered::Opened(format!(
            "{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={SESSION_SECONDS}"
        ))
    }

    /// Who asks, given the `Cookie` header; `None` when the code must be entered first.
    pub(crate) fn viewer(&self, app: &App, cookies: Option<&str>) -> Option<Actor> {
        if app.instance().illustrative {
            return Some(if app.settings().loopback { Actor::illustrative() } else { Actor::public() });
        }
        let now = (app.settings().now)();
        let token = cookies?.split(';').find_map(|cookie| {
            let (name, value) = cookie.trim().split_once('=')?;
            (name == COOKIE).then_some(value)
        })?;
        let state = self.state();
        let open = state
            .sessions
            .iter()
            .any(|(known, ends)| now < *ends && same(known.as_bytes(), token.as_bytes()));
        open.then(Actor::operator)
    }
}

/// Compares without telling by its time where the first difference lies.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
