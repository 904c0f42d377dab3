//! The project's files as text, read once and given to every rule.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// Folders that hold nothing of ours.
const SKIPPED_ANYWHERE: &[&str] = &[".git", "node_modules", "target"];
/// Folders at the top that hold a running instance, never sources.
const SKIPPED_AT_TOP: &[&str] = &["data", "data.part"];
/// Larger files are data; they are known by name only.
const TEXT_BYTES_MAX: u64 = 2 << 20;
/// Deeper than any folder of ours; a loop of links ends here.
const DEPTH_MAX: usize = 16;

/// One text file.
#[derive(Debug)]
pub struct SourceFile {
    /// Path from the root, with `/`.
    pub path: String,
    /// Contents.
    pub text: String,
}

/// Every file of the project.
#[derive(Debug, Default)]
pub struct Tree {
    /// Text files, sorted by path.
    pub files: Vec<SourceFile>,
    /// Paths of all files, also of those that are no text.
    pub names: BTreeSet<String>,
}

impl Tree {
    /// Reads the tree under `root`.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        tree.walk(root, "", 0)?;
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    /// Text files whose path ends with `ending`.
    pub fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files.iter().filter(move |file| file.path.ends_with(ending))
    }

    /// The text file at `path`.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether `path` is a file or a folder of the tree.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.names.contains(path) || self.names.iter().any(|name| name.starts_with(&folder))
    }

    fn walk(&mut self, folder: &Path, prefix: &str, depth: usize) -> io::Result<()> {
        if depth > DEPTH_MAX {
            return Ok(());
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let kind = entry.file_type()?;
            if kind.is_dir() {
                let skipped = SKIPPED_ANYWHERE.contains(&name.as_str())
                    || (depth == 0 && SKIPPED_AT_TOP.contains(&name.as_str()));
                if !skipped {
                    self.walk(&entry.path(), &format!("{prefix}{name}/"), depth + 1)?;
                }
            } else if kind.is_file() {
                self.add(&entry, format!("{prefix}{name}"))?;
            }
        }
        Ok(())
    }

    fn add(&mut self, entry: &fs::DirEntry, path: String) -> io::Result<()> {
        if entry.metadata()?.len() <= TEXT_BYTES_MAX
            && let Ok(text) = String::from_utf8(fs::read(entry.path())?)
        {
            self.files.push(SourceFile { path: path.clone(), text });
        }
        self.names.insert(path);
        Ok(())
    }
}

#[cfg(test)]
impl Tree {
    /// A tree of the given paths and texts, for tests of rules.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            tree.names.insert((*path).to_owned());
            tree.files.push(SourceFile { path: (*path).to_owned(), text: (*text).to_owned() });
        }
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        tree
    }
}
