//! What holds of every chapter.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use mc_access::{Act, Object, Role, decide};
use mc_base::{Day, Instant};
use mc_figure::eval::condition;
use mc_figure::{Expr, compile_condition};
use mc_ledger::Value;
use mc_port::EDITS_MAX;
use mc_register::workflow::{needs, transition_of};
use mc_register::{Record, RowAct, Schema, Severity};
use mc_sim::Chapter;

use crate::common::{Registers, SCHEMAS, SEED, STORY, ancestors, day, end_of, place_exists, tell};

/// What each chapter opens, in order: register and values.
static OPENED: LazyLock<Vec<Vec<(String, Record)>>> = LazyLock::new(|| {
    let mut registers = Registers::default();
    let mut of = |chapter: &Chapter| {
        let mut opened = Vec::new();
        for request in &chapter.edits {
            let (_, acts) = registers.write(&request.register, &request.edit);
            opened.extend(acts.into_iter().filter_map(|act| match act {
                RowAct::Open { record, .. } => Some((request.register.clone(), record)),
                RowAct::Close { .. } => None,
            }));
        }
        opened
    };
    STORY.iter().map(&mut of).collect()
});

/// Shows each chapter with what it opens.
fn replay(mut look: impl FnMut(&Chapter, &[(String, Record)])) {
    for (chapter, opened) in STORY.iter().zip(OPENED.iter()) {
        look(chapter, opened);
    }
}

#[test]
fn the_same_seed_tells_the_same_story_and_another_seed_another() {
    assert_eq!(tell(SEED), *STORY);
    assert_ne!(tell(SEED + 1), *STORY);
}

#[test]
fn every_seed_tells_a_story() {
    for seed in 5..15 {
        let told = mc_sim::demo(&|id| SCHEMAS.get(id).cloned(), seed);
        told.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    }
}

#[test]
fn chapters_follow_the_days_of_the_story() {
    assert!(STORY.is_sorted_by_key(|chapter| chapter.at));
    let first = Instant::start_of(day("2025-07-01"));
    for chapter in STORY.iter() {
        assert!(first <= chapter.at && chapter.at <= end_of("2025-11-17"), "{}", chapter.reason);
        assert!(!chapter.edits.is_empty() && chapter.edits.len() <= EDITS_MAX, "{}", chapter.reason);
        assert!(!chapter.source.is_empty() && !chapter.reason.is_empty());
    }
    let last = STORY.last().expect("a chapter");
    assert!(last.at < Instant(Instant::start_of(day("2025-11-17")).0 + 18 * 3_600_000));
}

#[test]
fn every_record_fits_its_register() {
    let epoch = Value::Day(Day::MIN);
    replay(|chapter, opened| {
        for (register, record) in opened {
            record
                .check(&SCHEMAS[register])
                .unwrap_or_else(|errors| panic!("{}: {errors:?}", chapter.reason));
            assert!(record.iter().all(|(_, value)| *value != epoch), "{register}: an impossible day");
        }
    });
}

#[test]
fn a_chapter_edits_a_thing_once_and_refers_to_what_is_known() {
    let agencies: BTreeSet<_> = ["15", "MH"]
        .into_iter()
        .flat_map(|code| mc_reference::agencies(code).expect("agencies"))
        .map(|row| row.agency)
        .chain(mc_reference::former_agencies("MH").expect("agencies").into_iter().map(|old| old.row.agency))
        .collect();
    let mut registers = Registers::default();
    for chapter in STORY.iter() {
        let mut touched = BTreeSet::new();
        let mut opened = Vec::new();
        for request in &chapter.edits {
            let (thing, acts) = registers.write(&request.register, &request.edit);
            assert!(touched.insert((&request.register, thing.clone())), "{} {thing}", chapter.reason);
            opened.extend(acts.into_iter().filter_map(|act| match act {
                RowAct::Open { record, .. } => Some(record),
                RowAct::Close { .. } => None,
            }));
        }
        for (_, value) in opened.iter().flat_map(Record::iter) {
            match value {
                Value::Ref { register, key } => {
                    assert!(registers.has(register, key), "{}: {register} {key}", chapter.reason);
                }
                Value::Place(place) => assert!(place_exists(*place), "{}: {place}", chapter.reason),
                Value::Agency(agency) => assert!(agencies.contains(agency), "{}: {agency}", chapter.reason),
                _ => {}
            }
        }
    }
}

#[test]
fn looked_up_fields_are_filled_from_earlier_chapters() {
    let mut before = Registers::default();
    for (chapter, opened) in STORY.iter().zip(OPENED.iter()) {
        for (register, record) in opened {
            let schema = &SCHEMAS[register];
            for lookup in schema.field.iter().filter_map(|field| field.lookup.as_ref()) {
                if let Some(Value::Ref { register, key }) = record.get_id(schema, &lookup.by) {
                    assert!(before.has(register, key), "{}: {register} {key}", chapter.reason);
                }
            }
        }
        for request in &chapter.edits {
            before.write(&request.register, &request.edit);
        }
    }
}

