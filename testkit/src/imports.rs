//! Imports of plots from a file, as a command or a page makes them.

use std::fs;
use std::path::{Path, PathBuf};

use mc_access::Actor;
use mc_base::Hash32;
use mc_port::{ImportRequest, ImportRow, SourceFile};
use mc_register::Edit;
use mc_sqlite::Writer;
use mc_stories::small::{COMMUNES, plot};

/// A file that names owners of plots, by number.
#[derive(Debug)]
pub struct PlotFile {
    /// Where its sender left it.
    pub path: PathBuf,
    /// SHA-256 of its bytes.
    pub hash: Hash32,
    owners: Vec<(i64, String)>,
}

impl PlotFile {
    /// Writes the file.
    #[must_use]
    pub fn new(path: PathBuf, owners: &[(i64, &str)]) -> Self {
        let text: String = owners.iter().map(|(number, owner)| format!("{number},{owner}\n")).collect();
        fs::write(&path, &text).expect("a file");
        let owners = owners.iter().map(|(number, owner)| (*number, (*owner).to_owned())).collect();
        Self { path, hash: mc_ledger::hash::sha256(text.as_bytes()), owners }
    }

    /// What an import of it asks for.
    #[must_use]
    pub fn request(&self) -> ImportRequest {
        ImportRequest {
            actor: Actor::operator(),
            source: format!("Tệp “thua.csv”, SHA-256 {}", self.hash),
            reason: "nhập thử".to_owned(),
            idempotency_key: format!("tep-{}", self.path.display()),
            register: "plot".to_owned(),
            upsert: true,
            mapped: Vec::new(),
            evidence: Some(SourceFile { path: self.path.clone(), hash: self.hash }),
        }
    }

    /// Imports it and forgets the sender's copy; gives the position, where anything was new.
    pub fn import(&self, writer: &mut Writer) -> Option<u64> {
        let mut rows = self.owners.iter().map(|(number, owner)| {
            let record = plot(*number, COMMUNES[0], "2025-01-01", owner);
            Ok(ImportRow { row: number.unsigned_abs(), edit: Edit::Insert { record } })
        });
        let prepared = writer.prepare(&self.request(), &mut rows, &mut |_| {}).expect("a prepared import");
        let receipt = writer.apply(prepared, true, &mut |_, _| {}).expect("an import");
        fs::remove_file(&self.path).expect("the sender's copy goes");
        receipt.map(|receipt| receipt.seq.0)
    }
}

/// Names of what lies among the evidence.
#[must_use]
pub fn evidence(data: &Path) -> Vec<String> {
    let entries = fs::read_dir(data.join("evidence")).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
