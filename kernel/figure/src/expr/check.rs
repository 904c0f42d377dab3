//! Tree → typed expression.

mod call;
mod number;
mod unify;

use mc_base::{Day, text};
use mc_ledger::Value;
use mc_register::Schema;

use super::error::ExprError;
use super::tree::{Operator, Tree};
use super::types::Type;
use super::{Arithmetic, Comparison, Expr, Node};

pub(super) struct Checker<'a> {
    schema: &'a Schema,
}

impl<'a> Checker<'a> {
    pub(super) const fn new(schema: &'a Schema) -> Self {
        Self { schema }
    }

    pub(super) fn check(&self, tree: &Tree) -> Result<Expr, ExprError> {
        match tree {
            Tree::Null => Ok(Expr::new(Node::Literal(Value::Null), Type::Null)),
            Tree::Bool(value) => Ok(Expr::boolean(Node::Literal(Value::Bool(*value)))),
            Tree::Number(digits) => number::literal(digits),
            Tree::Text(text) => text_literal(text),
            Tree::Date(text) => Day::parse_iso(text)
                .map(|day| Expr::new(Node::Literal(Value::Day(day)), Type::Day))
                .ok_or_else(|| ExprError::Date { text: text.chars().take(40).collect() }),
            Tree::Name(name) => self.field(name),
            Tree::Negate(of) => number::negate(tree, of, self.check(of)?),
            Tree::Not(of) => Ok(Expr::boolean(Node::Not(self.condition(of)?))),
            Tree::Binary(operator, left, right) => self.binary(tree, *operator, left, right),
            Tree::IsNull { of, negated } => {
                Ok(Expr::boolean(Node::IsNull { of: self.boxed(of)?, negated: *negated }))
            }
            Tree::In { of, list, negated } => self.membership(tree, of, list, *negated),
            Tree::Between { of, low, high, negated } => self.between(tree, [of, low, high], *negated),
            Tree::Case { operand, arms, otherwise } => self.case(tree, operand.as_deref(), arms, otherwise),
            Tree::Call { name, arguments } => self.call(tree, name, arguments),
        }
    }

    fn boxed(&self, tree: &Tree) -> Result<Box<Expr>, ExprError> {
        self.check(tree).map(Box::new)
    }

    fn field(&self, name: &str) -> Result<Expr, ExprError> {
        let Some(field) = self.schema.field.iter().find(|field| field.id == name) else {
            let plain = |id: &str| id.replace('_', "").to_ascii_lowercase();
            return Err(ExprError::UnknownField {
                register: self.schema.id.clone(),
                field: name.to_owned(),
                suggestion: self
                    .schema
                    .field
                    .iter()
                    .find(|field| plain(&field.id) == plain(name))
                    .map(|field| field.id.clone()),
            });
        };
        if field.personal {
            return Err(ExprError::Personal { field: name.to_owned() });
        }
        let ty =
            Type::of_field(field).ok_or_else(|| ExprError::IncompleteField { field: name.to_owned() })?;
        let expr = Expr::new(Node::Field(field.no), ty);
        number::within(&Tree::Name(name.to_owned()), expr)
    }

    fn condition(&self, tree: &Tree) -> Result<Box<Expr>, ExprError> {
        let expr = self.check(tree)?;
        match expr.ty() {
            Type::Bool | Type::Null => Ok(Box::new(expr)),
            _ => Err(wrong(tree, expr.ty(), "điều kiện đúng/sai")),
        }
    }

