//! What the instance declares, out of its ledger: registers with all their schema versions, and indicators
//! with the measures they stand on.

mod measures;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use mc_base::{Hash32, Seq};
use mc_figure::expr::compile_condition;
use mc_figure::{CompiledMeasure, CompiledTime, Definition, Indicator, Measure};
use mc_register::{Schema, canonical_text, schema_hash, system};
use rusqlite::{Connection, params};

use crate::cells::MeasureSql;
use crate::convert::hash;
use crate::ddl::Marked;
use crate::dialect;
use crate::{StoreError, cells, ddl, rows};

/// A register as it is declared now.
#[derive(Clone, Debug)]
pub(crate) struct RegisterInfo {
    pub(crate) no: i64,
    pub(crate) schema: Arc<Schema>,
    /// Number of the current schema in table `schema_version`.
    pub(crate) schema_no: i64,
    pub(crate) schema_hash: Hash32,
    /// Column list for `rows::read`.
    pub(crate) columns: String,
    /// Statement for `rows::open`.
    pub(crate) insert: String,
    /// The rules' conditions as SQL, in the schema's order.
    pub(crate) rules: Vec<String>,
    /// Fields that were marked personal in a later schema than their first.
    pub(crate) marked: Marked,
    /// Reads what a commit adds to the register's measures; `None` where it has none.
    pub(crate) contributions: Option<String>,
}

/// One version of a register's schema.
#[derive(Clone, Debug)]
pub(crate) struct SchemaVersion {
    pub(crate) schema: Arc<Schema>,
    pub(crate) hash: Hash32,
}

/// A measure whose cells are kept.
#[derive(Clone, Debug)]
pub(crate) struct MeasureInfo {
    pub(crate) sql: MeasureSql,
    pub(crate) compiled: Arc<CompiledMeasure>,
    /// Canonical text of the measure, for proofs and the dictionary.
    pub(crate) definition: Measure,
}

impl MeasureInfo {
    /// Whether it is true on each day of an interval, rather than added up over days.
    pub(crate) fn is_level(&self) -> bool {
        matches!(self.compiled.time, CompiledTime::Stock { .. })
    }
}

/// A version of an indicator.
#[derive(Clone, Debug)]
pub(crate) struct IndicatorInfo {
    pub(crate) definition: Arc<Definition>,
    pub(crate) indicator: Arc<Indicator>,
    /// Position at which it became known.
    pub(crate) known_from: Seq,
    /// Indexes into `Catalog::measures`.
    pub(crate) num: OperandInfo,
    pub(crate) den: Option<OperandInfo>,
    /// Where the number of records behind it is found.
    pub(crate) records: RecordsIn,
}

/// Where the number of records behind an indicator is found. Every cell holds how many records it sums up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RecordsIn {
    /// The operands' cells: no record is in both.
    Operands,
    /// The denominator's cells: it holds every record of the numerator.
    Denominator,
    /// The cells of a measure of their own: records of either operand. Index into `Catalog::measures`.
    Union(usize),
    /// The rows, one by one.
    Rows,
}

/// One operand: its records, totals without a list beside them, and all records of its register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperandInfo {
    pub(crate) counted: usize,
    pub(crate) totals: Option<usize>,
    pub(crate) present: usize,
}

/// Everything declared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    registers: BTreeMap<String, RegisterInfo>,
    versions: HashMap<i64, SchemaVersion>,
    measures: Vec<MeasureInfo>,
    indicators: Vec<IndicatorInfo>,
}

impl Catalog {
    pub(crate) fn register(&self, id: &str) -> Option<&RegisterInfo> {
        self.registers.get(id)
    }

    pub(crate) fn register_no(&self, no: i64) -> Option<&RegisterInfo> {
        self.registers.values().find(|info| info.no == no)
    }

    pub(crate) fn registers(&self) -> impl Iterator<Item = &RegisterInfo> {
        self.registers.values()
    }

    pub(crate) fn measures(&self) -> &[MeasureInfo] {
        &self.measures
    }

    /// The measures that count records of register number `no`.
    pub(crate) fn measures_of(&self, no: i64) -> impl Iterator<Item = &MeasureInfo> {
        self.measures.iter().filter(move |measure| measure.sql.register == no)
    }

    pub(crate) fn measure(&self, at: usize) -> Result<&MeasureInfo, StoreError> {
        self.measures.get(at).ok_or_else(|| StoreError::Missing(format!("không có độ đo số {at}")))
    }

    /// All versions of all indicators, by id and version.
    pub(crate) fn indicators(&self) -> &[IndicatorInfo] {
        &self.indicators
    }

    /// A version of an indicator; without a version, the one current at `at`.
    pub(crate) fn indicator(&self, id: &str, version: Option<u32>, at: Seq) -> Option<&IndicatorInfo> {
        let of_id = self.indicators.iter().filter(|info| info.definition.id == id);
        match version {
            Some(version) => of_id.into_iter().find(|info| info.definition.version == version),
            // What was counted before its definition was written down is counted by the first definition.
            None => of_id
                .clone()
                .filter(|info| info.known_from <= at)
                .max_by_key(|info| info.definition.version)
                .or_else(|| of_id.min_by_key(|info| info.definition.version)),
        }
    }

    pub(crate) fn schema_version(&self, no: i64) -> Result<&Schema, StoreError> {
        let found = self.versions.get(&no).map(|version| version.schema.as_ref());
        found.ok_or_else(|| StoreError::Corrupt(format!("không có phiên bản khai báo số {no}")))
    }

