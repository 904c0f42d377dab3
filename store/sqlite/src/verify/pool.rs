//! Tasks of one stage, shared out to a thread per processor, each with a connection of its own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::StoreError;
use crate::reader::Reader;

/// More threads than this wait for the disk, not for a processor.
const THREADS_MAX: usize = 8;
/// Results that may wait to be taken.
const WAITING_MAX: usize = 64;

/// What a thread says.
enum Said<O> {
    /// Versions re-read since it last spoke.
    More(u64),
    /// Task number and what came of it.
    Done(usize, O),
    Failed(StoreError),
}

/// How a task tells of its progress.
pub(super) struct Teller<O>(SyncSender<Said<O>>);

impl<O> Teller<O> {
    /// So many versions more. Nobody listens any longer where another task failed.
    pub(super) fn more(&self, versions: u64) {
        let _ = self.0.send(Said::More(versions));
    }
}

/// Does all tasks and gives the number and the result of each to `take` as they come. Each task begins with a
/// new snapshot.
///
/// # Errors
/// The first failure; tasks that nobody has begun are then left.
pub(super) fn run<T: Sync, O: Send>(
    reader: &Reader,
    tasks: &[T],
    work: impl Fn(&Reader, &T, &Teller<O>) -> Result<O, StoreError> + Sync,
    progress: &mut dyn FnMut(u64),
    take: &mut dyn FnMut(usize, O),
) -> Result<(), StoreError> {
    let processors = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let readers = (0..processors.min(THREADS_MAX).min(tasks.len()))
        .map(|_| reader.beside())
        .collect::<Result<Vec<_>, _>>()?;
    let next = Mutex::new(tasks.iter().enumerate());
    let stop = AtomicBool::new(false);
    let (said, heard) = sync_channel(WAITING_MAX);
    let mut failed = None;
    thread::scope(|scope| {
        for reader in readers {
            let teller = Teller(said.clone());
            let (next, work, stop) = (&next, &work, &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let task = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((number, task)) = task else { break };
                    let result = reader.renew().and_then(|()| work(&reader, task, &teller));
                    let said = result.map_or_else(Said::Failed, |result| Said::Done(number, result));
                    let _ = teller.0.send(said);
                }
            });
        }
        drop(said);
        for said in heard {
            match said {
                Said::More(versions) => progress(versions),
                Said::Done(number, result) => take(number, result),
                Said::Failed(error) => {
                    stop.store(true, Ordering::Relaxed);
                    failed.get_or_insert(error);
                }
            }
        }
    });
    failed.map_or(Ok(()), Err)
}
