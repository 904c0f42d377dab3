//! Version rows are written once: the SQL that closes or redacts them lives in one file.

use super::Finding;
use super::config::Config;
use super::rust::RustFile;
use super::tree::Tree;

const RULE: &str = "version-rows";
/// Statements that change what was written, up to the prefix of version tables.
const CHANGES: &[&str] = &[
    "update r_",
    "update or ignore r_",
    "update or replace r_",
    "delete from r_",
    "replace into r_",
    "insert or replace into r_",
    "drop table r_",
    "drop table if exists r_",
    "set seq_to",
];

/// Such statements outside the one file, in string literals of Rust and in `.sql` files.
pub fn check(config: &Config, tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    let elsewhere = |path: &str| path != config.version_rows_file;
    for source in sources.iter().filter(|source| elsewhere(source.path)) {
        for (line, text) in source.texts().filter(|(line, _)| !source.in_tests(*line)) {
            out.extend(find(text).map(|statement| say(config, source.path, line, statement)));
        }
    }
    for file in tree.ending(".sql") {
        for (index, line) in file.text.lines().enumerate() {
            out.extend(find(line).map(|statement| say(config, &file.path, index + 1, statement)));
        }
    }
}

fn say(config: &Config, path: &str, line: usize, statement: &str) -> Finding {
    let message = format!(
        "`{statement}…` changes version rows; only {} may (close, redact): call its functions",
        config.version_rows_file
    );
    Finding::new(RULE, path, line, message)
}

/// The first forbidden statement in `text`, without regard to case, quotes and spacing.
fn find(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase().replace(['"', '`', '[', ']'], "");
    let squeezed = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    CHANGES.iter().find(|statement| squeezed.contains(*statement)).copied()
}
