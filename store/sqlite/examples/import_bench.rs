//! Measures an import of parcels: `cargo run --release -p mc-sqlite --example import_bench -- 200000`.
//!
//! The register has 5 rules, 2 personal fields, 2 indexes beside the place's, and 5 measures. Meanwhile
//! another register is corrected without pause. It prints rows a second from the first row to the last one
//! shown, the process's peak memory, the lengths of slices with their commits, the waits of the other
//! register, the greatest length of the journal, and how long `verify` takes afterwards.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use mc_access::Actor;
use mc_base::{PlaceId, Scaled};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::{
    CommitRequest, EditRequest, ImportRequest, ImportRow, Importer as _, Sink as _, declare_indicator,
    declare_schema,
};
use mc_register::{Edit, Record, Schema, system};
use mc_sqlite::{ImportStep, Layout, Queue, Store, SystemWorld, Writer};

const COMMUNES: u32 = 99;

const PARCEL: &str = r#"
id = "parcel"
slug = "thua"
programme = "bench"
title = { vi = "Thửa đất", en = "Parcel" }
description = { vi = "Thửa đất.", en = "Parcel." }
unit = { vi = "thửa", en = "parcels" }
key = ["code"]
spells = ["group", "match"]
place = "place"
field = [
  { no = 1, id = "code", type = "code", required = true, title = { vi = "Mã thửa", en = "Code" } },
  { no = 2, id = "since", type = "day", required = true, title = { vi = "Từ ngày", en = "Since" } },
  { no = 3, id = "until", type = "day", title = { vi = "Đến trước ngày", en = "Until" } },
  { no = 4, id = "place", type = "place", required = true, title = { vi = "Địa bàn", en = "Place" } },
  { no = 5, id = "sheet", type = "int", min = 0, max = 100000, title = { vi = "Số tờ", en = "Sheet" } },
  { no = 6, id = "number", type = "int", min = 0, max = 1000000, title = { vi = "Số thửa", en = "Number" } },
  { no = 7, id = "land_use", type = "code", title = { vi = "Loại đất", en = "Land use" } },
  { no = 8, id = "area", type = "scaled", scale = 1, min = 0, max = 10000000, title = { vi = "Diện tích", en = "Area" } },
  { no = 9, id = "group", type = "code", required = true, index = true, title = { vi = "Nhóm", en = "Group" }, codes = [
    { id = "1", title = { vi = "Nhóm 1", en = "Group 1" } },
    { id = "2", title = { vi = "Nhóm 2", en = "Group 2" } },
    { id = "3", title = { vi = "Nhóm 3", en = "Group 3" } },
  ] },
  { no = 10, id = "match", type = "code", required = true, index = true, title = { vi = "Đối soát", en = "Match" }, codes = [
    { id = "matched", title = { vi = "Khớp", en = "Matched" } },
    { id = "name_differs", title = { vi = "Lệch tên", en = "Name differs" } },
    { id = "not_checked", title = { vi = "Chưa đối soát", en = "Not checked" } },
  ] },
  { no = 11, id = "obstacles", type = "codes", title = { vi = "Vướng mắc", en = "Obstacles" }, codes = [
    { id = "network", title = { vi = "Mạng", en = "Network" } },
    { id = "staff", title = { vi = "Thiếu người", en = "Staff" } },
  ] },
  { no = 12, id = "owner_kind", type = "code", title = { vi = "Đối tượng", en = "Owner kind" } },
  { no = 13, id = "owner_name", type = "text", personal = true, title = { vi = "Họ tên chủ", en = "Owner" } },
  { no = 14, id = "owner_id", type = "text", personal = true, title = { vi = "Số định danh", en = "Owner id" } },
]
rule = [
  { id = "r1", expr = "until > since", severity = "refuse", message = { vi = "Ngày hết phải sau.", en = "x" } },
  { id = "r2", expr = "area > 0.0", severity = "warn", message = { vi = "Diện tích phải dương.", en = "x" } },
  { id = "r3", expr = "group <> '1' OR match IN ('matched', 'not_checked')", severity = "warn",
    message = { vi = "Nhóm 1 phải khớp.", en = "x" } },
  { id = "r4", expr = "group <> '1' OR count_of(obstacles) = 0", severity = "warn",
    message = { vi = "Nhóm 1 không vướng.", en = "x" } },
  { id = "r5", expr = "sheet > 0", severity = "refuse", message = { vi = "Số tờ phải dương.", en = "x" } },
]
"#;

const GATE: &str = r#"
id = "gate"
slug = "cua-khau"
programme = "bench"
title = { vi = "Cửa khẩu", en = "Gate" }
description = { vi = "Ngày cửa khẩu.", en = "Gate day." }
unit = { vi = "ngày", en = "days" }
key = ["code"]
field = [
  { no = 1, id = "code", type = "code", required = true, title = { vi = "Mã", en = "Code" } },
  { no = 2, id = "cars", type = "int", min = 0, max = 1000000, title = { vi = "Số xe", en = "Cars" } },
]
"#;

