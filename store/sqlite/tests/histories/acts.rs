//! Histories: what may happen, in terms that fit whatever the ledger holds by then.

use mc_base::{Day, PlaceId, Scaled};
use mc_figure::TOTALS;
use mc_figure::cover::{self, Confirmation, CoverError};
use mc_ledger::Value;
use mc_port::{CommitError, EditRequest, TotalsAsked, declare_indicator, declare_schema};
use mc_register::{Edit, Record, system};
use mc_stories::{Erasure, Stage, small};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::Told;
use crate::model::{Name, Why};

/// The values of a record, whatever its register.
#[derive(Clone, Debug)]
pub(crate) struct Values {
    thing: u8,
    since: i32,
    lasts: Option<i32>,
    place: Option<usize>,
    state: usize,
    cut: Option<usize>,
    amount: Option<i64>,
    flag: Option<bool>,
}

/// One edit.
#[derive(Clone, Debug)]
pub(crate) enum One {
    Insert(usize, Values),
    Correct(usize, Values),
    Change(usize, i32, Values),
    Retire(usize),
    Stale(usize, Values),
}

/// One commit.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    Commit(Vec<One>),
    /// Measure, place, day, amount, and the value of the measure's first cut that it is.
    Total(usize, usize, i32, i64, Option<usize>),
    /// Which total, how many thousandths of it, how many days after its first.
    Cover(usize, i64, i32),
    Erase(usize),
    Merge(usize, usize),
    Redefine(usize),
    /// The notes of plots become personal.
    Mark,
}

const REGISTERS: [&str; 3] = ["mast", "plot", "outlay"];
const STATES: [&str; 3] = ["live", "planned", "lost"];
const CUTS: [&str; 4] = ["A", "x/y", "~", "50%"];
const OLD: [PlaceId; 3] = [small::OLD_COMMUNE, small::OLD_COMMUNE_2, small::FAR_COMMUNE];
/// Measures with their first cuts.
const MEASURES: [(&str, &str); 3] = [("masts", "operator"), ("outlays", "kind"), ("plot_area", "grade")];
/// Owners of masts; totals are the second's.
const AGENCIES: [&str; 2] = ["ubnd-binh-an", "so-thu"];
/// Values of those cuts, as cells have them.
const PARTS: [&str; 5] = ["A", "x%2Fy", "%7E", "~", "1"];

fn values() -> impl Strategy<Value = Values> {
    (
        0..4_u8,
        0..480_i32,
        option::weighted(0.3, -2..150_i32),
        option::weighted(0.9, 0..small::PLACES.len()),
        prop_oneof![3 => Just(0_usize), 1 => 1..STATES.len()],
        option::weighted(0.8, 0..CUTS.len()),
        option::weighted(0.8, -900..2_000_i64),
        option::of(any::<bool>()),
    )
        .prop_map(|(thing, since, lasts, place, state, cut, amount, flag)| Values {
            thing,
            since,
            lasts,
            place,
            state,
            cut,
            amount,
            flag,
        })
}

fn one() -> impl Strategy<Value = One> {
    prop_oneof![
        6 => (0..3_usize, values()).prop_map(|(register, values)| One::Insert(register, values)),
        3 => (any::<u8>(), values()).prop_map(|(pick, values)| One::Correct(pick.into(), values)),
        3 => (any::<u8>(), 1..90_i32, values()).prop_map(|(pick, days, it)| One::Change(pick.into(), days, it)),
        1 => any::<u8>().prop_map(|pick| One::Retire(pick.into())),
        1 => (any::<u8>(), values()).prop_map(|(pick, values)| One::Stale(pick.into(), values)),
    ]
}

/// A history of 8 to 16 commits.
pub(crate) fn history() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        12 => vec(one(), 1..4).prop_map(Act::Commit),
        2 => (0..3_usize, 0..5_usize, 0..480_i32, 0..500_i64, option::of(0..PARTS.len()))
            .prop_map(|(m, p, d, a, part)| Act::Total(m, p, d, a, part)),
        2 => (any::<u8>(), 0..1_200_i64, 0..40_i32).prop_map(|(t, by, d)| Act::Cover(t.into(), by, d)),
        2 => any::<u8>().prop_map(|pick| Act::Erase(pick.into())),
        1 => (0..OLD.len(), 0..3_usize).prop_map(|(old, new)| Act::Merge(old, new)),
        1 => (0..STATES.len()).prop_map(Act::Redefine),
        1 => Just(Act::Mark),
    ];
    vec(act, 8..17)
}

