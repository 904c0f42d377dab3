//! What a command prints: JSON for machines, sentences for people; never both.

use std::io::{BufWriter, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};
use mc_base::number::whole;
use serde::Serialize;
use serde_json::json;

/// Something was refused.
pub const REFUSED: u8 = 2;
/// A figure has no value.
pub const NO_VALUE: u8 = 3;

/// Where results go: the terminal, or the reply to a client of the running server.
#[derive(Clone, Debug)]
pub struct Output {
    json: bool,
    reply: Option<Arc<Mutex<String>>>,
}

impl Output {
    /// To the terminal.
    pub const fn terminal(json: bool) -> Self {
        Self { json, reply: None }
    }

    /// Into a text that is sent back.
    pub fn reply(json: bool) -> Self {
        Self { json, reply: Some(Arc::default()) }
    }

    /// What was printed into the reply.
    pub fn replied(&self) -> String {
        self.reply.as_ref().map(|text| lock(text).clone()).unwrap_or_default()
    }

    /// Prints a result. A long one goes to the terminal as it is written, never whole into memory.
    pub fn result(&self, machine: &impl Serialize, people: impl FnOnce() -> String) {
        match &self.reply {
            Some(reply) => {
                let text = if self.json { json!(machine).to_string() } else { people() };
                let mut reply = lock(reply);
                reply.push_str(&text);
                reply.push('\n');
            }
            // Whoever reads may have heard enough (`| head`): that is no failure of the command.
            None => drop(self.print(machine, people)),
        }
    }

    fn print(&self, machine: &impl Serialize, people: impl FnOnce() -> String) -> std::io::Result<()> {
        let mut to = BufWriter::new(std::io::stdout().lock());
        if self.json {
            serde_json::to_writer(&mut to, machine)?;
        } else {
            to.write_all(people().as_bytes())?;
        }
        to.write_all(b"\n")?;
        to.flush()
    }

    /// Says how far a long piece of work has come; on standard error, and not to machines.
    pub fn progress(&self, text: &str) {
        if !self.json && self.reply.is_none() {
            drop(writeln!(std::io::stderr(), "  {text}"));
        }
    }

    /// The progress of `steps` pieces of work: a bar on a terminal, a line now and then in a log, nothing to
    /// machines.
    pub fn bar(&self, steps: u64) -> Bar {
        let is_silent = self.json || self.reply.is_some();
        let bar = if is_silent { ProgressBar::hidden() } else { ProgressBar::new(steps) };
        if let Ok(style) = ProgressStyle::with_template("  {bar:24} {pos}/{len} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        Bar { log: (bar.is_hidden() && !is_silent).then(|| self.clone()), bar }
    }

    /// As [`Output::progress`], in the place of the line before; where nobody watches a terminal, nothing.
    pub fn progress_over(&self, text: &str) {
        if !self.json && self.reply.is_none() && std::io::stderr().is_terminal() {
            drop(writeln!(std::io::stderr(), "\x1b[1A\x1b[2K  {text}"));
        }
    }

    /// Prints a failure and gives its exit code.
    pub fn failed(&self, error: &anyhow::Error) -> ExitCode {
        self.error(&format!("{error:#}"));
        ExitCode::FAILURE
    }

    /// Says what is wrong with the command line; nothing was done.
    pub fn misused(&self, sentence: &str) -> ExitCode {
        self.error(sentence);
        ExitCode::from(REFUSED)
    }

    fn error(&self, sentence: &str) {
        if self.json || self.reply.is_some() {
            self.result(&json!({ "ok": false, "error": sentence }), || sentence.to_owned());
        } else {
            drop(writeln!(std::io::stderr(), "{sentence}"));
        }
    }
}

/// How far a long piece of work in steps has come.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    /// Where lines go when there is no terminal for a bar.
    log: Option<Output>,
}

impl Bar {
    /// Rows between two lines of a log.
    const ROWS: u64 = 100_000;
    /// Steps between two lines of a log.
    const STEPS: u64 = 50;

    /// Names the step that begins.
    pub fn say(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// How many rows of the step are done.
    pub fn now(&self, what: &str, done: &str, rows: u64) {
        if rows.is_multiple_of(1_000) || rows < 1_000 {
            self.bar.set_message(format!("{what}: {done} {} dòng", whole(rows)));
        }
        if let Some(log) = self.log.as_ref().filter(|_| rows > 0 && rows.is_multiple_of(Self::ROWS)) {
            log.progress(&format!("{what}: {done} {} dòng", whole(rows)));
        }
    }

    /// A step is done.
    pub fn step(&self) {
        self.bar.inc(1);
        let (at, of) = (self.bar.position(), self.bar.length().unwrap_or_default());
        if let Some(log) = self.log.as_ref().filter(|_| at.is_multiple_of(Self::STEPS) || at == of) {
            log.progress(&format!("{at}/{of} lần ghi"));
        }
    }

    /// All is done.
    pub fn done(&self) {
        self.bar.finish_and_clear();
    }
}

fn lock(text: &Mutex<String>) -> std::sync::MutexGuard<'_, String> {
    text.lock().unwrap_or_else(PoisonError::into_inner)
}
