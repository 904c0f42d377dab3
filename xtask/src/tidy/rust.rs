//! A Rust file as the rules see it: tokens with lines, string literals, functions, imports, test regions.

use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Identifier, keyword, punctuation character or delimiter.
    Code,
    /// String literal; the token's text is its value.
    Text,
    /// Literal with a decimal point, an exponent or a float suffix.
    Float,
    /// Any other literal.
    Other,
}

/// The lines of a file that is test code from end to end.
const WHOLE: RangeInclusive<usize> = 1..=usize::MAX;

/// One token.
#[derive(Debug)]
pub struct Token {
    /// Line from 1.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
    /// Its text, or the value of a string literal.
    pub text: String,
}

/// One function with a body.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Line of its `fn`.
    pub line: usize,
    /// Lines from `fn` to the closing brace.
    pub lines: usize,
}

/// A parsed file.
#[derive(Debug)]
pub struct RustFile<'a> {
    /// Path from the root.
    pub path: &'a str,
    /// Tokens without comments and doc comments, groups flattened.
    pub tokens: Vec<Token>,
    /// Functions outside tests.
    pub functions: Vec<Function>,
    /// Every imported path as tokens, groups expanded, with its line.
    pub uses: Vec<(usize, Vec<String>)>,
    /// Lines of items under `#[cfg(test)]` or `#[test]`.
    pub tests: Vec<RangeInclusive<usize>>,
    /// Modules in files of their own that are declared under `#[cfg(test)]`.
    pub test_modules: Vec<String>,
    /// It begins with `//!`.
    pub has_head: bool,
}

impl<'a> RustFile<'a> {
    /// Parses `text`; the error is the parser's with its line.
    pub fn parse(path: &'a str, text: &str) -> Result<Self, (usize, String)> {
        let file = syn::parse_file(text).map_err(|error| (error.span().start().line, error.to_string()))?;
        let stream: TokenStream = text.parse().map_err(|_| (0, "cannot be split into tokens".to_owned()))?;
        let mut tokens = Vec::new();
        flatten(stream, &mut tokens);
        let mut outline = Outline::default();
        outline.visit_file(&file);
        let has_head = file.attrs.iter().any(|attr| attr.path().is_ident("doc"));
        let Outline { functions, uses, mut tests, test_modules, .. } = outline;
        if is_test_path(path) {
            tests.push(WHOLE);
        }
        Ok(Self { path, tokens, functions, uses, tests, test_modules, has_head })
    }

    /// Whether the line lies in test code.
    pub fn in_tests(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }

    /// Whether the whole file is test code.
    pub fn is_test(&self) -> bool {
        self.tests.contains(&WHOLE)
    }

    /// String literals with their line.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.tokens.iter().filter(|t| t.kind == Kind::Text).map(|t| (t.line, t.text.as_str()))
    }
}

/// Marks files whose module is declared under `#[cfg(test)]` in another file, and the files below them.
pub fn mark_test_modules(sources: &mut [RustFile<'_>]) {
    let mut stems = Vec::new();
    for source in sources.iter() {
        let stem = source.path.trim_end_matches(".rs");
        let folder = ["mod", "lib", "main"].iter().find_map(|name| stem.strip_suffix(&format!("/{name}")));
        let folder = folder.unwrap_or(stem);
        stems.extend(source.test_modules.iter().map(|module| format!("{folder}/{module}")));
    }
    let is_below = |path: &str, stem: &String| {
        path.strip_prefix(stem.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    };
    for source in sources {
        if stems.iter().any(|stem| is_below(source.path, stem)) {
            source.tests.push(WHOLE);
        }
    }
}

/// Whether the whole file is test, bench or example code.
pub fn is_test_path(path: &str) -> bool {
    let folder = |name: &str| path.starts_with(&format!("{name}/")) || path.contains(&format!("/{name}/"));
    folder("tests") || folder("benches") || folder("examples") || path.ends_with("/tests.rs")
}

fn flatten(stream: TokenStream, out: &mut Vec<Token>) {
    for tree in stream {
        let line = tree.span().start().line;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                if group.delimiter() == Delimiter::Bracket && is_doc(group.stream()) {
                    continue;
                }
                out.push(code(line, open));
                flatten(group.stream(), out);
                out.push(code(line_of(group.span_close()), close));
            }
            TokenTree::Ident(ident) => out.push(code(line, &ident.to_string())),
            TokenTree::Punct(punct) => out.push(code(line, &punct.as_char().to_string())),
            TokenTree::Literal(literal) => out.push(literal_token(line, literal)),
        }
    }
}

