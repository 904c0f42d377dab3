//! Rules that kept versions break, against table `row_flag`, and whether they carry the explanation that a rule
//! asks for.

use mc_ledger::Value;
use mc_port::{FindingKind, Report};
use mc_register::{Schema, Severity};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Row, Rows};

use super::versions::name;
use crate::StoreError;
use crate::catalog::{RegisterInfo, rules};
use crate::cells::columns::Columns;
use crate::reader::Reader;
use crate::rows::StoredVersion;

/// Which columns tell the rules that a version breaks: each schema has its own rules.
pub(super) struct FlagColumns(Vec<RuleColumn>);

struct RuleColumn {
    /// Number of the schema.
    schema: i64,
    rule: String,
    /// The column that is true where the rule is broken.
    column: usize,
    /// The fields that a version which breaks the rule must fill.
    explanation: Vec<u16>,
}

impl FlagColumns {
    pub(super) fn new(
        reader: &Reader,
        info: &RegisterInfo,
        columns: &mut Columns,
    ) -> Result<Self, StoreError> {
        let mut found = Vec::new();
        for (number, schema) in reader.catalog.schemas().filter(|(_, schema)| schema.id == info.schema.id) {
            for (rule, condition) in schema.rule.iter().zip(rules(schema)?) {
                // A rule that is NULL (a value is not known) is not broken.
                found.push(RuleColumn {
                    schema: number,
                    rule: rule.id.clone(),
                    column: columns.add(&format!("(NOT ({condition}))")),
                    explanation: demanded(schema, rule.severity),
                });
            }
        }
        Ok(Self(found))
    }

    /// The rules that the version at hand breaks.
    fn broken<'f>(&'f self, row: &Row<'_>, schema: i64) -> Result<Vec<&'f RuleColumn>, StoreError> {
        let mut broken = Vec::new();
        for rule in self.0.iter().filter(|rule| rule.schema == schema) {
            if row.get::<_, Option<bool>>(rule.column)? == Some(true) {
                broken.push(rule);
            }
        }
        Ok(broken)
    }

    fn knows(&self, schema: i64, rule: &str) -> bool {
        self.0.iter().any(|known| known.schema == schema && known.rule == rule)
    }
}

/// The fields that must be filled where a rule of `severity` is broken. A personal one may be erased by law.
fn demanded(schema: &Schema, severity: Severity) -> Vec<u16> {
    let fields = schema.explanation().filter(|_| severity == Severity::Explain);
    fields.into_iter().flatten().filter(|field| !field.personal).map(|field| field.no).collect()
}

/// A walk through table `row_flag` beside one through the versions.
pub(super) struct Flags<'s>(Rows<'s>);

impl<'s> Flags<'s> {
    /// Register, first and last version.
    pub(super) const SQL: &'static str =
        "SELECT vid, rule FROM row_flag WHERE register = ?1 AND vid BETWEEN ?2 AND ?3 ORDER BY vid, rule";

    pub(super) fn new(mut rows: Rows<'s>) -> Result<Self, StoreError> {
        rows.advance()?;
        Ok(Self(rows))
    }

    /// The flags of a version are the rules it breaks. Of one that lost values by law only what is left can be
    /// computed: a flag it was given before then stands.
    pub(super) fn check(
        &mut self,
        row: &Row<'_>,
        version: &StoredVersion,
        is_whole: bool,
        (info, columns): (&RegisterInfo, &FlagColumns),
        report: &mut Report,
    ) -> Result<(), StoreError> {
        self.strays(info, version.vid, report)?;
        let mut missing = columns.broken(row, version.schema)?;
        let mut found =
            |kind, text: String| report.add(kind, name(info, &version.key, version.ordinal), text);
        for rule in &missing {
            let empty = |no: &u16| match version.record.get(*no) {
                Value::Text(text) => text.is_empty(),
                value => *value == Value::Null && !info.marked.contains(no),
            };
            if rule.explanation.iter().any(empty) {
                let text = format!("vi phạm quy tắc “{}” mà không mang giải trình", rule.rule);
                found(FindingKind::Version, text);
            }
        }
        while let Some(flag) = self.0.get() {
            if flag.get::<_, i64>(0)? != version.vid {
                break;
            }
            let rule: String = flag.get(1)?;
            self.0.advance()?;
            match missing.iter().position(|broken| broken.rule == rule) {
                Some(at) => {
                    missing.swap_remove(at);
                }
                None if !is_whole && columns.knows(version.schema, &rule) => {}
                None => found(
                    FindingKind::Derived,
                    format!("mang dấu quy tắc “{rule}” mà bản ghi không vi phạm quy tắc này"),
                ),
            }
        }
        for rule in missing {
            let text = format!("vi phạm quy tắc “{}” mà không mang dấu của quy tắc này", rule.rule);
            found(FindingKind::Derived, text);
        }
        Ok(())
    }

    /// Flags of versions that are not there.
    fn strays(&mut self, info: &RegisterInfo, before: i64, report: &mut Report) -> Result<(), StoreError> {
        while let Some(flag) = self.0.get() {
            let vid: i64 = flag.get(0)?;
            if vid >= before {
                break;
            }
            let text = format!("có dấu quy tắc “{}” mà không có bản ghi", flag.get::<_, String>(1)?);
            report.add(FindingKind::Derived, format!("{}, dòng số {vid}", info.schema.id), text);
            self.0.advance()?;
        }
        Ok(())
    }

    /// What is left after the last version.
    pub(super) fn rest(&mut self, info: &RegisterInfo, report: &mut Report) -> Result<(), StoreError> {
        self.strays(info, i64::MAX, report)
    }
}

/// Flags of registers that are not there.
pub(super) fn foreign(reader: &Reader, report: &mut Report) -> Result<(), StoreError> {
    let mut statement = reader.db()?.prepare("SELECT register, COUNT(*) FROM row_flag GROUP BY register")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let register: i64 = row.get(0)?;
        if reader.catalog.register_no(register).is_none() {
            let text = format!("{} dấu quy tắc thuộc một sổ không có", row.get::<_, i64>(1)?);
            report.add(FindingKind::Derived, format!("sổ số {register}"), text);
        }
    }
    Ok(())
}
