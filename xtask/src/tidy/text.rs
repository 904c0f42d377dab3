//! Words that no file of the project holds: left-overs, paths of one machine, hosts of mirrors.

use super::Finding;
use super::config::Config;
use super::tree::{SourceFile, Tree};

/// The one source of crates a lock file may name.
const CRATES_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Combining marks of decomposed Vietnamese: grave, acute, circumflex, tilde, breve, hook, horn, dot below.
const COMBINING: &[char] =
    &['\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{306}', '\u{309}', '\u{31B}', '\u{323}'];

/// All rules on plain text.
pub fn check(config: &Config, tree: &Tree, out: &mut Vec<Finding>) {
    let is_lock = |path: &str| path.ends_with(".lock") || path.ends_with("package-lock.json");
    for file in tree.files.iter().filter(|file| !is_lock(&file.path)) {
        phrases(config, file, out);
        if is_ours_to_compose(&file.path) {
            decomposed(file, out);
        }
    }
    for file in tree.files.iter().filter(|file| is_lock(&file.path) || file.path.ends_with(".npmrc")) {
        sources(file, out);
    }
}

fn phrases(config: &Config, file: &SourceFile, out: &mut Vec<Finding>) {
    for (index, line) in file.text.lines().enumerate() {
        let lower = line.to_lowercase();
        for phrase in &config.phrase {
            for word in &phrase.words {
                // A word in capitals is meant as such: `todo` is also the name of a lint.
                let is_shouted = word.chars().all(|c| c.is_uppercase());
                if holds(if is_shouted { line } else { &lower }, word) {
                    let message = format!("“{word}”: {}", phrase.instead);
                    out.push(Finding::new(&phrase.rule, &file.path, index + 1, message));
                }
            }
        }
    }
}

/// Whether `word` stands in `text` with no letter or digit touching its own first and last letter.
fn holds(text: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let free =
        |ours: Option<char>, other: Option<char>| !(ours.is_some_and(is_word) && other.is_some_and(is_word));
    text.match_indices(word).any(|(start, found)| {
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(start + found.len()..).and_then(|tail| tail.chars().next());
        free(word.chars().next(), before) && free(word.chars().next_back(), after)
    })
}

/// Tests and examples hold decomposed text on purpose, as files of agencies do.
fn is_ours_to_compose(path: &str) -> bool {
    let code = [".rs", ".toml", ".html", ".css", ".js", ".mjs", ".md"].iter().any(|end| path.ends_with(end));
    code && !super::rust::is_test_path(path)
}

fn decomposed(file: &SourceFile, out: &mut Vec<Finding>) {
    for (index, line) in file.text.lines().enumerate() {
        if line.contains(COMBINING) {
            let message = "a combining mark: text is composed (NFC); in code write it as \\u{…}";
            out.push(Finding::new("text-nfc", &file.path, index + 1, message));
        }
    }
}

/// Lock files name the public source of crates and no address at all for packages of npm.
fn sources(file: &SourceFile, out: &mut Vec<Finding>) {
    for (index, line) in file.text.lines().enumerate() {
        let line = line.trim();
        let message = if let Some(source) = line.strip_prefix("source = ") {
            (source.trim_matches('"') != CRATES_SOURCE).then_some("a crate from elsewhere than crates.io")
        } else if line.starts_with("\"resolved\":") {
            Some("a resolved address; .npmrc keeps it out: write the lock file anew")
        } else {
            let is_registry = line.split_once('=').is_some_and(|(key, _)| key.trim().ends_with("registry"));
            is_registry.then_some("a registry's address; the developer's own settings name it")
        };
        out.extend(message.map(|text| Finding::new("lock-source", &file.path, index + 1, text)));
    }
}
