//! Numbers and days: literals, `+ − *`, and the range analysis that keeps every result within ±2^62.

use mc_base::Scaled;
use mc_ledger::Value;

use super::{Arithmetic, Expr, ExprError, Node, Tree, Type, wrong};
use crate::expr::types::{Range, SCALE_MAX};

/// Days between the first and the last day there is.
const DAYS_BETWEEN_MAX: i128 = 3_652_058;

pub(super) fn literal(digits: &str) -> Result<Expr, ExprError> {
    let invalid = || ExprError::Number { text: digits.chars().take(40).collect() };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let complete = !whole.is_empty() && (!part.is_empty() || !digits.contains('.'));
    if !complete || !is_number(whole) || !is_number(part) || digits.len() > 20 {
        return Err(invalid());
    }
    let scale = u8::try_from(part.len()).map_err(|_| invalid())?;
    if scale > SCALE_MAX {
        return Err(ExprError::ScaleTooLarge { piece: digits.to_owned(), found: scale });
    }
    let mantissa: i128 = format!("{whole}{part}").parse().map_err(|_| invalid())?;
    number(&Tree::Number(digits.to_owned()), mantissa, scale)
}

fn number(tree: &Tree, mantissa: i128, scale: u8) -> Result<Expr, ExprError> {
    let range = Range::only(mantissa);
    let Ok(small) = i64::try_from(mantissa) else { return Err(out_of_range(tree, range)) };
    let value = if scale == 0 { Value::Int(small) } else { Value::Scaled(Scaled { mantissa: small, scale }) };
    within(tree, Expr::new(Node::Literal(value), Type::number(scale, range)))
}

fn out_of_range(tree: &Tree, range: Range) -> ExprError {
    ExprError::Range { piece: tree.piece(), min: range.min, max: range.max }
}

/// Refuses a number that could leave ±2^62; lets every other type pass.
pub(super) fn within(tree: &Tree, expr: Expr) -> Result<Expr, ExprError> {
    match expr.ty().as_number() {
        Some((_, range)) if !range.fits() => Err(out_of_range(tree, range)),
        _ => Ok(expr),
    }
}

/// The operands of a binary operation as written.
fn sides(tree: &Tree) -> (&Tree, &Tree) {
    match tree {
        Tree::Binary(_, left, right) => (left, right),
        _ => (tree, tree),
    }
}

fn operand(whole: &Tree, part: &Tree, expr: &Expr) -> Result<(u8, Range), ExprError> {
    match expr.ty() {
        Type::Null => Err(ExprError::NullOperand { piece: whole.piece() }),
        ty => ty.as_number().ok_or_else(|| wrong(part, ty, "một số")),
    }
}

pub(super) fn negate(tree: &Tree, of: &Tree, expr: Expr) -> Result<Expr, ExprError> {
    let (scale, range) = operand(tree, of, &expr)?;
    // A negative constant stays a constant, so that IN and CASE can list it.
    match expr.node() {
        Node::Literal(Value::Int(value)) => number(tree, -i128::from(*value), 0),
        Node::Literal(Value::Scaled(value)) => number(tree, -i128::from(value.mantissa), scale),
        _ => within(tree, Expr::new(Node::Negate(Box::new(expr)), Type::number(scale, range.negated()))),
    }
}

/// `left + right`, or `left − right` where `subtract`: numbers, day ± number, day − day.
pub(super) fn add(tree: &Tree, subtract: bool, left: Expr, right: Expr) -> Result<Expr, ExprError> {
    match (left.ty(), right.ty()) {
        (Type::Day, Type::Int(_)) => {
            let node = Node::DayPlus { day: Box::new(left), days: Box::new(right), back: subtract };
            return Ok(Expr::new(node, Type::Day));
        }
        (Type::Day, Type::Day) if subtract => {
            let range = Range { min: -DAYS_BETWEEN_MAX, max: DAYS_BETWEEN_MAX };
            return Ok(Expr::new(Node::DaysBetween(Box::new(left), Box::new(right)), Type::Int(range)));
        }
        (Type::Day, other) => {
            return Err(wrong(sides(tree).1, other, "số ngày nguyên (cộng trừ vào ngày)"));
        }
        _ => {}
    }
    let (left_tree, right_tree) = sides(tree);
    let (left_scale, left_range) = operand(tree, left_tree, &left)?;
    let (right_scale, right_range) = operand(tree, right_tree, &right)?;
    if left_scale != right_scale {
        return Err(ExprError::Scale { piece: tree.piece(), left: left_scale, right: right_scale });
    }
    let (operator, range) = if subtract {
        (Arithmetic::Subtract, left_range.plus(right_range.negated()))
    } else {
        (Arithmetic::Add, left_range.plus(right_range))
    };
    let node = Node::Arithmetic(operator, Box::new(left), Box::new(right));
    within(tree, Expr::new(node, Type::number(left_scale, range)))
}

pub(super) fn multiply(tree: &Tree, left: Expr, right: Expr) -> Result<Expr, ExprError> {
    let (left_tree, right_tree) = sides(tree);
    let (left_scale, left_range) = operand(tree, left_tree, &left)?;
    let (right_scale, right_range) = operand(tree, right_tree, &right)?;
    let scale = left_scale + right_scale;
    if scale > SCALE_MAX {
        return Err(ExprError::ScaleTooLarge { piece: tree.piece(), found: scale });
    }
    let node = Node::Arithmetic(Arithmetic::Multiply, Box::new(left), Box::new(right));
    within(tree, Expr::new(node, Type::number(scale, left_range.times(right_range))))
}
