//! "Vì sao thay đổi?": the difference of two readings of a measure, taken apart record by record.
//!
//! A reading is a (period, position, definition version) triple; A is the earlier question, B the later. Each
//! record known to either side comes with what it adds to A, what it would add to A's reading under B's
//! definition, and what it adds to B. The sums of the parts are exactly B − A.

/// Why a record's contribution differs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Cause {
    /// The record was not in the register at A's position.
    New,
    /// The record was retired after A's position.
    Retired,
    /// A version of it was corrected: it had been wrong.
    Corrected,
    /// The thing itself changed: a spell was ended or begun.
    Spell,
    /// Nothing was written; the day moved over the start or end of the record's interval.
    Time,
    /// The rule of counting is another one.
    Definition,
}

impl Cause {
    /// All, in the order in which a page lists them.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Retired, Self::Corrected, Self::Spell, Self::Time, Self::Definition];

    /// The cause for a record, from what happened to it between A's and B's positions.
    #[must_use]
    pub const fn of(history: History) -> Self {
        match history {
            History { at_a: false, .. } if history.is_spell => Self::Spell,
            History { at_a: false, .. } => Self::New,
            History { at_b: false, .. } if history.is_spell => Self::Spell,
            History { at_b: false, .. } => Self::Retired,
            History { ended_spell: true, .. } => Self::Spell,
            History { rewritten: true, .. } => Self::Corrected,
            _ => Self::Time,
        }
    }
}

/// What happened to a record between two positions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct History {
    /// It was open at A's position.
    pub at_a: bool,
    /// It is open at B's position.
    pub at_b: bool,
    /// Another spell of the same thing was open at the other position.
    pub is_spell: bool,
    /// Its versions at A and B differ in `until` alone, because a change ended the spell.
    pub ended_spell: bool,
    /// Its versions at A and B differ.
    pub rewritten: bool,
}

/// One record's part in the difference. Amounts are mantissas of the measure's scale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordChange {
    /// Record key.
    pub key: String,
    /// What it adds to A.
    pub at_a: i64,
    /// What A's version of it would add at A's period under B's definition; equal to `at_a` where the
    /// definition is the same.
    pub at_a_redefined: i64,
    /// What it adds to B.
    pub at_b: i64,
    /// Why the rest of the difference; `Definition` is found from the amounts and is not given here.
    pub cause: Cause,
}

/// The records of one cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Why.
    pub cause: Cause,
    /// What they add to the difference.
    pub delta: i128,
    /// How many records.
    pub records: u64,
    /// The first of their keys, in the order given, with what each adds; at most [`KEYS_MAX`].
    pub keys: Vec<(String, i128)>,
}

/// Keys listed in a group; the store pages through more.
pub const KEYS_MAX: usize = 1_000;

/// The difference, taken apart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Decomposition {
    /// Σ at A.
    pub a: i128,
    /// Σ at B.
    pub b: i128,
    /// The causes that occur, in the order of [`Cause::ALL`]; their deltas sum to `b` − `a`.
    pub groups: Vec<Group>,
}

/// Takes a difference apart.
#[must_use]
pub fn decompose(records: impl IntoIterator<Item = RecordChange>) -> Decomposition {
    let (mut a, mut b) = (0_i128, 0_i128);
    let mut groups = Cause::ALL.map(|cause| Group { cause, delta: 0, records: 0, keys: Vec::new() });
    for record in records {
        a += i128::from(record.at_a);
        b += i128::from(record.at_b);
        let redefined = i128::from(record.at_a_redefined) - i128::from(record.at_a);
        let rest = i128::from(record.at_b) - i128::from(record.at_a_redefined);
        for (cause, delta) in [(Cause::Definition, redefined), (record.cause, rest)] {
            if delta != 0
                && let Some(group) = groups.iter_mut().find(|group| group.cause == cause)
            {
                group.add(&record.key, delta);
            }
        }
    }
    Decomposition { a, b, groups: groups.into_iter().filter(|group| group.records > 0).collect() }
}

impl Group {
    fn add(&mut self, key: &str, delta: i128) {
        self.delta += delta;
        self.records += 1;
        if self.keys.len() < KEYS_MAX {
            self.keys.push((key.to_owned(), delta));
        }
    }
}
