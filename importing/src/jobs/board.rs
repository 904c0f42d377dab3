//! What this process is working on: the queue, how far each import is, and trials that wait for a decision.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use mc_access::Actor;
use mc_base::Instant;

use super::ticket::Ticket;
use crate::staging::STAGED_SECONDS_MAX;
use crate::{Progress, Trial};

/// Imports that are worked on at the same time.
pub(super) const WORKERS: usize = 2;
/// Imports that wait, at most.
pub const WAITING_MAX: usize = 16;
/// Trials kept with their staging files until somebody decides; the others are made again.
const HELD_MAX: usize = 4;

/// What the work is at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Phase {
    /// It waits for its turn.
    Waiting,
    /// The file is being opened.
    Reading,
    /// Rows are checked and compared with the register.
    Comparing,
    /// What they come to is summed up.
    Summing,
    /// Another import is being written.
    WaitingToWrite,
    /// Versions are being written; it cannot be taken back any more.
    Writing,
}

/// How far the work is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// What it is at.
    pub phase: Phase,
    /// Rows, or versions, done in this phase.
    pub done: u64,
    /// Of how many, where that is known.
    pub total: Option<u64>,
    /// It may still be taken back.
    pub can_cancel: bool,
    /// Somebody asked to take it back.
    pub cancelling: bool,
}

impl Seen {
    const fn waiting() -> Self {
        Self { phase: Phase::Waiting, done: 0, total: None, can_cancel: true, cancelling: false }
    }

    pub(super) const fn at(phase: Phase, done: u64, total: Option<u64>) -> Self {
        Self { phase, done, total, can_cancel: false, cancelling: false }
    }

    fn hear(&mut self, progress: Progress) {
        match progress {
            Progress::Open(rows) => (self.phase, self.done, self.total) = (Phase::Comparing, 0, rows),
            Progress::Compared(rows) => self.done = rows,
            Progress::Summing => self.phase = Phase::Summing,
            Progress::Written { done, total } => {
                (self.phase, self.done, self.total) = (Phase::Writing, done, Some(total));
            }
        }
    }
}

/// An import that is worked on or waits.
pub(super) struct Live {
    pub(super) ticket: Ticket,
    pub(super) actor: Actor,
    pub(super) seen: Seen,
    pub(super) stop: Arc<AtomicBool>,
}

/// What came of asking to take an import back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TakenBack {
    /// It never began; nobody works on it any more.
    AtOnce,
    /// Nobody worked on it. Its place is taken now: nobody begins to, until whoever asked gives it free.
    Idle,
    /// Whoever works on it will see.
    Soon,
    /// Too late.
    No,
}

/// A trial that waits for a decision; its staging file holds values of its rows.
struct Held {
    id: String,
    since: Instant,
    trial: Trial,
}

/// The state under one lock.
#[derive(Default)]
pub(super) struct Board {
    queue: VecDeque<String>,
    working: usize,
    live: HashMap<String, Live>,
    held: VecDeque<Held>,
}

impl Board {
    pub(super) fn live(&self, id: &str) -> Option<&Live> {
        self.live.get(id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Live> {
        self.live.values()
    }

    /// Reserves a place for an import. `None` where there is none left.
    pub(super) fn reserve(&mut self, ticket: Ticket, actor: Actor) -> Option<()> {
        if self.live.len() >= WORKERS + WAITING_MAX {
            return None;
        }
        self.occupy(ticket, actor);
        Some(())
    }

    fn occupy(&mut self, ticket: Ticket, actor: Actor) {
        let stop = Arc::new(AtomicBool::new(false));
        self.live.insert(ticket.id.clone(), Live { ticket, actor, seen: Seen::waiting(), stop });
    }

    /// Puts a reserved import into the queue; whether a further worker is wanted.
    pub(super) fn enqueue(&mut self, id: &str) -> bool {
        self.queue.push_back(id.to_owned());
        let wanted = self.working < WORKERS;
        self.working += usize::from(wanted);
        wanted
    }

    /// The next import for a worker; `None` sends it home.
    pub(super) fn next(&mut self) -> Option<(Ticket, Actor, Arc<AtomicBool>)> {
        while let Some(id) = self.queue.pop_front() {
            if let Some(live) = self.live.get_mut(&id) {
                live.seen.phase = Phase::Reading;
                return Some((live.ticket.clone(), live.actor.clone(), Arc::clone(&live.stop)));
            }
        }
        self.send_home();
        None
    }

    /// A worker that could not be started, or is done.
    pub(super) fn send_home(&mut self) {
        self.working = self.working.saturating_sub(1);
    }

    pub(super) fn hear(&mut self, id: &str, progress: Progress) {
        if let Some(live) = self.live.get_mut(id) {
            live.seen.hear(progress);
        }
    }

    pub(super) fn enter(&mut self, id: &str, phase: Phase) {
        if let Some(live) = self.live.get_mut(id) {
            (live.seen.phase, live.seen.done, live.seen.total) = (phase, 0, None);
        }
    }

    /// From here on it cannot be taken back; false where somebody did just before.
    pub(super) fn commit_to_write(&mut self, id: &str) -> bool {
        let Some(live) = self.live.get_mut(id) else { return false };
        if live.stop.load(Ordering::Relaxed) {
            return false;
        }
        live.seen.can_cancel = false;
        (live.seen.phase, live.seen.done, live.seen.total) = (Phase::Writing, 0, None);
        true
    }

    /// Stops the import of `actor` that `ticket` tells of.
    pub(super) fn take_back(&mut self, ticket: &Ticket, actor: &Actor) -> TakenBack {
        let id = &ticket.id;
        let Some(live) = self.live.get_mut(id) else {
            self.occupy(ticket.clone(), actor.clone());
            return TakenBack::Idle;
        };
        if !live.seen.can_cancel {
            return TakenBack::No;
        }
        live.stop.store(true, Ordering::Relaxed);
        live.seen.cancelling = true;
        let waiting = self.queue.len();
        self.queue.retain(|queued| queued != id);
        if self.queue.len() < waiting { TakenBack::AtOnce } else { TakenBack::Soon }
    }

    pub(super) fn forget(&mut self, id: &str) {
        self.live.remove(id);
        self.queue.retain(|queued| queued != id);
    }

    pub(super) fn hold(&mut self, id: &str, trial: Trial, now: Instant) {
        self.let_go(now);
        self.held.retain(|held| held.id != id);
        self.held.push_back(Held { id: id.to_owned(), since: now, trial });
        if self.held.len() > HELD_MAX {
            self.held.pop_front();
        }
    }

    /// Drops trials that nobody has decided on for as long as an upload is kept.
    pub(super) fn let_go(&mut self, now: Instant) {
        let kept_ms = STAGED_SECONDS_MAX.saturating_mul(1_000);
        let age_ms = |held: &Held| u64::try_from(now.0.saturating_sub(held.since.0)).unwrap_or(0);
        self.held.retain(|held| age_ms(held) <= kept_ms);
    }

    pub(super) fn take_held(&mut self, id: &str) -> Option<Trial> {
        let at = self.held.iter().position(|held| held.id == id)?;
        self.held.remove(at).map(|held| held.trial)
    }
}
