//! What every instance begins with: declarations, places and agencies, each a commit of its own.

use std::collections::BTreeMap;

use anyhow::{Context as _, anyhow};
use mc_access::{Actor, Role};
use mc_base::{AgencyId, Day, PlaceId};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::{CommitRequest, EditRequest, declare_indicator, declare_schema, record};
use mc_reference::{AgencyRow, PlaceRow, SuccessionRow};
use mc_register::{Edit, Schema, system};
use mc_sqlite::Writer;

/// Official codes that were in use before any that we know of are dated from here.
const CODES_SINCE: (i16, i8, i8) = (2004, 7, 8);

/// The registers and indicators that the twelve programmes declare.
pub struct Declared {
    /// Registers.
    pub schemas: Vec<Schema>,
    /// Indicators.
    pub definitions: Vec<Definition>,
}

/// Reads and checks all declarations compiled into the binary.
pub fn declared() -> anyhow::Result<Declared> {
    let mut schemas = Vec::new();
    let mut definitions = Vec::new();
    for programme in mc_programmes::all() {
        for file in programme.registers() {
            let schema = Schema::from_toml(file.text)
                .map_err(|errors| anyhow!(said(&errors)))
                .with_context(|| format!("{}/{}", programme.id(), file.path))?;
            schemas.push(schema);
        }
        for file in programme.indicators() {
            let definition = Definition::from_toml(file.text)
                .with_context(|| format!("{}/{}", programme.id(), file.path))?;
            definitions.push(definition);
        }
    }
    Ok(Declared { schemas, definitions })
}

