//! A small world of ours: four registers, seven indicators, a province with communes old and new, two
//! agencies.

use mc_access::Actor;
use mc_base::{AgencyId, Day, Hash32, Instant, PlaceId, Scaled, Seq};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::{CommitRequest, EditRequest, SavedCheck, declare_indicator, declare_schema};
use mc_register::{Edit, Record, Schema, parse_canonical, system};

/// "Việt Nam": the root.
pub const ROOT: PlaceId = PlaceId(1);
/// The province at home, under the root.
pub const PROVINCE: PlaceId = PlaceId(2);
/// Three communes of the province.
pub const COMMUNES: [PlaceId; 3] = [PlaceId(3), PlaceId(4), PlaceId(5)];
/// A commune that no longer exists; stories say into which it went.
pub const OLD_COMMUNE: PlaceId = PlaceId(6);
/// Another one.
pub const OLD_COMMUNE_2: PlaceId = PlaceId(7);
/// A province that no longer exists.
pub const OLD_PROVINCE: PlaceId = PlaceId(8);
/// A commune of the old province, which no longer exists either.
pub const FAR_COMMUNE: PlaceId = PlaceId(9);
/// All places.
pub const PLACES: [PlaceId; 9] = [
    ROOT,
    PROVINCE,
    COMMUNES[0],
    COMMUNES[1],
    COMMUNES[2],
    OLD_COMMUNE,
    OLD_COMMUNE_2,
    OLD_PROVINCE,
    FAR_COMMUNE,
];
/// The day of the mergers.
pub const MERGER: &str = "2025-07-01";

const REGISTERS: [&str; 5] = [
    include_str!("../registers/site.toml"),
    include_str!("../registers/mast.toml"),
    include_str!("../registers/plot.toml"),
    include_str!("../registers/outlay.toml"),
    include_str!("../registers/total.toml"),
];

const INDICATORS: [&str; 7] = [
    include_str!("../indicators/masts.toml"),
    include_str!("../indicators/mast_height.toml"),
    include_str!("../indicators/plots_good_rate.toml"),
    include_str!("../indicators/plot_area.toml"),
    include_str!("../indicators/outlays.toml"),
    include_str!("../indicators/outlays_in_period.toml"),
    include_str!("../indicators/outlay_digital_share.toml"),
];

/// The registers, in the order in which they are declared.
#[must_use]
pub fn registers() -> Vec<Schema> {
    REGISTERS.iter().map(|text| Schema::from_toml(text).expect("a register of the small world")).collect()
}

/// One register by id, system registers included.
#[must_use]
pub fn register(id: &str) -> Schema {
    let own = registers().into_iter().find(|schema| schema.id == id);
    let found = own.or_else(|| system::schemas().ok()?.into_iter().find(|schema| schema.id == id));
    found.unwrap_or_else(|| panic!("the small world has no register {id}"))
}

/// The indicators.
#[must_use]
pub fn indicators() -> Vec<Definition> {
    INDICATORS.iter().map(|text| Definition::from_toml(text).expect("an indicator")).collect()
}

/// The instant at which the story begins: 1 July 2025, 08:00 in UTC+7.
#[must_use]
pub fn dawn() -> Instant {
    Instant(Instant::start_of(day("2025-07-01")).0 + 8 * 3_600_000)
}

/// A day out of its ISO text.
#[must_use]
pub fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day")
}

/// A request of the operator without idempotency key.
#[must_use]
pub fn request(edits: Vec<EditRequest>) -> CommitRequest {
    CommitRequest {
        actor: Actor::operator(),
        source: "câu chuyện thử".to_owned(),
        reason: "kiểm thử".to_owned(),
        idempotency_key: String::new(),
        edits,
    }
}

/// The commits that found the small world, in order: places and agencies, registers, indicators.
#[must_use]
pub fn founding() -> Vec<CommitRequest> {
    let schema_register = register(system::SCHEMA);
    let indicator_register = register(system::INDICATOR);
    let mut schemas = system::schemas().expect("the system registers");
    schemas.extend(registers());
    let schemas = schemas.iter().map(|schema| declare_schema(&schema_register, schema, 1)).collect();
    let indicators = indicators().iter().map(|it| declare_indicator(&indicator_register, it)).collect();
    let mut places = places();
    places.extend(agencies());
    vec![request(schemas), request(places), request(indicators)]
}

