//! Figures: bases, places, mergers.

use mc_access::Actor;
use mc_base::{PlaceId, Seq};
use mc_figure::Basis;
use mc_ledger::Value;
use mc_port::{By, EditRequest, FigureError, FigureRequest, PlaceBasis, Side};

use crate::Stage;
use crate::small::{
    COMMUNES, FAR_COMMUNE, MERGER, OLD_COMMUNE, OLD_COMMUNE_2, OLD_PROVINCE, PROVINCE, ROOT, insert,
    inserted, mast, outlay, retire, set, succession, total, with,
};
use crate::stage::figure_request;

const LIVE: &str = "2025-01-01";

fn masts(stage: &dyn Stage, place: PlaceId) -> Option<String> {
    stage.figure("masts", place, "2025-10").value
}

fn add(stage: &mut dyn Stage, code: &str, place: PlaceId) -> Seq {
    stage.must(vec![inserted("mast", mast(code, place, "live", LIVE))]).seq
}

/// The sum over the children of a place is the place itself.
pub(crate) fn adds_up(stage: &dyn Stage, place: PlaceId) {
    for indicator in ["masts", "mast_height", "outlays"] {
        let request = figure_request(indicator, place, "2025-10", None);
        let reader = stage.read(&Actor::public());
        let whole: i64 = number(reader.figure(&request).expect("the whole").value.as_deref());
        let parts = reader.figure_by(&request, &By::Place).expect("the parts");
        let sum: i64 = parts.iter().map(|part| number(part.figure.value.as_deref())).sum();
        let shown: Vec<_> = parts.iter().map(|part| (&part.key, &part.figure.value)).collect();
        assert_eq!(sum, whole, "{indicator} at {place}: {shown:?}");
    }
}

fn number(text: Option<&str>) -> i64 {
    text.map_or(0, |text| text.parse().expect("a whole number"))
}

pub(super) fn nothing(stage: &mut dyn Stage) {
    assert_eq!(masts(stage, PROVINCE), None);
    stage.must(vec![inserted("mast", mast("C-1", COMMUNES[0], "planned", LIVE))]);
    assert_eq!(masts(stage, COMMUNES[0]).as_deref(), Some("0"), "there are records, none of which counts");
    assert_eq!(masts(stage, COMMUNES[1]), None);
    let empty = stage.figure("outlay_digital_share", PROVINCE, "2025");
    assert_eq!((empty.value, empty.num), (None, None));
    stage.must(vec![inserted("outlay", outlay("K-1", COMMUNES[0], "2025-08-01", 0))]);
    let zero = stage.figure("outlay_digital_share", PROVINCE, "2025");
    assert_eq!((zero.value.as_deref(), zero.den.as_deref()), (None, Some("0")), "nothing is divided by zero");
}

pub(super) fn totals(stage: &mut dyn Stage) {
    stage.must(vec![inserted("total", total("masts", PROVINCE, LIVE, 40))]);
    let of_total = stage.figure("masts", PROVINCE, "2025-10");
    assert_eq!((of_total.value.as_deref(), of_total.basis), (Some("40"), Basis::Total));
    assert_eq!(of_total.listed.as_deref(), Some("0.000000"));
    assert_eq!(masts(stage, COMMUNES[0]), None, "a total is not spread over children");
    for number in 0..10 {
        add(stage, &format!("C-{number}"), COMMUNES[0]);
    }
    let mixed = stage.figure("masts", PROVINCE, "2025-10");
    assert_eq!((mixed.value.as_deref(), mixed.basis), (Some("50"), Basis::Mixed));
    assert_eq!((mixed.listed.as_deref(), mixed.records), (Some("0.200000"), 10));
    assert_eq!(stage.figure("masts", COMMUNES[0], "2025-10").basis, Basis::Counted);
    let rest = rest(stage, "masts", PROVINCE, &By::Place);
    assert_eq!(rest, [("~chua-phan-bo".to_owned(), "40".to_owned(), Basis::Total)]);
    adds_up(stage, PROVINCE);
    stage.sound();
}

