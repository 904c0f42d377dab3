//! The reference meaning of an expression, one record at a time.
//!
//! Used by the verifier and as the oracle of tests; figures are served by stores from the same tree.

use std::cmp::Ordering;

use mc_base::{Day, Scaled};
use mc_ledger::Value;
use thiserror::Error;

use crate::expr::{Arithmetic, Comparison, Expr, Function, Node, Type, functions};

/// Why a record cannot be evaluated: it does not hold what its schema promises.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum EvalError {
    /// A field holds a value of another type or scale.
    #[error("trường số {field} chứa giá trị khác kiểu đã khai")]
    FieldType {
        /// Field number.
        field: u16,
    },
    /// A number left `i64`, because a field holds a value outside its declared range.
    #[error("kết quả vượt giới hạn số; có trường chứa giá trị ngoài khoảng đã khai")]
    Overflow,
    /// Operands that do not fit an operator; a checked expression over typed values never gives it.
    #[error("toán hạng không hợp với phép tính")]
    Operand,
}

/// The value of `expr` for the record whose field values `field` gives (`Null` where absent).
///
/// # Errors
/// Where a field's value does not fit the schema that the expression was checked against.
pub fn eval(expr: &Expr, field: &dyn Fn(u16) -> Value) -> Result<Value, EvalError> {
    let value = |part: &Expr| eval(part, field);
    match expr.node() {
        Node::Field(no) => read(*no, expr.ty(), field(*no)),
        Node::Literal(literal) => Ok(literal.clone()),
        Node::Negate(of) => match number(&value(of)?)? {
            Some((mantissa, scale)) => to_number(-mantissa, scale),
            None => Ok(Value::Null),
        },
        Node::Arithmetic(operator, left, right) => arithmetic(*operator, &value(left)?, &value(right)?),
        Node::DayPlus { day, days, back } => day_plus(&value(day)?, &value(days)?, *back),
        Node::DaysBetween(left, right) => match (value(left)?, value(right)?) {
            (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
            (Value::Day(left), Value::Day(right)) => {
                Ok(Value::Int(i64::from(left.epoch_days()) - i64::from(right.epoch_days())))
            }
            _ => Err(EvalError::Operand),
        },
        Node::Compare(comparison, left, right) => {
            Ok(truth(compare(*comparison, &value(left)?, &value(right)?)?))
        }
        Node::And(left, right) => Ok(truth(and(condition(left, field)?, condition(right, field)?))),
        Node::Or(left, right) => {
            let negated = and(not(condition(left, field)?), not(condition(right, field)?));
            Ok(truth(not(negated)))
        }
        Node::Not(of) => Ok(truth(not(condition(of, field)?))),
        Node::IsNull { of, negated } => Ok(Value::Bool((value(of)? == Value::Null) != *negated)),
        Node::In { of, list, negated } => {
            let of = value(of)?;
            if of == Value::Null {
                return Ok(Value::Null);
            }
            Ok(Value::Bool(list.contains(&of) != *negated))
        }
        Node::Between { of, low, high, negated } => {
            let of = value(of)?;
            let inside = and(
                compare(Comparison::GreaterOrEqual, &of, &value(low)?)?,
                compare(Comparison::LessOrEqual, &of, &value(high)?)?,
            );
            Ok(truth(if *negated { not(inside) } else { inside }))
        }
        Node::Case { operand, arms, otherwise } => case(operand.as_deref(), arms, otherwise, field),
        Node::Coalesce(list) => {
            for part in list {
                let value = value(part)?;
                if value != Value::Null {
                    return Ok(value);
                }
            }
            Ok(Value::Null)
        }
        Node::Call(function, arguments) => {
            let arguments = arguments.iter().map(value).collect::<Result<Vec<_>, _>>()?;
            call(*function, &arguments)
        }
    }
}

/// The truth of a condition; `None` is not known.
///
/// # Errors
/// As [`eval`].
pub fn condition(expr: &Expr, field: &dyn Fn(u16) -> Value) -> Result<Option<bool>, EvalError> {
    match eval(expr, field)? {
        Value::Null => Ok(None),
        Value::Bool(value) => Ok(Some(value)),
        _ => Err(EvalError::Operand),
    }
}

fn read(no: u16, ty: &Type, value: Value) -> Result<Value, EvalError> {
    let fits = match (ty, &value) {
        (_, Value::Null)
        | (Type::Bool, Value::Bool(_))
        | (Type::Int(_), Value::Int(_))
        | (Type::Day, Value::Day(_))
        | (Type::Month, Value::Month(_))
        | (Type::Instant, Value::Instant(_))
        | (Type::Text, Value::Text(_))
        | (Type::Code(_), Value::Code(_))
        | (Type::Codes(_), Value::CodeSet(_))
        | (Type::Place, Value::Place(_))
        | (Type::Agency, Value::Agency(_))
        | (Type::Point, Value::Point(_))
        | (Type::File, Value::File(_)) => true,
        (Type::Int(_), Value::Scaled(Scaled { mantissa, scale: 0 })) => return Ok(Value::Int(*mantissa)),
        (Type::Scaled { scale, .. }, Value::Scaled(value)) => value.scale == *scale,
        (Type::Ref(wanted), Value::Ref { register, .. }) => register == wanted,
        _ => false,
    };
    if fits { Ok(value) } else { Err(EvalError::FieldType { field: no }) }
}

/// Mantissa and scale; `None` for NULL.
fn number(value: &Value) -> Result<Option<(i128, u8)>, EvalError> {
    match value {
        Value::Null => Ok(None),
        Value::Int(value) => Ok(Some((i128::from(*value), 0))),
        Value::Scaled(value) => Ok(Some((i128::from(value.mantissa), value.scale))),
        _ => Err(EvalError::Operand),
    }
}

fn to_number(mantissa: i128, scale: u8) -> Result<Value, EvalError> {
    let mantissa = i64::try_from(mantissa).map_err(|_| EvalError::Overflow)?;
    Ok(if scale == 0 { Value::Int(mantissa) } else { Value::Scaled(Scaled { mantissa, scale }) })
}

fn arithmetic(operator: Arithmetic, left: &Value, right: &Value) -> Result<Value, EvalError> {
    let (Some((left, left_scale)), Some((right, right_scale))) = (number(left)?, number(right)?) else {
        return Ok(Value::Null);
    };
    match operator {
        Arithmetic::Add => to_number(left + right, left_scale),
        Arithmetic::Subtract => to_number(left - right, left_scale),
        Arithmetic::Multiply => to_number(left * right, left_scale + right_scale),
    }
}

fn day_plus(day: &Value, days: &Value, back: bool) -> Result<Value, EvalError> {
    match (day, days) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Day(day), Value::Int(days)) => {
            let days = if back { -i128::from(*days) } else { i128::from(*days) };
            let sum = i32::try_from(i128::from(day.epoch_days()) + days).ok();
            Ok(sum.and_then(Day::from_epoch_days).map_or(Value::Null, Value::Day))
        }
        _ => Err(EvalError::Operand),
    }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> Result<Option<bool>, EvalError> {
    let order = match (left, right) {
        (Value::Null, _) | (_, Value::Null) => return Ok(None),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Int(left), Value::Int(right)) => left.cmp(right),
        (Value::Scaled(left), Value::Scaled(right)) if left.scale == right.scale => {
            left.mantissa.cmp(&right.mantissa)
        }
        (Value::Day(left), Value::Day(right)) => left.cmp(right),
        (Value::Month(left), Value::Month(right)) => left.cmp(right),
        (Value::Instant(left), Value::Instant(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) | (Value::Code(left), Value::Code(right)) => left.cmp(right),
        (Value::Ref { key: left, .. }, Value::Ref { key: right, .. }) => left.cmp(right),
        (Value::Place(left), Value::Place(right)) => left.cmp(right),
        (Value::Agency(left), Value::Agency(right)) => left.cmp(right),
        _ => return Err(EvalError::Operand),
    };
    Ok(Some(match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    }))
}

