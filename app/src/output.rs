//! What a command prints: JSON for machines, sentences for people; never both.

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

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

    /// Prints a result.
    pub fn result(&self, machine: &Value, people: impl FnOnce() -> String) {
        let text = if self.json { machine.to_string() } else { people() };
        match &self.reply {
            Some(reply) => {
                let mut reply = lock(reply);
                reply.push_str(&text);
                reply.push('\n');
            }
            // Whoever reads may have heard enough (`| head`): that is no failure of the command.
            None => drop(writeln!(std::io::stdout(), "{text}")),
        }
    }

    /// Says how far a long piece of work has come; on standard error, and not to machines.
    pub fn progress(&self, text: &str) {
        if !self.json && self.reply.is_none() {
            drop(writeln!(std::io::stderr(), "  {text}"));
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

fn lock(text: &Mutex<String>) -> std::sync::MutexGuard<'_, String> {
    text.lock().unwrap_or_else(PoisonError::into_inner)
}
