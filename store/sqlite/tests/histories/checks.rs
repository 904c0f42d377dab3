//! What must be true after a history.

use mc_access::Actor;
use mc_base::{PlaceId, Seq};
use mc_port::{By, FigureRequest};
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

/// Children add up to their parent, and the parts of a cut are counted rightly and lose nothing.
pub(crate) fn splits(told: &Told) {
    let reader = told.instance.reader(&Actor::public());
    for id in ["masts", "mast_height", "outlays", "outlays_in_period"] {
        for place in [small::ROOT, small::PROVINCE, small::COMMUNES[0]] {
            let request = figure_request(id, place, "2025-11", None);
            let whole = number(reader.figure(&request).expect("the whole").num);
            let children = reader.figure_by(&request, &By::Place).expect("the children");
            let sum: i64 = children.iter().map(|part| number(part.figure.num.clone())).sum();
            assert_eq!(sum, whole, "{id} by place at {place}");
            cuts(told, &request, place);
        }
    }
}

fn cuts(told: &Told, request: &FigureRequest, place: PlaceId) {
    let reader = told.instance.reader(&Actor::public());
    let measure = &oracle::definition(&told.model, &request.indicator, told.model.seq).num;
    for (at, fields) in measure.cuts.iter().enumerate() {
        let name = fields.join("+");
        let parts = reader.figure_by(request, &By::Cut(name.clone())).expect("the parts");
        for part in &parts {
            let expected = oracle::part(&told.model, measure, request, at, &part.key);
            assert_eq!(
                part.figure.num.as_deref(),
                Some(expected.as_str()),
                "{name} = {} at {place}",
                part.key
            );
        }
        let whole = reader.figure(request).expect("the whole").records;
        let records: u64 = parts.iter().map(|part| part.figure.records).sum();
        assert_eq!(records, whole, "{} by {name} at {place}", request.indicator);
    }
}

fn number(text: Option<String>) -> i64 {
    text.map_or(0, |text| text.parse().expect("a whole number"))
}
