//! The hand-labelled corpus: how many claims are found, and how many verdicts are right.

mod common;

use common::{Labelled, PLACES, Score, corpus, measure};
use mc_base::Day;
use mc_claims::{Checked, Context, Relation, Tie, Verdict, check};

#[test]
fn the_first_part_reaches_its_bars() {
    let score = measure(&corpus("first"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    beside_values(&score, 95.0);
    assert!(score.right_verdicts() >= 95.0, "{score}");
    assert_eq!(score.false_mismatches, 0, "{score}");
}

#[test]
fn the_second_part_reaches_its_bars() {
    let score = measure(&corpus("second"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    // Its makers gave a time to the sentence that says it alone; those of the other parts to its paragraph.
    beside_values(&score, 83.0);
    assert!(score.right_verdicts() >= 95.0, "{score}");
    assert_eq!(score.false_mismatches, 0, "{score}");
}

/// Unit, time and place of the claims.
fn beside_values(score: &Score, times: f64) {
    for (rate, least) in [(score.units, 98.0), (score.times, times), (score.places, 98.0)] {
        assert!(rate.precision() >= least, "{score}");
        assert!(rate.recall() >= least, "{score}");
    }
}

#[test]
fn the_third_part_reaches_its_bars() {
    let score = measure(&corpus("third"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert!(score.right_verdicts() >= 90.0, "{score}");
    // "Trong 25 hồ sơ … có 31 hồ sơ …": an error which this part calls a sum, and the second a share.
    assert!(score.false_mismatches <= 1, "{score}");
}

#[test]
fn the_fourth_part_reaches_its_bars() {
    let score = measure(&corpus("fourth"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    // Its makers also gave today's date to what is told without one; see the README of the corpus.
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert!(score.right_verdicts() >= 92.0, "{score}");
    assert_eq!(score.false_mismatches, 0, "{score}");
}

#[test]
fn the_fifth_part_reaches_its_bars() {
    let score = measure(&corpus("fifth"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert!(score.right_verdicts() >= 92.0, "{score}");
    assert_eq!(score.false_mismatches, 0, "{score}");
}

#[test]
fn the_sixth_part_reaches_its_bars() {
    let score = measure(&corpus("sixth"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert!(score.right_verdicts() >= 90.0, "{score}");
    // They are errors that were planted, told from another of their numbers.
    assert!(score.false_mismatches <= 3, "{score}");
}

#[test]
fn the_seventh_part_reaches_its_bars() {
    let score = measure(&corpus("seventh"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert!(score.right_verdicts() >= 92.0, "{score}");
    // Planted errors: one told as a share that the label calls a growth, one told again from the shares it is of.
    assert!(score.false_mismatches <= 2, "{score}");
}

#[test]
fn the_eighth_part_reaches_its_bars() {
    let score = measure(&corpus("eighth"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert!(score.right_verdicts() >= 89.0, "{score}");
    // Planted errors that are told as a difference, or a sum, where the label calls them a sum, or a difference.
    assert!(score.false_mismatches <= 2, "{score}");
}

/// Nothing has been learnt from it yet: it says how texts are read that nobody has seen.
#[test]
fn the_ninth_part_is_read() {
    let score = measure(&corpus("ninth"));
    println!("{score}");
    for line in &score.faults {
        println!("{line}");
    }
    assert!(score.values.precision() >= 95.0, "{score}");
    assert!(score.values.recall() >= 90.0, "{score}");
    assert_eq!(score.false_mismatches, 0, "{score}");
}

/// The number with two neighbouring digits the other way round; none where it has too few, or too many alike.
fn swapped(number: &str) -> Option<String> {
    let mut chars: Vec<char> = number.chars().collect();
    let end =
        chars.iter().position(|c| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(chars.len());
    let digits: Vec<usize> = (0..end).filter(|at| chars[*at].is_ascii_digit()).collect();
    let pair = digits.windows(2).skip(1).find(|pair| chars[pair[0]] != chars[pair[1]])?;
    chars.swap(pair[0], pair[1]);
    Some(chars.into_iter().collect())
}

/// The number with its second digit four more.
fn changed(number: &str) -> Option<String> {
    let mut chars: Vec<char> = number.chars().collect();
    let number = chars.iter().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let (at, digit) = number.enumerate().filter(|(_, c)| c.is_ascii_digit()).nth(1)?;
    let digit = char::from_digit((digit.to_digit(10)? + 4) % 10, 10)?;
    chars[at] = digit;
    Some(chars.into_iter().collect())
}

fn checked(text: &Labelled, body: &str) -> Checked {
    check(body, &Context { date: Day::parse_iso(&text.date).expect("a day"), places: &PLACES })
}

/// Whether its stated number can be told wrong: what two levels imply has none of its own.
fn is_stated(checked: &Checked, relation: &Relation) -> bool {
    let kinds =
        [Tie::Sum, Tie::Share, Tie::Difference, Tie::Growth, Tie::Mean, Tie::Multiple, Tie::Complement];
    let claim = &checked.claims[relation.claims[0]];
    relation.verdict == Verdict::Ok
        && kinds.contains(&relation.kind)
        && relation.claims.len() > 2
        && !claim.aside
}

/// How many of the right ties of the corpus are told as wrong when `slip` has changed their number, of how many.
fn found_of(slip: fn(&str) -> Option<String>) -> (u32, u32) {
    let (mut found, mut planted) = (0_u32, 0_u32);
    for part in ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"] {
        for text in corpus(part) {
            let right = checked(&text, &text.body);
            for relation in right.relations.iter().filter(|relation| is_stated(&right, relation)) {
                let claim = &right.claims[relation.claims[0]];
                let Some(wrong) = slip(&claim.text) else { continue };
                let mut body = text.body.clone();
                body.replace_range(claim.bytes.clone(), &wrong);
                let told = checked(&text, &body);
                let at = told.claims.iter().position(|other| other.bytes.start == claim.bytes.start);
                // An error told of any tie that the number stands in tells it.
                let tells = |relation: &Relation| {
                    relation.verdict == Verdict::Mismatch
                        && at.is_some_and(|at| relation.claims.contains(&at))
                };
                planted += 1;
                if told.relations.iter().any(tells) {
                    found += 1;
                } else {
                    println!("{part} {}: “{wrong}” for “{}” ({})", text.id, claim.text, relation.expression);
                }
            }
        }
    }
    println!("found {found} of {planted}");
    (found, planted)
}

/// Every right tie of the corpus, told with two digits of its number the wrong way round.
#[test]
fn a_slip_in_a_right_number_is_found() {
    let (found, planted) = found_of(swapped);
    // Of "trong đó" nothing is sure, and by its roundness "3.000 tài khoản" is any number from 2.500 to 3.500.
    assert!(found * 100 >= planted * 80, "{found} of {planted}");
}

/// Every right tie of the corpus, told with the second digit of its number another.
#[test]
fn a_changed_digit_in_a_right_number_is_found() {
    let (found, planted) = found_of(changed);
    // Some changed digit makes nearly every short percentage fit, so that only the words can tell what it is of.
    assert!(found * 100 >= planted * 68, "{found} of {planted}");
}
