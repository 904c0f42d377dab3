//! Who signs in, and how long that holds: passwords, failures, sessions, second factors,
//! first-password slips, positions.
//!
//! Everything here is a decision over plain values: the clock, random bytes and what is stored are parameters, so that
//! each rule can be told and tested by itself. The store keeps what these types hold; pages ask them.

pub mod factor;
pub mod name;
pub mod password;
pub mod position;
pub mod session;
pub mod slip;
pub mod throttle;

pub use factor::Secret;
pub use name::{AccountName, NameError};
pub use password::{Password, PasswordError};
pub use position::{Position, held_on};
pub use session::{Session, SessionToken};
pub use throttle::{Failures, Tried, Verdict};
