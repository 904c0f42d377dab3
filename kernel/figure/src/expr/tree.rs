//! An expression as written, before its names and types are known.

use std::fmt;

/// Longest piece quoted in an error, in characters.
const PIECE_MAX: usize = 80;

/// An expression as written. Depth and size were limited when it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    /// Digits with at most one point, as typed.
    Number(String),
    Text(String),
    /// What stood between the quotes of `DATE '…'`.
    Date(String),
    Name(String),
    Negate(Box<Tree>),
    Not(Box<Tree>),
    Binary(Operator, Box<Tree>, Box<Tree>),
    IsNull {
        of: Box<Tree>,
        negated: bool,
    },
    In {
        of: Box<Tree>,
        list: Vec<Tree>,
        negated: bool,
    },
    Between {
        of: Box<Tree>,
        low: Box<Tree>,
        high: Box<Tree>,
        negated: bool,
    },
    Case {
        operand: Option<Box<Tree>>,
        arms: Vec<(Tree, Tree)>,
        otherwise: Box<Tree>,
    },
    Call {
        name: String,
        arguments: Vec<Tree>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
}

impl Tree {
    /// The text quoted in an error.
    pub(super) fn piece(&self) -> String {
        let text = self.to_string();
        match text.char_indices().nth(PIECE_MAX) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::And => "AND",
            Self::Or => "OR",
        })
    }
}

/// Prints an operand; what is itself made with an operator is put in brackets.
struct Operand<'a>(&'a Tree);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Tree::Negate(_)
            | Tree::Not(_)
            | Tree::Binary(..)
            | Tree::IsNull { .. }
            | Tree::In { .. }
            | Tree::Between { .. } => write!(f, "({})", self.0),
            _ => write!(f, "{}", self.0),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, items: &[Tree]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = |negated: &bool| if *negated { "NOT " } else { "" };
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Bool(true) => f.write_str("TRUE"),
            Self::Bool(false) => f.write_str("FALSE"),
            Self::Number(text) | Self::Name(text) => f.write_str(text),
            Self::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Self::Date(text) => write!(f, "DATE '{}'", text.replace('\'', "''")),
            Self::Negate(of) => write!(f, "-{}", Operand(of)),
            Self::Not(of) => write!(f, "NOT {}", Operand(of)),
            Self::Binary(operator, left, right) => {
                write!(f, "{} {operator} {}", Operand(left), Operand(right))
            }
            Self::IsNull { of, negated } => write!(f, "{} IS {}NULL", Operand(of), not(negated)),
            Self::In { of, list: items, negated } => {
                write!(f, "{} {}IN (", Operand(of), not(negated))?;
                list(f, items)?;
                f.write_str(")")
            }
            Self::Between { of, low, high, negated } => {
                write!(f, "{} {}BETWEEN {} AND {}", Operand(of), not(negated), Operand(low), Operand(high))
            }
            Self::Case { operand, arms, otherwise } => {
                f.write_str("CASE")?;
                if let Some(operand) = operand {
                    write!(f, " {}", Operand(operand))?;
                }
                for (when, then) in arms {
                    write!(f, " WHEN {when} THEN {then}")?;
                }
                write!(f, " ELSE {otherwise} END")
            }
            Self::Call { name, arguments } => {
                write!(f, "{name}(")?;
                list(f, arguments)?;
                f.write_str(")")
            }
        }
    }
}
