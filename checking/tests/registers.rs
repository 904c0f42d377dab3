//! Texts against a small instance: rights, positions, definitions, places, and what several indicators fit.

use mc_access::Actor;
use mc_base::Instant;
use mc_checking::{AsOf, Asked, RegisterVerdict, Registers, Sayings, Standing, check};
use mc_claims::{Exact, Gazetteer, PlaceName};
use mc_port::{EditRequest, declare_indicator};
use mc_register::system;
use mc_stories::Stage as _;
use mc_stories::small::{COMMUNES, day, indicators, inserted, mast, outlay, plot, register};
use mc_testkit::SmallInstance;

const SAYINGS: &str = r#"
[[saying]]
indicator = "masts"
heads = ["cột phát sóng"]

[[saying]]
indicator = "outlays"
names = [["chi"]]
beside = ["ngân sách"]

[[saying]]
indicator = "outlays_in_period"
names = [["chi"]]
beside = ["ngân sách"]
"#;

fn gazetteer() -> Gazetteer {
    let place = |code: &str, type_word: &str, name: &str, province: Option<&str>| PlaceName {
        code: code.to_owned(),
        type_word: type_word.to_owned(),
        name: name.to_owned(),
        province: province.map(str::to_owned),
        merged: false,
    };
    Gazetteer::of(vec![
        place("15", "Tỉnh", "Thử Nghiệm", None),
        place("02647", "Xã", "Bình An", Some("15")),
        place("02650", "Xã", "Hòa Lạc", Some("15")),
    ])
}

fn verdicts(instance: &SmallInstance, viewer: &Actor, date: &str, text: &str) -> Vec<RegisterVerdict> {
    verdicts_as_of(instance, viewer, date, text, None)
}

fn verdicts_as_of(
    instance: &SmallInstance,
    viewer: &Actor,
    date: &str,
    text: &str,
    as_of: Option<AsOf>,
) -> Vec<RegisterVerdict> {
    let sayings = Sayings::read([SAYINGS]).expect("sayings");
    let (places, reader) = (gazetteer(), instance.reader(viewer));
    let registers = Registers { snapshot: &reader, viewer, sayings: &sayings, as_of };
    let asked = Asked { date: day(date), places: &places, registers: Some(registers) };
    check(text.to_owned(), &asked).expect("the store can be read").registers
}