fn places() -> Vec<EditRequest> {
    let rows = [
        (ROOT, "country", "", "Việt Nam", "", "VN", None),
        (PROVINCE, "province", "tinh", "Thử Nghiệm", "", "15", Some(ROOT)),
        (COMMUNES[0], "commune", "xa", "Bình An", "", "02647", Some(PROVINCE)),
        (COMMUNES[1], "commune", "xa", "Hòa Lạc", "", "02650", Some(PROVINCE)),
        (COMMUNES[2], "commune", "phuong", "Thủy Tú", "", "02653", Some(PROVINCE)),
        (OLD_COMMUNE, "old_commune", "xa", "Bình Cũ", MERGER, "02001", Some(PROVINCE)),
        (OLD_COMMUNE_2, "old_commune", "xa", "Hòa Cũ", MERGER, "02002", Some(PROVINCE)),
        (OLD_PROVINCE, "old_province", "tinh", "Tỉnh Cũ", MERGER, "99", Some(ROOT)),
        (FAR_COMMUNE, "old_commune", "xa", "Xa Xưa", MERGER, "09901", Some(OLD_PROVINCE)),
    ];
    let mut edits = Vec::new();
    for (place, kind, word, name, until, code, parent) in rows {
        let id = place.to_string();
        edits.push(insert(
            "place",
            &[("place_no", &id), ("kind", kind), ("type_word", word), ("name", name), ("valid_until", until)],
        ));
        edits.push(insert(
            "place_code",
            &[("place", &id), ("code", code), ("valid_from", "1900-01-01"), ("valid_until", until)],
        ));
        if let Some(parent) = parent {
            let parent = parent.to_string();
            edits.push(insert(
                "place_parent",
                &[("place", &id), ("parent", &parent), ("valid_from", "1900-01-01"), ("valid_until", until)],
            ));
        }
    }
    edits
}

fn agencies() -> Vec<EditRequest> {
    [("so-thu", "Sở Thử nghiệm", "province"), ("ubnd-binh-an", "Ủy ban nhân dân xã Bình An", "commune")]
        .iter()
        .map(|(id, name, level)| insert("agency", &[("agency", id), ("name", name), ("level", level)]))
        .collect()
}

/// The edit that says that `old` went into `new` on the day of the mergers.
#[must_use]
pub fn succession(old: PlaceId, new: PlaceId, whole: bool) -> EditRequest {
    let extent = if whole { "whole" } else { "partial" };
    let (old, new) = (old.to_string(), new.to_string());
    insert("succession", &[("old_place", &old), ("new_place", &new), ("extent", extent), ("day", MERGER)])
}

/// A record out of canonical texts by field id; an empty text is not stated.
#[must_use]
pub fn record(register: &str, values: &[(&str, &str)]) -> Record {
    record_of(&self::register(register), values)
}

/// As [`record`], for a schema of the story's own.
#[must_use]
pub fn record_of(schema: &Schema, values: &[(&str, &str)]) -> Record {
    let mut record = Record::new();
    for (id, text) in values.iter().filter(|(_, text)| !text.is_empty()) {
        let field = schema.field(id).unwrap_or_else(|| panic!("{} has no field {id}", schema.id));
        let value = parse_canonical(field, text).unwrap_or_else(|| panic!("{id} is not {text}"));
        record.set(field.no, value);
    }
    record
}

/// The insertion of a record.
#[must_use]
pub fn insert(register: &str, values: &[(&str, &str)]) -> EditRequest {
    inserted(register, record(register, values))
}

/// The insertion of a record made before.
#[must_use]
pub fn inserted(register: &str, record: Record) -> EditRequest {
    EditRequest { register: register.to_owned(), edit: Edit::Insert { record } }
}