    pub(crate) fn schema_hash(&self, no: i64) -> Result<Hash32, StoreError> {
        let found = self.versions.get(&no).map(|version| version.hash);
        found.ok_or_else(|| StoreError::Corrupt(format!("không có phiên bản khai báo số {no}")))
    }

    /// Every schema that there ever was, by its number.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = (i64, &Schema)> {
        self.versions.iter().map(|(no, version)| (*no, version.schema.as_ref()))
    }

    /// Reads everything from the tables.
    pub(crate) fn load(db: &Connection) -> Result<Self, StoreError> {
        let mut catalog = Self::default();
        catalog.load_registers(db)?;
        catalog.load_indicators(db)?;
        catalog.load_listed(db)?;
        for info in catalog.registers.values_mut() {
            let measures = catalog.measures.iter().map(|measure| &measure.sql);
            let own = measures.filter(|measure| measure.register == info.no);
            info.contributions = cells::commit::statement(&ddl::table(&info.schema.id), own);
        }
        Ok(catalog)
    }

    fn load_registers(&mut self, db: &Connection) -> Result<(), StoreError> {
        let mut statement = db.prepare(
            "SELECT register.no, schema_version.no, schema_version.hash, schema_version.text
             FROM schema_version JOIN register ON register.no = schema_version.register
             ORDER BY schema_version.no",
        )?;
        let (newest, mut in_use) = (declared_last(db)?, Vec::new());
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (no, schema_no): (i64, i64) = (row.get(0)?, row.get(1)?);
            let stored: Vec<u8> = row.get(2)?;
            let text: String = row.get(3)?;
            let schema = Arc::new(Schema::from_canonical(&text).map_err(|errors| said(&errors))?);
            let computed = schema_hash(&schema);
            if hash(&stored) != Some(computed) {
                return Err(StoreError::Corrupt(format!("khai báo sổ {} không khớp mã băm", schema.id)));
            }
            let marked = marked(self.registers.get(&schema.id), &schema);
            let info = RegisterInfo {
                no,
                schema_no,
                schema_hash: computed,
                columns: rows::columns(&schema, &marked),
                insert: rows::insert_sql(&schema, &marked),
                rules: rules(&schema)?,
                marked,
                contributions: None,
                schema: Arc::clone(&schema),
            };
            if newest.get(&schema.id) == Some(&computed) {
                in_use.push(info.clone());
            }
            self.registers.insert(schema.id.clone(), info);
            self.versions.insert(schema_no, SchemaVersion { schema, hash: computed });
        }
        self.registers.extend(in_use.into_iter().map(|info| (info.schema.id.clone(), info)));
        Ok(())
    }
}

/// Hash of the schema that each register was given last: it may be one that it had before, which keeps its number.
pub(crate) fn declared_last(db: &Connection) -> Result<BTreeMap<String, Hash32>, StoreError> {
    // Numbers of the fields of register `schema`.
    let (register, digest) = (ddl::column(1), ddl::column(3));
    let mut statement = db.prepare_cached(&format!(
        "SELECT {register}, {digest} FROM {} ORDER BY vid",
        ddl::table(system::SCHEMA)
    ))?;
    let mut rows = statement.query([])?;
    let mut last = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if let Some(hash) = hash(&row.get::<_, Vec<u8>>(1)?) {
            last.insert(row.get(0)?, hash);
        }
    }
    Ok(last)
}

/// Several errors as one.
pub(crate) fn said<E: std::fmt::Display>(errors: &[E]) -> StoreError {
    StoreError::Corrupt(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

/// The conditions of the rules as SQL, in the schema's order.
pub(crate) fn rules(schema: &Schema) -> Result<Vec<String>, StoreError> {
    schema
        .rule
        .iter()
        .map(|rule| {
            let condition = compile_condition(&rule.expr, schema).map_err(|error| {
                StoreError::Corrupt(format!("sổ {}, quy tắc {}: {error}", schema.id, rule.id))
            })?;
            Ok(dialect::sql(&condition))
        })
        .collect()
}

/// Fields that `schema` or a step before it marked personal though versions may hold them in clear.
pub(crate) fn marked(known: Option<&RegisterInfo>, schema: &Schema) -> Marked {
    let Some(known) = known else { return Marked::new() };
    known.marked.iter().copied().chain(newly_marked(&known.schema, schema)).collect()
}

/// Fields that the step from `known` to `schema` marks personal.
pub(crate) fn newly_marked<'s>(known: &'s Schema, schema: &'s Schema) -> impl Iterator<Item = u16> + 's {
    let plain_before = |no: u16| known.field_no(no).is_some_and(|before| !before.personal);
    let personal = schema.field.iter().filter(|field| field.personal).map(|field| field.no);
    personal.filter(move |no| plain_before(*no))
}

/// Makes a schema usable: its table, its row in `schema_version`. One that the register had before keeps its row.
pub(crate) fn install(db: &Connection, schema: &Schema, marked: &Marked, seq: u64) -> Result<(), StoreError> {
    db.prepare_cached("INSERT OR IGNORE INTO register (id) VALUES (?1)")?.execute([&schema.id])?;
    let no: i64 = db.query_row("SELECT no FROM register WHERE id = ?1", [&schema.id], |row| row.get(0))?;
    db.prepare_cached(
        "INSERT OR IGNORE INTO schema_version (register, seq, hash, text) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![no, seq, &schema_hash(schema).0[..], canonical_text(schema)])?;
    ddl::apply(db, schema, marked)
}
