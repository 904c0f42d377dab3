//! Registers as data: what a register declares, typed records of it, and how its declaration may change.
//!
//! A register is written in TOML; expressions in it are plain text here (`mc-figure` parses and checks them).
//! This crate does no I/O and knows neither a programme nor a figure.

pub mod canonical;
pub mod change;
pub mod check;
pub mod error;
pub mod evolution;
pub mod input;
pub mod key;
pub mod limits;
mod load;
mod quote;
pub mod record;
pub mod schema;
pub mod system;
mod validate;
pub mod value_text;
pub mod workflow;

pub use canonical::{SCHEMA_TAG, canonical_text, hash_of_text, schema_hash};
pub use change::{ChangeError, Edit, RecordState, RowAct, Thing};
pub use check::{check, check_new, check_together};
pub use error::{Part, SchemaError};
pub use evolution::{ChangeKind, Evolution, Refusal, SchemaChange, compare};
pub use input::{Hint, Input, InputError, InputKind, Resolved, Resolver};
pub use key::{KeyError, key_text, parse_key, thing_key, thing_of_key};
pub use record::{Difference, Record};
pub use schema::{
    Code, EXPLANATION_DOCUMENT, EXPLANATION_REASON, Field, FieldType, Find, Lookup, Rule, SINCE, Schema,
    Severity, State, Title, Transition, UNTIL, Workflow,
};
pub use value_text::{canonical_value_text, parse_canonical};
pub use workflow::WorkflowError;
