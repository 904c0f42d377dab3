//! Who may depend on whom, and what every crate's manifest says.

use toml::{Table, Value};

use super::Finding;
use super::config::{Config, Confined, Layer};
use super::rust::{Kind, RustFile};
use super::tree::{SourceFile, Tree};

/// Prefix of our own crates.
const OURS: &str = "mc-";

/// One crate of the workspace.
struct Manifest<'a> {
    file: &'a SourceFile,
    folder: &'a str,
    table: Table,
}

/// One entry of a dependency table.
struct Dependency<'a> {
    name: &'a str,
    value: &'a Value,
    line: usize,
    is_dev: bool,
}

/// All rules on manifests.
pub fn check(config: &Config, tree: &Tree, sources: &[RustFile<'_>], out: &mut Vec<Finding>) {
    for file in tree.ending("/Cargo.toml") {
        let Ok(table) = file.text.parse::<Table>() else {
            out.push(Finding::new("manifest", &file.path, 0, "is not TOML"));
            continue;
        };
        let folder = file.path.trim_end_matches("/Cargo.toml");
        let manifest = Manifest { file, folder, table };
        shape(&manifest, out);
        for dependency in manifest.dependencies() {
            layers(config, &manifest, &dependency, out);
            confined(config, &manifest, &dependency, out);
            used(&manifest, &dependency, sources, out);
        }
    }
}

impl<'a> Manifest<'a> {
    fn dependencies(&self) -> Vec<Dependency<'_>> {
        let kinds = [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)];
        let mut found = Vec::new();
        for (kind, is_dev) in kinds {
            let Some(Value::Table(entries)) = self.table.get(kind) else { continue };
            let heading = self.line(0, &format!("[{kind}]"));
            for (name, value) in entries {
                let line = self.line(heading, name);
                found.push(Dependency { name, value, line, is_dev });
            }
        }
        found
    }

    /// The first line after `from` that begins with `start`; 0 when there is none.
    fn line(&self, from: usize, start: &str) -> usize {
        let mut lines = self.file.text.lines().enumerate().skip(from);
        lines.find(|(_, line)| line.starts_with(start)).map_or(0, |(index, _)| index + 1)
    }

    fn say(&self, rule: &str, line: usize, message: String) -> Finding {
        Finding::new(rule, &self.file.path, line, message)
    }
}

fn shape(manifest: &Manifest<'_>, out: &mut Vec<Finding>) {
    let inherits = |table: Option<&Value>| {
        table.and_then(Value::as_table).and_then(|t| t.get("workspace")) == Some(&Value::Boolean(true))
    };
    if !inherits(manifest.table.get("lints")) {
        let message = "lacks `[lints] workspace = true`; without it no lint of the workspace holds here";
        out.push(manifest.say("manifest", 0, message.to_owned()));
    }
    let package = manifest.table.get("package").and_then(Value::as_table);
    for key in ["version", "edition", "rust-version", "license", "publish"] {
        if !inherits(package.and_then(|p| p.get(key))) {
            out.push(manifest.say("manifest", 0, format!("lacks `{key}.workspace = true` under [package]")));
        }
    }
    for dependency in manifest.dependencies() {
        if !inherits(Some(dependency.value)) {
            let message = format!(
                "`{}` has its own version; put it under [workspace.dependencies] and write `.workspace = true`",
                dependency.name
            );
            out.push(manifest.say("manifest", dependency.line, message));
        }
    }
}

fn layers(config: &Config, manifest: &Manifest<'_>, dependency: &Dependency<'_>, out: &mut Vec<Finding>) {
    let fits = |layer: &&Layer| match layer.folder.strip_suffix("/*") {
        Some(folder) => manifest.folder.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')),
        None => layer.folder == manifest.folder,
    };
    // What a test needs is no layer of the product; a driver in it is caught by `confined`.
    if dependency.is_dev {
        return;
    }
    let Some(layer) = config.layer.iter().find(fits) else {
        let message =
            "no [[layer]] of xtask/tidy.toml says what this crate may depend on; add one".to_owned();
        out.push(manifest.say("layer", 0, message));
        return;
    };
    let is_ours = dependency.name.starts_with(OURS);
    let list = if is_ours { &layer.ours } else { &layer.outside };
    if let Some(list) = list
        && !list.iter().any(|name| name == dependency.name)
    {
        let message = format!("may not depend on `{}`: {}", dependency.name, layer.reason);
        out.push(manifest.say("layer", dependency.line, message));
    }
}

fn confined(config: &Config, manifest: &Manifest<'_>, dependency: &Dependency<'_>, out: &mut Vec<Finding>) {
    let names = |rule: &&Confined| rule.crates.iter().any(|name| name == dependency.name);
    for rule in config.confined.iter().filter(names) {
        let folder = format!("{}/", manifest.folder);
        if !rule.only.iter().any(|prefix| folder.starts_with(prefix)) {
            let message = format!("`{}` stays in {}: {}", dependency.name, rule.only.join(", "), rule.reason);
            out.push(manifest.say("confined", dependency.line, message));
        }
    }
}

/// A dependency that no source of the crate names costs build time and trust for nothing.
fn used(
    manifest: &Manifest<'_>,
    dependency: &Dependency<'_>,
    sources: &[RustFile<'_>],
    out: &mut Vec<Finding>,
) {
    let ident = dependency.name.replace('-', "_");
    let folder = format!("{}/", manifest.folder);
    let named = sources
        .iter()
        .filter(|source| source.path.starts_with(&folder))
        .any(|source| source.tokens.iter().any(|t| t.kind == Kind::Code && t.text == ident));
    if !named {
        let message = format!("`{}` is used by no source of this crate; remove it", dependency.name);
        out.push(manifest.say("unused-dependency", dependency.line, message));
    }
}
