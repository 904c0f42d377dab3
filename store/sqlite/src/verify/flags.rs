//! Rules that kept versions break, against table `row_flag`.

use mc_port::{FindingKind, Report};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Row, Rows};

use super::versions::name;
use crate::StoreError;
use crate::catalog::{RegisterInfo, rules};
use crate::cells::columns::Columns;
use crate::reader::Reader;
use crate::rows::StoredVersion;

/// Which columns tell the rules that a version breaks: each schema has its own rules.
pub(super) struct FlagColumns(Vec<(i64, String, usize)>);

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
                found.push((number, rule.id.clone(), columns.add(&format!("(NOT ({condition}))"))));
            }
        }
        Ok(Self(found))
    }

    /// The rules that the version at hand breaks.
    fn broken<'f>(&'f self, row: &Row<'_>, schema: i64) -> Result<Vec<&'f str>, StoreError> {
        let mut broken = Vec::new();
        for (_, rule, column) in self.0.iter().filter(|(number, ..)| *number == schema) {
            if row.get::<_, Option<bool>>(*column)? == Some(true) {
                broken.push(rule.as_str());
            }
        }
        Ok(broken)
    }

    fn knows(&self, schema: i64, rule: &str) -> bool {
        self.0.iter().any(|(number, known, _)| *number == schema && known == rule)
    }
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
        let mut found = |text: String| {
            report.add(FindingKind::Derived, name(info, &version.key, version.ordinal), text);
        };
        while let Some(flag) = self.0.get() {
            if flag.get::<_, i64>(0)? != version.vid {
                break;
            }
            let rule: String = flag.get(1)?;
            self.0.advance()?;
            match missing.iter().position(|broken| **broken == rule) {
                Some(at) => {
                    missing.swap_remove(at);
                }
                None if !is_whole && columns.knows(version.schema, &rule) => {}
                None => found(format!("mang dấu quy tắc “{rule}” mà bản ghi không vi phạm quy tắc này")),
            }
        }
        for rule in missing {
            found(format!("vi phạm quy tắc “{rule}” mà không mang dấu của quy tắc này"));
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
