//! Who a visitor is.
//!
//! On a generated instance everybody may look; who comes from the machine itself may also write. A real instance
//! opens to whoever has an account there, and, until it has one, to whoever enters the code printed in the terminal.

mod code;
mod sessions;

use mc_access::{Actor, Factor};
use mc_account::Session;
use mc_account::throttle::FORGOTTEN_MILLIS;
use mc_base::Instant;
use mc_port::StoreFailure;

use crate::app::App;

pub(crate) use code::{Code, Entered};
pub(crate) use sessions::Sessions;

/// Name of the session's cookie.
const COOKIE: &str = "phien";
/// A session ends after so long, however much it is used; the browser forgets it then.
const SESSION_SECONDS: i64 = 12 * 60 * 60;

/// The ways in.
pub(crate) struct Gate {
    /// The code of an instance without accounts.
    pub(crate) code: Code,
    /// Sessions of accounts.
    pub(crate) sessions: Sessions,
}

/// Somebody who may be answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Visitor {
    /// In which capacity.
    pub(crate) actor: Actor,
    /// The session, where an account signed in.
    pub(crate) signed_in: Option<SignedIn>,
}

/// A session that holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Its password is one from a slip: nothing else is done before it is changed.
    pub must_change: bool,
}

impl Visitor {
    const fn without_account(actor: Actor) -> Self {
        Self { actor, signed_in: None }
    }

    /// The same a while later: a confirmation ends while the session goes on.
    fn at(mut self, now: Instant) -> Self {
        let awaited = self.signed_in.as_ref().is_some_and(|signed_in| !signed_in.session.is_confirmed(now));
        if awaited {
            self.actor.factor = Factor::Awaited;
        }
        self
    }
}

impl Gate {
    pub(crate) fn new(code: Option<String>) -> Self {
        Self { code: Code::new(code), sessions: Sessions::default() }
    }

    /// Who asks, as far as it is known without asking the store.
    pub(crate) fn known(&self, app: &App, cookies: Option<&str>) -> Option<Visitor> {
        if app.instance().illustrative {
            let actor = if app.settings().loopback { Actor::illustrative() } else { Actor::public() };
            return Some(Visitor::without_account(actor));
        }
        self.sessions.held(app, cookie(cookies?, COOKIE)?)
    }

    /// Who asks, given the `Cookie` header; `None` for whoever has to sign in first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn visitor(&self, app: &App, cookies: Option<&str>) -> Result<Option<Visitor>, StoreFailure> {
        if let Some(visitor) = self.known(app, cookies) {
            return Ok(Some(visitor));
        }
        let Some(token) = cookies.and_then(|cookies| cookie(cookies, COOKIE)) else { return Ok(None) };
        if self.sessions.has_accounts(app)? {
            return self.sessions.find(app, token);
        }
        let open = self.code.holds(app, token);
        Ok(open.then(|| Visitor::without_account(Actor::operator())))
    }
}

/// The value of a cookie in a `Cookie` header.
pub(crate) fn cookie<'c>(cookies: &'c str, wanted: &str) -> Option<&'c str> {
    cookies.split(';').find_map(|cookie| {
        let (name, value) = cookie.trim().split_once('=')?;
        (name == wanted).then_some(value)
    })
}

/// Failures before this are forgotten.
pub(crate) fn forgotten(now: Instant) -> Instant {
    Instant(now.0.saturating_sub(FORGOTTEN_MILLIS))
}

/// The `Set-Cookie` value of a session.
pub(crate) fn session_cookie(token: &str) -> String {
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={SESSION_SECONDS}")
}

/// The `Set-Cookie` value that ends it in the browser.
pub(crate) fn no_session_cookie() -> String {
    format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}
