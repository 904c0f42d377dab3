//! One file a command.

mod account;
mod backup;
mod check;
mod cover;
mod doctor;
mod erase;
mod figure;
mod generate;
mod import;
mod init;
mod pack;
mod proof;
mod restore;
mod seal;
mod serve;
mod verify;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use mc_access::Actor;
use mc_sqlite::{Layout, Queue, Reader, Store, Writer};

use crate::cli::{Cli, Command};
use crate::output::Output;
use crate::remote;

/// The data directory where none is named.
const DATA: &str = "./data";

/// Runs the command in this process, or, where it writes and a server runs, in the server.
pub fn run(cli: &Cli, out: &Output) -> anyhow::Result<ExitCode> {
    let layout = Layout::new(cli.data.as_deref().unwrap_or(Path::new(DATA)));
    if cli.command.writes()
        && let Some(answer) = remote::ask(&layout)?
    {
        return Ok(answer);
    }
    match &cli.command {
        Command::Init(args) => init::run(&layout, args, out),
        Command::Generate(args) => generate::run(&layout, args, out),
        Command::Figure(args) => figure::run(&layout, args, out),
        Command::Check(args) => check::run(cli.data.as_deref(), args, out),
        Command::Verify => verify::run(&layout, out),
        Command::Serve(args) => serve::run(&layout, args, out),
        Command::Doctor => doctor::run(&layout, out),
        Command::Proof(args) => proof::run(&layout, args, out),
        Command::Backup(args) => backup::run(&layout, args, out),
        Command::Restore(args) => restore::run(&layout, args, out),
        Command::Import(_)
        | Command::Cover(_)
        | Command::Erase(_)
        | Command::Account(_)
        | Command::Pack(_)
        | Command::Seal(_) => write(&cli.command, &layout, out, &Hands::open(&layout)?),
    }
}

/// Runs a command that writes, with a writer that is already held.
pub fn write(command: &Command, layout: &Layout, out: &Output, hands: &Hands) -> anyhow::Result<ExitCode> {
    match command {
        Command::Import(args) => import::run(layout, args, out, hands),
        Command::Cover(args) => cover::run(layout, args, out, hands),
        Command::Erase(args) => erase::run(layout, args, out, hands),
        Command::Account(args) => account::run(layout, args, out, hands),
        Command::Pack(args) => pack::run(layout, args, out, hands),
        Command::Seal(args) => seal::run(args, out, hands),
        _ => anyhow::bail!("lệnh này không ghi vào sổ cái"),
    }
}

/// Who holds the writer.
#[derive(Clone, Debug)]
pub struct Hands(pub Arc<Queue>);

impl Hands {
    fn open(layout: &Layout) -> anyhow::Result<Self> {
        Ok(Self(Arc::new(Queue::new(writer(layout)?))))
    }
}

/// A snapshot as the operator of the machine sees it.
pub fn reader(layout: &Layout) -> anyhow::Result<Reader> {
    Ok(Store::open(layout)?.reader(&Actor::operator())?)
}

/// The writer of an instance, on the instance's own clock.
pub fn writer(layout: &Layout) -> anyhow::Result<Writer> {
    let world = crate::clock::world(&reader(layout)?)?;
    Writer::open(layout, world).context("không mở được để ghi")
}

/// What is said of evidence files that should be gone and are not.
fn left_files(names: &[String]) -> String {
    format!(
        "{} tệp minh chứng đã hủy khóa chưa bỏ được khỏi thư mục evidence ({}): xem quyền ghi của thư mục; lần khởi động \
         sau bỏ lại",
        mc_base::number::whole(i64::try_from(names.len()).unwrap_or(i64::MAX)),
        names.join(", ")
    )
}

/// The text of a small file that somebody hands in: a key, a checkpoint.
fn small_file(path: &std::path::Path) -> std::io::Result<String> {
    use std::io::Read as _;
    const BYTES_MAX: u64 = 65_536;
    let mut text = String::new();
    std::fs::File::open(path)?.take(BYTES_MAX).read_to_string(&mut text)?;
    Ok(text)
}
