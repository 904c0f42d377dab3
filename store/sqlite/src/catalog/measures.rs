//! The indicators that the ledger declares, and the measures they stand on: those of their operands, and what the
//! store keeps beside each.

use std::collections::BTreeSet;
use std::sync::Arc;

use mc_base::{Hash32, Seq};
use mc_figure::{
    CompiledMeasure, Definition, Indicator, Kind, Measure, TOTALS, TimeRule, listed_of, totals_of, union_of,
};
use mc_ledger::Value;
use mc_ledger::hash::sha256;
use mc_register::system;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Catalog, IndicatorInfo, MeasureInfo, OperandInfo, RecordsIn, RegisterInfo, said};
use crate::cells::MeasureSql;
use crate::{StoreError, rows};

impl Catalog {
    pub(super) fn load_indicators(&mut self, db: &Connection) -> Result<(), StoreError> {
        let Some(info) = self.register(system::INDICATOR).cloned() else { return Ok(()) };
        let sql = format!("SELECT {} FROM r_indicator WHERE seq_to IS NULL ORDER BY key", info.columns);
        let versions = rows::collect(db.prepare(&sql)?.query([])?, &info, self)?;
        for version in versions {
            let Some(Value::Text(text)) = version.record.get_id(&info.schema, "definition").cloned() else {
                return Err(StoreError::Corrupt(format!("định nghĩa {} không có nội dung", version.key)));
            };
            let definition = read_definition(&text)?;
            self.add_indicator(db, definition, version.seq_from)?;
        }
        self.indicators.sort_by(|a, b| {
            (&a.definition.id, a.definition.version).cmp(&(&b.definition.id, b.definition.version))
        });
        Ok(())
    }

    fn add_indicator(
        &mut self,
        db: &Connection,
        definition: Definition,
        known_from: Seq,
    ) -> Result<(), StoreError> {
        let schema = |id: &str| self.registers.get(id).map(|info| info.schema.as_ref());
        let indicator = mc_figure::check(&definition, &schema).map_err(|errors| said(&errors))?;
        let num = self.operand(db, &definition.num)?;
        let den = definition.den.as_ref().map(|den| self.operand(db, den)).transpose()?;
        let records = self.records_in(db, &indicator)?;
        self.indicators.push(IndicatorInfo {
            definition: Arc::new(definition),
            indicator: Arc::new(indicator),
            known_from,
            num,
            den,
            records,
        });
        Ok(())
    }

    /// Records that may be in both operands have to be told apart: by a measure that counts either, where there
    /// is one.
    fn records_in(&mut self, db: &Connection, indicator: &Indicator) -> Result<RecordsIn, StoreError> {
        let definition = &indicator.definition;
        if definition.kind == Kind::Scan {
            return Ok(RecordsIn::Rows);
        }
        let (Some(den), Some(compiled)) = (&definition.den, &indicator.den) else {
            return Ok(RecordsIn::Operands);
        };
        if den.register != definition.num.register {
            return Ok(RecordsIn::Operands);
        }
        if compiled.time == indicator.num.time
            && (compiled.filter.is_none() || compiled.filter == indicator.num.filter)
        {
            return Ok(RecordsIn::Denominator);
        }
        let Some(union) = union_of(&definition.num, den) else { return Ok(RecordsIn::Rows) };
        let info = self.register(&union.register);
        // Two filters that are allowed each may be too long together.
        if info.is_none_or(|info| CompiledMeasure::new(&union, &info.schema).is_err()) {
            return Ok(RecordsIn::Rows);
        }
        Ok(RecordsIn::Union(self.add_measure(db, &union)?))
    }

    fn operand(&mut self, db: &Connection, measure: &Measure) -> Result<OperandInfo, StoreError> {
        let counted = self.add_measure(db, measure)?;
        let totals = match totals_of(measure).filter(|_| self.registers.contains_key(TOTALS)) {
            Some(totals) => Some(self.add_measure(db, &totals)?),
            None => None,
        };
        let present = self.add_measure(db, &presence_of(&measure.register))?;
        Ok(OperandInfo { counted, totals, present })
    }

    /// The measure by owner beside `measure`, where totals have asked for it.
    pub(crate) fn listed_of(&self, measure: &MeasureInfo) -> Option<&MeasureInfo> {
        let owner = self.register(&measure.definition.register)?.schema.owner.as_deref()?;
        let listed = listed_of(&measure.definition, owner);
        self.measures.iter().find(|known| known.definition == listed)
    }

