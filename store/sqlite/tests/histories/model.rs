//! What the ledger ought to hold: every version of every record, and the declarations and mergers that
//! matter.

use std::collections::{BTreeMap, BTreeSet};

use mc_base::{Day, PlaceId};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::EditRequest;
use mc_register::{Edit, Record, Schema, key_text, thing_of_key};
use mc_stories::small;

/// A version.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) record: Record,
    pub(crate) from: u64,
    pub(crate) to: Option<u64>,
    pub(crate) erased: Vec<u16>,
}

/// Register and record key.
pub(crate) type Name = (String, String);

/// Everything.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) seq: u64,
    pub(crate) records: BTreeMap<Name, Vec<Held>>,
    /// Whole mergers: what went into what.
    pub(crate) mergers: Vec<(PlaceId, PlaceId)>,
    /// Versions of indicators with the position that declared each.
    pub(crate) definitions: Vec<(u64, Definition)>,
    /// Register `plot` as it is declared now.
    pub(crate) plot: Schema,
}

/// Why a commit is not made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Why {
    Refused,
    Unchanged,
}

impl Model {
    pub(crate) fn new(seq: u64) -> Self {
        let definitions = small::indicators().into_iter().map(|it| (seq, it)).collect();
        let plot = small::register("plot");
        Self { seq, records: BTreeMap::new(), mergers: Vec::new(), definitions, plot }
    }

    /// Names of records that hold now.
    pub(crate) fn open(&self) -> Vec<Name> {
        let open = self.records.iter().filter(|(_, held)| held.last().is_some_and(|it| it.to.is_none()));
        open.map(|(name, _)| name.clone()).collect()
    }

    pub(crate) fn current(&self, name: &Name) -> Option<(&Held, u32)> {
        let held = self.records.get(name)?;
        held.last().filter(|it| it.to.is_none()).map(|it| (it, ordinal(held.len())))
    }

    /// The model after a commit of these edits.
    pub(crate) fn after(&self, edits: &[EditRequest]) -> Result<Self, Why> {
        let mut next = self.clone();
        next.seq += 1;
        let mut things = BTreeSet::new();
        for request in edits {
            let name = next.name(request);
            let schema = small::register(&request.register);
            let mut trial = next.clone();
            match trial.edit(&name, &request.edit) {
                Ok(()) => {}
                Err(Why::Unchanged) => continue,
                Err(Why::Refused) => return Err(Why::Refused),
            }
            if !things.insert((name.0.clone(), thing_of_key(&schema, &name.1).to_owned())) {
                return Err(Why::Refused);
            }
            next = trial;
        }
        if things.is_empty() { Err(Why::Unchanged) } else { Ok(next) }
    }

    fn name(&self, request: &EditRequest) -> Name {
        let key = match &request.edit {
            Edit::Insert { record } => {
                key_text(&small::register(&request.register), record).expect("acts have keys")
            }
            Edit::Correct { key, .. } | Edit::Change { key, .. } | Edit::Retire { key, .. } => key.clone(),
        };
        (request.register.clone(), key)
    }

    fn edit(&mut self, name: &Name, edit: &Edit) -> Result<(), Why> {
        match edit {
            Edit::Insert { record } => {
                if self.current(name).is_some() {
                    return Err(Why::Refused);
                }
                self.fits(name, record)?;
                self.put(name, record.clone());
            }
            Edit::Correct { expected_ordinal, record, .. } => {
                let held = self.expected(name, *expected_ordinal)?;
                if held.record == *record {
                    return Err(Why::Unchanged);
                }
                self.fits(name, record)?;
                self.close(name);
                self.put(name, record.clone());
            }
            Edit::Retire { expected_ordinal, .. } => {
                self.expected(name, *expected_ordinal)?;
                self.close(name);
            }
            Edit::Change { expected_ordinal, since, record, .. } => {
                self.change(name, *expected_ordinal, *since, record)?;
            }
        }
        Ok(())
    }

    fn expected(&self, name: &Name, ordinal: u32) -> Result<&Held, Why> {
        self.current(name).filter(|(_, it)| *it == ordinal).map(|(held, _)| held).ok_or(Why::Refused)
    }

    fn change(&mut self, name: &Name, ordinal: u32, since: Day, record: &Record) -> Result<(), Why> {
        let schema = small::register(&name.0);
        let old = self.expected(name, ordinal)?.record.clone();
        let (begins, ends) = span(&name.0, &old).ok_or(Why::Refused)?;
        let kept = &schema.spells[0];
        let same = old.get_id(&schema, kept) == record.get_id(&schema, kept);
        if since <= begins || ends.is_some_and(|ends| since >= ends) || same {
            return Err(Why::Refused);
        }
        let mut ended = old;
        let mut next = record.clone();
        set(&name.0, &mut ended, "until", Value::Day(since));
        set(&name.0, &mut next, "since", Value::Day(since));
        set(&name.0, &mut next, "until", ends.map_or(Value::Null, Value::Day));
        let next_name = (name.0.clone(), key_text(&schema, &next).expect("a key"));
        self.close(name);
        self.put(name, ended);
        self.put(&next_name, next);
        Ok(())
    }

    /// Spells are not empty and share no day.
    fn fits(&self, name: &Name, record: &Record) -> Result<(), Why> {
        let Some((begins, ends)) = span(&name.0, record) else { return Ok(()) };
        if ends.is_some_and(|ends| ends <= begins) {
            return Err(Why::Refused);
        }
        let schema = small::register(&name.0);
        let thing = |key: &str| thing_of_key(&schema, key).to_owned();
        let others = self
            .records
            .iter()
            .filter(|(other, _)| other.0 == name.0 && other.1 != name.1 && thing(&other.1) == thing(&name.1));
        for (_, held) in others {
            let Some(open) = held.last().filter(|it| it.to.is_none()) else { continue };
            let Some((from, to)) = span(&name.0, &open.record) else { continue };
            if to.is_none_or(|to| begins < to) && ends.is_none_or(|ends| from < ends) {
                return Err(Why::Refused);
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &Name) {
        let seq = self.seq;
        if let Some(held) = self.records.get_mut(name).and_then(|held| held.last_mut()) {
            held.to = Some(seq);
        }
    }

    fn put(&mut self, name: &Name, record: Record) {
        let held = Held { record, from: self.seq, to: None, erased: Vec::new() };
        self.records.entry(name.clone()).or_default().push(held);
    }

    /// Takes personal values of a plot away; says whether there were any.
    pub(crate) fn erase(&mut self, name: &Name) -> bool {
        let mut any = false;
        for held in self.records.get_mut(name).into_iter().flatten() {
            for field in self.plot.field.iter().filter(|field| field.personal) {
                if *held.record.get(field.no) != Value::Null {
                    held.record.set(field.no, Value::Null);
                    held.erased.push(field.no);
                    any = true;
                }
            }
        }
        any
    }
}

pub(crate) fn ordinal(count: usize) -> u32 {
    u32::try_from(count).expect("few versions")
}

fn set(register: &str, record: &mut Record, field: &str, value: Value) {
    small::set(record, register, [(field, value)]);
}

/// The days of a spell; `None` in a register without spells.
fn span(register: &str, record: &Record) -> Option<(Day, Option<Day>)> {
    let schema = small::register(register);
    if !schema.has_spells() {
        return None;
    }
    let day = |id: &str| match record.get_id(&schema, id) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    };
    Some((day("since")?, day("until")))
}
