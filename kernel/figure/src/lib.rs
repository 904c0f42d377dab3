//! Figures: the expression language, measures, cells, indicators and how they roll up.
//!
//! Pure: nothing here reads a store, a clock or a file, and no number is a float.

pub mod changes;
pub mod claim;
pub mod cover;
pub mod cut;
pub mod definition;
pub mod error;
pub mod eval;
pub mod expr;
pub mod figure;
pub mod indicator;
pub mod measure;
pub mod read;
pub mod scan;
mod share;
pub mod totals;
pub mod trace;
pub mod union;

pub use changes::{Cause, Decomposition, Group, RecordChange};
pub use claim::FigureClaim;
pub use cut::Cut;
pub use definition::{Definition, Direction, Kind, Measure, TimeRule};
pub use error::DefinitionError;
pub use eval::EvalError;
pub use expr::{Expr, ExprError, Type, compile, compile_condition, compile_day, compile_number};
pub use figure::{Amount, Basis, Figure, RATIO_PLACES, Value6, listed};
pub use indicator::{Indicator, canonical_text, check, check_all, definition_hash, hash_of_text};
pub use measure::{CompiledMeasure, CompiledTime, CompiledValue, Contributions, Interval};
pub use read::{CellRange, Rule, Window};
pub use scan::{Scan, nearest_rank};
pub use totals::{TOTALS, listed_of, totals_cut, totals_of, value_of_totals_cut};
pub use trace::{RecordsBehind, TimePredicate};
pub use union::union_of;