/// The parts that have no name of their own.
fn rest(stage: &dyn Stage, indicator: &str, place: PlaceId, by: &By) -> Vec<(String, String, Basis)> {
    let request = figure_request(indicator, place, "2025-10", None);
    let parts = stage.read(&Actor::public()).figure_by(&request, by).expect("the parts");
    let rest = parts.into_iter().filter(|part| part.key.len() > 1 && part.key.starts_with('~'));
    rest.map(|part| (part.key, part.figure.num.unwrap_or_default(), part.figure.basis)).collect()
}

/// A total of one value of a cut counts there and in the whole; one of another cut, or of none, is not split.
pub(super) fn totals_by_cut(stage: &mut dyn Stage) {
    let of_place = |cut: &str, value: &str, amount, place| {
        let code = |text: &str| Value::Code(text.to_owned());
        let mut total = total("masts", place, LIVE, amount);
        set(&mut total, "total", [("cut", code(cut)), ("cut_value", code(value))]);
        inserted("total", total)
    };
    let of = |cut: &str, value: &str, amount| of_place(cut, value, amount, PROVINCE);
    stage.must(vec![of("operator", "A", 25), of("operator", "B%2FC", 15), of("tower", "x", 4)]);
    add(stage, "C-1", COMMUNES[0]);
    assert_eq!(masts(stage, PROVINCE).as_deref(), Some("45"), "every total counts");
    let by = By::Cut("operator".to_owned());
    let parts = |stage: &dyn Stage| {
        let request = figure_request("masts", PROVINCE, "2025-10", None);
        let parts = stage.read(&Actor::public()).figure_by(&request, &by).expect("the parts");
        let parts = parts.into_iter().map(|part| (part.key, part.title, part.figure.num.unwrap_or_default()));
        parts.collect::<Vec<_>>()
    };
    let said = |rows: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
        rows.iter().map(|(a, b, c)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())).collect()
    };
    let expected = said(&[("A", "A", "26"), ("B%2FC", "B/C", "15"), ("~chua-chia", "Chưa chia", "4")]);
    assert_eq!(parts(stage), expected);
    let before = stage.figure("masts", PROVINCE, "2025-10").seq;
    stage.must(vec![retire("total", "masts/2/so-thu/operator/A/2025-01-01", 1)]);
    assert_eq!(
        parts(stage),
        said(&[("A", "A", "1"), ("B%2FC", "B/C", "15"), ("~chua-chia", "Chưa chia", "4")])
    );
    let known = FigureRequest { at: Some(Seq(before)), ..figure_request("masts", PROVINCE, "2025-10", None) };
    let then = stage.read(&Actor::public()).figure_by(&known, &by).expect("the parts as they were known");
    assert_eq!(then.first().and_then(|part| part.figure.num.as_deref()), Some("26"));
    // At a place that counts in two: the commune's own totals are part of the province's.
    assert_eq!(rest(stage, "masts", COMMUNES[0], &by), []);
    stage.must(vec![of_place("tower", "x", 3, COMMUNES[0])]);
    let undivided = |amount: &str| [("~chua-chia".to_owned(), amount.to_owned(), Basis::Total)];
    assert_eq!(rest(stage, "masts", COMMUNES[0], &by), undivided("3"));
    assert_eq!(rest(stage, "masts", PROVINCE, &by), undivided("7"));
    stage.sound();
}

pub(super) fn children(stage: &mut dyn Stage) {
    for (number, place) in
        [PROVINCE, COMMUNES[0], COMMUNES[1], COMMUNES[1], OLD_COMMUNE, FAR_COMMUNE].into_iter().enumerate()
    {
        add(stage, &format!("C-{number}"), place);
    }
    let nowhere = with(mast("C-N", PROVINCE, "live", LIVE), "mast", "place", Value::Null);
    stage.must(vec![inserted("mast", nowhere)]);
    assert_eq!(masts(stage, PROVINCE).as_deref(), Some("6"), "what has no place lies in the home province");
    assert_eq!(masts(stage, ROOT).as_deref(), Some("7"));
    for place in [ROOT, PROVINCE, COMMUNES[0], OLD_PROVINCE] {
        adds_up(stage, place);
    }
}

