//! Statistics that do not add up: computed over all records of a measure at the position read, never rolled
//! up.

use mc_register::Schema;

use crate::expr::{Expr, ExprError, Node, compile, compile_number};

/// A compiled `scan`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scan {
    /// How many different values a field has, by number; NULL is not counted.
    Distinct(u16),
    /// The middle value.
    Median(Expr),
    /// The value that nine tenths of the records do not exceed.
    P90(Expr),
}

/// Reads `distinct(FIELD)`, `median(EXPR)` or `p90(EXPR)`; `None` for another form.
pub(crate) fn compile_scan(text: &str, schema: &Schema) -> Option<Result<Scan, ExprError>> {
    let (name, rest) = text.trim().split_once('(')?;
    let inner = rest.strip_suffix(')')?;
    match name {
        "distinct" => Some(compile(inner, schema).and_then(|expr| match expr.node() {
            Node::Field(no) => Ok(Scan::Distinct(*no)),
            _ => Err(ExprError::NotInLanguage {
                construct: "distinct của một biểu thức",
                reason: "distinct đếm các giá trị khác nhau của một trường",
            }),
        })),
        "median" => Some(compile_number(inner, schema).map(Scan::Median)),
        "p90" => Some(compile_number(inner, schema).map(Scan::P90)),
        _ => None,
    }
}

/// The value of rank ⌈`per_mille` × n ÷ 1,000⌉ among `values` (nearest rank, so that it is always one of
/// them); `None` without values. The median is 500, the lower of two middle values.
#[must_use]
pub fn nearest_rank(values: &mut [i64], per_mille: u16) -> Option<i64> {
    let count = values.len() as u128;
    let rank = (count * u128::from(per_mille.min(1_000))).div_ceil(1_000).max(1);
    let index = usize::try_from(rank - 1).ok()?;
    if index >= values.len() {
        return None;
    }
    let (_, value, _) = values.select_nth_unstable(index);
    Some(*value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_values_that_occur() {
        assert_eq!(nearest_rank(&mut [], 500), None);
        assert_eq!(nearest_rank(&mut [7], 900), Some(7));
        assert_eq!(nearest_rank(&mut [4, 1, 3, 2], 500), Some(2));
        assert_eq!(nearest_rank(&mut [5, 1, 3], 500), Some(3));
        assert_eq!(nearest_rank(&mut (1..=10).rev().collect::<Vec<_>>(), 900), Some(9));
    }
}
