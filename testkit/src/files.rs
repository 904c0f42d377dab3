//! Files of a data directory: copied, and searched for bytes.

use std::fs;
use std::path::{Path, PathBuf};

/// Every file below `dir`.
#[must_use]
pub fn all(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).expect("a readable directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// Files below `dir` that hold `bytes`, by name.
#[must_use]
pub fn holding(dir: &Path, bytes: &[u8]) -> Vec<String> {
    assert!(!bytes.is_empty(), "nothing to look for");
    all(dir)
        .into_iter()
        .filter(|path| contains(&fs::read(path).unwrap_or_default(), bytes))
        .map(|path| path.strip_prefix(dir).unwrap_or(&path).display().to_string())
        .collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut rest = haystack;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        rest = &rest[at..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// Copies a directory with everything in it.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a directory");
    for path in all(from) {
        let target = to.join(path.strip_prefix(from).expect("below"));
        fs::create_dir_all(target.parent().expect("a parent")).expect("a directory");
        fs::copy(&path, &target).expect("a copy");
    }
}