    fn binary(&self, tree: &Tree, operator: Operator, left: &Tree, right: &Tree) -> Result<Expr, ExprError> {
        let comparison = match operator {
            Operator::Add => return number::add(tree, false, self.check(left)?, self.check(right)?),
            Operator::Subtract => return number::add(tree, true, self.check(left)?, self.check(right)?),
            Operator::Multiply => return number::multiply(tree, self.check(left)?, self.check(right)?),
            Operator::And => {
                return Ok(Expr::boolean(Node::And(self.condition(left)?, self.condition(right)?)));
            }
            Operator::Or => {
                return Ok(Expr::boolean(Node::Or(self.condition(left)?, self.condition(right)?)));
            }
            Operator::Equal => Comparison::Equal,
            Operator::NotEqual => Comparison::NotEqual,
            Operator::Less => Comparison::Less,
            Operator::LessOrEqual => Comparison::LessOrEqual,
            Operator::Greater => Comparison::Greater,
            Operator::GreaterOrEqual => Comparison::GreaterOrEqual,
        };
        let (mut left, mut right) = (self.check(left)?, self.check(right)?);
        comparable(tree, left.ty())?;
        comparable(tree, right.ty())?;
        let ty = unify::pair(tree, &mut left, &mut right)?;
        if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            ordered(tree, &ty)?;
        }
        Ok(Expr::boolean(Node::Compare(comparison, Box::new(left), Box::new(right))))
    }

    fn membership(&self, tree: &Tree, of: &Tree, list: &[Tree], negated: bool) -> Result<Expr, ExprError> {
        let mut operands = vec![self.check(of)?];
        for item in list {
            let item_expr = self.check(item)?;
            match item_expr.node() {
                Node::Literal(Value::Null) => return Err(ExprError::NullOperand { piece: tree.piece() }),
                Node::Literal(_) => operands.push(item_expr),
                _ => return Err(ExprError::NotLiteral { piece: item.piece() }),
            }
        }
        let ty = unify::all(tree, &mut operands)?;
        comparable(tree, &ty)?;
        let mut operands = operands.into_iter();
        let Some(of) = operands.next() else { return Err(ExprError::NotLiteral { piece: tree.piece() }) };
        let list = operands
            .filter_map(|item| match item.node {
                Node::Literal(value) => Some(value),
                _ => None,
            })
            .collect();
        Ok(Expr::boolean(Node::In { of: Box::new(of), list, negated }))
    }

    fn between(&self, tree: &Tree, parts: [&Tree; 3], negated: bool) -> Result<Expr, ExprError> {
        let [of, low, high] = parts;
        let mut parts = [self.check(of)?, self.check(low)?, self.check(high)?];
        ordered(tree, &unify::all(tree, &mut parts)?)?;
        let [of, low, high] = parts.map(Box::new);
        Ok(Expr::boolean(Node::Between { of, low, high, negated }))
    }

    fn case(
        &self,
        tree: &Tree,
        operand: Option<&Tree>,
        arms: &[(Tree, Tree)],
        otherwise: &Tree,
    ) -> Result<Expr, ExprError> {
        let mut whens = Vec::with_capacity(arms.len() + 1);
        let mut results = Vec::with_capacity(arms.len() + 1);
        for (when, then) in arms {
            whens.push(match operand {
                Some(_) => self.check(when)?,
                None => *self.condition(when)?,
            });
            results.push(self.check(then)?);
        }
        let operand = match operand {
            Some(operand) => {
                whens.push(self.check(operand)?);
                comparable(tree, &unify::all(tree, &mut whens)?)?;
                whens.pop().map(Box::new)
            }
            None => None,
        };
        results.push(self.check(otherwise)?);
        let ty = unify::all(tree, &mut results)?;
        let Some(otherwise) = results.pop() else {
            return Err(wrong(tree, &ty, "CASE có ít nhất một nhánh"));
        };
        let arms = whens.into_iter().zip(results).collect();
        Ok(Expr::new(Node::Case { operand, arms, otherwise: Box::new(otherwise) }, ty))
    }
}

fn text_literal(text: &str) -> Result<Expr, ExprError> {
    if text.chars().any(char::is_control) {
        let text = text.chars().filter(|c| !c.is_control()).take(40).collect();
        return Err(ExprError::ControlCharacter { text });
    }
    // Fields are NFC, so a literal typed in another form would never be equal to one.
    Ok(Expr::new(Node::Literal(Value::Text(text::nfc(text))), Type::Text))
}

fn wrong(tree: &Tree, found: &Type, expected: &'static str) -> ExprError {
    ExprError::WrongType { piece: tree.piece(), found: found.clone(), expected }
}

fn comparable(tree: &Tree, ty: &Type) -> Result<(), ExprError> {
    if ty.is_comparable() {
        Ok(())
    } else {
        Err(ExprError::NotComparable { piece: tree.piece(), found: ty.clone() })
    }
}

fn ordered(tree: &Tree, ty: &Type) -> Result<(), ExprError> {
    if ty.is_ordered() {
        Ok(())
    } else {
        Err(ExprError::NotOrdered { piece: tree.piece(), found: ty.clone() })
    }
}
