//! The proof of one figure: its definition and schemas as recorded, the places, and the records behind it.

use std::collections::{BTreeMap, BTreeSet};

use mc_figure::claim::{FORMAT, FigureClaim, PlacesClaimed, RECORDS_MAX, RowsGiven, SchemaText};
use mc_figure::{Figure, Kind, TOTALS};
use mc_ledger::ProofFile;
use mc_port::{FigureError, FigureRequest, PlaceBasis};
use mc_register::canonical_text;

use super::wanted::Wanted;
use super::{ProofError, file, places};
use crate::StoreError;
use crate::catalog::{IndicatorInfo, MeasureInfo};
use crate::ddl::{column, table};
use crate::reader::Reader;
use crate::trace::behind;

/// What the rows behind a figure name.
#[derive(Default)]
struct Gathered {
    wanted: Wanted,
    rows: usize,
    /// Schema numbers by register.
    schemas: BTreeMap<String, BTreeSet<i64>>,
    places: BTreeSet<u32>,
    unplaced: bool,
}

impl Reader {
    /// The proof of a figure. Up to 10,000 records (totals included) are in it; beyond, only the entries
    /// of the commits that hold them, and the arithmetic cannot be checked offline.
    ///
    /// # Errors
    /// As for the figure itself; also where the newest checkpoint does not cover what it rests on yet.
    pub fn proof_of_figure(&self, request: &FigureRequest) -> Result<ProofFile, ProofError> {
        let request = &*self.pinned(request)?;
        let figure = self.figure(request)?;
        let at = request.at.unwrap_or(self.head().seq);
        let info = self
            .catalog
            .indicator(&request.indicator, request.version, at)
            .ok_or_else(|| FigureError::NoIndicator(request.indicator.clone()))?;
        if let Some(gathered) = self.gather(info, request)? {
            let (proof, redacted) = self.with_rows(info, request, &figure, gathered)?;
            // Beyond the limit of a file, and where a record was erased to its leaf hash, roots are all
            // there is.
            if redacted == 0
                && let Ok(proof) = file::bounded(proof)
            {
                return Ok(proof);
            }
        }
        self.with_roots(info, request, &figure)
    }

    fn with_rows(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        figure: &Figure,
        gathered: Gathered,
    ) -> Result<(ProofFile, usize), ProofError> {
        let Gathered { mut wanted, schemas, mut places, unplaced, .. } = gathered;
        let home = unplaced.then_some(self.instance().home.0);
        places.extend(home);
        let inside = places::want(self, request, &places, &mut wanted)?;
        let schemas = self.declarations(info, &schemas, &mut wanted)?;
        let claim = claim(info, request, figure, schemas);
        let claim = FigureClaim { rows: RowsGiven::All, inside, home, ..claim };
        file::make(self, &wanted, Some(claim.to_json()?))
    }

    fn with_roots(
        &self,
        info: &IndicatorInfo,
        request: &FigureRequest,
        figure: &Figure,
    ) -> Result<ProofFile, ProofError> {
        let mut wanted = Wanted::default();
        for measure in self.measures_behind(info)? {
            let Some(behind) = behind(&self.places, measure, request, figure.seq) else { continue };
            let sql = format!(
                "SELECT DISTINCT seq_from FROM {} WHERE {}",
                table(&behind.register),
                behind.condition
            );
            let mut statement = self.db()?.prepare_cached(&sql)?;
            for seq in statement.query_map([], |row| row.get::<_, u64>(0))? {
                wanted.entry(seq?);
            }
        }
        let inside = places::want(self, request, &BTreeSet::new(), &mut wanted)?;
        let schemas = self.declarations(info, &BTreeMap::new(), &mut wanted)?;
        let claim = claim(info, request, figure, schemas);
        let claim = FigureClaim { rows: RowsGiven::Roots, inside, ..claim };
        file::bounded(file::make(self, &wanted, Some(claim.to_json()?))?.0)
    }