const fn and(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

const fn not(value: Option<bool>) -> Option<bool> {
    match value {
        Some(value) => Some(!value),
        None => None,
    }
}

fn truth(value: Option<bool>) -> Value {
    value.map_or(Value::Null, Value::Bool)
}

fn case(
    operand: Option<&Expr>,
    arms: &[(Expr, Expr)],
    otherwise: &Expr,
    field: &dyn Fn(u16) -> Value,
) -> Result<Value, EvalError> {
    let operand = operand.map(|operand| eval(operand, field)).transpose()?;
    for (when, then) in arms {
        let applies = match &operand {
            Some(operand) => compare(Comparison::Equal, operand, &eval(when, field)?)?,
            None => condition(when, field)?,
        };
        if applies == Some(true) {
            return eval(then, field);
        }
    }
    eval(otherwise, field)
}

fn call(function: Function, arguments: &[Value]) -> Result<Value, EvalError> {
    if arguments.contains(&Value::Null) {
        return Ok(Value::Null);
    }
    Ok(match (function, arguments) {
        (Function::Fold, [Value::Text(text)]) => Value::Text(functions::fold(text)),
        (Function::Len, [Value::Text(text) | Value::Code(text)]) => Value::Int(functions::len(text)),
        (Function::YearOfDay, [Value::Day(day)]) => Value::Int(functions::year_of_day(*day)),
        (Function::MonthOfDay, [Value::Day(day)]) => Value::Int(functions::month_of_day(*day)),
        (Function::YearOfMonth, [Value::Month(month)]) => Value::Int(functions::year_of_month(*month)),
        (Function::MonthOfMonth, [Value::Month(month)]) => Value::Int(functions::month_of_month(*month)),
        (Function::FirstDay, [Value::Month(month)]) => Value::Day(month.first_day()),
        (Function::NextMonth, [Value::Month(month)]) => {
            functions::next_month(*month).map_or(Value::Null, Value::Day)
        }
        (Function::CountOf, [Value::CodeSet(set)]) => {
            Value::Int(i64::try_from(set.len()).map_err(|_| EvalError::Overflow)?)
        }
        (Function::HasCode, [Value::CodeSet(set), Value::Code(code)]) => Value::Bool(set.contains(code)),
        (Function::MatchesPattern, [Value::Text(text) | Value::Code(text), Value::Text(pattern)]) => {
            Value::Bool(functions::matches_pattern(text, pattern))
        }
        _ => return Err(EvalError::Operand),
    })
}
