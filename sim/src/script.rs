//! What the parts of the story write: scenes in any order, without versions and without what stays the same.

use mc_access::Actor;
use mc_base::{Day, Instant};
use mc_ledger::Value;

use crate::evidence::EvidenceFile;
use crate::value::Fields;

/// All scenes, in the order in which they were written.
#[derive(Default)]
pub(crate) struct Script {
    pub(crate) scenes: Vec<Scene>,
    pub(crate) evidence: Vec<EvidenceFile>,
}

/// One commit to be.
pub(crate) struct Scene {
    pub(crate) at: Instant,
    pub(crate) actor: Actor,
    pub(crate) source: String,
    pub(crate) reason: String,
    /// What the reason speaks of; scenes alike in all else become one commit that names them all.
    pub(crate) about: Vec<String>,
    /// New records are invented, and say so.
    pub(crate) invented: bool,
    pub(crate) cues: Vec<Cue>,
}

/// One edit to be.
pub(crate) struct Cue {
    pub(crate) register: &'static str,
    pub(crate) act: CueAct,
}

/// What is done; `fields` are those that differ from what is there.
pub(crate) enum CueAct {
    Insert { fields: Fields },
    Correct { thing: String, fields: Fields },
    Change { thing: String, since: Day, fields: Fields },
    Retire { thing: String },
}

impl Script {
    /// Keeps an evidence file and gives the value that points to it.
    pub(crate) fn file(&mut self, file: EvidenceFile) -> Value {
        let hash = file.hash;
        self.evidence.push(file);
        Value::File(hash)
    }

    /// Adds a scene; one without edits is left out.
    pub(crate) fn add(&mut self, scene: Scene) {
        if !scene.cues.is_empty() {
            self.scenes.push(scene);
        }
    }
}

impl Scene {
    pub(crate) fn new(
        at: Instant,
        actor: Actor,
        source: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            at,
            actor,
            source: source.into(),
            reason: reason.into(),
            about: Vec::new(),
            invented: true,
            cues: Vec::new(),
        }
    }

    /// Names what the reason speaks of.
    pub(crate) fn about(mut self, what: impl Into<String>) -> Self {
        self.about.push(what.into());
        self
    }

    /// Whether `next` belongs into the same commit.
    pub(crate) fn joins(&self, next: &Self) -> bool {
        let both_name = !self.about.is_empty() && !next.about.is_empty();
        let same_moment = self.at == next.at && self.actor == next.actor;
        let same_words = self.source == next.source && self.reason == next.reason;
        both_name && same_moment && same_words && self.invented == next.invented
    }

    /// The reason with what it speaks of.
    pub(crate) fn full_reason(&self) -> String {
        const NAMED_MAX: usize = 8;
        if self.about.is_empty() {
            return self.reason.clone();
        }
        let named: Vec<&str> = self.about.iter().take(NAMED_MAX).map(String::as_str).collect();
        let rest = self.about.len().saturating_sub(NAMED_MAX);
        let more = if rest > 0 { format!(" và {rest} việc nữa") } else { String::new() };
        format!("{}: {}{more}", self.reason, named.join(", "))
    }

    /// The records say what was published.
    pub(crate) fn published(mut self) -> Self {
        self.invented = false;
        self
    }

    pub(crate) fn insert(&mut self, register: &'static str, fields: Fields) {
        self.cues.push(Cue { register, act: CueAct::Insert { fields } });
    }

    /// The last record of a thing had been wrong.
    pub(crate) fn correct(&mut self, register: &'static str, thing: impl Into<String>, fields: Fields) {
        self.cues.push(Cue { register, act: CueAct::Correct { thing: thing.into(), fields } });
    }

    /// A thing became different on a day.
    pub(crate) fn change(
        &mut self,
        register: &'static str,
        thing: impl Into<String>,
        since: Day,
        fields: Fields,
    ) {
        self.cues.push(Cue { register, act: CueAct::Change { thing: thing.into(), since, fields } });
    }

    /// The last record of a thing ought not to exist.
    pub(crate) fn retire(&mut self, register: &'static str, thing: impl Into<String>) {
        self.cues.push(Cue { register, act: CueAct::Retire { thing: thing.into() } });
    }
}
