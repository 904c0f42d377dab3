//! The recount: what a figure is by the reference evaluator over the versions of the model.

use mc_base::{Day, PlaceId};
use std::collections::BTreeMap;

use mc_figure::cover::{Listed, Total};
use mc_figure::{
    Amount, CompiledMeasure, CompiledTime, Contributions, Definition, Measure, Rule, TimeRule, Value6,
};
use mc_port::FigureRequest;
use mc_stories::small;

use crate::model::{Held, Model};

/// A recount of one operand.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    value: i128,
    n: i64,
}

/// Numerator, denominator and value as texts, as a figure holds them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Expected {
    pub(crate) value: Option<String>,
    pub(crate) num: Option<String>,
    pub(crate) den: Option<String>,
}

/// The definition in force at a position.
pub(crate) fn definition<'m>(model: &'m Model, id: &str, at: u64) -> &'m Definition {
    let of_id = || model.definitions.iter().filter(|(_, it)| it.id == id);
    let known = of_id().filter(|(seq, _)| *seq <= at).max_by_key(|(_, it)| it.version);
    &known.or_else(|| of_id().min_by_key(|(_, it)| it.version)).expect("declared").1
}

pub(crate) fn figure(model: &Model, request: &FigureRequest) -> Expected {
    let at = request.at.map_or(model.seq, |at| at.0);
    let definition = definition(model, &request.indicator, at);
    let num = operand(model, &definition.num, request, at);
    let den = definition.den.as_ref().map(|den| operand(model, den, request, at));
    let visible = num.1 && den.is_none_or(|den| den.1);
    let shown = |(amount, visible): (Amount, bool)| visible.then(|| amount.to_string());
    Expected {
        value: match den {
            None => shown(num),
            Some(den) => Value6::of(num.0, den.0).filter(|_| visible).map(|value| value.to_string()),
        },
        num: shown(num),
        den: den.and_then(shown),
    }
}

/// The value of one part of a cut: records that have it and totals that say they are of it; without `text`, totals
/// that are of no part.
pub(crate) fn part(
    model: &Model,
    measure: &Measure,
    request: &FigureRequest,
    (cut, text): (usize, Option<&str>),
) -> String {
    let counting = compiled(measure);
    let name = measure.cuts[cut].join("+");
    let totals = totals(measure);
    let all = totals.filter.clone().expect("a filter");
    let said = |text: &str| {
        let filter = format!("{all} AND cut = '{name}' AND cut_value = '{text}'");
        count(model, &compiled(&Measure { filter: Some(filter), ..totals.clone() }), request, model.seq, None)
    };
    let value = match text {
        Some(text) => count(model, &counting, request, model.seq, Some((cut, text))).value + said(text).value,
        None => {
            let filter = format!("{all} AND cut <> '{name}'");
            let others = compiled(&Measure { filter: Some(filter), ..totals.clone() });
            count(model, &others, request, model.seq, None).value
        }
    };
    Amount { mantissa: value, scale: counting.scale() }.to_string()
}

/// What the records made since a total's life began say in its scope.
pub(crate) fn listed(model: &Model, measure: &Measure, total: &Total) -> Listed {
    let compiled = compiled(measure);
    let lives = &model.records[&("total".to_owned(), total.key.clone())];
    let broken = |pair: &[Held]| pair[0].to != Some(pair[1].from);
    let begins = lives.windows(2).rposition(broken).map_or(0, |at| at + 1);
    let since = lives[begins].from;
    let mut changes: BTreeMap<Day, i64> = BTreeMap::new();
    for (sign, at) in [(1, model.seq), (-1, since)] {
        for held in visible(model, &measure.register, at) {
            let found =
                compiled.contributions(&|no| held.record.get(no).clone()).expect("a record of its schema");
            let owner = small::register(&measure.register).owner.and_then(|owner| {
                match held.record.get_id(&small::register(&measure.register), &owner) {
                    Some(mc_ledger::Value::Agency(agency)) => Some(agency.clone()),
                    _ => None,
                }
            });
            let cut = compiled.cuts.iter().position(|cut| cut.name == total.cut);
            let in_cut =
                total.cut == "-" || cut.is_some_and(|at| found.cuts.get(at) == Some(&total.cut_value));
            let own = owner.is_none_or(|owner| owner == total.agency);
            if !in_cut || !own || !counts_in(model, found.place, total.place) {
                continue;
            }
            for (day, amount) in &found.changes {
                *changes.entry(*day).or_default() += sign * amount;
            }
        }
    }
    Listed::of(total.days(&compiled.time), &changes)
}