/// Makes the commit and asks that the store and the model agree on whether it can be made.
pub(crate) fn perform(told: &mut Told, act: &Act) {
    match act {
        Act::Commit(ones) => {
            let edits = ones.iter().filter_map(|one| edit(told, one)).collect();
            attempt(told, edits);
        }
        Act::Total(measure, place, since, amount, part) => {
            let (measure, cut) = MEASURES[*measure];
            let mut total = small::total(measure, small::PLACES[*place], "2025-01-01", *amount);
            small::set(&mut total, "total", [("day", Value::Day(day(*since)))]);
            if let Some(part) = part {
                let code = |text: &str| Value::Code(text.to_owned());
                small::set(&mut total, "total", [("cut", code(cut)), ("cut_value", code(PARTS[*part]))]);
            }
            attempt(told, vec![small::inserted("total", total)]);
        }
        Act::Cover(pick, part, days) => cover(told, *pick, *part, *days),
        Act::Erase(pick) => erase(told, *pick),
        Act::Merge(old, new) => merge(told, OLD[*old], small::COMMUNES[*new]),
        Act::Redefine(state) => redefine(told, STATES[*state]),
        Act::Mark => mark(told),
    }
}

/// A cover as a person confirms it. The model knows nothing of covers: it only sees what becomes of the
/// total.
fn cover(told: &mut Told, pick: usize, part: i64, days: i32) {
    let totals: Vec<Name> = told.model.open().into_iter().filter(|name| name.0 == TOTALS).collect();
    let Some((_, key)) = totals.get(pick % totals.len().max(1)) else { return };
    let snapshot = told.instance.read(&mc_access::Actor::operator());
    let found = snapshot.totals(&TotalsAsked::Key(key.clone()), None, 1).expect("totals");
    let [standing] = &found.rows[..] else { panic!("{key} stands: {found:?}") };
    let total = &standing.total;
    let later = total.day.plus(days % 3 * 17);
    let confirmed = Confirmation {
        by: (part < 1_000).then(|| (total.amount * part / 1_000).max(1)),
        from: later.filter(|from| standing.level && total.until.is_none_or(|until| *from < until)),
        lists: None,
        reason: "Danh sách đã về".to_owned(),
        document: None,
    };
    let schema = |id: &str| snapshot.schema(id).expect("declared");
    let edits = match cover::edits(&schema(TOTALS), &schema(system::COVER), standing, &confirmed) {
        Ok(edits) => edits,
        Err(error) => {
            assert_eq!(error, CoverError::NotPositive(0), "only a total of nothing cannot be covered");
            return;
        }
    };
    let edits: Vec<EditRequest> = edits
        .into_iter()
        .map(|(register, edit)| EditRequest { register: register.to_owned(), edit })
        .collect();
    let on_total: Vec<EditRequest> = edits.iter().filter(|edit| edit.register == TOTALS).cloned().collect();
    match (told.model.after(&on_total), told.instance.put(edits)) {
        (Ok(next), Ok(receipt)) => {
            assert_eq!(receipt.seq.0, next.seq);
            told.model = next;
        }
        // Another total begins on the day on which the rest of this one would.
        (Err(Why::Refused), Err(CommitError::Rows(_))) => {}
        (expected, found) => panic!("model {expected:?}\nstore {found:?}"),
    }
}

fn attempt(told: &mut Told, edits: Vec<EditRequest>) {
    let expected = told.model.after(&edits);
    let found = told.instance.put(edits.clone());
    match (expected, found) {
        (Ok(next), Ok(receipt)) => {
            assert_eq!(receipt.seq.0, next.seq);
            told.model = next;
        }
        (Err(Why::Refused), Err(CommitError::Rows(_)))
        | (Err(Why::Unchanged), Err(CommitError::Unchanged)) => {}
        (expected, found) => panic!("model {expected:?}\nstore {found:?}\nedits {edits:#?}"),
    }
}

fn edit(told: &Told, one: &One) -> Option<EditRequest> {
    match one {
        One::Insert(register, values) => {
            Some(small::inserted(REGISTERS[*register], record(REGISTERS[*register], values)))
        }
        One::Correct(pick, values) => {
            let (name, ordinal, held) = picked(told, *pick)?;
            Some(small::correct(&name.0, &name.1, ordinal, same_key(&name.0, record(&name.0, values), &held)))
        }
        One::Stale(pick, values) => {
            let (name, ordinal, held) = picked(told, *pick)?;
            let record = same_key(&name.0, record(&name.0, values), &held);
            Some(small::correct(&name.0, &name.1, ordinal + 1, record))
        }
        One::Change(pick, days, values) => {
            let (name, ordinal, held) = picked(told, *pick).filter(|(name, ..)| name.0 != "outlay")?;
            let schema = small::register(&name.0);
            let Some(Value::Day(begins)) = held.get_id(&schema, "since") else { return None };
            let edit = Edit::Change {
                key: name.1.clone(),
                expected_ordinal: ordinal,
                since: begins.plus(*days)?,
                record: same_key(&name.0, record(&name.0, values), &held),
            };
            Some(EditRequest { register: name.0, edit })
        }
        One::Retire(pick) => {
            let (name, ordinal, _) = picked(told, *pick)?;
            Some(small::retire(&name.0, &name.1, ordinal))
        }
    }
}

fn picked(told: &Told, pick: usize) -> Option<(Name, u32, Record)> {
    let open: Vec<Name> = told.model.open().into_iter().filter(|name| name.0 != "total").collect();
    let name = open.get(pick % open.len().max(1))?.clone();
    let (held, ordinal) = told.model.current(&name)?;
    Some((name.clone(), ordinal, held.record.clone()))
}

