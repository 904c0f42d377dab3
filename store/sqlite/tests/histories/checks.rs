//! What must be true after a history.

use mc_access::Actor;
use mc_base::{PlaceId, Scaled, Seq};
use mc_figure::Figure;
use mc_port::{By, FigureRequest, Part, PlaceBasis, TOTALS_MAX, TotalsAsked};
use mc_stories::small;
use mc_stories::stage::figure_request;

use crate::Told;
use crate::model::ordinal;
use crate::oracle;

const PERIODS: [&str; 7] = ["2025-10", "2025", "2025-Q2", "2025-07-15", "2025-9M", "2024-12", "2025-12"];

/// The versions are those of the model, for a reader who may see everything.
pub(crate) fn versions(told: &Told) {
    let reader = told.instance.reader(&Actor::illustrative());
    for ((register, key), held) in &told.model.records {
        let found = reader.history(register, key).expect("history");
        assert_eq!(found.len(), held.len(), "{register}/{key}");
        for ((version, held), count) in found.iter().zip(held).zip(1..) {
            let name = format!("{register}/{key}, {count}");
            assert_eq!(version.ordinal, ordinal(count), "{name}");
            assert_eq!((version.seq_from, version.seq_to), (Seq(held.from), held.to.map(Seq)), "{name}");
            let values: Vec<_> = version.values.iter().map(|(no, value)| (*no, value)).collect();
            assert_eq!(values, held.record.iter().collect::<Vec<_>>(), "{name}");
            assert_eq!(version.erased, held.erased, "{name}");
        }
    }
}

/// Every figure at the latest position, and some at every earlier one, equal the recount.
pub(crate) fn figures(told: &Told) {
    let mut turn = 0;
    for seq in 0..told.model.seq {
        for indicator in small::indicators() {
            turn += 1;
            let place = small::PLACES[turn % small::PLACES.len()];
            let period = PERIODS[turn % PERIODS.len()];
            same(told, &figure_request(&indicator.id, place, period, Some(Seq(seq))));
            same(told, &figure_request(&indicator.id, small::PROVINCE, "2025", Some(Seq(seq))));
        }
    }
    for indicator in small::indicators() {
        for place in small::PLACES {
            for period in PERIODS {
                same(told, &figure_request(&indicator.id, place, period, None));
            }
        }
    }
}

fn same(told: &Told, request: &FigureRequest) {
    let reader = told.instance.reader(&Actor::public());
    let found = reader.figure(request).expect("a figure");
    let expected = oracle::figure(&told.model, request);
    let found = oracle::Expected { value: found.value, num: found.num, den: found.den };
    assert_eq!(
        found, expected,
        "{} at {} in {} known at {:?}",
        request.indicator, request.place, request.period, request.at
    );
}

/// Children add up to their parent, and so do the parts of a cut, each of which is counted rightly.
pub(crate) fn splits(told: &Told) {
    let reader = told.instance.reader(&Actor::public());
    for indicator in small::indicators() {
        for place in [small::ROOT, small::PROVINCE, small::COMMUNES[0]] {
            for places in [PlaceBasis::Now, PlaceBasis::Then] {
                let request =
                    FigureRequest { places, ..figure_request(&indicator.id, place, "2025-11", None) };
                let whole = reader.figure(&request).expect("the whole");
                let children = reader.figure_by(&request, &By::Place).expect("the children");
                add_up(&whole, &children, &format!("{} by place at {place}, {places:?}", indicator.id));
            }
            cuts(told, &figure_request(&indicator.id, place, "2025-11", None), place);
        }
    }
}

/// What lists say in the scope of every total that stands is what a recount of the records made since says.
pub(crate) fn listed(told: &Told) {
    let reader = told.instance.reader(&Actor::operator());
    let definitions = small::indicators();
    for register in ["mast", "outlay", "plot"] {
        let asked = TotalsAsked::Of(register.to_owned());
        let page = reader.totals(&asked, None, TOTALS_MAX).expect("totals");
        let mut one_by_one = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let next = reader.totals(&asked, after.as_deref(), 1).expect("one total");
            assert_eq!(next.count, page.count);
            one_by_one.extend(next.rows);
            after = next.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(one_by_one, page.rows);
        for standing in &page.rows {
            let measure = definitions.iter().map(|it| &it.num).find(|it| it.id == standing.total.measure);
            let expected = oracle::listed(&told.model, measure.expect("a measure"), &standing.total);
            assert_eq!(standing.listed, expected, "{}", standing.total.key);
        }
    }
}

fn add_up(whole: &Figure, parts: &[Part], name: &str) {
    let sums = |of: fn(&Figure) -> &Option<String>| -> (i64, i64) {
        (parts.iter().map(|part| number(of(&part.figure))).sum(), number(of(whole)))
    };
    for (sum, whole) in [sums(|figure| &figure.num), sums(|figure| &figure.den)] {
        assert_eq!(sum, whole, "{name}: {parts:#?}");
    }
    let records: u64 = parts.iter().map(|part| part.figure.records).sum();
    assert_eq!(records, whole.records, "{name}: {parts:#?}");
}

fn cuts(told: &Told, request: &FigureRequest, place: PlaceId) {
    let reader = told.instance.reader(&Actor::public());
    let definition = oracle::definition(&told.model, &request.indicator, told.model.seq);
    let measure = &definition.num;
    let whole = reader.figure(request).expect("the whole");
    for (at, fields) in measure.cuts.iter().enumerate() {
        let name = fields.join("+");
        let Ok(parts) = reader.figure_by(request, &By::Cut(name.clone())) else {
            let common = definition.den.as_ref().is_none_or(|den| den.cuts.contains(fields));
            assert!(!common, "{} by {name}", request.indicator);
            continue;
        };
        for part in &parts {
            let text = (part.key != "~chua-chia").then_some(part.key.as_str());
            let expected = oracle::part(&told.model, measure, request, (at, text));
            let found = part.figure.num.as_deref().unwrap_or("0");
            assert!(same_number(found, &expected), "{name} = {} at {place}: {found}, {expected}", part.key);
        }
        add_up(&whole, &parts, &format!("{} by {name} at {place}", request.indicator));
    }
}

/// Nothing known and nothing counted are both 0 here.
fn same_number(a: &str, b: &str) -> bool {
    Scaled::parse(a).map(|it| it.mantissa) == Scaled::parse(b).map(|it| it.mantissa)
}

/// The digits: every part of a figure has the same scale.
fn number(text: &Option<String>) -> i64 {
    text.as_deref().map_or(0, |text| Scaled::parse(text).expect("a number").mantissa)
}
