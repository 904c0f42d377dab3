//! Reading in a child process that may only compute, and the stream of rows it gives back.
//!
//! A workbook comes from outside and its parsers are large; whatever it does to the process that reads it,
//! the process that keeps the ledger sees only rows or a sentence. The child is this same executable started
//! again with the hidden command [`CHILD_COMMAND`], the file as its standard input and a pipe as its standard
//! output.

mod frame;
mod inside;
mod sandbox;

use std::fs::File;
use std::io::BufReader;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::limits::{
    CHILD_CPU_SECONDS_CSV, CHILD_CPU_SECONDS_PROSE, CHILD_CPU_SECONDS_XLSX, CHILD_MEMORY_BYTES,
    CHILD_SILENCE_SECONDS_MAX,
};
use crate::read::{Request, looks_like_workbook};
use crate::{BookInfo, ReadError, Row};
use frame::{Frame, Message};

pub use inside::child_main;
pub use sandbox::enter as enter_sandbox;

/// First argument of the executable when it is started as the reading process. The application calls
/// [`child_main`] and nothing else when it sees it.
pub const CHILD_COMMAND: &str = "__read-file";

/// Which limits the reading process could put on itself. All hold on Debian 12 and later.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct LimitsHeld {
    /// Address space of 512 MiB.
    pub memory: bool,
    /// Processor time of 10 s (60 s for CSV, 20 s for prose).
    pub cpu: bool,
    /// No further file may be opened, none written.
    pub files: bool,
    /// Landlock: no path of the file system, no TCP port.
    pub landlock: bool,
    /// seccomp: only the system calls that computing needs.
    pub seccomp: bool,
}

impl LimitsHeld {
    /// All of them.
    #[must_use]
    pub const fn all(self) -> bool {
        self.memory && self.cpu && self.files && self.landlock && self.seccomp
    }
}

/// What the child is told on its command line.
#[derive(Serialize, Deserialize)]
struct Order {
    request: Request,
    /// Only for messages and for the notice on the extension.
    name: String,
    cpu_seconds: u64,
}

/// Rows of a file in order, read by a child process. Dropping it ends the child.
pub struct RowStream {
    child: Child,
    frames: Receiver<Result<Frame, String>>,
    book: BookInfo,
    limits: LimitsHeld,
    body: Vec<u8>,
    at: usize,
    cpu_seconds: u64,
    ended: bool,
}

/// Starts reading `file` in a child process of the executable `exe`.
///
/// `name` is the name the sender gave the file. Returns when the sheets are known.
///
/// # Errors
/// [`ReadError`] where the content is not a workbook or text that can be read, is beyond a limit, or the
/// child cannot be started.
pub fn read_in_child(exe: &Path, file: &Path, name: &str, request: &Request) -> Result<RowStream, ReadError> {
    let mut input = File::open(file)?;
    let workbook = looks_like_workbook(&mut input)?;
    let cpu_seconds = match (request.prose, workbook) {
        (true, _) => CHILD_CPU_SECONDS_PROSE,
        (false, true) => CHILD_CPU_SECONDS_XLSX,
        (false, false) => CHILD_CPU_SECONDS_CSV,
    };
    let order = Order { request: request.clone(), name: name.chars().take(255).collect(), cpu_seconds };
    let order = serde_json::to_string(&order).map_err(|error| ReadError::Child(error.to_string()))?;
    let mut child = Command::new(exe)
        .args([CHILD_COMMAND, &order])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(input))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| ReadError::Child(error.to_string()))?;
    let frames = pump(&mut child)?;
    let mut stream = RowStream {
        child,
        frames,
        book: BookInfo {
            format: crate::Format::Xlsx,
            epoch_1904: false,
            sheets: Vec::new(),
            notices: Vec::new(),
        },
        limits: LimitsHeld::default(),
        body: Vec::new(),
        at: 0,
        cpu_seconds,
        ended: false,
    };
    stream.read_head()?;
    Ok(stream)
}

