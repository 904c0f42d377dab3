//! Things already met in the file.

use std::collections::hash_map::{DefaultHasher, HashMap};
use std::hash::{Hash as _, Hasher as _};

use mc_ledger::Value;
use mc_register::{Record, SINCE, Schema, UNTIL};

/// The last row of each thing and the days from and before which it holds.
#[derive(Default)]
pub(super) struct Seen(HashMap<u128, (u32, i32, i32)>);

impl Seen {
    /// The earlier row of the same thing, unless the register keeps spells and the two do not meet in time.
    pub(super) fn twice(&mut self, schema: &Schema, record: &Record, thing: &str, row: u32) -> Option<u32> {
        let (since, until) = if schema.has_spells() {
            (day_or(schema, record, SINCE, i32::MIN), day_or(schema, record, UNTIL, i32::MAX))
        } else {
            (i32::MIN, i32::MAX)
        };
        let (first, from, to) = self.0.insert(fingerprint(thing), (row, since, until))?;
        (since < to && from < until).then_some(first)
    }
}

fn day_or(schema: &Schema, record: &Record, id: &str, open: i32) -> i32 {
    match record.get_id(schema, id) {
        Some(Value::Day(day)) => day.epoch_days(),
        _ => open,
    }
}

/// 128 bits of a key: 3.6 million keys are remembered in 140 MB, and two never share a fingerprint in
/// practice.
fn fingerprint(key: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, key).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}