fn compiled(measure: &Measure) -> CompiledMeasure {
    CompiledMeasure::new(measure, &small::register(&measure.register)).expect("a checked measure")
}

/// The amount, and whether there is anything to show.
fn operand(model: &Model, measure: &Measure, request: &FigureRequest, at: u64) -> (Amount, bool) {
    let compiled = compiled(measure);
    let counted = count(model, &compiled, request, at, None);
    let totals = self::compiled(&totals(measure));
    let totals = count(model, &totals, request, at, None);
    let present = visible(model, &measure.register, at)
        .filter(|held| counts_in(model, place_of(&measure.register, held), request.place))
        .count();
    let begun = request.period.from() <= request.today;
    let amount = Amount { mantissa: counted.value + totals.value, scale: compiled.scale() };
    (amount, (begun && present > 0) || totals.n != 0)
}

fn totals(measure: &Measure) -> Measure {
    Measure {
        id: "totals".to_owned(),
        register: "total".to_owned(),
        filter: Some(format!("measure = '{}'", measure.id)),
        value: "sum(amount)".to_owned(),
        bound: 1_000_000_000,
        time: match measure.time {
            TimeRule::Stock { .. } => {
                TimeRule::Stock { from: "day".to_owned(), to: Some("until".to_owned()) }
            }
            TimeRule::Flow { .. } => TimeRule::Flow { on: "day".to_owned() },
            TimeRule::Cumulative { .. } => TimeRule::Cumulative { on: "day".to_owned() },
        },
        cuts: Vec::new(),
    }
}

fn visible<'m>(model: &'m Model, register: &str, at: u64) -> impl Iterator<Item = &'m Held> {
    let of_register = model.records.iter().filter(move |(name, _)| name.0 == register);
    let versions: Vec<&Held> = of_register.flat_map(|(_, versions)| versions).collect();
    versions.into_iter().filter(move |held| held.from <= at && held.to.is_none_or(|to| at < to))
}

fn place_of(register: &str, held: &Held) -> Option<PlaceId> {
    match held.record.get_id(&small::register(register), "place") {
        Some(mc_ledger::Value::Place(place)) => Some(*place),
        _ => None,
    }
}

fn count(
    model: &Model,
    measure: &CompiledMeasure,
    request: &FigureRequest,
    at: u64,
    cut: Option<(usize, &str)>,
) -> Count {
    let mut total = Count::default();
    let (from, to) = (request.period.from(), request.period.to());
    let Some(window) = Rule::from(&measure.time).window(from, to, request.today) else { return total };
    let end = to.min(request.today);
    for held in visible(model, &measure.register, at) {
        let found = measure.contributions(&|no| held.record.get(no).clone()).expect("a record of its schema");
        let in_cut = cut.is_none_or(|(at, text)| found.cuts.get(at).is_some_and(|it| it == text));
        if !in_cut || !counts_in(model, found.place, request.place) {
            continue;
        }
        let by_changes: i128 =
            found.changes.iter().filter(|(day, _)| window.holds(*day)).map(|(_, it)| i128::from(*it)).sum();
        if counts_on(measure, &found, from, end) {
            total.n += 1;
        }
        total.value += by_changes;
    }
    total
}

/// Whether a record counts, by its days rather than by the changes of cells.
fn counts_on(measure: &CompiledMeasure, found: &Contributions, from: Day, end: Day) -> bool {
    let Some(interval) = found.interval else { return false };
    match measure.time {
        CompiledTime::Stock { .. } => interval.holds(end),
        CompiledTime::Flow { .. } => (from..=end).contains(&interval.from),
        CompiledTime::Cumulative { .. } => interval.from.year() == from.year() && interval.from <= end,
    }
}

/// Whether a record of `place` counts in `of`: by administration, or because the place went into one that
/// does.
fn counts_in(model: &Model, place: Option<PlaceId>, of: PlaceId) -> bool {
    let mut here = place.unwrap_or(small::PROVINCE);
    loop {
        if line(here).contains(&of) {
            return true;
        }
        match model.mergers.iter().find(|(old, _)| *old == here) {
            Some((_, new)) => here = *new,
            None => return false,
        }
    }
}

fn line(place: PlaceId) -> Vec<PlaceId> {
    match place {
        small::ROOT => vec![place],
        small::PROVINCE | small::OLD_PROVINCE => vec![place, small::ROOT],
        small::FAR_COMMUNE => vec![place, small::OLD_PROVINCE, small::ROOT],
        _ => vec![place, small::PROVINCE, small::ROOT],
    }
}
