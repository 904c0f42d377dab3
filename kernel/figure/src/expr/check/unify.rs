//! Making operands agree: a constant takes the type of the field it stands beside, everything else must be
//! equal.

use mc_base::{AgencyId, PlaceId};
use mc_ledger::Value;

use super::{Expr, ExprError, Node, Tree, Type};

/// Codes quoted when a literal is in no list.
const KNOWN_MAX: usize = 20;

/// As [`all`], of two.
pub(super) fn pair(tree: &Tree, left: &mut Expr, right: &mut Expr) -> Result<Type, ExprError> {
    let lead = [&*left, &*right].into_iter().fold(Type::Null, leading);
    coerce(&lead, left)?;
    coerce(&lead, right)?;
    join(tree, left.ty(), right.ty())
}

/// The one type of all operands; number ranges and code lists are joined.
pub(super) fn all(tree: &Tree, operands: &mut [Expr]) -> Result<Type, ExprError> {
    let lead = operands.iter().fold(Type::Null, leading);
    let mut ty = Type::Null;
    for operand in operands {
        coerce(&lead, operand)?;
        ty = join(tree, &ty, operand.ty())?;
    }
    Ok(ty)
}

/// The type that constants are read as: that of the first operand which is no constant, else of the first
/// that is.
fn leading(so_far: Type, operand: &Expr) -> Type {
    let is_constant = matches!(operand.node(), Node::Literal(_));
    let adaptable = matches!(so_far, Type::Null | Type::Text | Type::Int(_));
    match operand.ty() {
        Type::Null => so_far,
        ty if so_far == Type::Null || (adaptable && !is_constant) => ty.clone(),
        _ => so_far,
    }
}

fn coerce(ty: &Type, operand: &mut Expr) -> Result<(), ExprError> {
    let Node::Literal(literal) = operand.node() else { return Ok(()) };
    let value = match (ty, literal) {
        (Type::Code(known), Value::Text(code)) => {
            listed(code, known)?;
            Value::Code(code.clone())
        }
        (Type::Ref(register), Value::Text(key)) => {
            Value::Ref { register: register.clone(), key: key.clone() }
        }
        (Type::Agency, Value::Text(slug)) => Value::Agency(AgencyId(slug.clone())),
        (Type::Place, Value::Int(id)) => match u32::try_from(*id) {
            Ok(id) => Value::Place(PlaceId(id)),
            Err(_) => return Ok(()),
        },
        _ => return Ok(()),
    };
    *operand = Expr::new(Node::Literal(value), ty.clone());
    Ok(())
}

/// Refuses a code that is in no list; a free identifier has no list.
pub(super) fn listed(code: &str, known: &[String]) -> Result<(), ExprError> {
    if known.is_empty() || known.iter().any(|id| id == code) {
        return Ok(());
    }
    let known = known.iter().take(KNOWN_MAX).cloned().collect();
    Err(ExprError::UnknownCode { code: code.to_owned(), known })
}

fn join(tree: &Tree, left: &Type, right: &Type) -> Result<Type, ExprError> {
    if let (Some((left_scale, left_range)), Some((right_scale, right_range))) =
        (left.as_number(), right.as_number())
    {
        return if left_scale == right_scale {
            Ok(Type::number(left_scale, left_range.union(right_range)))
        } else {
            Err(ExprError::Scale { piece: tree.piece(), left: left_scale, right: right_scale })
        };
    }
    match (left, right) {
        (Type::Null, ty) | (ty, Type::Null) => Ok(ty.clone()),
        (Type::Code(one), Type::Code(other)) => Ok(Type::Code(joined(one, other))),
        (Type::Codes(one), Type::Codes(other)) => Ok(Type::Codes(joined(one, other))),
        _ if left == right => Ok(left.clone()),
        _ => Err(ExprError::Mismatch { piece: tree.piece(), left: left.clone(), right: right.clone() }),
    }
}

fn joined(one: &[String], other: &[String]) -> Vec<String> {
    if one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    let added = other.iter().filter(|code| !one.contains(code));
    one.iter().chain(added).cloned().collect()
}
