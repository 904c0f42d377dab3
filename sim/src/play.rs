//! From scenes to chapters: in order of time, with versions, looked-up fields and keys as the registers
//! declare them. Values are checked by the store, as those of any other commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use mc_base::Day;
use mc_ledger::Value;
use mc_port::{EDITS_MAX, EditRequest};
use mc_register::{ChangeError, Edit, Record, RecordState, SINCE, Schema, Thing, thing_key};

use crate::script::{Cue, CueAct, Scene, Script};
use crate::value::{Fields, ILLUSTRATIVE_NOTE};
use crate::{Chapter, SimError};

/// Plays the scenes in order of time.
pub(crate) fn play(
    schemas: &dyn Fn(&str) -> Option<Arc<Schema>>,
    mut script: Script,
) -> Result<Vec<Chapter>, SimError> {
    // Stable: scenes of one instant stay in the order in which they were written.
    script.scenes.sort_by_key(|scene| scene.at);
    let mut play = Play { schemas, known: BTreeMap::new(), things: BTreeMap::new() };
    let mut chapters = Vec::new();
    for scene in joined(script.scenes) {
        play.scene(scene, &mut chapters)?;
    }
    Ok(chapters)
}

/// Scenes of one moment, actor, source and reason as one.
fn joined(scenes: Vec<Scene>) -> Vec<Scene> {
    let mut joined: Vec<Scene> = Vec::with_capacity(scenes.len());
    for scene in scenes {
        let begins = joined.partition_point(|earlier| earlier.at < scene.at);
        let same = joined.get_mut(begins..).and_then(|now| now.iter_mut().find(|one| one.joins(&scene)));
        match same {
            Some(earlier) => {
                earlier.about.extend(scene.about);
                earlier.cues.extend(scene.cues);
            }
            None => joined.push(scene),
        }
    }
    joined
}

/// A thing of a register.
type Name = (String, String);

struct Play<'a> {
    schemas: &'a dyn Fn(&str) -> Option<Arc<Schema>>,
    known: BTreeMap<String, Arc<Schema>>,
    things: BTreeMap<Name, Thing>,
}

