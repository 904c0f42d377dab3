//! Clocks, percentiles, memory: how things are measured.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use std::{fmt, fs};

/// Now, on the monotonic clock.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "measuring is what this program is for")]
pub fn now() -> Instant {
    Instant::now()
}

/// Runs `work` and tells how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = now();
    let done = work();
    (done, start.elapsed())
}

/// Latencies of one kind.
#[derive(Clone, Default, Debug)]
pub struct Samples(Vec<Duration>);

impl Samples {
    /// Adds one.
    pub fn add(&mut self, sample: Duration) {
        self.0.push(sample);
    }

    /// Runs `work` and adds how long it took, where it succeeds.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn time<T, E>(&mut self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let start = now();
        let done = work()?;
        self.0.push(start.elapsed());
        Ok(done)
    }

    /// Adds all of another kind.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// The smallest sample that `percent` of all do not exceed; zero where there is none.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100);
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// The 99th percentile.
    #[must_use]
    pub fn p99(&self) -> Duration {
        self.percentile(99)
    }
}

impl fmt::Display for Samples {
    /// p50 / p95 / p99 and the number of samples.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |percent| millis(self.percentile(percent));
        write!(f, "{} / {} / {} ms (n={})", at(50), at(95), at(99), self.len())
    }
}

/// Milliseconds with three digits after the point.
#[must_use]
pub fn millis(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64() * 1_000.0)
}

/// `first` ÷ `second`.
#[must_use]
pub fn ratio(first: Duration, second: Duration) -> f64 {
    first.as_secs_f64() / second.as_secs_f64().max(1e-9)
}

/// Rows a second.
#[must_use]
pub fn rate(rows: u64, took: Duration) -> f64 {
    let rows = u32::try_from(rows).map_or(f64::MAX, f64::from);
    rows / took.as_secs_f64().max(1e-9)
}

/// Greatest resident memory of this process so far, in KiB (`VmHWM`).
#[must_use]
pub fn peak_memory() -> u64 {
    status("/proc/self/status", "VmHWM:")
}

/// Forgets the peak, so that the next reading tells of what follows.
pub fn forget_peak() {
    // Not every kernel offers it; then the peak is that of the whole run, which is no better for us.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Resident memory of a process now, in KiB; 0 when it has ended.
#[must_use]
pub fn memory(process: &str) -> u64 {
    status(&format!("/proc/{process}/status"), "VmRSS:")
}

/// Greatest resident memory of a process and of those it started, added up, in KiB; 0 when it has ended.
#[must_use]
pub fn peak_of(process: u32) -> u64 {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let all = children.split_whitespace().filter_map(|child| child.parse().ok()).chain([process]);
    all.map(|process| status(&format!("/proc/{process}/status"), "VmHWM:")).sum()
}

fn status(file: &str, name: &str) -> u64 {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// A first line of a file in /proc that starts with `name`, without the name.
#[must_use]
pub fn proc_line(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim_matches(|c: char| c == ':' || c.is_whitespace()).to_owned()
}

/// Watches how large a file becomes.
#[derive(Debug)]
pub struct SizeWatch {
    stop: Arc<AtomicBool>,
    greatest: Arc<AtomicU64>,
    thread: JoinHandle<()>,
}

impl SizeWatch {
    /// Looks at `path` every 10 ms.
    #[must_use]
    pub fn start(path: &Path) -> Self {
        const STEP: Duration = Duration::from_millis(10);
        let (stop, greatest) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (path, stopped, seen): (PathBuf, _, _) = (path.to_owned(), stop.clone(), greatest.clone());
        let thread = thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                seen.fetch_max(fs::metadata(&path).map_or(0, |file| file.len()), Ordering::Relaxed);
                thread::sleep(STEP);
            }
        });
        Self { stop, greatest, thread }
    }

    /// Ends the watch; bytes at most.
    #[must_use]
    pub fn finish(self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        // A watcher that panicked has still kept what it saw.
        let _ = self.thread.join();
        self.greatest.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_sample_that_was_measured() {
        let mut samples = Samples::default();
        for ms in (1..=100).rev() {
            samples.add(Duration::from_millis(ms));
        }
        assert_eq!(samples.percentile(50), Duration::from_millis(50));
        assert_eq!(samples.p99(), Duration::from_millis(99));
        assert_eq!(Samples::default().p99(), Duration::ZERO);
        samples.add(Duration::from_secs(1));
        assert_eq!(samples.p99(), Duration::from_millis(100), "the 100th of 101");
    }
}