fn measure(id: &str, filter: &str, value: &str, cuts: &str) -> Definition {
    let filter = if filter.is_empty() { String::new() } else { format!("filter = \"{filter}\"\n") };
    Definition::from_toml(&format!(
        "id = \"{id}\"\nslug = \"{}\"\nprogramme = \"bench\"\nversion = 1\n\
         title = {{ vi = \"Số\", en = \"x\" }}\ndescription = {{ vi = \"Số.\", en = \"x\" }}\n\
         unit = {{ vi = \"thửa\", en = \"x\" }}\nkind = \"measure\"\ndecimals = 0\ndirection = \"up\"\n\
         [num]\nid = \"{id}\"\nregister = \"parcel\"\n{filter}value = \"{value}\"\nbound = 10000000\n\
         time = {{ rule = \"stock\", from = \"since\", to = \"until\" }}\ncuts = {cuts}\n",
        id.replace('_', "-")
    ))
    .expect("a definition")
}

fn definitions() -> Vec<Definition> {
    vec![
        measure("parcels_by_group", "", "count", "[[\"group\"], [\"match\"]]"),
        measure("parcels_clean", "group = '1'", "count", "[]"),
        measure("parcels_matched", "match = 'matched'", "count", "[[\"group\"]]"),
        measure("parcel_area", "", "sum(area)", "[]"),
    ]
}

fn request(edits: Vec<EditRequest>) -> CommitRequest {
    CommitRequest {
        actor: Actor::operator(),
        source: "đo".to_owned(),
        reason: "đo".to_owned(),
        idempotency_key: String::new(),
        edits,
    }
}

fn insert(schema: &Schema, values: &[(&str, Value)]) -> EditRequest {
    let record = values
        .iter()
        .map(|(id, value)| (schema.field(id).expect("a field").no, value.clone()))
        .collect::<Record>();
    EditRequest { register: schema.id.clone(), edit: Edit::Insert { record } }
}

fn found(layout: &Layout) -> Writer {
    let mut writer =
        Writer::create(layout, "minh-hoa/do", true, PlaceId(1), Box::new(SystemWorld)).expect("an instance");
    let schema = writer.schema(system::SCHEMA).expect("schemas");
    let mut schemas = system::schemas().expect("system schemas");
    schemas.push(Schema::from_toml(PARCEL).expect("parcel"));
    schemas.push(Schema::from_toml(GATE).expect("gate"));
    let declared = schemas.iter().map(|it| declare_schema(&schema, it, 1)).collect();
    writer.commit(&request(declared)).expect("declared");
    let place = writer.schema("place").expect("places");
    let parent = writer.schema("place_parent").expect("parents");
    let mut edits = Vec::new();
    for no in 1..=COMMUNES + 1 {
        let kind = if no == 1 { "province" } else { "commune" };
        edits.push(insert(
            &place,
            &[
                ("place_no", Value::Int(i64::from(no))),
                ("kind", Value::Code(kind.to_owned())),
                ("type_word", Value::Code("xa".to_owned())),
                ("name", Value::Text(format!("Xã {no}"))),
            ],
        ));
        if no > 1 {
            edits.push(insert(
                &parent,
                &[
                    ("place", Value::Place(PlaceId(no))),
                    ("parent", Value::Place(PlaceId(1))),
                    ("valid_from", Value::Day(mc_base::Day::new(1900, 1, 1).expect("a day"))),
                ],
            ));
        }
    }
    writer.commit(&request(edits)).expect("places");
    let indicator = writer.schema(system::INDICATOR).expect("indicators");
    let indicators = definitions().iter().map(|it| declare_indicator(&indicator, it)).collect();
    writer.commit(&request(indicators)).expect("indicators");
    writer
}

/// Rows as a file brings them: by commune, so nearly in the order of their keys.
fn parcels(count: u64) -> impl Iterator<Item = Record> {
    let (first, groups) = (mc_base::Day::new(2025, 7, 1).expect("a day"), ["1", "2", "3"]);
    (0..count).map(move |number| {
        let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
        let commune = u32::try_from(number * u64::from(COMMUNES) / count.max(1)).unwrap_or(0) + 2;
        let group = groups[usize::try_from(mixed % 3).unwrap_or(0)];
        let matched = if group == "1" { "matched" } else { "name_differs" };
        let obstacles = if group == "3" { vec!["network".to_owned()] } else { Vec::new() };
        let text = |value: &str| Value::Code(value.to_owned());
        [
            (1, Value::Code(format!("{commune:05}-{:03}-{number:07}", mixed % 400))),
            (2, Value::Day(first.plus(i32::try_from(mixed % 120).unwrap_or(0)).expect("a day"))),
            (4, Value::Place(PlaceId(commune))),
            (5, Value::Int(1 + i64::try_from(mixed % 400).unwrap_or(0))),
            (6, Value::Int(i64::try_from(number % 1_000_000).unwrap_or(0))),
            (7, text("ONT")),
            (
                8,
                Value::Scaled(Scaled { mantissa: 500 + i64::try_from(mixed % 9_000).unwrap_or(0), scale: 1 }),
            ),
            (9, text(group)),
            (10, text(matched)),
            (11, Value::CodeSet(obstacles)),
            (12, text("person")),
            (13, Value::Text(format!("Nguyễn Văn {number}"))),
            (14, Value::Text(format!("0100{number:08}"))),
        ]
        .into_iter()
        .collect()
    })
}

