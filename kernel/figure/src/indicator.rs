//! Indicators: reading, checking, and the form that the ledger keeps.

use mc_base::Hash32;
use mc_ledger::hash::sha256_parts;
use mc_register::{FieldType, Schema};

use crate::definition::{Definition, Kind};
use crate::error::DefinitionError;
use crate::measure::CompiledMeasure;
use crate::scan::{Scan, compile_scan};
use crate::share;

/// Longest declaration, in bytes.
pub const TEXT_MAX: usize = 65_536;
/// Tag of [`definition_hash`].
pub const DEFINITION_TAG: &[u8] = b"minhchung/indicator/v1\0";

/// A cut that both measures of a ratio declare (or the one measure).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommonCut {
    /// Field ids joined by `+`.
    pub name: String,
    /// Its index among the cuts of `num`.
    pub num: usize,
    /// Its index among the cuts of `den`.
    pub den: Option<usize>,
}

/// A definition that was checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Indicator {
    /// What was declared.
    pub definition: Definition,
    /// Numerator, or the measure itself.
    pub num: CompiledMeasure,
    /// Denominator of a ratio.
    pub den: Option<CompiledMeasure>,
    /// Cuts by which it may be split.
    pub cuts: Vec<CommonCut>,
    /// The statistic of a scan.
    pub scan: Option<Scan>,
    /// The `agency` field of `num`'s register whose agencies are expected to report.
    pub reported_by: Option<u16>,
    /// Hash of the canonical text.
    pub hash: Hash32,
}

impl Definition {
    /// Reads a declaration in TOML.
    ///
    /// # Errors
    /// Where the text is too long or no declaration.
    pub fn from_toml(text: &str) -> Result<Self, DefinitionError> {
        if text.len() > TEXT_MAX {
            return Err(DefinitionError::TooLong { found: text.len(), most: TEXT_MAX });
        }
        toml::from_str(text)
            .map_err(|error| DefinitionError::Unreadable { message: error.to_string().trim_end().to_owned() })
    }
}

/// The declaration as compact JSON, members in the order of [`Definition`], settings at their default left
/// out.
#[must_use]
pub fn canonical_text(definition: &Definition) -> String {
    // Writing these plain types to a string cannot fail.
    serde_json::to_string(definition).unwrap_or_default()
}

/// SHA-256 of the tag `minhchung/indicator/v1`, one zero byte and the canonical text.
#[must_use]
pub fn definition_hash(definition: &Definition) -> Hash32 {
    hash_of_text(&canonical_text(definition))
}

/// [`definition_hash`] of a canonical text as read from the ledger.
#[must_use]
pub fn hash_of_text(canonical: &str) -> Hash32 {
    sha256_parts(&[DEFINITION_TAG, canonical.as_bytes()])
}

/// Checks a definition against the registers that `schema` finds by id.
///
/// # Errors
/// Every reason found.
pub fn check<'a>(
    definition: &Definition,
    schema: &dyn Fn(&str) -> Option<&'a Schema>,
) -> Result<Indicator, Vec<DefinitionError>> {
    let mut errors = settings(definition);
    let mut compiled = |measure: &crate::definition::Measure| match schema(&measure.register) {
        Some(schema) => CompiledMeasure::new(measure, schema).map_err(|error| errors.push(error)).ok(),
        None => {
            errors.push(DefinitionError::UnknownRegister {
                measure: measure.id.clone(),
                register: measure.register.clone(),
            });
            None
        }
    };
    let num = compiled(&definition.num);
    let den = definition.den.as_ref().and_then(&mut compiled);
    let (scan, reported_by) = match schema(&definition.num.register) {
        Some(schema) => (scan(definition, schema, &mut errors), reporters(definition, schema, &mut errors)),
        None => (None, None),
    };
    if let (true, Some(num), Some(den)) = (definition.share, &num, &den)
        && let Some(schema) = schema(&num.register)
        && let Some(reason) = share::objection(num, den, schema)
    {
        errors.push(DefinitionError::Share { indicator: definition.id.clone(), reason });
    }
    match num {
        Some(num) if errors.is_empty() => Ok(Indicator {
            hash: definition_hash(definition),
            // A statistic over records is no sum over the parts of a cut, and cells keep sums only.
            cuts: if scan.is_some() { Vec::new() } else { common_cuts(&num, den.as_ref()) },
            definition: definition.clone(),
            num,
            den,
            scan,
            reported_by,
        }),
        _ => Err(errors),
    }
}

/// Checks a set of definitions that are to live together: also that ids and slugs are unique and that
/// measures of one id are one measure.
///
/// # Errors
/// Every reason found.
pub fn check_all<'a>(
    definitions: &[Definition],
    schema: &dyn Fn(&str) -> Option<&'a Schema>,
) -> Result<Vec<Indicator>, Vec<DefinitionError>> {
    let mut errors = Vec::new();
    let mut indicators = Vec::with_capacity(definitions.len());
    for (index, definition) in definitions.iter().enumerate() {
        let earlier = definitions.get(..index).unwrap_or_default();
        errors.extend(twice(definition, earlier));
        match check(definition, schema) {
            Ok(indicator) => indicators.push(indicator),
            Err(more) => errors.extend(more),
        }
    }
    if errors.is_empty() { Ok(indicators) } else { Err(errors) }
}