/// A register's rules, compiled once.
type Rules = BTreeMap<String, Vec<(String, Severity, Expr)>>;

fn rules() -> Rules {
    let of = |schema: &Schema| {
        let compiled = schema.rule.iter().map(|rule| {
            let expr = compile_condition(&rule.expr, schema).expect("a sound rule");
            (rule.id.clone(), rule.severity, expr)
        });
        compiled.collect()
    };
    SCHEMAS.iter().map(|(id, schema)| (id.clone(), of(schema))).collect()
}

fn refused<'a>(rules: &'a Rules, register: &str, record: &Record) -> Option<&'a str> {
    let fields = SCHEMAS[register].explanation();
    let explained =
        fields.is_some_and(|fields| fields.iter().all(|field| *record.get(field.no) != Value::Null));
    let broken = rules[register].iter().find(|(_, severity, holds)| {
        let broken = condition(holds, &|no| record.get(no).clone()).expect("evaluates") == Some(false);
        let counts = match severity {
            Severity::Refuse => true,
            Severity::Explain => !explained,
            Severity::Warn => false,
        };
        broken && counts
    });
    broken.map(|(id, _, _)| id.as_str())
}

#[test]
fn no_rule_refuses_a_record() {
    let rules = rules();
    replay(|chapter, opened| {
        for (register, record) in opened {
            let rule = refused(&rules, register, record);
            assert_eq!(rule, None, "{}: {register} {record:?}", chapter.reason);
        }
    });
}

#[test]
fn whoever_records_may() {
    replay(|chapter, opened| {
        for (register, record) in opened {
            let schema = &SCHEMAS[register];
            let value = |id: &Option<String>| id.as_ref().and_then(|id| record.get_id(schema, id));
            let agency = match value(&schema.owner) {
                Some(Value::Agency(agency)) => Some(agency.clone()),
                _ => None,
            };
            let places = match value(&schema.place) {
                Some(Value::Place(place)) => ancestors(*place),
                _ => Vec::new(),
            };
            let allowed = decide(
                &chapter.actor,
                Act::Write,
                &Object { agencies: agency.into_iter().collect(), places },
            );
            assert_eq!(allowed, Ok(()), "{}: {register}", chapter.reason);
        }
    });
}

#[test]
fn states_move_as_their_workflows_allow() {
    let mut registers = Registers::default();
    for chapter in STORY.iter() {
        let role: Role = chapter.actor.role;
        for request in &chapter.edits {
            let schema = &SCHEMAS[&request.register];
            let (before, after) = match &request.edit {
                mc_register::Edit::Insert { record } => (None, Some(record)),
                mc_register::Edit::Correct { key, record, .. }
                | mc_register::Edit::Change { key, record, .. } => {
                    let thing = mc_register::thing_of_key(schema, key).to_owned();
                    let known = &registers.0[&(request.register.clone(), thing)];
                    (known.state(key).and_then(|state| state.record.clone()), Some(record))
                }
                mc_register::Edit::Retire { .. } => (None, None),
            };
            if let Some(after) = after {
                let step = transition_of(schema, before.as_ref(), after, &[role.id()])
                    .unwrap_or_else(|error| panic!("{}: {error}", chapter.reason));
                if let Some(step) = step {
                    needs(schema, step, after).unwrap_or_else(|error| panic!("{}: {error}", chapter.reason));
                }
            }
            registers.write(&request.register, &request.edit);
        }
    }
}

#[test]
fn whatever_names_an_indicator_names_one_that_is_declared() {
    let declared: BTreeSet<String> = mc_programmes::all()
        .into_iter()
        .flat_map(|programme| programme.indicators())
        .map(|file| mc_figure::Definition::from_toml(file.text).expect("a definition").id)
        .collect();
    let mut named = 0;
    replay(|chapter, opened| {
        for (register, record) in opened {
            if let Some(Value::Code(id)) = record.get_id(&SCHEMAS[register], "indicator") {
                assert!(declared.contains(id), "{}: {register} names {id}", chapter.reason);
                named += 1;
            }
        }
    });
    assert!(named > 20, "{named}");
}

#[test]
fn every_text_is_normal_and_names_no_real_operator() {
    let real = ["viettel", "vinaphone", "mobifone", "vietnamobile", "gmobile", "vnpt", "itel"];
    replay(|chapter, opened| {
        for (_, value) in opened.iter().flat_map(|(_, record)| record.iter()) {
            if let Value::Text(text) | Value::Code(text) = value {
                let small = text.to_lowercase();
                assert!(!real.iter().any(|name| small.contains(name)), "{}: {text}", chapter.reason);
            }
        }
    });
}