/// Moves frames from the pipe to a short queue, so that silence can be timed.
fn pump(child: &mut Child) -> Result<Receiver<Result<Frame, String>>, ReadError> {
    let pipe = child.stdout.take().ok_or_else(|| ReadError::Child("không có ống dẫn".to_owned()))?;
    let (sender, receiver) = sync_channel(8);
    std::thread::Builder::new()
        .name("read-file".to_owned())
        .spawn(move || {
            let mut pipe = BufReader::with_capacity(1 << 18, pipe);
            loop {
                let next = frame::read(&mut pipe).map_err(|error| error.to_string()).transpose();
                let Some(next) = next else { return };
                let last = next.is_err();
                if sender.send(next).is_err() || last {
                    return;
                }
            }
        })
        .map_err(|error| ReadError::Child(error.to_string()))?;
    Ok(receiver)
}

impl RowStream {
    /// What is known of the file.
    #[must_use]
    pub const fn book(&self) -> &BookInfo {
        &self.book
    }

    /// Which limits hold on the child.
    #[must_use]
    pub const fn limits(&self) -> LimitsHeld {
        self.limits
    }

    fn read_head(&mut self) -> Result<(), ReadError> {
        loop {
            match self.next_frame()? {
                Frame::Message(Message::Limits(limits)) => self.limits = limits,
                Frame::Message(Message::Book(book)) => {
                    self.book = book;
                    return Ok(());
                }
                Frame::Message(Message::Failed(error)) => return Err(error),
                Frame::Message(Message::Done) | Frame::Rows(_) => return Err(self.nonsense()),
            }
        }
    }

    fn next_frame(&mut self) -> Result<Frame, ReadError> {
        match self.frames.recv_timeout(Duration::from_secs(CHILD_SILENCE_SECONDS_MAX)) {
            Ok(Ok(frame)) => Ok(frame),
            Ok(Err(_)) => Err(self.nonsense()),
            Err(RecvTimeoutError::Timeout) => {
                self.stop();
                Err(ReadError::Silent { seconds: CHILD_SILENCE_SECONDS_MAX })
            }
            Err(RecvTimeoutError::Disconnected) => {
                self.ended = true;
                let status = self.child.wait()?;
                Err(death(status, self.cpu_seconds))
            }
        }
    }

    fn nonsense(&mut self) -> ReadError {
        self.stop();
        ReadError::Child("dữ liệu trả về sai khuôn".to_owned())
    }

    fn stop(&mut self) {
        self.ended = true;
        // Both fail only when the child is already gone.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }

    fn next_row(&mut self) -> Result<Option<Row>, ReadError> {
        while self.at >= self.body.len() {
            match self.next_frame()? {
                Frame::Rows(body) => {
                    self.body = body;
                    self.at = 0;
                }
                Frame::Message(Message::Done) => {
                    self.stop();
                    return Ok(None);
                }
                Frame::Message(Message::Failed(error)) => return Err(error),
                Frame::Message(_) => return Err(self.nonsense()),
            }
        }
        match frame::decode_row(&self.body, &mut self.at) {
            Some(row) if usize::from(row.sheet) < self.book.sheets.len() => Ok(Some(row)),
            _ => Err(self.nonsense()),
        }
    }
}

impl Iterator for RowStream {
    type Item = Result<Row, ReadError>;

    /// The next row. After an error, or the end, there is none.
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.next_row();
        if next.is_err() {
            self.stop();
        }
        next.transpose()
    }
}

impl Drop for RowStream {
    fn drop(&mut self) {
        if !self.ended {
            self.stop();
        }
    }
}

const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

/// How a child that gave no reason died.
fn death(status: ExitStatus, cpu_seconds: u64) -> ReadError {
    match status.signal() {
        Some(SIGXCPU | SIGKILL) => ReadError::TooSlow { seconds: cpu_seconds },
        // A failed allocation aborts.
        Some(SIGABRT) => ReadError::TooMuchMemory { mib: CHILD_MEMORY_BYTES >> 20 },
        _ => ReadError::Died,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_death_is_explained() {
        let sentence = |raw| death(ExitStatus::from_raw(raw), 10).to_string();
        assert_eq!(sentence(SIGXCPU), "Tệp quá lớn hoặc hỏng: đã dừng sau 10 giây xử lý.");
        assert_eq!(sentence(SIGKILL), "Tệp quá lớn hoặc hỏng: đã dừng sau 10 giây xử lý.");
        assert!(sentence(SIGABRT).contains("512 MiB bộ nhớ"));
        // A panic ends with code 101, a stack overflow with SIGSEGV.
        assert_eq!(death(ExitStatus::from_raw(101 << 8), 10), ReadError::Died);
        assert_eq!(death(ExitStatus::from_raw(11), 10), ReadError::Died);
    }
}