fn twice(definition: &Definition, earlier: &[Definition]) -> Vec<DefinitionError> {
    let mut errors = Vec::new();
    let mut refuse = |what, id: &str| errors.push(DefinitionError::Twice { what, id: id.to_owned() });
    if earlier.iter().any(|other| other.id == definition.id && other.version == definition.version) {
        refuse("chỉ tiêu", &definition.id);
    }
    if earlier.iter().any(|other| other.slug == definition.slug && other.id != definition.id) {
        refuse("đường dẫn (slug)", &definition.slug);
    }
    let measures = |of: &'_ Definition| [Some(of.num.clone()), of.den.clone()];
    for measure in measures(definition).into_iter().flatten() {
        let differs = |other: &Definition| {
            measures(other).into_iter().flatten().any(|other| other.id == measure.id && other != measure)
        };
        if differs(definition) || earlier.iter().any(differs) {
            refuse("độ đo", &measure.id);
        }
    }
    errors
}

fn settings(definition: &Definition) -> Vec<DefinitionError> {
    let mut errors = Vec::new();
    let mut refuse = |setting, found: &str, expected| {
        errors.push(DefinitionError::Setting {
            indicator: definition.id.clone(),
            setting,
            found: found.chars().take(60).collect(),
            expected,
        });
    };
    if !is_name(&definition.id, '_') {
        refuse(
            "id",
            &definition.id,
            "chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, nhiều nhất 64 ký tự",
        );
    }
    if !is_name(&definition.slug, '-') {
        refuse(
            "slug",
            &definition.slug,
            "chữ thường không dấu, số và gạch nối, bắt đầu bằng chữ, nhiều nhất 64 ký tự",
        );
    }
    for measure in [Some(&definition.num), definition.den.as_ref()].into_iter().flatten() {
        if !is_name(&measure.id, '_') {
            refuse("id của độ đo", &measure.id, "chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ");
        }
    }
    if definition.version == 0 {
        refuse("version", "0", "một số từ 1");
    }
    let percent = definition.kind == Kind::Ratio && definition.unit.vi == "%";
    let (most, expected) = if percent { (4, "từ 0 đến 4") } else { (6, "từ 0 đến 6") };
    if definition.decimals > most {
        refuse("decimals", &definition.decimals.to_string(), expected);
    }
    if definition.title.vi.trim().is_empty() || definition.unit.vi.trim().is_empty() {
        refuse("title hoặc unit", "", "tên và đơn vị tính bằng tiếng Việt");
    }
    let given = |given: bool| if given { "có" } else { "không có" };
    let ratio = definition.kind == Kind::Ratio;
    if ratio != definition.den.is_some() {
        refuse("den", given(definition.den.is_some()), "mẫu số den ở chỉ tiêu kind = \"ratio\", và chỉ ở đó");
    }
    if (definition.kind == Kind::Scan) != definition.scan.is_some() {
        refuse("scan", given(definition.scan.is_some()), "scan ở chỉ tiêu kind = \"scan\", và chỉ ở đó");
    }
    if definition.share && !ratio {
        refuse("share", "true", "kind = \"ratio\"");
    }
    errors
}

fn is_name(text: &str, joiner: char) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joiner)
}

fn scan(definition: &Definition, schema: &Schema, errors: &mut Vec<DefinitionError>) -> Option<Scan> {
    let text = definition.scan.as_ref()?;
    match compile_scan(text, schema) {
        Some(Ok(scan)) => return Some(scan),
        Some(Err(source)) => errors.push(DefinitionError::Expression {
            measure: definition.num.id.clone(),
            part: "phép quét (scan)",
            source: Box::new(source),
        }),
        None => errors.push(DefinitionError::Setting {
            indicator: definition.id.clone(),
            setting: "scan",
            found: text.chars().take(60).collect(),
            expected: "distinct(trường), median(biểu thức) hoặc p90(biểu thức)",
        }),
    }
    None
}

fn reporters(definition: &Definition, schema: &Schema, errors: &mut Vec<DefinitionError>) -> Option<u16> {
    let id = definition.reported_by.as_ref()?;
    let field = schema.field.iter().find(|field| field.id == *id && field.kind == FieldType::Agency);
    if field.is_none() {
        errors.push(DefinitionError::Setting {
            indicator: definition.id.clone(),
            setting: "reported_by",
            found: id.clone(),
            expected: "một trường kiểu agency của sổ ở num",
        });
    }
    field.map(|field| field.no)
}

fn common_cuts(num: &CompiledMeasure, den: Option<&CompiledMeasure>) -> Vec<CommonCut> {
    let index_in =
        |measure: &CompiledMeasure, name: &str| measure.cuts.iter().position(|cut| cut.name == name);
    num.cuts
        .iter()
        .enumerate()
        .filter_map(|(index, cut)| {
            let den = match den {
                Some(den) => Some(index_in(den, &cut.name)?),
                None => None,
            };
            Some(CommonCut { name: cut.name.clone(), num: index, den })
        })
        .collect()
}
