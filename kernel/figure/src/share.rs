//! Shares: whether a register's rules keep each record's numerator within its denominator.

use mc_register::{Schema, Severity};

use crate::expr::{Comparison, Expr, Node, compile_condition};
use crate::measure::{CompiledMeasure, CompiledValue};

/// `None` where num ≤ den holds for each record that counts, else the reason why that is not known.
pub(crate) fn objection(num: &CompiledMeasure, den: &CompiledMeasure, schema: &Schema) -> Option<String> {
    if num.register != den.register {
        return Some("tử số và mẫu số thuộc hai sổ khác nhau".to_owned());
    }
    if num.time != den.time {
        return Some("tử số và mẫu số khác quy tắc thời gian".to_owned());
    }
    let (mut inner, mut outer) = (Vec::new(), Vec::new());
    num.filter.iter().for_each(|filter| conjuncts(filter, &mut inner));
    den.filter.iter().for_each(|filter| conjuncts(filter, &mut outer));
    if !outer.iter().all(|condition| inner.contains(condition)) {
        return Some("bộ lọc của tử số không gồm mọi điều kiện của mẫu số".to_owned());
    }
    match (&num.value, &den.value) {
        (CompiledValue::Count, CompiledValue::Count) => None,
        (CompiledValue::Sum { expr: num, .. }, CompiledValue::Sum { expr: den, .. }) => {
            if num == den || ruled(num, den, schema) {
                return None;
            }
            Some(format!("sổ “{}” không có quy tắc refuse hay explain nói rằng tử số <= mẫu số", schema.id))
        }
        _ => Some("tử số và mẫu số phải cùng là count hoặc cùng là sum".to_owned()),
    }
}

fn ruled(num: &Expr, den: &Expr, schema: &Schema) -> bool {
    schema.rule.iter().filter(|rule| rule.severity != Severity::Warn).any(|rule| {
        let Ok(condition) = compile_condition(&rule.expr, schema) else { return false };
        let mut parts = Vec::new();
        conjuncts(&condition, &mut parts);
        parts.iter().any(|part| match part.node() {
            Node::Compare(Comparison::LessOrEqual, left, right) => **left == *num && **right == *den,
            Node::Compare(Comparison::GreaterOrEqual, left, right) => **left == *den && **right == *num,
            _ => false,
        })
    })
}

fn conjuncts<'a>(expr: &'a Expr, parts: &mut Vec<&'a Expr>) {
    match expr.node() {
        Node::And(left, right) => {
            conjuncts(left, parts);
            conjuncts(right, parts);
        }
        _ => parts.push(expr),
    }
}
