//! Every declaration of every programme is read, is sound by itself, and fits the others.

use std::collections::{BTreeMap, BTreeSet};

use mc_figure::{Definition, Kind, Measure, compile_condition};
use mc_register::{FieldType, Schema};

fn schemas() -> Vec<Schema> {
    let mut all = Vec::new();
    for programme in mc_programmes::all() {
        for text in programme.registers() {
            let schema = Schema::from_toml(text.text).unwrap_or_else(|errors| {
                let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
                panic!("{}/{}:\n{}", programme.id(), text.path, said.join("\n"))
            });
            assert_eq!(schema.programme, programme.id(), "{}", text.path);
            assert_eq!(text.path, format!("registers/{}.toml", schema.id));
            all.push(schema);
        }
    }
    all
}

fn definitions() -> Vec<Definition> {
    let mut all = Vec::new();
    for programme in mc_programmes::all() {
        for text in programme.indicators() {
            let definition = Definition::from_toml(text.text)
                .unwrap_or_else(|error| panic!("{}/{}: {error}", programme.id(), text.path));
            assert_eq!(definition.programme, programme.id(), "{}", text.path);
            assert_eq!(text.path, format!("indicators/{}.toml", definition.id));
            all.push(definition);
        }
    }
    all
}

fn measures(definition: &Definition) -> impl Iterator<Item = &Measure> {
    [Some(&definition.num), definition.den.as_ref()].into_iter().flatten()
}

#[test]
fn the_twelve_programmes_stand_in_the_order_of_the_product() {
    let ids: Vec<&str> = mc_programmes::all().iter().map(|programme| programme.id()).collect();
    let order = [
        "steering",
        "reporting",
        "bottlenecks",
        "instruments",
        "fields",
        "capacity",
        "platforms",
        "infrastructure",
        "digitisation",
        "land",
        "gate",
        "budget",
    ];
    assert_eq!(ids, order);
}

#[test]
fn every_text_on_disk_is_mounted() {
    for programme in mc_programmes::all() {
        for (folder, texts) in [("registers", programme.registers()), ("indicators", programme.indicators())]
        {
            let path = format!("{}/../{}/{folder}", env!("CARGO_MANIFEST_DIR"), programme.id());
            let Ok(entries) = std::fs::read_dir(&path) else {
                assert!(texts.is_empty(), "{path} is missing");
                continue;
            };
            let on_disk: BTreeSet<String> = entries
                .map(|entry| entry.expect("a folder entry").file_name())
                .map(|name| format!("{folder}/{}", name.to_string_lossy()))
                .collect();
            let mounted: BTreeSet<String> = texts.iter().map(|text| text.path.to_owned()).collect();
            assert_eq!(on_disk, mounted, "{}", programme.id());
        }
    }
}