pub(super) fn first_child(stage: &mut dyn Stage) {
    let commune = COMMUNES[0];
    let first = add(stage, "C-1", commune);
    add(stage, "C-2", commune);
    let own = |stage: &dyn Stage, at| {
        let request = FigureRequest { at, ..figure_request("masts", commune, "2025-10", None) };
        let parts = stage.read(&Actor::public()).figure_by(&request, &By::Place).expect("the parts");
        parts.into_iter().find(|part| part.key == "~cap-nay").and_then(|part| part.figure.value)
    };
    assert_eq!(own(stage, None).as_deref(), Some("2"), "all that a place without children holds is its own");
    let hamlet = PlaceId(10);
    let (number, parent) = (hamlet.to_string(), commune.to_string());
    let place =
        [("place_no", number.as_str()), ("kind", "commune"), ("type_word", "xa"), ("name", "Thôn Mới")];
    let below = [("place", number.as_str()), ("parent", &parent), ("valid_from", "2025-01-01")];
    stage.must(vec![insert("place", &place), insert("place_parent", &below)]);
    let last = add(stage, "C-3", hamlet);
    assert_eq!(masts(stage, commune).as_deref(), Some("3"));
    assert_eq!(masts(stage, hamlet).as_deref(), Some("1"));
    for (at, value) in [(None, "2"), (Some(last), "2"), (Some(first), "1")] {
        assert_eq!(own(stage, at).as_deref(), Some(value), "what was recorded before stays its own: {at:?}");
    }
    add(stage, "C-4", commune);
    assert_eq!(own(stage, None).as_deref(), Some("3"));
    adds_up(stage, commune);
    stage.sound();
}

pub(super) fn merger(stage: &mut dyn Stage) {
    add(stage, "C-1", OLD_COMMUNE);
    let before = add(stage, "C-2", COMMUNES[0]);
    assert_eq!(masts(stage, COMMUNES[0]).as_deref(), Some("1"));
    stage.must(vec![succession(OLD_COMMUNE, COMMUNES[0], true)]);
    assert_eq!(masts(stage, COMMUNES[0]).as_deref(), Some("2"));
    assert_eq!(masts(stage, OLD_COMMUNE).as_deref(), Some("1"), "the old place keeps its own");
    assert_eq!(masts(stage, PROVINCE).as_deref(), Some("2"), "and nothing counts twice");
    let known = stage.figure_at("masts", PROVINCE, "2025-10", Some(before));
    assert_eq!(known.value.as_deref(), Some("2"));
    let history = stage.read(&Actor::public()).history("mast", "C-1/2025-01-01").expect("history");
    assert_eq!(history.len(), 1, "no record is edited");
    add(stage, "C-3", OLD_COMMUNE);
    assert_eq!(masts(stage, COMMUNES[0]).as_deref(), Some("3"));
    for place in [ROOT, PROVINCE, COMMUNES[0]] {
        adds_up(stage, place);
    }
    stage.sound();
}

