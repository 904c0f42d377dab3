//! Documents have a shape: changelog, decisions, glossary, invariants, links.

use super::Finding;
use super::config::Config;
use super::tree::{SourceFile, Tree};

const DECISIONS: &str = "docs/adr/";
const DECISION_PARTS: &[&str] = &["## Context", "## Decision", "## Rejected", "## Consequences"];
/// What a version of the changelog tells, in this order: those who use the product, those who build it.
const CHANGELOG_PARTS: &[&str] = &["### Người dùng", "### Kỹ sư"];
const GLOSSARY_COLUMNS: usize = 2;

/// All rules on documents.
pub fn check(config: &Config, tree: &Tree, out: &mut Vec<Finding>) {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md", "CHANGELOG.md"] {
        if tree.file(name).is_none() {
            out.push(Finding::new("document", name, 0, "is missing"));
        }
    }
    tree.file("CHANGELOG.md").into_iter().for_each(|file| changelog(file, out));
    tree.file("GLOSSARY.md").into_iter().for_each(|file| glossary(file, out));
    tree.file("ARCHITECTURE.md").into_iter().for_each(|file| invariants(config, tree, file, out));
    decisions(tree, out);
    tree.ending(".md").for_each(|file| links(tree, file, out));
}

fn changelog(file: &SourceFile, out: &mut Vec<Finding>) {
    let mut say = |line, message: String| out.push(Finding::new("changelog", &file.path, line, message));
    let versions: Vec<&str> = file.text.split("\n## ").skip(1).collect();
    if versions.is_empty() {
        say(0, "has no version (`## 0.1.0 …`)".to_owned());
    }
    for version in versions {
        let name = version.lines().next().unwrap_or_default();
        let line = file.text.lines().position(|l| l == format!("## {name}")).map_or(0, |index| index + 1);
        let headings: Vec<&str> = version.lines().filter(|l| l.starts_with("### ")).collect();
        if headings != CHANGELOG_PARTS {
            let parts = CHANGELOG_PARTS.join("”, “");
            say(line, format!("version {name} has the parts {headings:?}; expected “{parts}” in this order"));
        }
        for part in version.split("\n### ").skip(1).filter(|part| !part.contains("\n- ")) {
            let title = part.lines().next().unwrap_or_default();
            say(line, format!("version {name}: part “{title}” has no entry (`- …`)"));
        }
    }
}

fn glossary(file: &SourceFile, out: &mut Vec<Finding>) {
    let rows = file.text.lines().enumerate().filter(|(_, line)| line.starts_with('|'));
    let mut count = 0;
    for (index, line) in rows {
        count += 1;
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        if cells.len() != GLOSSARY_COLUMNS || cells.iter().any(|cell| cell.is_empty()) {
            let message = "a row has two filled columns: English | Tiếng Việt";
            out.push(Finding::new("glossary", &file.path, index + 1, message));
        }
    }
    if count < 3 {
        out.push(Finding::new("glossary", &file.path, 0, "holds no words"));
    }
}

/// Each `**Invariant …**` paragraph names a rule of tidy (`tidy RULE`) or a file that checks it, and both
/// exist.
fn invariants(config: &Config, tree: &Tree, file: &SourceFile, out: &mut Vec<Finding>) {
    let rules = config.rules();
    let mut count = 0;
    for (index, line) in file.text.lines().enumerate().filter(|(_, line)| line.starts_with("**Invariant")) {
        count += 1;
        let mut say = |message: String| out.push(Finding::new("invariant", &file.path, index + 1, message));
        let mut checks = 0;
        for code in line.split('`').skip(1).step_by(2) {
            if let Some(rule) = code.strip_prefix("tidy ") {
                checks += 1;
                if !rules.contains(&rule) {
                    say(format!("names the rule `{rule}`, which tidy does not have"));
                }
            } else if (code.contains('/') || code.ends_with(".toml")) && !code.contains(' ') {
                checks += 1;
                if !tree.has(code) {
                    say(format!("names `{code}`, which does not exist"));
                }
            }
        }
        if checks == 0 {
            say("names no check: `tidy RULE` or the path of a test".to_owned());
        }
    }
    if count == 0 {
        out.push(Finding::new("invariant", &file.path, 0, "names no invariant (`**Invariant …**`)"));
    }
}

fn decisions(tree: &Tree, out: &mut Vec<Finding>) {
    let mut expected = 0;
    for file in tree.files.iter().filter(|f| f.path.starts_with(DECISIONS) && f.path.ends_with(".md")) {
        let mut say = |message: String| out.push(Finding::new("decision", &file.path, 0, message));
        let name = file.path.trim_start_matches(DECISIONS);
        let number = name.get(..4).and_then(|digits| digits.parse::<u32>().ok());
        let Some(number) = number.filter(|_| name.get(4..5) == Some("-")) else {
            say("is not named NNNN-words.md".to_owned());
            continue;
        };
        if number != expected {
            say(format!("number {number:04} where {expected:04} is next: numbers have no gap and no double"));
        }
        expected = number + 1;
        if !file.text.starts_with(&format!("# {number:04}. ")) {
            say(format!("begins with `# {number:04}. Title`"));
        }
        let is_part = |heading: &str| file.text.lines().any(|line| line.trim_end() == heading);
        for part in DECISION_PARTS.iter().filter(|part| !is_part(part)) {
            say(format!("lacks the part `{part}`"));
        }
        if !file.text.lines().any(|line| line.starts_with("Status: ")) {
            say("lacks a line `Status: accepted, date` (or proposed, superseded by NNNN)".to_owned());
        }
    }
}

/// Links to files of the project lead somewhere.
fn links(tree: &Tree, file: &SourceFile, out: &mut Vec<Finding>) {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    for (index, line) in file.text.lines().enumerate() {
        for target in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = target.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            if resolve(folder, target).is_none_or(|path| !tree.has(&path)) {
                let message = format!("links to `{target}`, which does not exist");
                out.push(Finding::new("dead-link", &file.path, index + 1, message));
            }
        }
    }
}

/// `target` seen from `folder`, or `None` where it leaves the project.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
