//! Function calls.

use mc_ledger::Value;

use super::{Checker, Expr, ExprError, Node, Tree, Type, unify, wrong};
use crate::expr::Function;
use crate::expr::functions::is_pattern;
use crate::expr::types::Range;

/// Bound of `len`; no text is near it.
const LENGTH_MAX: i128 = 1_000_000_000;

const NAMES: &str = "chỉ có coalesce, fold, len, year, month, first_day, next_month, count_of, matches_code";

impl Checker<'_> {
    pub(super) fn call(&self, tree: &Tree, name: &str, arguments: &[Tree]) -> Result<Expr, ExprError> {
        match (name, arguments) {
            ("coalesce", [_, _, ..]) => {
                let mut list =
                    arguments.iter().map(|part| self.check(part)).collect::<Result<Vec<_>, _>>()?;
                let ty = unify::all(tree, &mut list)?;
                Ok(Expr::new(Node::Coalesce(list), ty))
            }
            ("fold" | "len" | "year" | "month" | "first_day" | "next_month" | "count_of", [of]) => {
                unary(name, of, self.check(of)?)
            }
            ("matches_code", [of, wanted]) => self.matches_code(of, wanted),
            ("coalesce", _) => Err(count(name, "ít nhất 2", arguments)),
            ("matches_code", _) => Err(count(name, "2", arguments)),
            ("fold" | "len" | "year" | "month" | "first_day" | "next_month" | "count_of", _) => {
                Err(count(name, "1", arguments))
            }
            _ => {
                let name = name.chars().take(40).collect();
                Err(ExprError::UnknownFunction { name, reason: NAMES })
            }
        }
    }

    /// `matches_code(set, 'code')` and `matches_code(text, 'pattern')`.
    fn matches_code(&self, of: &Tree, wanted: &Tree) -> Result<Expr, ExprError> {
        let set = self.check(of)?;
        let argument = self.check(wanted)?;
        let Node::Literal(Value::Text(text)) = argument.node() else {
            return Err(wrong(wanted, argument.ty(), "một chuỗi viết sẵn trong dấu nháy đơn"));
        };
        let (function, argument) = match set.ty() {
            Type::Codes(known) => {
                unify::listed(text, known)?;
                let code = Value::Code(text.clone());
                (Function::HasCode, Expr::new(Node::Literal(code), Type::Code(known.clone())))
            }
            Type::Code(_) | Type::Text if is_pattern(text) => (Function::MatchesPattern, argument),
            Type::Code(_) | Type::Text => {
                return Err(wrong(wanted, &Type::Text, "mẫu mã từ 1 đến 64 ký tự, dấu * chỉ ở cuối"));
            }
            ty => return Err(wrong(of, ty, "tập mã, mã hoặc chuỗi chữ")),
        };
        Ok(Expr::boolean(Node::Call(function, vec![set, argument])))
    }
}

fn unary(name: &str, of: &Tree, argument: Expr) -> Result<Expr, ExprError> {
    let int = |min, max| Type::Int(Range { min, max });
    let (function, ty) = match (name, argument.ty()) {
        ("fold", Type::Text) => (Function::Fold, Type::Text),
        ("len", Type::Text | Type::Code(_)) => (Function::Len, int(0, LENGTH_MAX)),
        ("year", Type::Day) => (Function::YearOfDay, int(1, 9999)),
        ("year", Type::Month) => (Function::YearOfMonth, int(1, 9999)),
        ("month", Type::Day) => (Function::MonthOfDay, int(1, 12)),
        ("month", Type::Month) => (Function::MonthOfMonth, int(1, 12)),
        ("first_day", Type::Month) => (Function::FirstDay, Type::Day),
        ("next_month", Type::Month) => (Function::NextMonth, Type::Day),
        ("count_of", Type::Codes(known)) => {
            let most = i128::try_from(known.len()).unwrap_or(LENGTH_MAX);
            (Function::CountOf, int(0, if known.is_empty() { LENGTH_MAX } else { most }))
        }
        (_, found) => return Err(wrong(of, found, wanted(name))),
    };
    Ok(Expr::new(Node::Call(function, vec![argument]), ty))
}

fn wanted(name: &str) -> &'static str {
    match name {
        "fold" => "chuỗi chữ",
        "len" => "chuỗi chữ hoặc mã",
        "year" | "month" => "ngày hoặc tháng",
        "count_of" => "tập mã",
        _ => "tháng",
    }
}

fn count(name: &str, expected: &'static str, arguments: &[Tree]) -> ExprError {
    ExprError::ArgumentCount { name: name.to_owned(), expected, found: arguments.len() }
}
