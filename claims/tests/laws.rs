//! Laws that hold for every text and number.

use mc_base::Day;
use mc_claims::{Amount, Context, Exact, Gazetteer, Interval, check, print};
use proptest::prelude::*;

fn read(text: &str) -> mc_claims::Checked {
    let date = Day::new(2025, 11, 17).expect("a day");
    check(text, &Context { date, places: &Gazetteer::default() })
}

fn amount() -> impl Strategy<Value = Amount> {
    let power = prop_oneof![Just(0_u8), Just(3), Just(6), Just(9)];
    (1_i64..1_000_000_000, 0_u8..4, power).prop_map(|(digits, decimals, power)| Amount {
        digits,
        decimals,
        power,
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(amount in amount()) {
        let text = format!("Tổng thu đạt {} đồng.", print::written(amount));
        let checked = read(&text);
        let values: Vec<String> = checked.claims.iter().map(|claim| claim.value.decimal()).collect();
        prop_assert_eq!(values, vec![amount.decimal()], "{}", text);
    }

    #[test]
    fn a_rounded_number_may_stand_for_what_it_was_rounded_from(
        exact in 1_i64..1_000_000_000_000,
        power in 0_u32..9,
        places in 0_u32..3,
    ) {
        // To `places` decimals of 10^power.
        let unit = Exact::new(10_i128.pow(power), 10_i128.pow(places));
        let truth = Exact::from_integer(i128::from(exact));
        let digits = i64::try_from((truth / unit).round().to_integer()).expect("small");
        let few = |number: u32| u8::try_from(number).expect("few");
        let written = Amount { digits, decimals: few(places), power: few(power) };
        prop_assert!(Interval::of_amount(written, false).meets(&Interval::point(truth)));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[a-zA-ZăâđêôơưÁÀ0-9 .,;:%/()–“”\\n-]{0,400}") {
        let checked = read(&text);
        let points = text.chars().count();
        for claim in &checked.claims {
            prop_assert!(claim.span.start < claim.span.end && claim.span.end <= points);
            prop_assert_eq!(&text[claim.bytes.clone()], claim.text.as_str());
        }
    }

    #[test]
    fn numbers_of_any_size_are_reckoned_with(numbers in prop::collection::vec((1_u64.., 0_usize..4, 0_usize..6), 1..12)) {
        let words = ["", " nghìn", " triệu", " tỷ", " nghìn tỷ", " triệu tỷ"];
        let mut text = String::from("Tổng chi ");
        for (number, decimals, word) in numbers {
            let part = "123".get(..decimals).unwrap_or_default();
            let mark = if part.is_empty() { "" } else { "," };
            text.push_str(&format!("{number}{mark}{part}{} đồng, tăng 12,34% so với {number} đồng, gồm ", words[word]));
        }
        let _read = read(&text);
    }
}

#[test]
fn a_long_paragraph_is_read_to_its_end() {
    let sentence =
        "Đến hết tháng 10/2025, toàn tỉnh có 4.607 trạm, tăng 590 trạm so với cuối năm 2024 (4.017 trạm). ";
    let checked = read(&sentence.repeat(300));
    assert_eq!(checked.claims.len(), 900);
    let right =
        checked.relations.iter().filter(|relation| relation.verdict == mc_claims::Verdict::Ok).count();
    assert!(right >= 290, "{right}");
}

#[test]
fn a_text_of_nothing_but_numbers_is_looked_through_up_to_a_limit_that_is_told() {
    let dense = read(&"5 xã chiếm 10%. ".repeat(1 << 14));
    assert_eq!(dense.claims.len(), 2 << 14);
    let end = dense.tied_before.expect("a limit");
    assert!((10_000..100_000).contains(&end), "{end}");
    assert!(dense.relations.iter().all(|relation| relation.claims.iter().all(|at| *at < end)));
    let report =
        "Toàn tỉnh có 1.600 hộ, gồm 1.250 hộ nghèo và 350 hộ cận nghèo; 96/99 xã (97%) đã báo cáo.\n";
    assert_eq!(read(&report.repeat(3_000)).tied_before, None);
}
