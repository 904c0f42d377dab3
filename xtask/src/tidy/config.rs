//! `xtask/tidy.toml`: what is forbidden where, and the exceptions with their reasons.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Finding;

/// Where the file lies.
pub const PATH: &str = "xtask/tidy.toml";
/// Where the ratchet lies.
pub const RATCHET_PATH: &str = "xtask/ratchet.toml";
/// A reason shorter than this explains nothing.
const REASON_CHARS_MIN: usize = 20;

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The only file whose SQL may touch version rows after they were written.
    pub version_rows_file: String,
    /// Words of Rust code forbidden in folders.
    #[serde(default)]
    pub ban: Vec<Ban>,
    /// Which crates of ours, and which from outside, a crate may depend on; the first entry that fits holds.
    #[serde(default)]
    pub layer: Vec<Layer>,
    /// Outside crates that only some folders may depend on.
    #[serde(default)]
    pub confined: Vec<Confined>,
    /// Words forbidden in any text of the project.
    #[serde(default)]
    pub phrase: Vec<Phrase>,
    /// Exceptions.
    #[serde(default)]
    pub allow: Vec<Allow>,
}

/// Words of Rust code forbidden in folders.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ban {
    /// Name of the rule.
    pub rule: String,
    /// Path prefixes it holds in; empty: everywhere.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Path endings and folders it does not hold for.
    #[serde(default)]
    pub except: Vec<String>,
    /// It holds in test code too.
    #[serde(default)]
    pub tests: bool,
    /// Rust tokens, for example `std::env`, `.unwrap(`, `todo!`; `<float>` is any float literal.
    pub words: Vec<String>,
    /// Why, and what to use instead.
    pub instead: String,
}

/// What the crates of a folder may depend on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Folder of a crate, or of crates with `/*` at its end.
    pub folder: String,
    /// Crates of ours it may use; absent: any.
    pub ours: Option<Vec<String>>,
    /// Outside crates it may use; absent: any.
    pub outside: Option<Vec<String>>,
    /// Why.
    pub reason: String,
}

/// Outside crates that only some folders may depend on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confined {
    /// The crates.
    pub crates: Vec<String>,
    /// Path prefixes of the crates that may use them.
    pub only: Vec<String>,
    /// Why.
    pub reason: String,
}

/// A phrase forbidden in any text file at word borders: lower-case phrases in any case, capitals as such.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Name of the rule.
    pub rule: String,
    /// The phrases.
    pub words: Vec<String>,
    /// Why, and what to do.
    pub instead: String,
}

/// One exception.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// The rule it lifts.
    pub rule: String,
    /// A file, or a folder with `/` at its end.
    pub path: String,
    /// Only findings whose message holds this.
    #[serde(default)]
    pub containing: Option<String>,
    /// Why.
    pub reason: String,
}

/// Files and functions that were too long when the rule came; their numbers may only fall.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratchet {
    /// Lines by path.
    #[serde(default)]
    pub files: BTreeMap<String, usize>,
    /// Lines by `path::function`.
    #[serde(default)]
    pub functions: BTreeMap<String, usize>,
}

impl Allow {
    fn lifts(&self, finding: &Finding) -> bool {
        self.rule == finding.rule
            && (self.path == finding.path
                || (self.path.ends_with('/') && finding.path.starts_with(&self.path)))
            && self.containing.as_ref().is_none_or(|text| finding.message.contains(text))
    }
}

impl Config {
    /// Takes away what an exception lifts, and names exceptions that lift nothing or give no reason.
    pub fn except(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let mut used = vec![false; self.allow.len()];
        let mut kept = Vec::new();
        for finding in findings {
            let mut lifted = false;
            for (allow, used) in self.allow.iter().zip(&mut used) {
                if allow.lifts(&finding) {
                    *used = true;
                    lifted = true;
                }
            }
            if !lifted {
                kept.push(finding);
            }
        }
        for (allow, used) in self.allow.iter().zip(used) {
            let name = format!("exception from `{}` for {}", allow.rule, allow.path);
            if !used {
                kept.push(Finding::new("exception", PATH, 0, format!("{name} lifts nothing; remove it")));
            }
            if allow.reason.chars().count() < REASON_CHARS_MIN {
                kept.push(Finding::new("exception", PATH, 0, format!("{name} gives no reason; say why")));
            }
        }
        kept
    }

    /// Names of all rules, those of the code and those of the file.
    pub fn rules(&self) -> Vec<&str> {
        let mut names: Vec<&str> = super::RULES.iter().map(|(name, _)| *name).collect();
        names.extend(self.ban.iter().map(|ban| ban.rule.as_str()));
        names.extend(self.phrase.iter().map(|phrase| phrase.rule.as_str()));
        names.sort_unstable();
        names.dedup();
        names
    }
}
