//! The rules of the house as checks: what a crate may know, what a file may hold, how long it may grow.
//!
//! Lints of one file belong to clippy; here is what clippy cannot see. Lists, reasons and exceptions lie in
//! `xtask/tidy.toml`; lengths that were too great when a rule came lie in `xtask/ratchet.toml` and may only
//! fall.

mod config;
mod crates;
mod docs;
mod finding;
mod rust;
mod said;
mod size;
mod sql;
mod templates;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod vietnamese;
mod words;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;

use config::{Config, Ratchet};
pub use finding::Finding;
use rust::RustFile;
use tree::Tree;

/// Rules written in code, with what each protects; rules of `tidy.toml` stand there with their reasons.
pub const RULES: &[(&str, &str)] = &[
    ("catalogue", "every sentence has English, with the same parameters, and is said somewhere"),
    ("changelog", "every version speaks to users and to engineers"),
    ("confined", "drivers and heavy libraries stay behind one door each"),
    ("dead-link", "documents lead somewhere"),
    ("dead-template", "no template is left behind"),
    ("decision", "decisions are numbered and say what was rejected"),
    ("document", "the five documents at the top exist"),
    ("exception", "exceptions are needed and give their reason"),
    ("file-length", "a file is read at one sitting"),
    ("function-length", "a function is one screen"),
    ("glossary", "every word has both languages"),
    ("invariant", "an invariant names its check"),
    ("layer", "who may depend on whom"),
    ("line-length", "two files fit side by side"),
    ("lock-source", "lock files name no mirror"),
    ("manifest", "every crate takes lints, edition and versions from the workspace"),
    ("module-head", "every module says what it is for"),
    ("ratchet", "numbers in the ratchet are today's"),
    ("said", "pages speak through the catalogue"),
    ("syntax", "every Rust file can be parsed"),
    ("template-computes", "templates compute nothing"),
    ("template-inline", "pages need no inline style or script"),
    ("template-unescaped", "escaping is never switched off"),
    ("text-nfc", "Vietnamese text is composed"),
    ("unused-dependency", "no dependency without a use"),
    ("version-rows", "version rows are changed by close and redact alone"),
    ("vietnamese-spelling", "what people read is spelled as the press spells it"),
];

/// Prints findings; with `lower`, first lowers the ratchet to today's numbers.
pub fn run(root: &Path, lower: bool) -> anyhow::Result<bool> {
    let tree = Tree::read(root)?;
    let config: Config = read(&tree, config::PATH)?;
    let mut ratchet: Ratchet = read(&tree, config::RATCHET_PATH)?;
    if lower {
        let (sources, _) = parse(&tree);
        ratchet = size::lowered(&ratchet, &size::measure(&tree, &sources));
        fs::write(root.join(config::RATCHET_PATH), written(&ratchet))?;
    }
    let findings = check(&tree, &config, &ratchet);
    for finding in &findings {
        println!("{finding}");
    }
    println!("tidy: {} files, {} findings", tree.names.len(), findings.len());
    Ok(findings.is_empty())
}

/// Prints the names of all rules with what each protects.
pub fn list(root: &Path) -> anyhow::Result<()> {
    let config: Config = read(&Tree::read(root)?, config::PATH)?;
    for (name, protects) in RULES {
        println!("{name:20} {protects}");
    }
    for ban in &config.ban {
        println!("{:20} {}", ban.rule, ban.instead);
    }
    for phrase in &config.phrase {
        println!("{:20} {}", phrase.rule, phrase.instead);
    }
    Ok(())
}

/// All findings, sorted, without those an exception lifts.
fn check(tree: &Tree, config: &Config, ratchet: &Ratchet) -> Vec<Finding> {
    let (sources, mut out) = parse(tree);
    for source in sources.iter().filter(|source| !source.has_head) {
        let message = "begins without `//!`: say in one sentence what the module is for";
        out.push(Finding::new("module-head", source.path, 1, message));
    }
    words::check(config, &sources, &mut out);
    crates::check(config, tree, &sources, &mut out);
    sql::check(config, tree, &sources, &mut out);
    templates::check(tree, &sources, &mut out);
    said::check(tree, &sources, &mut out);
    size::check(ratchet, tree, &sources, &mut out);
    size::check_columns(tree, &sources, &mut out);
    vietnamese::check(tree, &sources, &mut out);
    text::check(config, tree, &mut out);
    docs::check(config, tree, &mut out);
    let mut kept = config.except(out);
    kept.sort();
    kept.dedup();
    kept
}

/// Every Rust file parsed, and a finding for each that cannot be.
fn parse(tree: &Tree) -> (Vec<RustFile<'_>>, Vec<Finding>) {
    let (mut sources, mut out) = (Vec::new(), Vec::new());
    for file in tree.ending(".rs") {
        match RustFile::parse(&file.path, &file.text) {
            Ok(source) => sources.push(source),
            Err((line, error)) => out.push(Finding::new("syntax", &file.path, line, error)),
        }
    }
    rust::mark_test_modules(&mut sources);
    (sources, out)
}

fn read<T: serde::de::DeserializeOwned>(tree: &Tree, path: &str) -> anyhow::Result<T> {
    let file = tree.file(path).with_context(|| format!("{path} is missing"))?;
    toml::from_str(&file.text).with_context(|| format!("{path} cannot be read"))
}

fn written(ratchet: &Ratchet) -> String {
    let mut text = String::from(
        "# Files and functions that were too long when the rule came. A number may only fall; a line goes when\n\
         # the limit is kept. `cargo xtask tidy --ratchet` lowers the numbers to today's.\n",
    );
    for (name, entries) in [("files", &ratchet.files), ("functions", &ratchet.functions)] {
        let _ = writeln!(text, "\n[{name}]");
        for (key, lines) in entries {
            let _ = writeln!(text, "\"{key}\" = {lines}");
        }
    }
    text
}
