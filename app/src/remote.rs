//! Writing commands while a server runs: they go to it over a socket in the data directory, which only its
//! owner may open, and are carried out by the one writer there.
//!
//! A request is one line of JSON: the arguments and the directory they are relative to. The answer is one
//! line: what the command printed and its exit code.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser as _;
use mc_sqlite::Layout;
use serde_json::{Value, json};

use crate::cli::{Cli, Command, PackAct};
use crate::commands::{self, Hands};
use crate::output::{Output, REFUSED};

const REQUEST_BYTES_MAX: u64 = 64 * 1024;
const REQUEST_SECONDS_MAX: u64 = 10;

/// Sends this process's command to the running server; `None` where no server runs.
pub fn ask(layout: &Layout) -> anyhow::Result<Option<ExitCode>> {
    let Ok(mut stream) = UnixStream::connect(layout.socket()) else { return Ok(None) };
    let arguments: Vec<String> = std::env::args().collect();
    let request = json!({ "arguments": arguments, "directory": std::env::current_dir()? });
    writeln!(stream, "{request}")?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer)?;
    let answer: Value = serde_json::from_str(&answer).context("máy chủ đang chạy trả lời không đọc được")?;
    print!("{}", answer["printed"].as_str().unwrap_or_default());
    let code = answer["code"].as_u64().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(Some(ExitCode::from(code)))
}

/// Serves requests until the process ends. A stale socket of a server that died is replaced.
pub fn listen(layout: &Layout, hands: &Hands) -> anyhow::Result<()> {
    let path = layout.socket();
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).with_context(|| path.display().to_string())?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let (layout, hands) = (layout.clone(), hands.clone());
    std::thread::Builder::new().name("remote".to_owned()).spawn(move || {
        for stream in listener.incoming().flatten() {
            // One at a time: they would wait for the one writer anyway.
            if let Err(error) = answer(stream, &layout, &hands) {
                tracing::warn!(%error, "a command over the socket failed");
            }
        }
    })?;
    Ok(())
}

fn answer(mut stream: UnixStream, layout: &Layout, hands: &Hands) -> anyhow::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(REQUEST_SECONDS_MAX)))?;
    let mut line = String::new();
    BufReader::new(stream.try_clone()?.take(REQUEST_BYTES_MAX)).read_line(&mut line)?;
    let (printed, code) = match carry_out(&line, layout, hands) {
        Ok((out, code)) => (out.replied(), code),
        Err(error) => (format!("{error:#}\n"), 1),
    };
    writeln!(stream, "{}", json!({ "printed": printed, "code": code }))?;
    Ok(())
}

/// Runs the command and gives what it printed and its exit code.
fn carry_out(line: &str, layout: &Layout, hands: &Hands) -> anyhow::Result<(Output, u8)> {
    let request: Value = serde_json::from_str(line).context("yêu cầu không đọc được")?;
    let arguments = request["arguments"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut cli = Cli::try_parse_from(arguments)?;
    let directory = PathBuf::from(request["directory"].as_str().unwrap_or_default());
    absolute(&mut cli.command, &directory);
    let out = Output::reply(cli.json);
    let code = match commands::write(&cli.command, layout, &out, hands) {
        Ok(code) => code,
        Err(error) => out.failed(&error),
    };
    // An exit code does not tell its number; it can only be compared.
    let number = [0, REFUSED].into_iter().find(|number| code == ExitCode::from(*number)).unwrap_or(1);
    Ok((out, number))
}

/// Paths are those of whoever asked.
fn absolute(command: &mut Command, directory: &Path) {
    let resolve = |path: &mut PathBuf| *path = directory.join(&*path);
    match command {
        Command::Import(args) => {
            resolve(&mut args.file);
            args.errors.iter_mut().for_each(resolve);
        }
        Command::Seal(args) => args.newest.iter_mut().for_each(resolve),
        Command::Pack(args) => match &mut args.act {
            PackAct::Check { dir } | PackAct::Apply { dir } => resolve(dir),
        },
        _ => {}
    }
}
