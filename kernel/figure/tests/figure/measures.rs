//! Cells kept by contributions equal a recount, whatever the history, day and period.

use std::collections::BTreeMap;

use mc_base::{Day, Month, PlaceId};
use mc_figure::{CompiledMeasure, Interval, Measure, RecordsBehind, Rule, TimeRule, Window, eval::condition};
use mc_ledger::Value;
use proptest::prelude::*;

use crate::common::{Row, day, full, schema};

fn measure(value: &str, time: TimeRule) -> Measure {
    Measure {
        id: "sample_measure".to_owned(),
        register: "sample".to_owned(),
        filter: Some("state = 'live'".to_owned()),
        value: value.to_owned(),
        bound: 1_000_000,
        time,
        cuts: vec![vec!["operator".to_owned()], vec!["state".to_owned(), "shared".to_owned()]],
    }
}

fn stock() -> TimeRule {
    TimeRule::Stock { from: "started + 1".to_owned(), to: Some("ended".to_owned()) }
}

fn flow() -> TimeRule {
    TimeRule::Flow { on: "started".to_owned() }
}

fn compiled(value: &str, time: TimeRule) -> CompiledMeasure {
    CompiledMeasure::new(&measure(value, time), &schema()).expect("a measure")
}

#[test]
fn a_stock_counts_from_its_first_day_until_the_day_it_ends() {
    let found = compiled("sum(done)", stock()).contributions(&|no| full().get(no)).expect("contributions");
    assert_eq!(found.place, Some(PlaceId(15)));
    assert_eq!(found.cuts, vec!["NM-A".to_owned(), "live/true".to_owned()]);
    assert_eq!(found.changes, vec![(day("2025-03-16"), 842), (day("2025-10-01"), -842)]);
    assert_eq!(found.interval, Some(Interval { from: day("2025-03-16"), to: Some(day("2025-10-01")) }));
    assert!(!found.missing_from && !found.unreported);
}

#[test]
fn what_is_not_known_is_said_and_adds_nothing() {
    let of = |row: &Row, value: &str| {
        compiled(value, stock()).contributions(&|no| row.get(no)).expect("contributions")
    };
    let no_start = of(&full().with("started", Value::Null), "count");
    assert!(no_start.missing_from && no_start.interval.is_none() && no_start.changes.is_empty());
    let no_value = of(&full().with("done", Value::Null), "sum(done)");
    assert!(no_value.unreported && no_value.interval.is_some() && no_value.changes.is_empty());
    let open = of(&full().with("ended", Value::Null), "count");
    assert_eq!(open.changes, vec![(day("2025-03-16"), 1)]);
    let filter_unknown = of(&full().with("state", Value::Null), "count");
    assert_eq!(filter_unknown, mc_figure::Contributions::default());
    let empty = of(&full().with("ended", Value::Day(day("2025-03-16"))), "count");
    assert!(empty.interval.is_none() && empty.changes.is_empty() && !empty.missing_from);
    let no_cut =
        of(&full().with("operator", Value::Code("a/b%".to_owned())).with("shared", Value::Null), "count");
    assert_eq!(no_cut.cuts, vec!["a%2Fb%25".to_owned(), "live/~".to_owned()]);
    let tilde = of(&full().with("operator", Value::Code("~".to_owned())), "count");
    assert_eq!(tilde.cuts.first().map(String::as_str), Some("%7E"));
}

#[test]
fn an_unknown_start_counts_from_the_first_day_where_the_register_says_so() {
    let mut schema = schema();
    schema.unknown_from = true;
    let measure = CompiledMeasure::new(&measure("count", stock()), &schema).expect("a measure");
    let row = full().with("started", Value::Null);
    let found = measure.contributions(&|no| row.get(no)).expect("contributions");
    assert!(found.missing_from);
    assert_eq!(found.changes, vec![(day("0001-01-01"), 1), (day("2025-10-01"), -1)]);
}

#[test]
fn a_flow_counts_on_its_day() {
    let found = compiled("sum(done)", flow()).contributions(&|no| full().get(no)).expect("contributions");
    assert_eq!(found.changes, vec![(day("2025-03-15"), 842)]);
}