fn same_key(register: &str, mut record: Record, held: &Record) -> Record {
    let schema = small::register(register);
    for field in schema.record_key().filter_map(|id| schema.field(id)) {
        record.set(field.no, held.get(field.no).clone());
    }
    record
}

fn day(offset: i32) -> Day {
    small::day("2024-10-01").plus(offset).expect("a day")
}

/// A record of any of the registers.
fn record(register: &str, values: &Values) -> Record {
    let place = values.place.map_or(Value::Null, |at| Value::Place(small::PLACES[at]));
    let code = |text: &str| Value::Code(text.to_owned());
    let cut = values.cut.map_or(Value::Null, |at| code(CUTS[at]));
    let since = Value::Day(day(values.since));
    let until = values.lasts.map_or(Value::Null, |days| Value::Day(day(values.since + days)));
    let thing = values.thing;
    let mut record = Record::new();
    match register {
        "mast" => small::set(
            &mut record,
            register,
            [
                ("code", code(&format!("C-{thing}"))),
                ("since", since),
                ("until", until),
                ("state", code(STATES[values.state])),
                ("operator", cut),
                ("agency", values.flag.map_or(Value::Null, |own| small::agency(AGENCIES[usize::from(own)]))),
                ("place", place),
                ("height", values.amount.map_or(Value::Null, |it| Value::Int(it.rem_euclid(200)))),
            ],
        ),
        "plot" => small::set(
            &mut record,
            register,
            [
                ("sheet", Value::Int(1)),
                ("number", Value::Int(i64::from(thing))),
                ("since", since),
                ("until", until),
                ("grade", code(["1", "2"][values.state % 2])),
                ("place", values.place.map_or(Value::Place(small::COMMUNES[0]), |_| place)),
                ("area", values.amount.map_or(Value::Null, area)),
                ("note", values.cut.map_or(Value::Null, |at| Value::Text(format!("ghi {}", CUTS[at])))),
                ("owner_name", values.flag.map_or(Value::Null, |_| Value::Text(format!("Chủ ô {thing}")))),
            ],
        ),
        _ => small::set(
            &mut record,
            register,
            [
                ("code", code(&format!("K-{thing}"))),
                ("day", values.lasts.map_or(since, |days| if days < 0 { Value::Null } else { until })),
                ("place", place),
                ("amount", values.amount.map_or(Value::Null, Value::Int)),
                ("kind", cut),
                ("digital", values.flag.map_or(Value::Null, Value::Bool)),
            ],
        ),
    }
    record
}

fn area(amount: i64) -> Value {
    Value::Scaled(Scaled { mantissa: amount.abs(), scale: 1 })
}

fn erase(told: &mut Told, pick: usize) {
    let plots: Vec<Name> = told.model.records.keys().filter(|name| name.0 == "plot").cloned().collect();
    let Some(name) = plots.get(pick % plots.len().max(1)) else { return };
    let mut next = told.model.clone();
    next.seq += 1;
    let any = next.erase(name);
    let found = told.instance.erase(&Erasure {
        actor: mc_access::Actor::operator(),
        register: name.0.clone(),
        key: name.1.clone(),
        fields: None,
        ground: "Điều 16".to_owned(),
        reason: "yêu cầu".to_owned(),
        texts: false,
    });
    match (any, found) {
        (true, Ok(_)) => told.model = next,
        (false, Err(CommitError::Unchanged)) => {}
        (any, found) => panic!("there was something to erase: {any}; the store: {found:?}"),
    }
}

fn merge(told: &mut Told, old: PlaceId, new: PlaceId) {
    // Whoever went into one place whole cannot go into another.
    if told.model.mergers.iter().any(|(known, _)| *known == old) {
        return;
    }
    told.instance.must(vec![small::succession(old, new, true)]);
    told.model.seq += 1;
    told.model.mergers.push((old, new));
}

fn redefine(told: &mut Told, state: &str) {
    let versions = told.model.definitions.iter().filter(|(_, it)| it.id == "masts");
    let mut next = versions.map(|(_, it)| it).max_by_key(|it| it.version).expect("declared").clone();
    next.version += 1;
    next.num.id = format!("masts_{}", next.version);
    next.num.filter = Some(format!("state = '{state}' OR height > 50"));
    told.instance.must(vec![declare_indicator(&small::register(system::INDICATOR), &next)]);
    told.model.seq += 1;
    told.model.definitions.push((told.model.seq, next));
}

/// Values written from here on are committed to; those that are there move when the next erasure or start wants it.
fn mark(told: &mut Told) {
    if told.model.plot != small::register("plot") {
        return;
    }
    let note = told.model.plot.field.iter_mut().find(|field| field.id == "note").expect("the note");
    (note.personal, note.search) = (true, false);
    let declared = declare_schema(&small::register(system::SCHEMA), &told.model.plot, 2);
    told.instance.must(vec![declared]);
    told.model.seq += 1;
}
