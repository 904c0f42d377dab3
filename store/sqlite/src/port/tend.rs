//! What a running server does beside commits: to the end what declarations, imports and failures leave behind.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::Duration;

use mc_port::{CommitError, Receipt};

use super::{Queue, failed, told};
use crate::build::{self, Settling, Staged, Written};
use crate::erase::ErasureRequest;
use crate::files::file;
use crate::redact::Progress;
use crate::{StoreError, Writer};

/// Versions of the first slice; the next follow the time that it took.
const FIRST: u64 = 500;

impl Queue {
    /// Finishes the import, the redaction and the building of measures that were left in the middle: by an earlier
    /// process, or by whoever failed beside a running server. In slices between which others write; what somebody
    /// else is at already is left to them.
    ///
    /// # Errors
    /// A failure of the store.
    pub fn resume(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<(), CommitError> {
        if is_free(&self.importing) && self.with(|writer| writer.applying.is_some()) {
            self.slices(&mut |step| told(step, progress))?;
        }
        if !is_free(&self.settling) {
            return Ok(());
        }
        self.settle(&mut |step| {
            let (done, total) = step.share();
            progress(done, total);
        })
    }

    /// Looks every `pause` whether something was left in the middle, and finishes it; in a thread that ends with the
    /// queue. `tell` hears of failures, after which it is tried again.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn tend(
        self: &Arc<Self>,
        pause: Duration,
        tell: impl Fn(&CommitError) + Send + 'static,
    ) -> Result<(), StoreError> {
        let queue = Arc::downgrade(self);
        let tend = move || {
            while let Some(queue) = queue.upgrade() {
                if let Err(error) = queue.resume(&mut |_, _| {}) {
                    tell(&error);
                }
                drop(queue);
                thread::sleep(pause);
            }
        };
        let started = thread::Builder::new().name("tend".to_owned()).spawn(tend);
        started.map(drop).map_err(|error| file("chạy luồng làm tiếp việc dở", error))
    }

    /// Does to the end what new declarations leave behind, in slices between which others write: values of fields
    /// marked personal move to the erasable table, and the cells of measures over large registers are built.
    ///
    /// # Errors
    /// A failure of the store; [`Queue::tend`] or the next start goes on.
    pub fn settle(&self, tell: &mut dyn FnMut(Settling)) -> Result<(), CommitError> {
        let _alone = hold(&self.settling);
        self.move_values(tell)?;
        while let Some(order) = self.with(Writer::build_order)? {
            let staged = build::computed(order, tell)?;
            self.write_cells(&staged, tell)?;
        }
        Ok(())
    }

    /// As [`Writer::erase`]. Values of a field just marked personal that have still to move to where they can be
    /// erased move first, in slices between which others write.
    ///
    /// # Errors
    /// As [`Writer::erase`].
    pub fn erase(&self, asked: &ErasureRequest) -> Result<Receipt, CommitError> {
        self.move_values(&mut |_| {})?;
        self.with(|writer| writer.erase(asked))
    }

    fn move_values(&self, tell: &mut dyn FnMut(Settling)) -> Result<(), CommitError> {
        let mut size = FIRST;
        while let Progress::More(done, total) = self.with(|writer| writer.settle_step(&mut size))? {
            tell(Settling::Moved { done, total });
            self.let_others_in();
        }
        Ok(())
    }

    fn write_cells(&self, staged: &Staged, tell: &mut dyn FnMut(Settling)) -> Result<(), CommitError> {
        let (mut done, mut size) = (0, build::FIRST_SLICE);
        loop {
            let rows = staged.rows(done, size).map_err(failed)?;
            match self.with(|writer| writer.build_slice(staged, &rows, done, &mut size))? {
                Written::UpTo(to) => done = to,
                Written::Over => return Ok(()),
            }
            tell(Settling::Built { done, total: staged.total });
            self.let_others_in();
        }
    }
}

pub(super) fn hold(lock: &Mutex<()>) -> MutexGuard<'_, ()> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_free(lock: &Mutex<()>) -> bool {
    !matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
}