    /// The measures of the figure, records before totals.
    fn measures_behind(&self, info: &IndicatorInfo) -> Result<Vec<&MeasureInfo>, StoreError> {
        let mut measures = Vec::new();
        for operand in [Some(info.num), info.den].into_iter().flatten() {
            measures.push(self.catalog.measure(operand.counted)?);
            if let Some(totals) = operand.totals.filter(|_| info.definition.kind != Kind::Scan) {
                measures.push(self.catalog.measure(totals)?);
            }
        }
        Ok(measures)
    }

    /// The rows behind numerator and denominator; `None` where there are more than a file holds.
    fn gather(&self, info: &IndicatorInfo, request: &FigureRequest) -> Result<Option<Gathered>, ProofError> {
        let seq = request.at.unwrap_or(self.head().seq).0;
        let mut gathered = Gathered::default();
        for measure in self.measures_behind(info)? {
            let Some(behind) = behind(&self.places, measure, request, seq) else { continue };
            let place = measure.compiled.place.map_or_else(|| "NULL".to_owned(), column);
            // One more than may be, to see that there are more.
            let sql = format!(
                "SELECT seq_from, leaf, schema, {place} FROM {} WHERE {} LIMIT {}",
                table(&behind.register),
                behind.condition,
                RECORDS_MAX + 1
            );
            let schemas = gathered.schemas.entry(behind.register.clone()).or_default();
            let mut statement = self.db()?.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                gathered.rows += usize::from(gathered.wanted.row(row.get(0)?, row.get(1)?));
                schemas.insert(row.get(2)?);
                match row.get::<_, Option<u32>>(3)? {
                    Some(place) => {
                        gathered.places.insert(place);
                    }
                    None => gathered.unplaced = true,
                }
            }
            if gathered.rows > RECORDS_MAX {
                return Ok(None);
            }
        }
        Ok(Some(gathered))
    }

    /// Wants the records of definition and schemas, and gives the schemas' texts: those that rows were
    /// written under, each register's current one last.
    fn declarations(
        &self,
        info: &IndicatorInfo,
        used: &BTreeMap<String, BTreeSet<i64>>,
        wanted: &mut Wanted,
    ) -> Result<Vec<SchemaText>, ProofError> {
        let definition = &info.definition;
        if !wanted.indicator(self, &definition.id, definition.version)? {
            let text = format!("không có bản ghi khai báo chỉ tiêu {}", definition.id);
            return Err(StoreError::Corrupt(text).into());
        }
        let mut registers = BTreeSet::from([definition.num.register.as_str()]);
        registers.extend(definition.den.iter().map(|den| den.register.as_str()));
        if info.num.totals.is_some() || info.den.is_some_and(|den| den.totals.is_some()) {
            registers.insert(TOTALS);
        }
        let mut texts = Vec::new();
        for register in registers {
            let Some(current) = self.catalog.register(register) else { continue };
            let older = used.get(register).into_iter().flatten().filter(|no| **no != current.schema_no);
            for no in older.chain([&current.schema_no]) {
                wanted.schema(self, register, self.catalog.schema_hash(*no)?)?;
                let text = canonical_text(self.catalog.schema_version(*no)?);
                texts.push(SchemaText { register: register.to_owned(), text });
            }
        }
        Ok(texts)
    }
}

/// The claim, but for the rows and places that come with it.
fn claim(
    info: &IndicatorInfo,
    request: &FigureRequest,
    figure: &Figure,
    schemas: Vec<SchemaText>,
) -> FigureClaim {
    FigureClaim {
        format: FORMAT.to_owned(),
        indicator: figure.id.clone(),
        version: figure.version,
        place: request.place.0,
        place_code: figure.place.clone(),
        places: match request.places {
            PlaceBasis::Now => PlacesClaimed::Now,
            PlaceBasis::Then => PlacesClaimed::Then,
        },
        period: figure.period.clone(),
        today: request.today.to_string(),
        seq: figure.seq,
        value: figure.value.clone(),
        num: figure.num.clone(),
        den: figure.den.clone(),
        basis: figure.basis,
        listed: figure.listed.clone(),
        records: figure.records,
        rows: RowsGiven::Roots,
        inside: Vec::new(),
        home: None,
        definition: mc_figure::canonical_text(&info.definition),
        schemas,
    }
}
