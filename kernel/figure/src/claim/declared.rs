//! Definition and schemas of a claim: as texts, and as recorded.

use std::collections::{BTreeMap, HashSet};

use mc_base::{Hash32, Seq};
use mc_ledger::{Act, RowLeaf, Value};
use mc_register::{Schema, system};

use super::{ClaimFault, FigureClaim, RecordedRow};
use crate::Indicator;
use crate::definition::Definition;
use crate::indicator::{canonical_text, check};
use crate::measure::CompiledMeasure;
use crate::totals::{TOTALS, totals_of};

/// The declarations of a claim, read and compiled.
pub(super) struct Declared {
    pub(super) indicator: Indicator,
    /// Totals beside the numerator and the denominator.
    pub(super) totals: [Option<CompiledMeasure>; 2],
    /// Schemas by register, all versions given.
    pub(super) hashes: BTreeMap<String, HashSet<Hash32>>,
    /// The commit that recorded the definition.
    pub(super) declared_at: Seq,
}

/// A system register's own schema; field numbers never change, so it reads rows of every version.
pub(super) fn system_schema(register: &str) -> Option<Schema> {
    let (_, text) = system::TEXTS.iter().find(|(id, _)| *id == register)?;
    Schema::from_toml(text).ok()
}

/// The value of a field by its id.
pub(super) fn value<'l>(schema: &Schema, leaf: &'l RowLeaf, field: &str) -> Option<&'l Value> {
    leaf.field_value(schema.field(field)?.no)
}

/// The open rows of one register.
pub(super) fn open_rows<'r, 'a>(
    rows: &'r [RecordedRow<'a>],
    register: &'r str,
) -> impl Iterator<Item = &'r RecordedRow<'a>> {
    rows.iter().filter(move |row| row.leaf.act == Act::Open && row.leaf.register == register)
}

/// Reads what the claim declares and looks for it among the rows.
pub(super) fn read(claim: &FigureClaim, rows: &[RecordedRow<'_>]) -> Result<Declared, Vec<ClaimFault>> {
    let definition = definition(claim).map_err(|fault| vec![fault])?;
    let declared_at = recorded_definition(claim, rows).ok_or_else(|| {
        vec![ClaimFault::DefinitionNotRecorded { indicator: claim.indicator.clone(), version: claim.version }]
    })?;
    let schemas = Schemas::read(claim)?;
    let unrecorded = schemas.unrecorded(rows);
    if !unrecorded.is_empty() {
        return Err(unrecorded);
    }
    let find = |id: &str| schemas.latest.get(id);
    let refused = |error| ClaimFault::Definition(Box::new(error));
    let indicator =
        check(&definition, &find).map_err(|errors| errors.into_iter().map(refused).collect::<Vec<_>>())?;
    let totals =
        |measure: Option<&crate::Measure>| match (schemas.latest.get(TOTALS), measure.and_then(totals_of)) {
            (Some(schema), Some(measure)) => {
                CompiledMeasure::new(&measure, schema).map(Some).map_err(|e| vec![refused(e)])
            }
            _ => Ok(None),
        };
    let totals = [totals(Some(&definition.num))?, totals(definition.den.as_ref())?];
    Ok(Declared { indicator, totals, hashes: schemas.hashes, declared_at })
}

fn definition(claim: &FigureClaim) -> Result<Definition, ClaimFault> {
    let definition: Definition =
        serde_json::from_str(&claim.definition).map_err(|_| ClaimFault::DefinitionText)?;
    if canonical_text(&definition) != claim.definition {
        return Err(ClaimFault::DefinitionText);
    }
    if definition.id != claim.indicator || definition.version != claim.version {
        return Err(ClaimFault::OtherDefinition {
            found: definition.id,
            found_version: definition.version,
            expected: claim.indicator.clone(),
            expected_version: claim.version,
        });
    }
    Ok(definition)
}

fn recorded_definition(claim: &FigureClaim, rows: &[RecordedRow<'_>]) -> Option<Seq> {
    let schema = system_schema(system::INDICATOR)?;
    let text = Value::Text(claim.definition.clone());
    open_rows(rows, system::INDICATOR)
        .find(|row| {
            value(&schema, row.leaf, "indicator") == Some(&Value::Code(claim.indicator.clone()))
                && value(&schema, row.leaf, "version") == Some(&Value::Int(i64::from(claim.version)))
                && value(&schema, row.leaf, "definition") == Some(&text)
        })
        .map(|row| row.seq)
}

/// The schemas of a claim.
struct Schemas {
    /// The last one given of each register.
    latest: BTreeMap<String, Schema>,
    hashes: BTreeMap<String, HashSet<Hash32>>,
}

impl Schemas {
    fn read(claim: &FigureClaim) -> Result<Self, Vec<ClaimFault>> {
        let mut schemas = Self { latest: BTreeMap::new(), hashes: BTreeMap::new() };
        for given in &claim.schemas {
            let refuse =
                |reason: String| vec![ClaimFault::Schema { register: given.register.clone(), reason }];
            let schema = Schema::from_canonical(&given.text).map_err(|errors| {
                refuse(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
            })?;
            if schema.id != given.register {
                return Err(refuse(format!("khai báo là của sổ “{}”", schema.id)));
            }
            let hash = mc_register::hash_of_text(&given.text);
            schemas.hashes.entry(schema.id.clone()).or_default().insert(hash);
            schemas.latest.insert(schema.id.clone(), schema);
        }
        Ok(schemas)
    }

    /// The schemas in use that neither a declaration among the rows nor the program itself vouches for. A
    /// schema that a row names by its hash needs no more: whoever wrote the row wrote it under that
    /// schema.
    fn unrecorded(&self, rows: &[RecordedRow<'_>]) -> Vec<ClaimFault> {
        let declarations = system_schema(system::SCHEMA);
        let declared: HashSet<Hash32> = open_rows(rows, system::SCHEMA)
            .filter_map(|row| match value(declarations.as_ref()?, row.leaf, "declaration") {
                Some(Value::Text(text)) => Some(mc_register::hash_of_text(text)),
                _ => None,
            })
            .collect();
        let named: HashSet<(&str, Hash32)> =
            rows.iter().map(|row| (row.leaf.register.as_str(), row.leaf.schema)).collect();
        self.latest
            .values()
            .filter(|schema| {
                let hash = mc_register::schema_hash(schema);
                let built_in = system_schema(&schema.id).is_some_and(|own| own == **schema);
                !declared.contains(&hash) && !named.contains(&(schema.id.as_str(), hash)) && !built_in
            })
            .map(|schema| ClaimFault::SchemaNotRecorded { register: schema.id.clone() })
            .collect()
    }
}