#[test]
fn measures_that_cannot_be_kept_are_refused() {
    let refusal = |change: fn(&mut Measure)| {
        let mut measure = measure("sum(done)", stock());
        change(&mut measure);
        CompiledMeasure::new(&measure, &schema()).expect_err("a refusal").to_string()
    };
    for (change, part) in [
        ((|m| m.bound = 999_999) as fn(&mut Measure), "từ 0 đến 1000000, vượt bound 999999"),
        (|m| m.bound = 0, "cần từ 1 đến"),
        (|m| m.bound = i64::MAX, "cần từ 1 đến"),
        (|m| m.value = "sum(name)".to_owned(), "giá trị (value): biểu thức cho kết quả kiểu chuỗi chữ"),
        (|m| m.value = "avg(done)".to_owned(), "cần count hoặc sum(biểu thức số)"),
        (|m| m.value = "sum(done) + (done)".to_owned(), "giá trị (value): không đọc được biểu thức"),
        (|m| m.filter = Some("done".to_owned()), "bộ lọc (filter): biểu thức cho kết quả kiểu số nguyên"),
        (
            |m| m.time = TimeRule::Flow { on: "reported".to_owned() },
            "ngày (on): biểu thức cho kết quả kiểu tháng",
        ),
        (|m| m.cuts = vec![vec!["tags".to_owned()]], "nhiều giá trị cho một bản ghi"),
        (|m| m.cuts = vec![vec!["owner_name".to_owned()]], "dữ liệu cá nhân"),
        (|m| m.cuts = vec![vec!["done".to_owned()]], "1000001 tổ hợp"),
        (
            |m| m.cuts = vec![vec!["floors".to_owned(), "state".to_owned(), "shared".to_owned()]],
            "1266 tổ hợp",
        ),
        (|m| m.cuts = vec![vec!["gone".to_owned()]], "không có trường “gone”"),
        (|m| m.cuts = vec![vec!["state".to_owned()], vec!["state".to_owned()]], "hai lần"),
        (|m| m.cuts = vec![vec![]], "có 0 trường"),
        (|m| m.register = "other".to_owned(), "sổ “other”"),
    ] {
        let found = refusal(change);
        assert!(found.contains(part), "{found}\n  lacks {part}");
        assert!(found.contains("sample_measure"), "{found}");
    }
}

#[test]
fn the_bound_leaves_room_for_the_rows() {
    let measure = compiled("sum(done)", stock());
    assert_eq!(measure.rows_max(), ((1_u64 << 62) - 1) / 1_000_000);
}

// ---- histories

fn any_day() -> impl Strategy<Value = Day> {
    (20_000_i32..20_600).prop_map(|days| Day::from_epoch_days(days).expect("a day"))
}

/// The parts of a record that the measures look at.
#[derive(Clone, Debug)]
struct Facts {
    live: Option<bool>,
    started: Option<Day>,
    ended: Option<Day>,
    done: Option<i64>,
}

fn facts() -> impl Strategy<Value = Facts> {
    let maybe_day = || prop::option::weighted(0.8, any_day());
    (
        prop::option::weighted(0.9, any::<bool>()),
        maybe_day(),
        maybe_day(),
        prop::option::weighted(0.8, 0..=1_000_000_i64),
    )
        .prop_map(|(live, started, ended, done)| Facts { live, started, ended, done })
}

impl Facts {
    fn row(&self) -> Row {
        let code = |live| Value::Code(if live { "live" } else { "removed" }.to_owned());
        Row::default()
            .with("state", self.live.map_or(Value::Null, code))
            .with("started", self.started.map_or(Value::Null, Value::Day))
            .with("ended", self.ended.map_or(Value::Null, Value::Day))
            .with("done", self.done.map_or(Value::Null, Value::Int))
    }

    /// What it adds to the stock on `day`, from the meaning of the declaration and nothing else.
    fn stock(&self, day: Day) -> i128 {
        let begun = self.started.is_some_and(|started| started < day);
        let over = self.ended.is_some_and(|ended| ended <= day);
        i128::from(if self.live == Some(true) && begun && !over { self.done.unwrap_or(0) } else { 0 })
    }

    fn flow(&self, first: Day, last: Day) -> i128 {
        let inside = self.started.is_some_and(|started| (first..=last).contains(&started));
        i128::from(if self.live == Some(true) && inside { self.done.unwrap_or(0) } else { 0 })
    }
}

#[derive(Default)]
struct Cells(BTreeMap<Day, i128>);

impl Cells {
    fn add(&mut self, measure: &CompiledMeasure, facts: &Facts, sign: i128) {
        let row = facts.row();
        for (day, amount) in measure.contributions(&|no| row.get(no)).expect("contributions").changes {
            *self.0.entry(day).or_default() += sign * i128::from(amount);
        }
    }

    /// Σ over the cells a window names: whole months by their own sums, then single days.
    fn read(&self, window: Window) -> i128 {
        let cells = window.cells();
        let mut months: BTreeMap<Month, i128> = BTreeMap::new();
        for (day, amount) in &self.0 {
            *months.entry(day.month()).or_default() += amount;
        }
        let whole: i128 = cells.months.map_or(0, |(from, to)| months.range(from..=to).map(|(_, n)| n).sum());
        whole
            + cells
                .days
                .iter()
                .map(|(from, to)| self.0.range(from..=to).map(|(_, n)| n).sum::<i128>())
                .sum::<i128>()
    }
}