fn code(line: usize, text: &str) -> Token {
    Token { line, kind: Kind::Code, text: text.to_owned() }
}

fn line_of(span: Span) -> usize {
    span.start().line
}

fn literal_token(line: usize, literal: proc_macro2::Literal) -> Token {
    let (kind, text) = match syn::Lit::new(literal) {
        syn::Lit::Str(text) => (Kind::Text, text.value()),
        syn::Lit::Float(number) => (Kind::Float, number.to_string()),
        _ => (Kind::Other, String::new()),
    };
    Token { line, kind, text }
}

/// `doc = "…"`: what a doc comment becomes.
fn is_doc(stream: TokenStream) -> bool {
    let mut trees = stream.into_iter();
    let is_named = matches!(trees.next(), Some(TokenTree::Ident(ident)) if ident == "doc");
    is_named && matches!(trees.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

#[derive(Default)]
struct Outline {
    functions: Vec<Function>,
    uses: Vec<(usize, Vec<String>)>,
    tests: Vec<RangeInclusive<usize>>,
    test_modules: Vec<String>,
    test_depth: usize,
}

impl Outline {
    fn function(&mut self, name: &syn::Ident, signature: Span, block: &syn::Block) {
        let (line, last) = (line_of(signature), block.brace_token.span.close().end().line);
        if self.test_depth == 0 {
            self.functions.push(Function { name: name.to_string(), line, lines: last - line + 1 });
        }
    }

    /// Runs `walk`, noting the item's lines when its attributes make it test code.
    fn within(&mut self, attrs: &[syn::Attribute], span: Span, walk: impl FnOnce(&mut Self)) {
        let is_test = attrs.iter().any(is_test_attribute);
        if is_test {
            self.tests.push(span.start().line..=span.end().line);
            self.test_depth += 1;
        }
        walk(self);
        if is_test {
            self.test_depth -= 1;
        }
    }
}

fn is_test_attribute(attr: &syn::Attribute) -> bool {
    match &attr.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => {
            list.path.is_ident("cfg")
                && list.tokens.clone().into_iter().any(|t| matches!(t, TokenTree::Ident(i) if i == "test"))
        }
        syn::Meta::NameValue(_) => false,
    }
}

impl<'ast> Visit<'ast> for Outline {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.within(&item.attrs, item.span(), |outline| {
            outline.function(&item.sig.ident, item.sig.fn_token.span, &item.block);
            visit::visit_item_fn(outline, item);
        });
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.within(&item.attrs, item.span(), |outline| {
            outline.function(&item.sig.ident, item.sig.fn_token.span, &item.block);
            visit::visit_impl_item_fn(outline, item);
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig.ident, item.sig.fn_token.span, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.within(&item.attrs, item.span(), |outline| {
            if item.content.is_none() && outline.test_depth > 0 {
                outline.test_modules.push(item.ident.to_string());
            }
            visit::visit_item_mod(outline, item);
        });
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.within(&item.attrs, item.span(), |outline| visit::visit_item_impl(outline, item));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.within(&item.attrs, item.span(), |outline| {
            expand(&item.tree, &mut Vec::new(), line_of(item.use_token.span), &mut outline.uses);
        });
    }
}

/// Every path a `use` names, as the tokens `a`, `:`, `:`, `b`.
fn expand(tree: &syn::UseTree, prefix: &mut Vec<String>, line: usize, out: &mut Vec<(usize, Vec<String>)>) {
    let mut leaf = |prefix: &[String], ident: &syn::Ident| {
        let mut path = prefix.to_vec();
        path.push(ident.to_string());
        out.push((line_of(ident.span()).max(line), path));
    };
    match tree {
        syn::UseTree::Path(path) => {
            let length = prefix.len();
            prefix.extend([path.ident.to_string(), ":".to_owned(), ":".to_owned()]);
            expand(&path.tree, prefix, line, out);
            prefix.truncate(length);
        }
        syn::UseTree::Name(name) => leaf(prefix, &name.ident),
        syn::UseTree::Rename(rename) => leaf(prefix, &rename.ident),
        syn::UseTree::Glob(glob) => {
            let mut path = prefix.clone();
            path.push("*".to_owned());
            out.push((line_of(glob.star_token.span()), path));
        }
        syn::UseTree::Group(group) => group.items.iter().for_each(|item| expand(item, prefix, line, out)),
    }
}
