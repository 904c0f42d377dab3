//! Words of Rust code that a folder may not use: the clock in the kernel, floats in figures, panics in
//! libraries.

use super::Finding;
use super::config::Config;
use super::rust::{Kind, RustFile, Token};

/// Stands for any float literal in a ban's words.
const FLOAT: &str = "<float>";

/// Every banned word in its folders.
pub fn check(config: &Config, files: &[RustFile<'_>], out: &mut Vec<Finding>) {
    for ban in &config.ban {
        let needles: Vec<(&str, Vec<String>)> = ban.words.iter().map(|w| (w.as_str(), split(w))).collect();
        let held = |path: &str| {
            (ban.paths.is_empty() || ban.paths.iter().any(|prefix| path.starts_with(prefix)))
                && !ban.except.iter().any(|part| path.ends_with(part) || path.starts_with(part))
        };
        for file in files.iter().filter(|file| held(file.path)) {
            for (word, needle) in &needles {
                let mut lines = hits(file, needle);
                lines.retain(|&line| ban.tests || !file.in_tests(line));
                lines.dedup();
                let say = |line| Finding::new(&ban.rule, file.path, line, message(word, &ban.instead));
                out.extend(lines.into_iter().map(say));
            }
        }
    }
}

fn message(word: &str, instead: &str) -> String {
    format!("`{word}` is not used here: {instead}")
}

/// Identifiers and single punctuation characters of a word.
fn split(word: &str) -> Vec<String> {
    if word == FLOAT {
        return vec![FLOAT.to_owned()];
    }
    let mut parts: Vec<String> = Vec::new();
    let mut in_ident = false;
    for c in word.chars().filter(|c| !c.is_whitespace()) {
        let is_ident = c.is_alphanumeric() || c == '_';
        match parts.last_mut() {
            Some(last) if is_ident && in_ident => last.push(c),
            _ => parts.push(c.to_string()),
        }
        in_ident = is_ident;
    }
    parts
}

fn hits(file: &RustFile<'_>, needle: &[String]) -> Vec<usize> {
    let matches = |token: &Token, part: &String| match token.kind {
        Kind::Code => token.text == *part,
        Kind::Float => part == FLOAT,
        Kind::Text | Kind::Other => false,
    };
    let mut lines: Vec<usize> = file
        .tokens
        .windows(needle.len())
        .filter(|window| window.iter().zip(needle).all(|(token, part)| matches(token, part)))
        .filter_map(|window| window.first().map(|token| token.line))
        .collect();
    let imported = file.uses.iter().filter(|(_, path)| path.windows(needle.len()).any(|part| part == needle));
    lines.extend(imported.map(|(line, _)| *line));
    lines.sort_unstable();
    lines
}