/// One step of a history: a record is opened, corrected, or retired.
#[derive(Clone, Debug)]
enum Step {
    Open(Facts),
    Correct(usize, Facts),
    Retire(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => facts().prop_map(Step::Open),
        2 => (any::<usize>(), facts()).prop_map(|(index, facts)| Step::Correct(index, facts)),
        1 => any::<usize>().prop_map(Step::Retire),
    ];
    prop::collection::vec(step, 1..30)
}

/// The records left at the end, and the cells after every step was added to them.
fn play(measure: &CompiledMeasure, steps: &[Step]) -> (Vec<Facts>, Cells) {
    let (mut open, mut cells) = (Vec::<Facts>::new(), Cells::default());
    for step in steps {
        match step {
            Step::Open(facts) => {
                cells.add(measure, facts, 1);
                open.push(facts.clone());
            }
            Step::Correct(index, facts) if !open.is_empty() => {
                let index = index % open.len();
                cells.add(measure, &open[index], -1);
                cells.add(measure, facts, 1);
                open[index] = facts.clone();
            }
            Step::Retire(index) if !open.is_empty() => {
                let gone = open.remove(index % open.len());
                cells.add(measure, &gone, -1);
            }
            _ => {}
        }
    }
    (open, cells)
}

proptest! {
    #[test]
    fn a_stock_equals_a_recount_on_any_day(steps in steps(), today in any_day()) {
        let (open, cells) = play(&compiled("sum(done)", stock()), &steps);
        let window = Rule::Stock.window(today, today, today).expect("a window");
        prop_assert_eq!(cells.read(window), open.iter().map(|facts| facts.stock(today)).sum::<i128>());
    }

    #[test]
    fn a_flow_equals_a_recount_over_any_period(
        steps in steps(), from in any_day(), length in 0_i32..500, today in any_day(),
    ) {
        let (open, cells) = play(&compiled("sum(done)", flow()), &steps);
        let to = from.plus(length).expect("a day");
        let recount = |first: Day, last: Day| open.iter().map(|facts| facts.flow(first, last)).sum::<i128>();
        match Rule::Flow.window(from, to, today) {
            None => prop_assert!(from > today),
            Some(window) => prop_assert_eq!(cells.read(window), recount(from, to.min(today))),
        }
        if let Some(window) = Rule::Cumulative.window(from, to, today) {
            let first = Day::new(from.ymd().0, 1, 1).expect("a day");
            prop_assert_eq!(cells.read(window), recount(first, to.min(today)));
        }
    }

    /// No open end takes more than 31 cells, and no day is in two cells or in none.
    #[test]
    fn months_and_days_partition_a_window(from in any_day(), length in 0_i32..900) {
        let to = from.plus(length).expect("a day");
        let cells = Window::Within(from, to).cells();
        prop_assert!(cells.days.len() <= 2);
        for (first, last) in &cells.days {
            prop_assert!((0..31).contains(&(last.epoch_days() - first.epoch_days())));
        }
        for days in -40..length + 40 {
            let day = from.plus(days).expect("a day");
            let in_months = cells.months.is_some_and(|(first, last)| (first..=last).contains(&day.month()));
            let in_days = cells.days.iter().filter(|(first, last)| (*first..=*last).contains(&day)).count();
            prop_assert_eq!(usize::from(in_months) + in_days, usize::from((from..=to).contains(&day)));
        }
    }

    /// The records behind a figure are those whose days it reads.
    #[test]
    fn the_records_behind_a_figure_are_those_that_count(facts in facts(), from in any_day(), length in 0_i32..90) {
        let to = from.plus(length).expect("a day");
        let row = facts.row();
        for (time, rule) in [(stock(), Rule::Stock), (flow(), Rule::Flow)] {
            let measure = compiled("count", time);
            let window = rule.window(from, to, to).expect("a window");
            let behind = RecordsBehind::new(&measure, window).expect("of the same rule").condition();
            let listed = condition(&behind, &|no| row.get(no)).expect("an answer") == Some(true);
            let interval = measure.contributions(&|no| row.get(no)).expect("contributions").interval;
            let counts = interval.is_some_and(|interval| match window {
                Window::UpTo(day) => interval.holds(day),
                Window::Within(..) => window.holds(interval.from),
            });
            prop_assert_eq!(listed, counts);
        }
    }
}

#[test]
fn a_window_of_another_rule_has_no_records() {
    let today = day("2025-11-17");
    assert!(RecordsBehind::new(&compiled("count", stock()), Window::Within(today, today)).is_none());
    assert!(RecordsBehind::new(&compiled("count", flow()), Window::UpTo(today)).is_none());
}
