//! Lengths: files, functions, lines. What was too long when the rule came is listed and may only shrink.

use std::collections::BTreeSet;

use super::Finding;
use super::config::{RATCHET_PATH, Ratchet};
use super::rust::RustFile;
use super::tree::Tree;

/// Lines of a file outside its test modules.
pub const FILE_LINES_MAX: usize = 400;
/// Lines of a function: one screen.
pub const FUNCTION_LINES_MAX: usize = 70;
/// Characters of a line.
pub const COLUMNS_MAX: usize = 125;

/// A literal of so many characters is a sentence.
const SENTENCE_CHARS: usize = 50;
/// Declarations and lists of crates are tables of data: their rows are as long as their values.
const DATA_TABLES: &[&str] = &["/registers/", "/indicators/", "/system/", "Cargo.toml"];

/// File and function lengths as they are now, by the names the ratchet uses.
pub struct Lengths {
    /// `path` and lines of code files beyond the limit.
    pub files: Vec<(String, usize)>,
    /// `path::function`, its line, and lines of functions beyond the limit.
    pub functions: Vec<(String, usize, usize)>,
}

/// Measures the tree.
pub fn measure(tree: &Tree, sources: &[RustFile<'_>]) -> Lengths {
    let mut lengths = Lengths { files: Vec::new(), functions: Vec::new() };
    let scripts = tree.files.iter().filter(|f| f.path.ends_with(".mjs") || f.path.ends_with(".js"));
    lengths.files.extend(scripts.map(|file| (file.path.clone(), file.text.lines().count())));
    for source in sources {
        let lines = tree.file(source.path).map_or(0, |file| file.text.lines().count());
        let is_test_file = source.is_test();
        let counted = (1..=lines).filter(|&line| is_test_file || !source.in_tests(line)).count();
        lengths.files.push((source.path.to_owned(), counted));
        if !is_test_file {
            let named = |f: &super::rust::Function| (format!("{}::{}", source.path, f.name), f.line, f.lines);
            lengths.functions.extend(source.functions.iter().map(named));
        }
    }
    lengths.files.retain(|(_, lines)| *lines > FILE_LINES_MAX);
    lengths.functions.retain(|(_, _, lines)| *lines > FUNCTION_LINES_MAX);
    lengths
}

/// Compares with the ratchet.
pub fn check(ratchet: &Ratchet, tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    let lengths = measure(tree, sources);
    for (path, lines) in &lengths.files {
        let allowed = ratchet.files.get(path).copied().unwrap_or(FILE_LINES_MAX);
        if *lines > allowed {
            let message = format!("{lines} lines outside tests, at most {allowed}; split it by meaning");
            out.push(Finding::new("file-length", path, 0, message));
        }
    }
    for (name, line, lines) in &lengths.functions {
        let allowed = ratchet.functions.get(name).copied().unwrap_or(FUNCTION_LINES_MAX);
        if *lines > allowed {
            let path = name.rsplit_once("::").map_or(name.as_str(), |(path, _)| path);
            let message = format!("`{name}` has {lines} lines, at most {allowed}; give its steps names");
            out.push(Finding::new("function-length", path, *line, message));
        }
    }
    let longest = |name: &str| {
        let named = lengths.functions.iter().filter(|(n, _, _)| n == name);
        named.map(|(_, _, lines)| *lines).max()
    };
    let file = |path: &str| lengths.files.iter().find(|(p, _)| p == path).map(|(_, lines)| *lines);
    let files = ratchet.files.iter().map(|(name, allowed)| (name, *allowed, file(name)));
    let functions = ratchet.functions.iter().map(|(name, allowed)| (name, *allowed, longest(name)));
    for (name, allowed, now) in files.chain(functions) {
        let message = match now {
            None => format!("`{name}` is within the limit now; remove its line"),
            Some(now) if now < allowed => format!("`{name}` has {now} lines now; lower {allowed} to {now}"),
            Some(_) => continue,
        };
        out.push(Finding::new(
            "ratchet",
            RATCHET_PATH,
            0,
            format!("{message} (`cargo xtask tidy --ratchet`)"),
        ));
    }
}

/// The ratchet with its numbers lowered to what holds now; nothing is added or raised.
pub fn lowered(ratchet: &Ratchet, lengths: &Lengths) -> Ratchet {
    let mut next = Ratchet::default();
    for (path, lines) in &lengths.files {
        if let Some(allowed) = ratchet.files.get(path) {
            next.files.insert(path.clone(), (*lines).min(*allowed));
        }
    }
    for (name, _, lines) in &lengths.functions {
        if let Some(allowed) = ratchet.functions.get(name) {
            let kept = next.functions.entry(name.clone()).or_insert(0);
            *kept = (*kept).max((*lines).min(*allowed));
        }
    }
    next
}

/// Lines too long, in Rust, TOML, CSS and scripts. A sentence in one literal stays whole: it can be searched
/// for.
pub fn check_columns(tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    let sentences: BTreeSet<(&str, usize)> = sources
        .iter()
        .flat_map(|source| source.texts().map(|(line, text)| (source.path, line, text)))
        .filter(|(_, _, text)| text.chars().count() >= SENTENCE_CHARS)
        .map(|(path, line, _)| (path, line))
        .collect();
    let is_checked = |path: &str| {
        let ending = [".rs", ".toml", ".css", ".mjs", ".js"].iter().any(|ending| path.ends_with(ending));
        ending && !DATA_TABLES.iter().any(|folder| path.contains(folder))
    };
    for file in tree.files.iter().filter(|file| is_checked(&file.path)) {
        for (index, line) in file.text.lines().enumerate() {
            let columns = line.chars().count();
            let is_sentence =
                sentences.contains(&(file.path.as_str(), index + 1)) || line.contains("https://");
            if columns > COLUMNS_MAX && !is_sentence {
                let message = format!("{columns} characters, at most {COLUMNS_MAX}");
                out.push(Finding::new("line-length", &file.path, index + 1, message));
            }
        }
    }
}
