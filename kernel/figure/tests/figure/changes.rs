//! "Vì sao thay đổi?" adds up.

use mc_figure::changes::{History, KEYS_MAX, decompose};
use mc_figure::{Cause, RecordChange};
use proptest::prelude::*;

fn change(key: &str, at_a: i64, at_b: i64, cause: Cause) -> RecordChange {
    RecordChange { key: key.to_owned(), at_a, at_a_redefined: at_a, at_b, cause }
}

#[test]
fn the_story_of_a_count_is_told_by_cause() {
    let mut records: Vec<_> = (0..600).map(|n| change(&format!("N{n}"), 0, 1, Cause::New)).collect();
    records.extend((0..20).map(|n| change(&format!("R{n}"), 1, 0, Cause::Retired)));
    records.extend((0..4_000).map(|n| change(&format!("S{n}"), 1, 1, Cause::Time)));
    records.push(RecordChange { at_a_redefined: 1, ..change("D", 0, 1, Cause::Time) });
    let found = decompose(records);
    assert_eq!((found.a, found.b), (4_020, 4_601));
    let groups: Vec<_> = found.groups.iter().map(|group| (group.cause, group.delta, group.records)).collect();
    assert_eq!(groups, vec![(Cause::New, 600, 600), (Cause::Retired, -20, 20), (Cause::Definition, 1, 1)]);
}

#[test]
fn a_group_lists_a_bounded_number_of_keys() {
    let found = decompose((0..2_000).map(|n| change(&n.to_string(), 0, 1, Cause::New)));
    let group = found.groups.first().expect("a group");
    assert_eq!((group.keys.len(), group.records, group.delta), (KEYS_MAX, 2_000, 2_000));
}

#[test]
fn causes_follow_from_what_happened() {
    let still = History { at_a: true, at_b: true, is_spell: false, ended_spell: false, rewritten: false };
    assert_eq!(Cause::of(still), Cause::Time);
    assert_eq!(Cause::of(History { at_a: false, ..still }), Cause::New);
    assert_eq!(Cause::of(History { at_b: false, ..still }), Cause::Retired);
    assert_eq!(Cause::of(History { rewritten: true, ..still }), Cause::Corrected);
    assert_eq!(Cause::of(History { rewritten: true, ended_spell: true, ..still }), Cause::Spell);
    assert_eq!(Cause::of(History { at_a: false, is_spell: true, ..still }), Cause::Spell);
}

proptest! {
    #[test]
    fn the_parts_sum_to_the_difference(
        records in prop::collection::vec(
            (any::<i64>(), any::<i64>(), any::<i64>(), prop::sample::select(Cause::ALL.to_vec())), 0..60),
    ) {
        let found = decompose(records.iter().map(|(a, redefined, b, cause)| RecordChange {
            key: String::new(), at_a: *a, at_a_redefined: *redefined, at_b: *b, cause: *cause,
        }));
        let sum = |of: fn(&(i64, i64, i64, Cause)) -> i64| records.iter().map(|r| i128::from(of(r))).sum::<i128>();
        prop_assert_eq!(found.a, sum(|r| r.0));
        prop_assert_eq!(found.b, sum(|r| r.2));
        prop_assert_eq!(found.groups.iter().map(|group| group.delta).sum::<i128>(), found.b - found.a);
        prop_assert!(found.groups.windows(2).all(|pair| pair[0].cause < pair[1].cause));
    }
}
