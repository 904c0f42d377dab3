//! `generate --scale province`, in a size that a test can wait for: the whole way through import, cells and
//! ledger, with figures that equal what was generated.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use mc_ledger::Value as FieldValue;
use mc_register::{Edit, Record, Schema};
use mc_sim::Step;
use serde_json::Value;

const PARCELS: u64 = 20_000;
const SEED: u64 = 11;

fn run(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minhchung"));
    command.args(arguments).arg("--json").arg("--data").arg(data).output().expect("the program runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn generate(data: &Path) -> Value {
    let (parcels, seed) = (PARCELS.to_string(), SEED.to_string());
    let output = run(data, &["generate", "--scale", "province", "--parcels", &parcels, "--seed", &seed]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    json(&output)
}

fn schemas() -> BTreeMap<String, Arc<Schema>> {
    let texts = mc_programmes::all().into_iter().flat_map(|programme| programme.registers());
    let schemas = texts.map(|text| Schema::from_toml(text.text).expect("a sound register"));
    let schemas = schemas.chain(mc_register::system::schemas().expect("sound system registers"));
    schemas.map(|schema| (schema.id.clone(), Arc::new(schema))).collect()
}

/// Group of each parcel and operator of each station as the steps leave them, straight from the generator.
fn told() -> (BTreeMap<String, u64>, u64) {
    let schemas = schemas();
    let mut groups: BTreeMap<String, String> = BTreeMap::new();
    let mut stations = 0;
    let mut note = |register: &str, record: &Record| {
        let field = |id: &str| match record.get_id(&schemas[register], id) {
            Some(FieldValue::Code(code)) => code.clone(),
            _ => String::new(),
        };
        match register {
            "parcel" => drop(groups.insert(field("code"), field("group"))),
            "base_station" if field("code").starts_with("MHT-") => stations += 1,
            _ => {}
        }
    };
    for step in mc_sim::province(&|id| schemas.get(id).cloned(), SEED, PARCELS).expect("a province") {
        match step {
            Step::Chapter(chapter) => {
                for request in &chapter.edits {
                    match &request.edit {
                        Edit::Insert { record }
                        | Edit::Correct { record, .. }
                        | Edit::Change { record, .. } => {
                            note(&request.register, record);
                        }
                        Edit::Retire { .. } => assert_ne!(request.register, "parcel"),
                    }
                }
            }
            Step::Load(load) => {
                let register = load.register;
                load.rows.for_each(|record| note(register, &record.expect("a row")));
            }
        }
    }
    let mut counts = BTreeMap::new();
    for group in groups.into_values() {
        *counts.entry(group).or_default() += 1;
    }
    (counts, stations)
}

#[test]
fn a_province_counts_what_was_generated_verifies_and_is_the_same_again() {
    let root = tempfile::tempdir().expect("a directory");
    let (first, second) = (root.path().join("first"), root.path().join("second"));
    let counts = generate(&first);
    let (groups, stations) = told();
    assert_eq!(groups.values().sum::<u64>(), PARCELS);
    assert!(stations >= 20, "{stations}");

    let asked = ["figure", "parcels_by_group", "--place", "MH", "--period", "2025-11-17", "--by", "group"];
    let figure = json(&run(&first, &asked));
    assert_eq!(figure["value"], PARCELS.to_string());
    let rows = figure["rows"].as_array().expect("rows").iter();
    let counted: BTreeMap<String, u64> = rows
        .map(|row| {
            let text = |name: &str| row[name].as_str().expect("a text").to_owned();
            (text("key"), text("value").parse().expect("a number"))
        })
        .collect();
    assert_eq!(counted, groups, "parcels by group");

    // Lào Cai stays as it was published, whatever stands beside it.
    for (id, value) in [("stations", "4607"), ("st_spending", "574000000000")] {
        let figure = json(&run(&first, &["figure", id, "--place", "15", "--period", "2025-10"]));
        assert_eq!(figure["value"], value, "{id}");
    }
    let parcels = run(&first, &["figure", "parcels_by_group", "--place", "15", "--period", "2025-10"]);
    assert_eq!(parcels.status.code(), Some(3), "no parcels of Lào Cai were published");

    // Spells of parcels that were reviewed are records of their own; every count is exact.
    assert!(counts["parcel"].as_u64().expect("a count") > PARCELS, "{counts}");
    let verified = json(&run(&first, &["verify"]));
    assert_eq!((&verified["ok"], &verified["findings"]), (&Value::Bool(true), &Value::Array(Vec::new())));
    let told = json(&run(&first, &["doctor"])).to_string();
    assert!(told.contains("20.000 thửa đất, hạt giống 11"), "{told}");

    assert_eq!(generate(&second), counts);
    let checkpoint = |data: &Path| std::fs::read_to_string(data.join("checkpoint")).expect("a checkpoint");
    assert_eq!(checkpoint(&first), checkpoint(&second), "the same seed, the same root");
}

#[test]
fn a_size_that_makes_no_sense_is_refused() {
    let root = tempfile::tempdir().expect("a directory");
    let data = root.path().join("data");
    for arguments in [
        &["generate", "--scale", "demo", "--parcels", "20000"][..],
        &["generate", "--scale", "province", "--parcels", "12"],
    ] {
        assert!(!run(&data, arguments).status.success(), "{arguments:?}");
        assert!(!data.exists(), "nothing is left behind");
    }
}