/// Several errors as lines.
pub fn said<E: std::fmt::Display>(errors: &[E]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Commits declarations, places and the agencies of `agency_codes` (provinces, or `MH`).
pub fn found(writer: &mut Writer, declared: &Declared, agency_codes: &[&str]) -> anyhow::Result<()> {
    schemas(writer, declared)?;
    places(writer)?;
    agencies(writer, agency_codes)?;
    let schema = schema(writer, system::INDICATOR)?;
    let edits =
        declared.definitions.iter().map(|definition| declare_indicator(&schema, definition)).collect();
    commit(writer, "Khai báo các chỉ tiêu của mười hai chương trình", edits)
}

fn schemas(writer: &mut Writer, declared: &Declared) -> anyhow::Result<()> {
    let schema = schema(writer, system::SCHEMA)?;
    let system = system::schemas().map_err(|errors| anyhow!(said(&errors)))?;
    let edits = system.iter().chain(&declared.schemas).map(|one| declare_schema(&schema, one, 1)).collect();
    commit(writer, "Khai báo các sổ hệ thống và sổ của mười hai chương trình", edits)
}

fn schema(writer: &Writer, register: &str) -> anyhow::Result<std::sync::Arc<Schema>> {
    writer.schema(register).ok_or_else(|| anyhow!("thiếu sổ hệ thống {register}"))
}

fn commit(writer: &mut Writer, reason: &str, edits: Vec<EditRequest>) -> anyhow::Result<()> {
    let request = CommitRequest {
        actor: Actor { role: Role::Administrator, ..Actor::operator() },
        source: "Dữ liệu gốc đi kèm chương trình".to_owned(),
        reason: reason.to_owned(),
        idempotency_key: String::new(),
        edits,
    };
    writer.commit(&request).map(|_| ()).with_context(|| reason.to_owned())
}

fn places(writer: &mut Writer) -> anyhow::Result<()> {
    let rows = mc_reference::places()?;
    let since = Day::new(CODES_SINCE.0, CODES_SINCE.1, CODES_SINCE.2);
    let place = schema(writer, system::PLACE)?;
    let edits = rows.iter().map(|row| insert(system::PLACE, place_record(&place, row))).collect();
    commit(writer, "Các địa bàn: 34 tỉnh, 3.321 xã, phường, đặc khu và các đơn vị trước sáp nhập", edits)?;
    let code = schema(writer, system::PLACE_CODE)?;
    let edits = rows
        .iter()
        .filter_map(|row| {
            let values = [
                ("place", Value::Place(row.place)),
                ("code", Value::Code(row.code?.to_owned())),
                ("valid_from", day(row.valid_from.or(since))),
                ("valid_until", day(row.valid_until)),
            ];
            Some(insert(system::PLACE_CODE, record(&code, values)))
        })
        .collect();
    commit(writer, "Mã chính thức của các địa bàn và thời gian dùng mã", edits)?;
    let parent = schema(writer, system::PLACE_PARENT)?;
    let edits = rows
        .iter()
        .filter_map(|row| {
            let values = [
                ("place", Value::Place(row.place)),
                ("parent", Value::Place(row.parent?)),
                ("valid_from", day(row.valid_from.or(since))),
                ("valid_until", day(row.valid_until)),
            ];
            Some(insert(system::PLACE_PARENT, record(&parent, values)))
        })
        .collect();
    commit(writer, "Địa bàn thuộc địa bàn nào", edits)?;
    let succession = schema(writer, system::SUCCESSION)?;
    let edits = mc_reference::successions()?
        .iter()
        .map(|row| insert(system::SUCCESSION, succession_record(&succession, row)))
        .collect();
    commit(writer, "Địa bàn cũ nhập vào địa bàn mới", edits)
}

fn insert(register: &str, record: mc_register::Record) -> EditRequest {
    EditRequest { register: register.to_owned(), edit: Edit::Insert { record } }
}

fn day(day: Option<Day>) -> Value {
    day.map_or(Value::Null, Value::Day)
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
}

fn place_record(schema: &Schema, row: &PlaceRow) -> mc_register::Record {
    record(
        schema,
        [
            ("place_no", Value::Int(i64::from(row.place.0))),
            ("kind", Value::Code(row.kind.id().to_owned())),
            ("type_word", row.type_word.map_or(Value::Null, |word| Value::Code(word.id().to_owned()))),
            ("name", Value::Text(row.name.to_owned())),
            ("valid_from", day(row.valid_from)),
            ("valid_until", day(row.valid_until)),
            ("centre", row.centre.map_or(Value::Null, Value::Point)),
            ("area_ha", row.area_ha.map_or(Value::Null, |area| Value::Int(i64::from(area)))),
            ("illustrative", Value::Bool(row.illustrative)),
        ],
    )
}

fn succession_record(schema: &Schema, row: &SuccessionRow) -> mc_register::Record {
    record(
        schema,
        [
            ("old_place", Value::Place(row.old_place)),
            ("new_place", Value::Place(row.new_place)),
            ("extent", Value::Code(row.extent.id().to_owned())),
            ("day", Value::Day(row.day)),
            ("document", text(row.document)),
        ],
    )
}

fn agencies(writer: &mut Writer, codes: &[&str]) -> anyhow::Result<()> {
    let mut rows: BTreeMap<AgencyId, AgencyRow> = BTreeMap::new();
    let mut former = Vec::new();
    for code in codes {
        rows.extend(mc_reference::agencies(code)?.into_iter().map(|row| (row.agency.clone(), row)));
        former.extend(mc_reference::former_agencies(code)?);
    }
    let agency = schema(writer, system::AGENCY)?;
    let present = rows.values().map(|row| (row, None));
    let all: Vec<(&AgencyRow, Option<Day>)> =
        present.chain(former.iter().map(|old| (&old.row, Some(old.until)))).collect();
    let edits = all.iter().map(|(row, until)| insert(system::AGENCY, agency_record(&agency, row, *until)));
    commit(writer, "Các cơ quan theo chức năng", edits.collect())?;
    let parent = schema(writer, system::AGENCY_PARENT)?;
    let edits = all
        .iter()
        .filter_map(|(row, until)| {
            let values = [
                ("agency", Value::Agency(row.agency.clone())),
                ("parent", Value::Agency(row.parent.clone()?)),
                ("valid_from", day(stands_since(row))),
                ("valid_until", day(*until)),
            ];
            Some(insert(system::AGENCY_PARENT, record(&parent, values)))
        })
        .collect();
    commit(writer, "Cơ quan thuộc cơ quan nào", edits)?;
    if former.is_empty() {
        return Ok(());
    }
    let succession = schema(writer, system::AGENCY_SUCCESSION)?;
    let edges = former.iter().flat_map(|old| old.into.iter().map(move |new| (old, new)));
    let edits = edges.map(|(old, new)| {
        let values = [
            ("old_agency", Value::Agency(old.row.agency.clone())),
            ("new_agency", Value::Agency(new.clone())),
            ("extent", Value::Code(old.extent().id().to_owned())),
            ("day", Value::Day(old.until)),
        ];
        insert(system::AGENCY_SUCCESSION, record(&succession, values))
    });
    commit(writer, "Cơ quan cũ nhập vào cơ quan mới", edits.collect())
}

fn agency_record(schema: &Schema, row: &AgencyRow, until: Option<Day>) -> mc_register::Record {
    record(
        schema,
        [
            ("agency", Value::Code(row.agency.0.clone())),
            ("name", Value::Text(row.name.clone())),
            ("abbreviation", text(row.abbreviation.as_deref().unwrap_or_default())),
            ("other_names", text(&row.other_names.join("; "))),
            ("function", text(row.function)),
            ("level", Value::Code(row.level.id().to_owned())),
            ("place", Value::Place(row.place)),
            ("valid_until", day(until)),
            ("illustrative", Value::Bool(row.illustrative)),
        ],
    )
}

/// From when an agency stands under its parent: in a province of the two-level government since its first day, in the
/// invented one as long as anybody knows.
fn stands_since(row: &AgencyRow) -> Option<Day> {
    if row.illustrative { Day::new(1900, 1, 1) } else { Day::new(2025, 7, 1) }
}

/// The province that has `code` today.
pub fn province(code: &str) -> anyhow::Result<PlaceId> {
    let rows = mc_reference::places()?;
    let found = rows.iter().find(|row| {
        row.code.is_some_and(|known| known.eq_ignore_ascii_case(code))
            && row.kind.id() == "province"
            && row.valid_until.is_none()
    });
    found.map(|row| row.place).ok_or_else(|| {
        anyhow!("Không có tỉnh, thành phố nào mang mã “{code}”; mã gồm hai chữ số, ví dụ 15 là Lào Cai.")
    })
}