/// The one verdict, its value and its reason.
fn only(
    instance: &SmallInstance,
    viewer: &Actor,
    date: &str,
    text: &str,
) -> (Standing, Option<Exact>, String) {
    let mut all = verdicts(instance, viewer, date, text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    let one = all.remove(0);
    (one.standing, one.ours.and_then(|ours| ours.value), one.reason)
}

fn whole(value: i128) -> Option<Exact> {
    Some(Exact::from_integer(value))
}

/// So many masts of a commune, on air since a day.
fn masts(commune: usize, count: usize, since: &str) -> Vec<EditRequest> {
    let code = |nth: usize| format!("C-{commune}-{since}-{nth}");
    (0..count).map(|nth| inserted("mast", mast(&code(nth), COMMUNES[commune], "live", since))).collect()
}

#[test]
fn what_may_not_be_told_takes_no_verdict_and_is_no_reason() {
    let mut instance = SmallInstance::new(1);
    let plots =
        (1..=3).map(|number| inserted("plot", plot(number, COMMUNES[0], "2025-01-01", "Nguyễn Văn An")));
    instance.must(plots.collect());
    for stated in ["100%", "50%"] {
        let text = format!("Hiện tỷ lệ ô đất nhóm 1 của xã Bình An, tỉnh Thử Nghiệm đạt {stated}.");
        let (standing, value, reason) = only(&instance, &Actor::public(), "2025-12-20", &text);
        assert_eq!((standing, value), (Standing::None, None), "{reason}");
        assert!(reason.contains("quá ít bản ghi về người"), "{reason}");
        let (standing, value, reason) = only(&instance, &Actor::illustrative(), "2025-12-20", &text);
        let expected = if stated == "100%" { Standing::Equal } else { Standing::Different };
        assert_eq!((standing, value), (expected, whole(100)), "{reason}");
    }
}

#[test]
fn a_value_is_the_one_that_was_known_at_the_end_of_the_texts_day() {
    let mut instance = SmallInstance::new(2);
    let at = |text: &str| Instant(Instant::start_of(day(text)).0 + 36_000_000);
    instance.set_clock(at("2025-08-01"));
    instance.must(masts(0, 12, "2025-01-01"));
    instance.set_clock(at("2025-09-01"));
    instance.must(masts(1, 11, "2025-01-01"));
    let text = "Tỉnh Thử Nghiệm hiện có 12 cột phát sóng.";
    let viewer = Actor::public();
    assert_eq!(only(&instance, &viewer, "2025-07-15", text).0, Standing::None, "nothing was known");
    assert_eq!(only(&instance, &viewer, "2025-08-15", text).0, Standing::Equal);
    let (standing, value, reason) = only(&instance, &viewer, "2025-10-15", text);
    assert_eq!((standing, value), (Standing::Different, whole(23)));
    assert!(reason.contains("các ngày từ 01/08/2025 đến 31/08/2025, như đã biết khi đó"), "{reason}");
}

#[test]
fn what_was_recorded_later_on_the_texts_day_is_not_known_to_an_earlier_position() {
    let mut instance = SmallInstance::new(7);
    let clock = instance.reader(&Actor::public()).today();
    instance.must(masts(0, 12, "2025-01-01"));
    let as_of = AsOf { position: instance.reader(&Actor::public()).head().seq, day: clock };
    instance.must(masts(1, 11, "2025-01-01"));
    let text = "Tỉnh Thử Nghiệm hiện có 12 cột phát sóng.";
    let of = |as_of: Option<AsOf>| {
        let all = verdicts_as_of(&instance, &Actor::public(), &clock.to_string(), text, as_of);
        let ours = all[0].ours.clone().expect("a figure");
        (all[0].standing, ours.value, ours.position)
    };
    assert_eq!(of(Some(as_of)), (Standing::Equal, whole(12), as_of.position));
    assert_eq!((of(None).0, of(None).1), (Standing::Different, whole(23)));
}

#[test]
fn the_number_of_another_place_is_told_as_such() {
    let mut instance = SmallInstance::new(3);
    instance.must(masts(0, 12, "2024-01-01"));
    instance.must(masts(1, 11, "2024-01-01"));
    let said = |text: &str| only(&instance, &Actor::public(), "2025-12-20", text);
    let (standing, value, reason) = said("Xã Bình An, tỉnh Thử Nghiệm hiện có 23 cột phát sóng.");
    assert_eq!((standing, value), (Standing::Different, whole(12)));
    assert!(reason.starts_with("khác phạm vi") && reason.contains("Thử Nghiệm"), "{reason}");
    let (_, value, reason) = said("Toàn tỉnh Thử Nghiệm hiện có 11 cột phát sóng.");
    assert_eq!(value, whole(23));
    assert!(reason.starts_with("khác phạm vi") && reason.contains("Hòa Lạc (02650)"), "{reason}");
}

#[test]
fn an_earlier_definition_explains_a_number_counted_by_it() {
    let mut instance = SmallInstance::new(4);
    instance.must(masts(0, 12, "2024-01-01"));
    let planned =
        |nth: usize| inserted("mast", mast(&format!("P-{nth}"), COMMUNES[1], "planned", "2024-01-01"));
    instance.must((0..9).map(planned).collect());
    let mut second = indicators().into_iter().find(|known| known.id == "masts").expect("masts");
    second.version = 2;
    second.num.id = "masts_2".to_owned();
    second.num.filter = None;
    instance.must(vec![declare_indicator(&register(system::INDICATOR), &second)]);
    let text = "Toàn tỉnh Thử Nghiệm hiện có 12 cột phát sóng.";
    let (standing, value, reason) = only(&instance, &Actor::public(), "2025-12-20", text);
    assert_eq!((standing, value), (Standing::Different, whole(21)), "{reason}");
    assert!(reason.contains("phiên bản 1"), "{reason}");
}

#[test]
fn several_indicators_that_fit_are_all_listed() {
    let mut instance = SmallInstance::new(5);
    let spent = |nth: i64| {
        inserted("outlay", outlay(&format!("K-{nth}"), COMMUNES[0], "2025-03-01", nth * 1_000_000))
    };
    instance.must((1..=4).map(spent).collect());
    let text = "10 tháng đầu năm 2025, chi ngân sách của tỉnh Thử Nghiệm đạt 10 triệu đồng.";
    let all = verdicts(&instance, &Actor::public(), "2025-12-20", text);
    let listed: Vec<&str> =
        all.iter().filter_map(|one| one.ours.as_ref()).map(|ours| ours.indicator.as_str()).collect();
    assert_eq!(listed, ["outlays", "outlays_in_period"]);
    assert!(all.iter().all(|one| one.standing == Standing::Ambiguous && one.claim == 0), "{all:?}");
}

#[test]
fn a_number_without_a_place_is_the_provinces_where_the_text_speaks_of_nothing_else() {
    let mut instance = SmallInstance::new(6);
    instance.must(masts(0, 12, "2024-01-01"));
    let said = |text: &str| only(&instance, &Actor::public(), "2025-12-20", text);
    let lead = "Nhiều việc được làm ở tỉnh Thử Nghiệm.\n\nĐường sá được sửa.\n\nHiện có 12 cột phát sóng.";
    assert_eq!(said(lead).0, Standing::Equal);
    let (standing, _, reason) = said("Hiện có 12 cột phát sóng.");
    assert_eq!(standing, Standing::None);
    assert!(reason.contains("không nêu địa bàn"), "{reason}");
}
