//! A PostgreSQL server of our own in a directory that goes with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};
use postgres::{Client, NoTls};
use tempfile::TempDir;

/// Where Debian puts the programs; `$MINHCHUNG_POSTGRES` names another folder.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
/// It refuses to run as root; Debian's package makes this user.
const USER: &str = "postgres";

/// Durable as ours is; memory and journal ample, so that it never waits for a forced checkpoint.
const SETTINGS: &str = "
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = 2GB
work_mem = 64MB
maintenance_work_mem = 256MB
max_wal_size = 8GB
checkpoint_timeout = 15min
wal_level = minimal
max_wal_senders = 0
listen_addresses = ''
";

/// The settings in one line.
#[must_use]
pub fn settings() -> String {
    SETTINGS.trim().lines().collect::<Vec<_>>().join(", ")
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    dir: TempDir,
    programs: PathBuf,
    is_root: bool,
}

impl Server {
    /// Starts one below `parent`; `None` where PostgreSQL is not installed.
    ///
    /// # Errors
    /// When it is there but does not start.
    pub fn start(parent: &Path) -> anyhow::Result<Option<Self>> {
        let named = std::env::var_os("MINHCHUNG_POSTGRES").map(PathBuf::from);
        let programs = named.unwrap_or_else(|| PathBuf::from(PROGRAMS));
        if !programs.join("postgres").is_file() {
            return Ok(None);
        }
        let dir = tempfile::Builder::new().prefix("postgres-").tempdir_in(parent)?;
        let is_root = rustix::process::geteuid().is_root();
        let server = Self { dir, programs, is_root };
        if is_root {
            let owned = Command::new("chown").arg(USER).arg(server.dir.path()).status()?;
            anyhow::ensure!(owned.success(), "no user {USER}");
        }
        let data = server.data();
        server.run("initdb", &["-D", &data, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C"])?;
        let options = server.dir.path().join("data/postgresql.conf");
        let old = fs::read_to_string(&options)?;
        let socket = format!("unix_socket_directories = '{}'\n", server.dir.path().display());
        fs::write(&options, format!("{old}{SETTINGS}{socket}"))?;
        let log = server.dir.path().join("log").display().to_string();
        server.run("pg_ctl", &["-D", &data, "-w", "-l", &log, "start"])?;
        Ok(Some(server))
    }

    fn data(&self) -> String {
        self.dir.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
        let program = self.programs.join(program);
        let mut command = if self.is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", USER, "--"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command
            .current_dir("/")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        match command.status().with_context(|| format!("{} cannot be started", program.display()))? {
            status if status.success() => Ok(()),
            status => bail!("{} {}: {status}", program.display(), arguments.join(" ")),
        }
    }

    /// A connection.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn connect(&self) -> anyhow::Result<Client> {
        let text = format!("host={} user={USER} dbname=postgres", self.dir.path().display());
        Ok(Client::connect(&text, NoTls)?)
    }

    /// Its version.
    ///
    /// # Errors
    /// When the server does not answer.
    pub fn version(&self) -> anyhow::Result<String> {
        Ok(self.connect()?.query_one("SHOW server_version", &[])?.get(0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that does not stop keeps its folder; there is nobody to tell.
        let _ = self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"]);
    }
}
