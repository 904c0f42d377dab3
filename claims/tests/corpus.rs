//! The hand-labelled corpus: how many claims are found, and how many verdicts are right.

mod common;

use common::{Score, corpus, measure};

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