pub(super) fn partial(stage: &mut dyn Stage) {
    stage.must(vec![
        succession(OLD_COMMUNE_2, COMMUNES[1], false),
        succession(OLD_COMMUNE_2, COMMUNES[2], false),
    ]);
    add(stage, "C-1", COMMUNES[1]);
    assert_eq!(masts(stage, COMMUNES[1]).as_deref(), Some("1"), "no record stands in between");
    add(stage, "C-2", OLD_COMMUNE_2);
    let now = figure_request("masts", COMMUNES[1], "2025-10", None);
    let refused = stage.read(&Actor::public()).figure(&now);
    assert!(
        matches!(&refused, Err(FigureError::PartialSuccession(name)) if name == "Xã Hòa Cũ"),
        "{refused:?}"
    );
    let then = FigureRequest { places: PlaceBasis::Then, ..now };
    let then = stage.read(&Actor::public()).figure(&then).expect("places as they were");
    assert_eq!(then.value.as_deref(), Some("1"));
    // Every part of the old commune lies in the province, so the province is known.
    assert_eq!(masts(stage, PROVINCE).as_deref(), Some("2"));
    // A child is refused in the split as it is alone; its siblings keep their numbers.
    let split = |places| {
        let request = FigureRequest { places, ..figure_request("masts", PROVINCE, "2025-10", None) };
        let parts = stage.read(&Actor::public()).figure_by(&request, &By::Place).expect("the parts");
        let part = |place| parts.iter().find(|part| part.place == Some(place)).cloned().expect("a child");
        [COMMUNES[0], COMMUNES[1]].map(part)
    };
    let [whole, parted] = split(PlaceBasis::Now);
    assert_eq!(whole.refused, None);
    assert_eq!(parted.refused, refused.err());
    assert_eq!((parted.figure.value, parted.figure.num, parted.figure.records), (None, None, 0));
    let [_, parted] = split(PlaceBasis::Then);
    assert_eq!((parted.refused, parted.figure.value.as_deref()), (None, Some("1")));
    stage.sound();
}

pub(super) fn partial_finer(stage: &mut dyn Stage) {
    // Three hamlets of the old commune: one went into each new commune, the third is said nothing of.
    let hamlets = [PlaceId(10), PlaceId(11), PlaceId(12)];
    for (number, hamlet) in hamlets.iter().enumerate() {
        stage.must(hamlet_of(*hamlet, &format!("Thôn {number}"), OLD_COMMUNE_2));
    }
    stage.must(vec![
        succession(OLD_COMMUNE_2, COMMUNES[1], false),
        succession(OLD_COMMUNE_2, COMMUNES[2], false),
        succession(hamlets[0], COMMUNES[1], true),
        succession(hamlets[1], COMMUNES[2], true),
    ]);
    let at = |stage: &dyn Stage, place| {
        stage.read(&Actor::public()).figure(&figure_request("masts", place, "2025-10", None))
    };
    add(stage, "C-1", hamlets[0]);
    add(stage, "C-2", hamlets[0]);
    add(stage, "C-3", hamlets[1]);
    for (place, count) in [(COMMUNES[1], "2"), (COMMUNES[2], "1"), (PROVINCE, "3"), (OLD_COMMUNE_2, "3")] {
        assert_eq!(at(stage, place).expect("every record's way is known").value.as_deref(), Some(count));
    }
    for place in [PROVINCE, COMMUNES[1], COMMUNES[2]] {
        adds_up(stage, place);
    }
    let before = add(stage, "C-4", hamlets[2]);
    for place in [COMMUNES[1], COMMUNES[2]] {
        assert!(matches!(at(stage, place), Err(FigureError::PartialSuccession(_))), "a hamlet without a way");
    }
    stage.must(vec![succession(hamlets[2], COMMUNES[2], true)]);
    assert_eq!(at(stage, COMMUNES[2]).expect("its way is known now").value.as_deref(), Some("2"));
    assert_eq!(before.0 + 1, stage.figure("masts", PROVINCE, "2025-10").seq);
    add(stage, "C-5", OLD_COMMUNE_2);
    assert!(
        matches!(at(stage, COMMUNES[1]), Err(FigureError::PartialSuccession(_))),
        "a record without a hamlet"
    );
    stage.sound();
}

fn hamlet_of(hamlet: PlaceId, name: &str, parent: PlaceId) -> Vec<EditRequest> {
    let (hamlet, parent) = (hamlet.to_string(), parent.to_string());
    let place = [
        ("place_no", hamlet.as_str()),
        ("kind", "old_commune"),
        ("type_word", "xa"),
        ("name", name),
        ("valid_until", MERGER),
    ];
    let below = [
        ("place", hamlet.as_str()),
        ("parent", &parent),
        ("valid_from", "1900-01-01"),
        ("valid_until", MERGER),
    ];
    vec![insert("place", &place), insert("place_parent", &below)]
}