/// The `share`-th thousandth of sorted times.
fn quantile(times: &mut [Duration], share: usize) -> Duration {
    times.sort_unstable();
    let at = (times.len() * share / 1_000).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: ?");
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse::<u64>().ok())
        .map_or_else(|| "?".to_owned(), |kib| format!("{} MiB", kib / 1024))
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

fn main() {
    let count: u64 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200_000);
    let dir = tempfile::tempdir().expect("a directory");
    // The instance is kept where a second argument names a directory, for `verify_bench`.
    let kept = std::env::args().nth(2).map(std::path::PathBuf::from);
    let layout = Layout::new(kept.unwrap_or_else(|| dir.path().join("data")));
    let queue = Queue::new(found(&layout));
    let gate = Schema::from_toml(GATE).expect("gate");
    let first = insert(&gate, &[("code", Value::Code("G".to_owned())), ("cars", Value::Int(0))]);
    queue.commit(request(vec![first])).expect("a gate");
    let before = peak_memory();
    let asked = ImportRequest {
        actor: Actor::operator(),
        source: "do.csv".to_owned(),
        reason: "đo".to_owned(),
        idempotency_key: "do".to_owned(),
        register: "parcel".to_owned(),
        upsert: true,
        mapped: Vec::new(),
        evidence: None,
    };
    let over = AtomicBool::new(false);
    let (mut waits, mut slices, mut journal, mut fold) = (Vec::new(), Vec::new(), 0, Duration::ZERO);
    let (prepared_in, all_in) = std::thread::scope(|scope| {
        let corrector = scope.spawn(|| {
            let mut waits = Vec::new();
            let mut ordinal = 1;
            while !over.load(Ordering::SeqCst) {
                let cars = Value::Int(i64::from(ordinal));
                let record = [(1, Value::Code("G".to_owned())), (2, cars)].into_iter().collect();
                let edit = Edit::Correct { key: "G".to_owned(), expected_ordinal: ordinal, record };
                let began = now();
                queue
                    .commit(request(vec![EditRequest { register: "gate".to_owned(), edit }]))
                    .expect("a correction");
                waits.push(now().duration_since(began));
                ordinal += 1;
                std::thread::sleep(Duration::from_millis(20));
            }
            waits
        });
        let began = now();
        let mut rows =
            parcels(count).zip(2..).map(|(record, row)| Ok(ImportRow { row, edit: Edit::Insert { record } }));
        let prepared = queue.prepare(&asked, &mut rows, &mut |_| {}).expect("prepared");
        assert_eq!(prepared.counts.added, count, "{:?}", prepared.rejected.first());
        let prepared_in = now().duration_since(began);
        let wal = layout.database().with_extension("sqlite-wal");
        let mut last = now();
        queue
            .apply_steps(prepared, false, &mut |step| {
                if let ImportStep::More { took, .. } = step {
                    slices.push(took);
                    last = now();
                } else {
                    fold = now().duration_since(last);
                }
                journal = journal.max(std::fs::metadata(&wal).map_or(0, |file| file.len()));
            })
            .expect("applied")
            .expect("a commit");
        let all_in = now().duration_since(began);
        over.store(true, Ordering::SeqCst);
        waits = corrector.join().expect("the corrector");
        (prepared_in, all_in)
    });
    let rate = u128::from(count) * 1_000 / all_in.as_millis().max(1);
    println!("{count} rows: {rate} rows/s; prepare {prepared_in:?}, all {all_in:?}");
    println!("peak memory {} (before: {before}); journal {} MiB", peak_memory(), journal >> 20);
    let (p50, p95) = (quantile(&mut slices, 500), quantile(&mut slices, 950));
    let (p99, most) = (quantile(&mut slices, 990), quantile(&mut slices, 1_000));
    println!(
        "{} slices: p50 {p50:?}, p95 {p95:?}, p99 {p99:?}, greatest {most:?}; fold {fold:?}",
        slices.len()
    );
    let number = waits.len();
    let (p50, p99, most) =
        (quantile(&mut waits, 500), quantile(&mut waits, 990), quantile(&mut waits, 1_000));
    println!("{number} corrections elsewhere: p50 {p50:?}, p99 {p99:?}, greatest {most:?}");
    let reader = Store::open(&layout).expect("a store").reader(&Actor::operator()).expect("a reader");
    let began = now();
    let report = reader.verify(&mut |_, _| {}).expect("a report");
    let took = now().duration_since(began);
    println!("verify: {} findings, {} versions in {took:?}", report.findings.len(), report.records);
}
