//! What pages say goes through the catalogue: no Vietnamese beside it, no key without English, no English that
//! nobody says.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::rust::{Kind, RustFile, Token};
use super::templates::split;
use super::tree::{SourceFile, Tree};

/// Where sentences for readers are written.
const SPOKEN: &[&str] = &["web/pages/", "web/ui/"];
const CATALOGUE: &str = "web/ui/catalogue/en/";
/// English of words that declarations and the kernel hold; no key in code names them.
const OF_DATA: &str = "web/ui/catalogue/en/data.toml";
/// Macros whose literal is a key of the catalogue.
const KEYS: &[&str] = &["t", "t_html", "key"];
/// The macro whose literal is compared with data and never shown.
const COMPARED: &str = "vietnamese";
/// Of a long text so much is quoted.
const QUOTED_CHARS: usize = 40;

/// A key with where it is said.
type Keys = BTreeMap<String, (String, usize)>;

/// All rules on what is said.
pub fn check(tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    let mut keys = Keys::new();
    let spoken = |path: &str| SPOKEN.iter().any(|folder| path.starts_with(folder));
    for source in sources.iter().filter(|source| spoken(source.path) && source.path.contains("/src/")) {
        rust(source, &mut keys, out);
    }
    for file in tree.ending(".html").filter(|file| spoken(&file.path)) {
        template(file, &mut keys, out);
    }
    for file in tree.ending(".js").filter(|file| file.path.starts_with("web/assets/")) {
        let code = file.text.lines().enumerate().filter(|(_, line)| !is_comment(line));
        code.for_each(|(at, line)| beside(&file.path, at + 1, line, out));
    }
    catalogue(tree, &keys, out);
}

fn rust(source: &RustFile<'_>, keys: &mut Keys, out: &mut Vec<Finding>) {
    for (at, token) in source.tokens.iter().enumerate() {
        if token.kind != Kind::Text || source.in_tests(token.line) {
            continue;
        }
        match opener(source.tokens.get(..at).unwrap_or_default()) {
            Some(COMPARED) => {}
            Some(name) if KEYS.contains(&name) => {
                keys.entry(token.text.clone()).or_insert_with(|| (source.path.to_owned(), token.line));
            }
            _ => beside(source.path, token.line, &token.text, out),
        }
    }
}

/// The macro whose first argument comes next.
fn opener(before: &[Token]) -> Option<&str> {
    match before {
        [.., name, bang, open] if bang.text == "!" && open.text == "(" => Some(&name.text),
        _ => None,
    }
}

fn template(file: &SourceFile, keys: &mut Keys, out: &mut Vec<Finding>) {
    let (pieces, markup) = split(&file.text);
    for piece in pieces {
        let mut rest = piece.code;
        while let Some((before, after)) = rest.split_once('"') {
            let end = closing(after);
            let (text, tail) =
                (after.get(..end).unwrap_or_default(), after.get(end + 1..).unwrap_or_default());
            let name = before.trim_end().strip_suffix("!(").map(|head| {
                head.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
            });
            if name.is_some_and(|name| KEYS.contains(&name)) {
                let place = || (file.path.clone(), piece.line);
                keys.entry(text.replace("\\\"", "\"")).or_insert_with(place);
            } else {
                beside(&file.path, piece.line, text, out);
            }
            rest = tail;
        }
    }
    for (at, line) in markup.lines().enumerate() {
        beside(&file.path, at + 1, line, out);
    }
}

/// Where a string literal ends that has begun.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    let end = text.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(text.len())
}

/// Vietnamese that stands beside the catalogue.
fn beside(path: &str, line: usize, text: &str, out: &mut Vec<Finding>) {
    let vietnamese = |c: char| matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ỹ');
    if let Some(at) = text.find(vietnamese) {
        let word =
            text.get(..at).and_then(|before| before.rfind([' ', '>', '"'])).map_or(0, |space| space + 1);
        let text: String = text.get(word..).unwrap_or(text).chars().take(QUOTED_CHARS).collect();
        let message = format!(
            "“{text}” is Vietnamese outside the catalogue: say t!(\"…\") and add its English to {CATALOGUE}; \
             vietnamese!(\"…\") for what is only compared or recorded"
        );
        out.push(Finding::new("said", path, line, message));
    }
}

fn is_comment(line: &str) -> bool {
    ["//", "/*", "*"].iter().any(|start| line.trim_start().starts_with(start))
}

/// Keys and English side by side.
fn catalogue(tree: &Tree, keys: &Keys, out: &mut Vec<Finding>) {
    let mut known = BTreeSet::new();
    for file in tree.ending(".toml").filter(|file| file.path.starts_with(CATALOGUE)) {
        let Ok(entries) = toml::from_str::<BTreeMap<String, String>>(&file.text) else {
            out.push(Finding::new("catalogue", &file.path, 0, "cannot be read as a table of texts"));
            continue;
        };
        for (key, english) in entries {
            if file.path != OF_DATA && !keys.contains_key(&key) {
                out.push(Finding::new("catalogue", &file.path, 0, format!("nobody says “{key}”; remove it")));
            }
            let (wanted, found) = (parameters(&key), parameters(&english));
            if wanted != found {
                let message = format!("“{key}” has the parameters {wanted:?}, its English has {found:?}");
                out.push(Finding::new("catalogue", &file.path, 0, message));
            }
            known.insert(key);
        }
    }
    for (key, (path, line)) in keys.iter().filter(|(key, _)| !known.contains(*key)) {
        out.push(Finding::new("catalogue", path, *line, format!("“{key}” has no English in {CATALOGUE}")));
    }
}

/// Names within braces; `{count|record|records}` names `count`.
fn parameters(text: &str) -> BTreeSet<&str> {
    let holes = text.split('{').skip(1).filter_map(|part| part.split('}').next());
    holes.filter_map(|hole| hole.split('|').next()).collect()
}