pub(super) fn chain(stage: &mut dyn Stage) {
    stage.must(vec![
        succession(FAR_COMMUNE, OLD_COMMUNE, true),
        succession(OLD_COMMUNE, COMMUNES[0], true),
        succession(OLD_PROVINCE, PROVINCE, true),
    ]);
    add(stage, "C-1", FAR_COMMUNE);
    add(stage, "C-2", OLD_COMMUNE);
    add(stage, "C-3", COMMUNES[0]);
    add(stage, "C-4", OLD_PROVINCE);
    assert_eq!(masts(stage, COMMUNES[0]).as_deref(), Some("3"));
    assert_eq!(masts(stage, PROVINCE).as_deref(), Some("4"));
    assert_eq!(masts(stage, ROOT).as_deref(), Some("4"));
    for place in [ROOT, PROVINCE, COMMUNES[0]] {
        adds_up(stage, place);
    }
    stage.sound();
}

pub(super) fn then(stage: &mut dyn Stage) {
    add(stage, "C-1", FAR_COMMUNE);
    add(stage, "C-2", COMMUNES[0]);
    stage.must(vec![succession(FAR_COMMUNE, COMMUNES[0], true), succession(OLD_PROVINCE, PROVINCE, true)]);
    let at = |stage: &dyn Stage, place, places| {
        let request = FigureRequest { places, ..figure_request("masts", place, "2025-10", None) };
        stage.read(&Actor::public()).figure(&request).expect("a figure").value
    };
    for (place, now, then) in [
        (COMMUNES[0], "2", "1"),
        (PROVINCE, "2", "1"),
        (FAR_COMMUNE, "1", "1"),
        (OLD_PROVINCE, "1", "1"),
        (ROOT, "2", "2"),
    ] {
        assert_eq!(at(stage, place, PlaceBasis::Now).as_deref(), Some(now), "now, {place}");
        assert_eq!(at(stage, place, PlaceBasis::Then).as_deref(), Some(then), "then, {place}");
        for (places, value) in [(PlaceBasis::Now, now), (PlaceBasis::Then, then)] {
            let request = FigureRequest { places, ..figure_request("masts", place, "2025-10", None) };
            let reader = stage.read(&Actor::public());
            let behind = reader.records_behind(&request, Side::Num, None, 10).expect("the records behind");
            assert_eq!(behind.rows.len().to_string(), value, "{places:?}, {place}: {:?}", behind.rows);
            let parts = reader.figure_by(&request, &By::Place).expect("the parts");
            let sum: i64 = parts.iter().map(|part| number(part.figure.value.as_deref())).sum();
            assert_eq!(sum.to_string(), value, "{places:?}, {place}: {parts:?}");
        }
    }
    // The records that came with another place are the difference between the two ways of counting.
    let now = figure_request("masts", PROVINCE, "2025-10", None);
    let then = FigureRequest { places: PlaceBasis::Then, ..now.clone() };
    let changes = stage.read(&Actor::public()).changes(&then, &now).expect("the difference");
    assert_eq!((changes.a, changes.b), (1, 2));
}

pub(super) fn future(stage: &mut dyn Stage) {
    let ends = with(
        mast("C-1", COMMUNES[0], "live", LIVE),
        "mast",
        "until",
        Value::Day(crate::small::day("2025-12-16")),
    );
    stage.must(vec![inserted("mast", ends)]);
    let on = |period: &str| stage.figure("masts", COMMUNES[0], period).value;
    assert_eq!(on("2025-12-15").as_deref(), Some("1"));
    assert_eq!(on("2025-12-16").as_deref(), Some("0"), "without a commit in between");
    assert_eq!(on("2025-12").as_deref(), Some("0"), "an unfinished month ends today");
    assert_eq!(on("2026-01"), None, "a period that has not begun");
}