impl Play<'_> {
    fn scene(&mut self, scene: Scene, chapters: &mut Vec<Chapter>) -> Result<(), SimError> {
        let mut edits = Vec::with_capacity(scene.cues.len());
        // What the scene writes is seen by later scenes only, as a store looks up what was there before the
        // commit.
        let mut after: BTreeMap<Name, Thing> = BTreeMap::new();
        for cue in &scene.cues {
            let schema = self.schema(cue.register)?;
            let (name, edit) = self.edit(&schema, &scene, cue)?;
            if after.contains_key(&name) {
                let (register, thing) = name;
                return Err(SimError::Twice { reason: scene.full_reason(), register, thing });
            }
            let mut thing = self.things.get(&name).cloned().unwrap_or_default();
            let refused = |source: ChangeError| SimError::Change {
                reason: scene.full_reason(),
                register: cue.register.to_owned(),
                source: Box::new(source),
            };
            let acts = thing.plan(&schema, edit.clone()).map_err(refused)?;
            thing.apply(&acts);
            after.insert(name, thing);
            edits.push(EditRequest { register: cue.register.to_owned(), edit });
        }
        // One by one: `append` would rebuild the whole map for a handful of things.
        self.things.extend(after);
        publish(scene, edits, chapters);
        Ok(())
    }

    fn schema(&mut self, register: &str) -> Result<Arc<Schema>, SimError> {
        if let Some(schema) = self.known.get(register) {
            return Ok(Arc::clone(schema));
        }
        let schema = (self.schemas)(register).ok_or_else(|| SimError::NoRegister(register.to_owned()))?;
        self.known.insert(register.to_owned(), Arc::clone(&schema));
        Ok(schema)
    }

    fn edit(&mut self, schema: &Schema, scene: &Scene, cue: &Cue) -> Result<(Name, Edit), SimError> {
        match &cue.act {
            CueAct::Insert { fields } => {
                let mut record = Record::new();
                if scene.invented {
                    // Registers without these fields simply do not have them.
                    let _ = record.set_id(schema, "illustrative", Value::Bool(true));
                    let _ = record.set_id(schema, "note", Value::Text(ILLUSTRATIVE_NOTE.to_owned()));
                }
                write(schema, &mut record, fields)?;
                self.look_up(schema, &mut record)?;
                let name = (schema.id.clone(), thing_key(schema, &record)?);
                Ok((name, Edit::Insert { record }))
            }
            CueAct::Correct { thing, fields } => {
                let (name, state, mut record) = self.latest(schema, thing)?;
                write(schema, &mut record, fields)?;
                self.look_up(schema, &mut record)?;
                Ok((name, Edit::Correct { key: state.0, expected_ordinal: state.1, record }))
            }
            CueAct::Change { thing, since, fields } => {
                let (name, state, mut record) = self.latest(schema, thing)?;
                write(schema, &mut record, fields)?;
                self.look_up(schema, &mut record)?;
                Ok((name, Edit::Change { key: state.0, expected_ordinal: state.1, since: *since, record }))
            }
            CueAct::Retire { thing } => {
                let (name, state, _) = self.latest(schema, thing)?;
                Ok((name, Edit::Retire { key: state.0, expected_ordinal: state.1 }))
            }
        }
    }

    /// The last open record of a thing: its key, version and values.
    fn latest(&self, schema: &Schema, thing: &str) -> Result<(Name, (String, u32), Record), SimError> {
        let name = (schema.id.clone(), thing.to_owned());
        let found = self.things.get(&name).and_then(|thing| last_open(schema, thing));
        let (state, record) = found
            .ok_or_else(|| SimError::Unknown { register: schema.id.clone(), thing: thing.to_owned() })?;
        Ok((name, (state.key.clone(), state.ordinal), record.clone()))
    }

    /// Fills the fields that copy what another register knew before this scene.
    fn look_up(&mut self, schema: &Schema, record: &mut Record) -> Result<(), SimError> {
        for field in &schema.field {
            let Some(lookup) = &field.lookup else { continue };
            let Some(Value::Ref { register, key }) = record.get_id(schema, &lookup.by).cloned() else {
                continue;
            };
            let other = self.schema(&register)?;
            let found = self.things.get(&(register, key)).and_then(|thing| last_open(&other, thing));
            if let Some((_, source)) = found {
                let value = source.get_id(&other, &lookup.field).cloned().unwrap_or(Value::Null);
                record.set(field.no, value);
            }
        }
        Ok(())
    }
}

fn last_open<'a>(schema: &Schema, thing: &'a Thing) -> Option<(&'a RecordState, &'a Record)> {
    let open = thing.records.iter().filter_map(|state| Some((state, state.record.as_ref()?)));
    open.max_by_key(|(_, record)| match record.get_id(schema, SINCE) {
        Some(Value::Day(since)) => *since,
        _ => Day::MIN,
    })
}

/// Writes values into a record by field id.
pub(crate) fn write(schema: &Schema, record: &mut Record, fields: &Fields) -> Result<(), SimError> {
    for (id, value) in fields {
        if !record.set_id(schema, id, value.clone()) {
            return Err(SimError::NoField { register: schema.id.clone(), field: (*id).to_owned() });
        }
    }
    Ok(())
}

/// One chapter, or several where there are more edits than a commit takes.
fn publish(scene: Scene, mut edits: Vec<EditRequest>, chapters: &mut Vec<Chapter>) {
    let parts = edits.len().div_ceil(EDITS_MAX);
    for part in 1..=parts {
        let rest = edits.split_off(edits.len().min(EDITS_MAX));
        let whole = scene.full_reason();
        let reason = if parts == 1 { whole } else { format!("{whole} (phần {part} trên {parts})") };
        chapters.push(Chapter {
            at: scene.at,
            actor: scene.actor.clone(),
            source: scene.source.clone(),
            reason,
            edits: std::mem::replace(&mut edits, rest),
        });
    }
}
