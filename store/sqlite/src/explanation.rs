//! Giải trình: what a row that breaks a rule must carry, and what is said where it does not.

use mc_register::{Rule, Schema, Severity};

/// SQL for the number of the first field that a row leaves empty of those that explain it, NULL where it carries
/// them all, 0 where its register has none. `column` names the column of a field.
pub(crate) fn missing(schema: &Schema, column: impl Fn(u16) -> String) -> String {
    let Some(fields) = schema.explanation() else { return "0".to_owned() };
    let arms = fields.map(|field| format!("WHEN coalesce({}, '') = '' THEN {}", column(field.no), field.no));
    format!("(CASE {} END)", arms.join(" "))
}

/// Why a row that breaks `rule` is refused, with the field to fill in where there is one; `None` where the row is
/// kept and flagged. `missing` is what [`missing`] found.
pub(crate) fn objection<'s>(
    schema: &'s Schema,
    key: &str,
    rule: &Rule,
    missing: Option<u16>,
) -> Option<(Option<&'s str>, String)> {
    let (field, advice) = match (rule.severity, missing) {
        (Severity::Warn, _) | (Severity::Explain, None) => return None,
        (Severity::Refuse, _) => (None, String::new()),
        (Severity::Explain, Some(no)) => match (schema.field_no(no), schema.explanation()) {
            (Some(field), Some([document, reason])) => {
                let wanted = if field.no == document.no {
                    format!("điền “{}” và “{}”", document.title.vi, reason.title.vi)
                } else {
                    format!("điền thêm “{}”", reason.title.vi)
                };
                (Some(field.id.as_str()), format!(" Nếu đúng là như vậy, hãy {wanted} (giải trình)."))
            }
            _ => (None, " Sổ này chưa có ô để giải trình.".to_owned()),
        },
    };
    Some((field, format!("{} ({key}): {}{advice}", schema.title.vi, rule.message.vi)))
}
