//! The expression language: a typed subset of SQL with one answer on every store.
//!
//! An [`Expr`] can only come from [`compile`], so holding one proves that every name, type, scale, code and
//! range was checked against the register's schema. A store prints its own dialect from it; [`crate::eval`]
//! is the reference meaning.
//!
//! Meaning, where SQL databases differ:
//! - logic is three-valued; text compares by its UTF-8 bytes, nothing is trimmed or folded;
//! - decimals keep their scale: `*` adds scales, `+ −` and comparisons need equal ones;
//! - a day outside years 1 to 9999 is NULL; `next_month(m)` is the first *day* of the month after `m`;
//! - `year` and `month` of a day or month are whole numbers; `len` counts Unicode scalar values.

mod check;
mod error;
pub mod functions;
mod read;
mod tree;
mod types;

use mc_ledger::Value;
use mc_register::Schema;

pub use error::ExprError;
pub use functions::Function;
pub use types::{NUMBER_MAX, Range, SCALE_MAX, Type};

/// Longest expression, in characters.
pub const TEXT_MAX: usize = 4_000;
/// Deepest nesting; brackets alone do not count.
pub const DEPTH_MAX: usize = 32;
/// Most pieces (names, literals, operators, calls).
pub const NODES_MAX: usize = 500;

/// A checked expression over the fields of one register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expr {
    node: Node,
    ty: Type,
}

/// What an expression is made of. Operands have the types that the comments name; any may be NULL.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// A field, by number.
    Field(u16),
    /// A constant of the expression's type, or NULL.
    Literal(Value),
    /// `-` of a number.
    Negate(Box<Expr>),
    /// Two numbers; of equal scale but for `Multiply`.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// Day and whole number of days: the day so many days later or, where `back`, earlier.
    DayPlus {
        /// The day.
        day: Box<Expr>,
        /// How many days.
        days: Box<Expr>,
        /// Earlier, not later.
        back: bool,
    },
    /// Days from the second day to the first.
    DaysBetween(Box<Expr>, Box<Expr>),
    /// Two operands of one type.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Both are true.
    And(Box<Expr>, Box<Expr>),
    /// One is true.
    Or(Box<Expr>, Box<Expr>),
    /// It is false.
    Not(Box<Expr>),
    /// Never NULL itself.
    IsNull {
        /// What is looked at.
        of: Box<Expr>,
        /// `IS NOT NULL`.
        negated: bool,
    },
    /// Membership in constants, none of them NULL.
    In {
        /// What is looked for.
        of: Box<Expr>,
        /// At least one.
        list: Vec<Value>,
        /// `NOT IN`.
        negated: bool,
    },
    /// `low` ≤ `of` ≤ `high`.
    Between {
        /// What is looked at.
        of: Box<Expr>,
        /// Least.
        low: Box<Expr>,
        /// Greatest.
        high: Box<Expr>,
        /// `NOT BETWEEN`.
        negated: bool,
    },
    /// The result of the first arm whose condition is true (or whose value equals `operand`).
    Case {
        /// Compared with each arm, where given.
        operand: Option<Box<Expr>>,
        /// Condition or value, and result.
        arms: Vec<(Expr, Expr)>,
        /// Result where no arm applies.
        otherwise: Box<Expr>,
    },
    /// The first that is not NULL; at least two.
    Coalesce(Vec<Expr>),
    /// One of our functions.
    Call(Function, Vec<Expr>),
}

/// `+`, `−` and `*` of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
}

/// Comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// The comparison with its operands exchanged.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}

impl Expr {
    /// What it is made of.
    #[must_use]
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// Its type.
    #[must_use]
    pub const fn ty(&self) -> &Type {
        &self.ty
    }

    pub(crate) const fn new(node: Node, ty: Type) -> Self {
        Self { node, ty }
    }

    pub(crate) const fn boolean(node: Node) -> Self {
        Self { node, ty: Type::Bool }
    }

    /// Calls `visit` with the number of each field read, in order of appearance, repeats included.
    pub fn visit_fields(&self, visit: &mut dyn FnMut(u16)) {
        match &self.node {
            Node::Field(no) => visit(*no),
            Node::Literal(_) => {}
            Node::Negate(of) | Node::Not(of) | Node::IsNull { of, .. } | Node::In { of, .. } => {
                of.visit_fields(visit);
            }
            Node::Arithmetic(_, left, right)
            | Node::DayPlus { day: left, days: right, .. }
            | Node::DaysBetween(left, right)
            | Node::Compare(_, left, right)
            | Node::And(left, right)
            | Node::Or(left, right) => {
                left.visit_fields(visit);
                right.visit_fields(visit);
            }
            Node::Between { of, low, high, .. } => {
                [of, low, high].into_iter().for_each(|part| part.visit_fields(visit));
            }
            Node::Case { operand, arms, otherwise } => {
                operand.iter().for_each(|operand| operand.visit_fields(visit));
                for (when, then) in arms {
                    when.visit_fields(visit);
                    then.visit_fields(visit);
                }
                otherwise.visit_fields(visit);
            }
            Node::Coalesce(list) | Node::Call(_, list) => {
                list.iter().for_each(|part| part.visit_fields(visit));
            }
        }
    }
}

/// Reads `text` and checks it against `schema`.
///
/// # Errors
/// The first reason why it is not an expression of this register.
pub fn compile(text: &str, schema: &Schema) -> Result<Expr, ExprError> {
    check::Checker::new(schema).check(&read::read(text)?)
}

/// As [`compile`]; the result must be a condition.
///
/// # Errors
/// As [`compile`], or another type.
pub fn compile_condition(text: &str, schema: &Schema) -> Result<Expr, ExprError> {
    expect(compile(text, schema)?, |ty| *ty == Type::Bool, "điều kiện đúng/sai")
}

/// As [`compile`]; the result must be a day.
///
/// # Errors
/// As [`compile`], or another type.
pub fn compile_day(text: &str, schema: &Schema) -> Result<Expr, ExprError> {
    expect(compile(text, schema)?, |ty| *ty == Type::Day, "một ngày")
}

/// As [`compile`]; the result must be a number.
///
/// # Errors
/// As [`compile`], or another type.
pub fn compile_number(text: &str, schema: &Schema) -> Result<Expr, ExprError> {
    expect(compile(text, schema)?, |ty| ty.as_number().is_some(), "một số")
}

fn expect(expr: Expr, accept: fn(&Type) -> bool, expected: &'static str) -> Result<Expr, ExprError> {
    if accept(expr.ty()) { Ok(expr) } else { Err(ExprError::WrongResult { found: expr.ty, expected }) }
}
