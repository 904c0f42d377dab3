//! What time it is for an instance: the machine's clock, or a generated instance's story.

use mc_base::{Day, Instant};
use mc_sqlite::{Reader, StoreError, SystemWorld, World};

/// The clock of a generated instance goes on from the story's last instant as time passes.
#[derive(Clone, Copy, Debug)]
pub struct StoryClock {
    story: Instant,
    clock: Instant,
}

impl World for StoryClock {
    fn now(&mut self) -> Instant {
        let elapsed = SystemWorld.now().0 - self.clock.0;
        Instant(self.story.0 + elapsed.max(0))
    }

    fn fill(&mut self, bytes: &mut [u8]) {
        SystemWorld.fill(bytes);
    }
}

/// Where a writer of this instance takes time and chance from.
pub fn world(reader: &Reader) -> Result<Box<dyn World>, StoreError> {
    Ok(match reader.story()? {
        Some((story, clock)) => Box::new(StoryClock { story, clock }),
        None => Box::new(SystemWorld),
    })
}

/// The day it is: a generated instance stays on its own day.
pub fn today(reader: &Reader) -> Result<Day, StoreError> {
    Ok(match reader.story()? {
        Some((story, _)) => story.day(),
        None => SystemWorld.now().day(),
    })
}
