//! Giải trình: what a row that breaks a rule must carry, and what is said where it does not.

use mc_port::Flag;
use mc_register::{Rule, Schema, Severity};
use rusqlite::{Connection, params};

use crate::StoreError;
use crate::catalog::{Catalog, RegisterInfo};
use crate::ddl::table;

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
    Some((field, format!("{}{advice}", rule.message.vi)))
}

/// The rules that a version breaks, as the schema declares them that it was written under.
pub(crate) fn flags(
    db: &Connection,
    catalog: &Catalog,
    info: &RegisterInfo,
    vid: i64,
    schema: i64,
) -> Result<Vec<Flag>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT rule FROM row_flag WHERE register = ?1 AND vid = ?2 ORDER BY rule")?;
    let rules = statement.query_map(params![info.no, vid], |row| row.get(0))?;
    let rules: Vec<String> = rules.collect::<Result<_, _>>()?;
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let schema = catalog.schema_version(schema)?;
    let declared = rules.iter().filter_map(|id| schema.rule(id));
    Ok(declared
        .map(|rule| Flag { rule: rule.id.clone(), severity: rule.severity, message: rule.message.clone() })
        .collect())
}

/// SQL for the versions of a register that break a rule and carry the explanation it asks for.
pub(crate) struct Explained {
    /// Narrows the versions down by their numbers; more may be among them.
    pub(crate) among: String,
    /// Holds for a version, over columns of its own table.
    pub(crate) holds: String,
}

impl Explained {
    pub(crate) fn of(catalog: &Catalog, info: &RegisterInfo) -> Self {
        let (no, table) = (info.no, table(&info.schema.id));
        let mut all: Vec<String> = Vec::new();
        let mut arms: Vec<String> = Vec::new();
        for (number, schema) in catalog.schemas().filter(|(_, schema)| schema.id == info.schema.id) {
            let asking = schema.rule.iter().filter(|rule| rule.severity == Severity::Explain);
            // Ids are words of small letters, digits and underscores.
            let ids: Vec<String> = asking.map(|rule| format!("'{}'", rule.id)).collect();
            if !ids.is_empty() {
                arms.push(format!("({table}.schema = {number} AND g.rule IN ({}))", ids.join(", ")));
                all.extend(ids);
            }
        }
        if arms.is_empty() {
            return Self { among: "FALSE".to_owned(), holds: "FALSE".to_owned() };
        }
        all.sort_unstable();
        all.dedup();
        arms.sort_unstable();
        Self {
            among: format!(
                "vid IN (SELECT vid FROM row_flag WHERE register = {no} AND rule IN ({}))",
                all.join(", ")
            ),
            holds: format!(
                "EXISTS (SELECT 1 FROM row_flag AS g WHERE g.register = {no} AND g.vid = {table}.vid AND ({}))",
                arms.join(" OR ")
            ),
        }
    }
}
