//! The told story, replayed as a store would, and figures by the reference evaluator.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use mc_base::{Day, Instant, Month, PlaceId};
use mc_figure::measure::{CompiledMeasure, CompiledTime};
use mc_figure::{Definition, Indicator, check};
use mc_ledger::Value;
use mc_register::{Edit, Record, RowAct, Schema, Thing, key_text, thing_of_key};
use mc_sim::Chapter;

pub const SEED: u64 = 57;

pub static SCHEMAS: LazyLock<BTreeMap<String, Arc<Schema>>> = LazyLock::new(|| {
    let texts = mc_programmes::all().into_iter().flat_map(|programme| programme.registers());
    let declared = texts.map(|text| Schema::from_toml(text.text).expect("a sound register"));
    declared
        .chain(mc_register::system::schemas().expect("sound system registers"))
        .map(|schema| (schema.id.clone(), Arc::new(schema)))
        .collect()
});

static INDICATORS: LazyLock<BTreeMap<String, Indicator>> = LazyLock::new(|| {
    let texts = mc_programmes::all().into_iter().flat_map(|programme| programme.indicators());
    texts
        .map(|text| {
            let definition = Definition::from_toml(text.text).expect("a definition");
            let find = |id: &str| SCHEMAS.get(id).map(AsRef::as_ref);
            (definition.id.clone(), check(&definition, &find).expect("a sound indicator"))
        })
        .collect()
});

static PARENTS: LazyLock<BTreeMap<PlaceId, Option<PlaceId>>> = LazyLock::new(|| {
    let rows = mc_reference::places().expect("the places");
    rows.into_iter().map(|row| (row.place, row.parent)).collect()
});

pub static STORY: LazyLock<Vec<Chapter>> = LazyLock::new(|| tell(SEED));

pub fn tell(seed: u64) -> Vec<Chapter> {
    mc_sim::demo(&|id| SCHEMAS.get(id).cloned(), seed).expect("the story can be told")
}

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).expect("a day of the test")
}

/// The last instant of a day.
pub fn end_of(text: &str) -> Instant {
    Instant(Instant::start_of(day(text).plus(1).expect("a day")).0 - 1)
}

/// The place itself and those above it.
pub fn ancestors(place: PlaceId) -> Vec<PlaceId> {
    std::iter::successors(Some(place), |id| PARENTS.get(id).copied().flatten()).collect()
}

pub fn place_exists(place: PlaceId) -> bool {
    PARENTS.contains_key(&place)
}

/// What a store knows after some chapters.
#[derive(Default)]
pub struct Registers(pub BTreeMap<(String, String), Thing>);

impl Registers {
    pub fn at(until: Instant) -> Self {
        let mut registers = Self::default();
        for chapter in STORY.iter().filter(|chapter| chapter.at <= until) {
            for request in &chapter.edits {
                registers.write(&request.register, &request.edit);
            }
        }
        registers
    }

    pub fn now() -> Self {
        Self::at(end_of("2025-11-17"))
    }

    /// Carries out one edit and says what it did.
    pub fn write(&mut self, register: &str, edit: &Edit) -> (String, Vec<RowAct>) {
        let schema = &SCHEMAS[register];
        let key = key_of(schema, edit);
        let thing = thing_of_key(schema, &key).to_owned();
        let known = self.0.entry((register.to_owned(), thing.clone())).or_default();
        let acts =
            known.plan(schema, edit.clone()).unwrap_or_else(|error| panic!("{register} {key}: {error}"));
        known.apply(&acts);
        (thing, acts)
    }

    /// The current records of a register.
    pub fn records(&self, register: &str) -> impl Iterator<Item = &Record> {
        let from = (register.to_owned(), String::new());
        let things = self.0.range(from..).take_while(move |((id, _), _)| {
            // Names sort by register first.
            id == register
        });
        things.flat_map(|(_, thing)| &thing.records).filter_map(|state| state.record.as_ref())
    }

    pub fn has(&self, register: &str, key: &str) -> bool {
        let schema = &SCHEMAS[register];
        let thing =
            if key.matches('/').count() >= schema.key.len() { thing_of_key(schema, key) } else { key };
        let found = self.0.get(&(register.to_owned(), thing.to_owned()));
        found.is_some_and(|thing| thing.records.iter().any(|state| state.record.is_some()))
    }

    /// Numerator and denominator of an indicator at a place and day; a flow is that of the day's month.
    pub fn figure(&self, id: &str, place: PlaceId, on: Day) -> (i64, Option<i64>) {
        let indicator = &INDICATORS[id];
        let sum = |measure: &CompiledMeasure| self.sum(measure, place, on);
        (sum(&indicator.num), indicator.den.as_ref().map(sum))
    }

    fn sum(&self, measure: &CompiledMeasure, place: PlaceId, on: Day) -> i64 {
        let month: Month = on.month();
        let counted = |from: Day| match measure.time {
            CompiledTime::Stock { .. } => from <= on,
            CompiledTime::Flow { .. } => from.month() == month && from <= on,
            CompiledTime::Cumulative { .. } => from.year() == on.year() && from <= on,
        };
        let of = |record: &Record| {
            let found = measure.contributions(&|no| record.get(no).clone()).expect("the record fits");
            let here = found.place.is_some_and(|at| ancestors(at).contains(&place));
            let amounts = found.changes.iter().filter(|(from, _)| here && counted(*from));
            amounts.map(|(_, amount)| amount).sum::<i64>()
        };
        self.records(&measure.register).map(of).sum()
    }
}

fn key_of(schema: &Schema, edit: &Edit) -> String {
    match edit {
        Edit::Insert { record } => key_text(schema, record).expect("a key"),
        Edit::Correct { key, .. } | Edit::Change { key, .. } | Edit::Retire { key, .. } => key.clone(),
    }
}

/// The values of a record by field id.
pub fn value<'a>(register: &str, record: &'a Record, field: &str) -> &'a Value {
    record.get_id(&SCHEMAS[register], field).expect("a field")
}
