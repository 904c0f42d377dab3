//! What one at a time may have, with how many wait for it: whoever takes it again and again lets these go first.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

#[derive(Debug)]
pub(super) struct Awaited<T> {
    value: Mutex<T>,
    waiting: AtomicUsize,
}

impl<T> Awaited<T> {
    pub(super) const fn new(value: T) -> Self {
        Self { value: Mutex::new(value), waiting: AtomicUsize::new(0) }
    }

    /// The value, which nobody waits for any more.
    pub(super) fn into_inner(self) -> T {
        self.value.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the value, whatever for, and runs `work` with it.
    pub(super) fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let mut value = self.value.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        work(&mut value)
    }

    /// Whether anybody waits for it; for who has it, anybody else.
    pub(super) fn is_awaited(&self) -> bool {
        self.waiting.load(Ordering::Acquire) > 0
    }
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_has_it_sees_whoever_waits() {
        let value = Awaited::new(0);
        thread::scope(|scope| {
            value.with(|_| {
                assert!(!value.is_awaited(), "nobody but who has it");
                scope.spawn(|| value.with(|value| *value += 1));
                let mut looks = 0;
                while !value.is_awaited() {
                    looks += 1;
                    assert!(looks < 5_000, "nobody is seen to wait");
                    thread::sleep(Duration::from_millis(1));
                }
            });
        });
        assert_eq!((value.with(|value| *value), value.is_awaited()), (1, false));
    }
}