#[test]
fn registers_fit_each_other_and_those_of_the_system() {
    let schemas = schemas();
    let system = mc_register::system::schemas().expect("the system's registers are sound");
    let refs: Vec<&Schema> = schemas.iter().chain(&system).collect();
    let errors: Vec<String> = mc_register::check_together(&refs).iter().map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn every_expression_of_a_register_is_understood() {
    let mut faults = Vec::new();
    for schema in schemas() {
        for rule in &schema.rule {
            if let Err(error) = compile_condition(&rule.expr, &schema) {
                faults.push(format!("{}.{}: {error}", schema.id, rule.id));
            }
        }
        for transition in schema.workflow.iter().flat_map(|workflow| &workflow.transitions) {
            let Some(guard) = &transition.guard else { continue };
            if let Err(error) = compile_condition(guard, &schema) {
                faults.push(format!("{}.{}: {error}", schema.id, transition.id));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_indicator_is_sound() {
    let schemas = schemas();
    let find = |id: &str| schemas.iter().find(|schema| schema.id == id);
    if let Err(errors) = mc_figure::check_all(&definitions(), &find) {
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", said.join("\n"));
    }
}

#[test]
fn roles_of_transitions_are_roles_of_accounts() {
    let known: BTreeSet<&str> = mc_access::Role::ALL.iter().map(|role| role.id()).collect();
    for schema in schemas() {
        for transition in schema.workflow.iter().flat_map(|workflow| &workflow.transitions) {
            for role in &transition.roles {
                assert!(known.contains(role.as_str()), "{}.{}: {role}", schema.id, transition.id);
            }
        }
    }
}

#[test]
fn registers_and_indicators_that_must_be_there_are_there() {
    let registers: BTreeSet<String> = schemas().into_iter().map(|schema| schema.id).collect();
    let wanted = "base_site base_station station_technology data_centre village digitisation_progress \
        budget_line budget_entry local_budget_total training_institution st_organisation expert_group \
        spearhead_field field_project product regulation conference member directive task bottleneck \
        platform platform_month procedure_month parcel gate_milestone gate_day target total published_value \
        narrative";
    for id in wanted.split_whitespace() {
        assert!(registers.contains(id), "register {id}");
    }
    let indicators: BTreeSet<String> = definitions().into_iter().map(|definition| definition.id).collect();
    let wanted = "stations base_sites station_technologies data_centres villages_without_signal \
        digitisation_rate digitisation_rate_all st_spending st_spending_share st_spending_share_planned \
        st_spending_share_estimated training_institutions st_organisations spearhead_fields products_in_use \
        regulations tasks tasks_overdue bottlenecks_open platforms platform_users procedures_on_time \
        parcels_by_group parcels_clean_rate gate_vehicles gate_minutes_per_vehicle";
    for id in wanted.split_whitespace() {
        assert!(indicators.contains(id), "indicator {id}");
    }
}

#[test]
fn spells_are_declared_where_things_change_over_time() {
    let declared: BTreeMap<String, Vec<String>> = schemas()
        .into_iter()
        .filter(|schema| !schema.spells.is_empty())
        .map(|schema| (schema.id, schema.spells))
        .collect();
    let expected = [
        ("base_station", vec!["state"]),
        ("parcel", vec!["group", "match"]),
        ("task", vec!["state"]),
        ("village", vec!["signal"]),
    ];
    let expected: BTreeMap<String, Vec<String>> = expected
        .into_iter()
        .map(|(id, fields)| (id.to_owned(), fields.into_iter().map(str::to_owned).collect()))
        .collect();
    assert_eq!(declared, expected);
}

#[test]
fn a_header_names_one_field_of_a_register() {
    for schema in schemas() {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for field in &schema.field {
            let names: BTreeSet<String> =
                field.aliases.iter().chain([&field.title.vi]).map(|name| mc_base::text::fold(name)).collect();
            for name in names {
                let other = seen.insert(name.clone(), &field.id);
                assert_eq!(other, None, "{}: header “{name}” also names {}", schema.id, field.id);
            }
        }
    }
}

#[test]
fn every_register_behind_a_figure_marks_illustrative_records_and_has_a_place() {
    let schemas = schemas();
    for definition in definitions() {
        for measure in measures(&definition) {
            let schema = schemas.iter().find(|schema| schema.id == measure.register);
            let schema = schema.unwrap_or_else(|| panic!("{}: no register {}", measure.id, measure.register));
            let illustrative = schema.field("illustrative").map(|field| field.kind);
            assert_eq!(illustrative, Some(FieldType::Bool), "{}", schema.id);
            assert!(schema.place.is_some(), "{} has no place", schema.id);
            for field in measure.cuts.iter().flatten() {
                let kind = schema.field(field).map(|field| field.kind);
                assert!(kind.is_some(), "{}: cut by {field}, which {} has not", measure.id, schema.id);
            }
        }
    }
}

#[test]
fn people_appear_as_personal_data_only() {
    let personal: BTreeSet<String> = schemas()
        .iter()
        .flat_map(|schema| {
            let own = schema.field.iter().filter(|field| field.personal);
            own.map(|field| format!("{}.{}", schema.id, field.id)).collect::<Vec<_>>()
        })
        .collect();
    let expected = [
        "expert_group.leader",
        "member.name",
        "parcel.owner_address",
        "parcel.owner_birth",
        "parcel.owner_id",
        "parcel.owner_name",
        "parcel.owner_sex",
        "task.officer",
    ];
    assert_eq!(personal, expected.into_iter().map(str::to_owned).collect());
}

#[test]
fn indicators_have_one_id_and_slug_each_and_equal_measures_are_equal() {
    let definitions = definitions();
    let ids: BTreeSet<&str> = definitions.iter().map(|one| one.id.as_str()).collect();
    let slugs: BTreeSet<&str> = definitions.iter().map(|one| one.slug.as_str()).collect();
    assert_eq!((ids.len(), slugs.len()), (definitions.len(), definitions.len()));
    let mut by_id: BTreeMap<&str, &Measure> = BTreeMap::new();
    for definition in &definitions {
        for measure in measures(definition) {
            let first = by_id.entry(&measure.id).or_insert(measure);
            assert_eq!(*first, measure, "{}", definition.id);
        }
    }
}

#[test]
fn a_ratio_names_its_base() {
    for definition in definitions().iter().filter(|definition| definition.kind == Kind::Ratio) {
        let title = &definition.title.vi;
        assert!(title.contains(" trên "), "{title}");
        assert!(definition.den.is_some(), "{}", definition.id);
    }
}
