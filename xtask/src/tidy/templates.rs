//! Templates show; they compute nothing, carry no style or script of their own, and none is dead.

use std::collections::BTreeSet;

use super::Finding;
use super::rust::RustFile;
use super::tree::{SourceFile, Tree};

/// A piece of template language: `{{ … }}` or `{% … %}`.
pub struct Piece<'a> {
    /// Line from 1.
    pub line: usize,
    /// Without delimiters and whitespace control.
    pub code: &'a str,
    is_print: bool,
}

/// All rules on templates.
pub fn check(tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    let mut referenced = BTreeSet::new();
    for source in sources {
        let names = source.texts().map(|(_, text)| text).filter(|text| text.ends_with(".html"));
        referenced.extend(names.map(str::to_owned));
    }
    let templates: Vec<&SourceFile> =
        tree.ending(".html").filter(|file| file.path.contains("/templates/")).collect();
    for file in &templates {
        let (pieces, markup) = split(&file.text);
        for piece in &pieces {
            computes(file, piece, out);
            referenced.extend(reference(piece.code));
        }
        attributes(file, &markup, out);
    }
    for file in templates {
        let name = file.path.rsplit_once("/templates/").map_or("", |(_, name)| name);
        if !referenced.contains(name) {
            let message = "no Rust struct and no other template names this file; remove it";
            out.push(Finding::new("dead-template", &file.path, 0, message));
        }
    }
}

/// Pieces of template language, and the text with each replaced by blanks of equal lines.
pub fn split(text: &str) -> (Vec<Piece<'_>>, String) {
    let (mut pieces, mut markup) = (Vec::new(), String::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (before, tail) = rest.split_at(start);
        let close = match tail.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => "#}",
        };
        let length = tail.find(close).map_or(tail.len(), |end| end + 2);
        let (piece, after) = tail.split_at(length);
        line += before.matches('\n').count();
        markup.push_str(before);
        markup.extend(piece.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        if close != "#}" {
            let control: &[char] = &['{', '}', '%', '-', '~', '+', ' ', '\n', '\t', '\r'];
            pieces.push(Piece { line, code: piece.trim_matches(control), is_print: close == "}}" });
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    markup.push_str(rest);
    (pieces, markup)
}

/// The template an `extends`, `include` or `import` names.
fn reference(code: &str) -> Option<String> {
    let verb = code.split_whitespace().next()?;
    let quoted = code.split('"').nth(1)?;
    matches!(verb, "extends" | "include" | "import").then(|| quoted.to_owned())
}

fn computes(file: &SourceFile, piece: &Piece<'_>, out: &mut Vec<Finding>) {
    let verb = piece.code.split_whitespace().next().unwrap_or_default();
    let evaluated = ["if", "elif", "else", "let", "set", "for", "match", "when", "call"];
    if !piece.is_print && !evaluated.contains(&verb) {
        return;
    }
    let code = without_strings(piece.code);
    let code = code.replace("=>", "  ").replace("->", "  ");
    let word = |name: &str| code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == name);
    let found = code.char_indices().find(|&(at, c)| "+-*/%<>".contains(c) && !is_prefix(&code, at, c));
    let found = found.map(|(_, c)| c.to_string());
    let found = found.or_else(|| word("as").then(|| "as".to_owned()));
    if let Some(operator) = found {
        let message = format!(
            "`{operator}` in `{}`: a template computes nothing; prepare the value or the yes/no in the page's struct",
            piece.code.trim()
        );
        out.push(Finding::new("template-computes", &file.path, piece.line, message));
    }
    if code.split('|').skip(1).any(|filter| filter.trim_start().starts_with("safe")) {
        let message = "`|safe` switches escaping off; print a component that is HTML by its type";
        out.push(Finding::new("template-unescaped", &file.path, piece.line, message));
    }
}

/// `*x` and `-1` stand before one operand; they compute nothing.
fn is_prefix(code: &str, at: usize, operator: char) -> bool {
    let before = code.get(..at).unwrap_or_default().trim_end();
    let keywords = ["if", "elif", "in", "match", "when"];
    let last_word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    "*-".contains(operator)
        && (before.is_empty()
            || before.ends_with(['(', '[', ',', '&', '|', '!', '='])
            || keywords.contains(&last_word))
}

fn without_strings(code: &str) -> String {
    let outside = code.split('"').enumerate().filter(|(index, _)| index % 2 == 0);
    outside.map(|(_, part)| part).collect::<Vec<_>>().join("\"\"")
}

/// Attributes and elements that the content security policy refuses.
fn attributes(file: &SourceFile, markup: &str, out: &mut Vec<Finding>) {
    let mut line = 1;
    for (index, chunk) in markup.split('<').enumerate() {
        if index > 0 {
            let tag = chunk.split('>').next().unwrap_or_default();
            for message in refused(tag, chunk) {
                out.push(Finding::new("template-inline", &file.path, line, message));
            }
        }
        line += chunk.matches('\n').count();
    }
}

fn refused(tag: &str, chunk: &str) -> Vec<String> {
    let lower = tag.to_lowercase();
    let name = lower.split_whitespace().next().unwrap_or_default();
    let mut found = Vec::new();
    let content = chunk.split_once('>').map_or("", |(_, content)| content);
    if name == "style" || (name == "script" && !(lower.contains("src=") && content.trim().is_empty())) {
        found.push(format!("inline <{name}>: put it into web/assets and name the file"));
    }
    let outside_values = lower.split('"').enumerate().filter(|(index, _)| index % 2 == 0);
    for attribute in outside_values.flat_map(|(_, part)| part.split_whitespace()) {
        let Some((key, _)) = attribute.split_once('=') else { continue };
        let is_handler =
            key.len() > 2 && key.starts_with("on") && key.chars().all(|c| c.is_ascii_alphabetic());
        if key == "style" || is_handler {
            found.push(format!("attribute `{key}=`: the page's policy refuses it; use a class or a module"));
        }
    }
    if lower.contains("javascript:") {
        found.push("`javascript:` address: use a link or a form that works without script".to_owned());
    }
    found
}