/// The correction of a record.
#[must_use]
pub fn correct(register: &str, key: &str, expected_ordinal: u32, record: Record) -> EditRequest {
    let edit = Edit::Correct { key: key.to_owned(), expected_ordinal, record };
    EditRequest { register: register.to_owned(), edit }
}

/// A change of a thing from a day on.
#[must_use]
pub fn change(register: &str, key: &str, expected_ordinal: u32, since: &str, record: Record) -> EditRequest {
    let edit = Edit::Change { key: key.to_owned(), expected_ordinal, since: day(since), record };
    EditRequest { register: register.to_owned(), edit }
}

/// The retirement of a record.
#[must_use]
pub fn retire(register: &str, key: &str, expected_ordinal: u32) -> EditRequest {
    let edit = Edit::Retire { key: key.to_owned(), expected_ordinal };
    EditRequest { register: register.to_owned(), edit }
}

/// A mast that has been in `state` since a day, with a height of 30 m.
#[must_use]
pub fn mast(code: &str, place: PlaceId, state: &str, since: &str) -> Record {
    let place = place.to_string();
    record(
        "mast",
        &[
            ("code", code),
            ("since", since),
            ("state", state),
            ("operator", "A"),
            ("place", &place),
            ("height", "30"),
        ],
    )
}

/// A plot of grade 1 with an owner.
#[must_use]
pub fn plot(number: i64, place: PlaceId, since: &str, owner: &str) -> Record {
    let mut plot = record("plot", &[("sheet", "1"), ("since", since), ("grade", "1")]);
    let birth = Day::new(1960, 5, 17).expect("a day");
    let values = [
        ("number", Value::Int(number)),
        ("place", Value::Place(place)),
        ("area", Value::Scaled(Scaled { mantissa: 1_205, scale: 1 })),
        ("owner_name", Value::Text(owner.to_owned())),
        ("owner_birth", Value::Day(birth)),
    ];
    set(&mut plot, "plot", values);
    plot
}

/// An outlay.
#[must_use]
pub fn outlay(code: &str, place: PlaceId, day: &str, amount: i64) -> Record {
    let mut outlay = record("outlay", &[("code", code), ("day", day), ("kind", "st")]);
    set(&mut outlay, "outlay", [("place", Value::Place(place)), ("amount", Value::Int(amount))]);
    outlay
}

/// A total without a list.
#[must_use]
pub fn total(measure: &str, place: PlaceId, day: &str, amount: i64) -> Record {
    let place = place.to_string();
    let mut total = record(
        "total",
        &[
            ("measure", measure),
            ("place", &place),
            ("agency", "so-thu"),
            ("cut", "-"),
            ("cut_value", "-"),
            ("day", day),
            ("document", "12/BC-STN"),
        ],
    );
    set(&mut total, "total", [("amount", Value::Int(amount))]);
    total
}

/// Sets fields by id.
pub fn set<const N: usize>(record: &mut Record, register: &str, values: [(&str, Value); N]) {
    let schema = self::register(register);
    for (id, value) in values {
        assert!(record.set_id(&schema, id, value), "{register} has no field {id}");
    }
}

/// A record with one field set, for short stories.
#[must_use]
pub fn with(mut record: Record, register: &str, field: &str, value: Value) -> Record {
    set(&mut record, register, [(field, value)]);
    record
}

/// An agency.
#[must_use]
pub fn agency(id: &str) -> Value {
    Value::Agency(AgencyId(id.to_owned()))
}

/// A text with its marks taken apart, as some keyboards and file systems write it.
#[must_use]
pub fn nfd(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfd(text).collect()
}

/// A check of a text, saved at an instant and kept for a second.
#[must_use]
pub fn saved_check(id: &str, saved_at: Instant) -> SavedCheck {
    SavedCheck {
        id: id.to_owned(),
        day: day("2025-11-17"),
        position: Seq(3),
        checked_on: day("2025-11-17"),
        rules: "0.1.0".to_owned(),
        digest: Hash32([9; 32]),
        claims: 4,
        mismatches: 1,
        differing: 2,
        saved_at,
        saved_by: "cán-bộ".to_owned(),
        kept_until: Instant(saved_at.0 + 1_000),
    }
}
