//! The reading process itself: limits first, then the file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd as _;
use std::process::ExitCode;

use super::frame::{self, Message};
use super::{Order, sandbox};
use crate::read::{Sink, read_into};
use crate::{BookInfo, ReadError, Row};

/// Bytes of rows gathered before they are sent.
const BATCH_BYTES: usize = 64 * 1024;

/// Reads the file on standard input under limits and writes its rows to standard output.
///
/// Call it first thing when the first argument is [`super::CHILD_COMMAND`]; the second argument says what to
/// read.
#[must_use]
pub fn child_main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn run() -> io::Result<()> {
    let order: Order = serde_json::from_str(&std::env::args().nth(2).unwrap_or_default())?;
    // A file, not the buffered and unseekable standard input.
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let held = sandbox::enter(order.cpu_seconds);
    let mut out = BufWriter::with_capacity(BATCH_BYTES, io::stdout().lock());
    frame::write_message(&mut out, &Message::Limits(held))?;
    let mut pipe = Pipe { out, batch: Vec::with_capacity(BATCH_BYTES * 2) };
    let read = read_into(input, &order.name, &order.request, &mut pipe);
    let last = match read.and_then(|()| pipe.flush()) {
        Ok(()) => Message::Done,
        Err(error) => Message::Failed(error),
    };
    frame::write_message(&mut pipe.out, &last)
}

struct Pipe<W> {
    out: W,
    batch: Vec<u8>,
}

impl<W: Write> Pipe<W> {
    fn flush(&mut self) -> Result<(), ReadError> {
        if !self.batch.is_empty() {
            frame::write(&mut self.out, true, &self.batch)?;
            self.batch.clear();
        }
        Ok(())
    }
}

impl<W: Write> Sink for Pipe<W> {
    fn book(&mut self, book: &BookInfo) -> Result<(), ReadError> {
        Ok(frame::write_message(&mut self.out, &Message::Book(book.clone()))?)
    }

    fn row(&mut self, row: Row) -> Result<(), ReadError> {
        frame::encode_row(&row, &mut self.batch);
        if self.batch.len() >= BATCH_BYTES { self.flush() } else { Ok(()) }
    }
}