    /// The measures by owner that are numbered already; only the writer numbers more, see [`Catalog::number_listed`].
    pub(super) fn load_listed(&mut self, db: &Connection) -> Result<(), StoreError> {
        for listed in self.listed(None) {
            if number(db, &hashed(&listed)?.0)?.is_some() {
                self.add_measure(db, &listed)?;
            }
        }
        Ok(())
    }

    /// Numbers the measures by owner beside the measures of these ids; says whether any is new.
    pub(crate) fn number_listed(&self, db: &Connection, ids: &BTreeSet<String>) -> Result<bool, StoreError> {
        let mut any = false;
        for listed in self.listed(Some(ids)) {
            if let Some(info) = self.register(&listed.register)
                && number(db, &hashed(&listed)?.0)?.is_none()
            {
                measure_no(db, info, &listed)?;
                any = true;
            }
        }
        Ok(any)
    }

    /// The measures by owner that there may be, beside the measures of these ids or beside all.
    fn listed(&self, ids: Option<&BTreeSet<String>>) -> Vec<Measure> {
        let sums = self.indicators.iter().filter(|info| info.definition.kind != Kind::Scan);
        let operands = sums.flat_map(|info| [Some(&info.definition.num), info.definition.den.as_ref()]);
        let of = |measure: &Measure| {
            let schema = &self.register(&measure.register)?.schema;
            let listed = listed_of(measure, schema.owner.as_deref()?);
            let may_be = totals_of(measure).is_some() && CompiledMeasure::new(&listed, schema).is_ok();
            may_be.then_some(listed)
        };
        operands
            .flatten()
            .filter(|measure| ids.is_none_or(|ids| ids.contains(&measure.id)))
            .filter_map(of)
            .collect()
    }

    /// Finds or numbers a measure. Its number is kept in table `measure`, which only the writer fills.
    fn add_measure(&mut self, db: &Connection, measure: &Measure) -> Result<usize, StoreError> {
        if let Some(at) = self.measures.iter().position(|known| known.definition == *measure) {
            return Ok(at);
        }
        let Some(info) = self.register(&measure.register).cloned() else {
            return Err(StoreError::Missing(format!(
                "độ đo {} dựa trên sổ {} chưa có",
                measure.id, measure.register
            )));
        };
        let compiled = CompiledMeasure::new(measure, &info.schema)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let no = measure_no(db, &info, measure)?;
        let sql = MeasureSql::new(no, info.no, &compiled, &info.schema);
        self.measures.push(MeasureInfo { sql, compiled: Arc::new(compiled), definition: measure.clone() });
        Ok(self.measures.len() - 1)
    }
}

fn read_definition(text: &str) -> Result<Definition, StoreError> {
    let definition: Definition = serde_json::from_str(text).map_err(StoreError::corrupt)?;
    if mc_figure::canonical_text(&definition) == text {
        Ok(definition)
    } else {
        Err(StoreError::Corrupt(format!("định nghĩa chỉ tiêu {} không ở dạng chuẩn", definition.id)))
    }
}

/// All records of a register, whatever their dates: tells "nothing was recorded" from a counted zero.
fn presence_of(register: &str) -> Measure {
    Measure {
        id: format!("{register}.present"),
        register: register.to_owned(),
        filter: None,
        value: "count".to_owned(),
        bound: 1,
        time: TimeRule::Stock { from: "DATE '1900-01-01'".to_owned(), to: None },
        cuts: Vec::new(),
    }
}

/// A measure's text with its hash.
fn hashed(measure: &Measure) -> Result<(Hash32, String), StoreError> {
    let text = serde_json::to_string(measure).map_err(StoreError::corrupt)?;
    Ok((sha256(text.as_bytes()), text))
}

fn number(db: &Connection, hash: &Hash32) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT no FROM measure WHERE hash = ?1")?
        .query_row([&hash.0[..]], |row| row.get(0))
        .optional()?)
}

fn measure_no(db: &Connection, info: &RegisterInfo, measure: &Measure) -> Result<i64, StoreError> {
    let (hash, text) = hashed(measure)?;
    if let Some(no) = number(db, &hash)? {
        return Ok(no);
    }
    db.prepare_cached("INSERT INTO measure (id, register, hash, text) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![measure.id, info.no, &hash.0[..], text])?;
    number(db, &hash)?.ok_or_else(|| StoreError::Corrupt(format!("không đánh số được độ đo {}", measure.id)))
}
