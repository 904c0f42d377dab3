//! Every check in named steps: what a developer runs is what the machine runs.
//!
//! All steps run even when one fails, so that one run tells everything. A step whose tools are not there is
//! skipped by name; with `CI=true` it fails, because green must mean that it ran.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use anyhow::{Context as _, bail};

use crate::process::{answers, cargo, chromium, succeeds, target};
use crate::{assets, bench, tidy};

/// How a step ended.
enum Outcome {
    Passed,
    Failed,
    /// Tools that are not there.
    Lacks(String),
}

/// One step.
struct Step {
    name: &'static str,
    about: &'static str,
    /// Without its tools it is skipped even where `CI=true`.
    is_optional: bool,
    act: fn(&Path) -> anyhow::Result<Outcome>,
}

const STEPS: &[Step] = &[
    Step { name: "assets", about: "npm ci into target/, fonts", is_optional: false, act: fetch_assets },
    Step { name: "fmt", about: "cargo fmt --check", is_optional: false, act: fmt },
    Step { name: "tidy", about: "the rules of the house", is_optional: false, act: check_tidy },
    Step { name: "clippy", about: "clippy, warnings are errors", is_optional: false, act: clippy },
    Step { name: "test", about: "unit, property and story tests", is_optional: false, act: test },
    Step { name: "doctest", about: "examples in doc comments", is_optional: false, act: doctest },
    Step { name: "deny", about: "licences, bans, sources of crates", is_optional: true, act: deny },
    Step { name: "bench", about: "every measurement on 100,000 rows", is_optional: false, act: benched },
    Step { name: "e2e", about: "the product in a browser", is_optional: false, act: browser },
];

/// Prints the names of all steps.
pub fn list() -> anyhow::Result<bool> {
    for step in STEPS {
        println!("{:8} {}", step.name, step.about);
    }
    Ok(true)
}

/// Runs all steps, or those named; whether none failed.
pub fn run(root: &Path, names: &[&str]) -> anyhow::Result<bool> {
    if let Some(name) = names.iter().find(|name| !STEPS.iter().any(|step| step.name == **name)) {
        bail!("no step is called `{name}`; `cargo xtask ci --list` names them");
    }
    let is_strict = is_strict();
    let chosen = STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name));
    let mut results = Vec::new();
    for step in chosen {
        println!("\n── {}: {}", step.name, step.about);
        let (outcome, took) = timed(|| (step.act)(root));
        let outcome = match outcome {
            Ok(Outcome::Lacks(what)) if is_strict && !step.is_optional => {
                println!("{what}: with CI=true that is a failure");
                Outcome::Failed
            }
            Ok(outcome) => outcome,
            Err(error) => {
                println!("{error:#}");
                Outcome::Failed
            }
        };
        results.push((step.name, outcome, took));
    }
    print!("\n{}", summary(&results));
    Ok(!results.iter().any(|(_, outcome, _)| matches!(outcome, Outcome::Failed)))
}

/// Whether whatever is skipped is a failure.
fn is_strict() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}

/// The table of times, and the last line `N passed, N failed, N skipped`.
fn summary(results: &[(&str, Outcome, Duration)]) -> String {
    let mut text = String::new();
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, outcome, took) in results {
        let word = match outcome {
            Outcome::Passed => {
                passed += 1;
                "passed".to_owned()
            }
            Outcome::Failed => {
                failed += 1;
                "FAILED".to_owned()
            }
            Outcome::Lacks(what) => {
                skipped += 1;
                format!("skipped: {what}")
            }
        };
        text.push_str(&format!("{name:8} {:>7.1} s  {word}\n", took.as_secs_f64()));
    }
    text.push_str(&format!("{passed} passed, {failed} failed, {skipped} skipped\n"));
    text
}

#[expect(clippy::disallowed_methods, reason = "how long a step takes is told to whoever waits for it")]
fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = act();
    (result, start.elapsed())
}

fn outcome(command: &mut Command) -> anyhow::Result<Outcome> {
    Ok(if succeeds(command)? { Outcome::Passed } else { Outcome::Failed })
}

fn fetch_assets(root: &Path) -> anyhow::Result<Outcome> {
    if !answers("npm", &["--version"]) {
        return Ok(Outcome::Lacks("npm is not there".to_owned()));
    }
    assets::run()?;
    let is_there = modules(root).join("playwright-core").is_dir();
    // `assets` lets a build go on without what it could not fetch; a check may not.
    Ok(if is_there { Outcome::Passed } else { Outcome::Lacks("npm could not fetch the packages".to_owned()) })
}

fn fmt(root: &Path) -> anyhow::Result<Outcome> {
    outcome(&mut cargo(root, &["fmt", "--all", "--check"]))
}

fn check_tidy(root: &Path) -> anyhow::Result<Outcome> {
    Ok(if tidy::run(root, false)? { Outcome::Passed } else { Outcome::Failed })
}

fn clippy(root: &Path) -> anyhow::Result<Outcome> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    outcome(&mut cargo(root, &arguments))
}

fn test(root: &Path) -> anyhow::Result<Outcome> {
    if answers("cargo-nextest", &["nextest", "--version"]) {
        return outcome(&mut cargo(root, &["nextest", "run", "--workspace", "--locked", "--no-fail-fast"]));
    }
    let arguments =
        ["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests", "--examples"];
    outcome(&mut cargo(root, &arguments))
}

fn doctest(root: &Path) -> anyhow::Result<Outcome> {
    outcome(&mut cargo(root, &["test", "--workspace", "--locked", "--no-fail-fast", "--doc"]))
}

fn deny(root: &Path) -> anyhow::Result<Outcome> {
    if !answers("cargo-deny", &["--version"]) {
        return Ok(Outcome::Lacks("cargo-deny is not installed".to_owned()));
    }
    outcome(&mut cargo(root, &["deny", "--locked", "check", "licenses", "bans", "sources"]))
}

fn benched(root: &Path) -> anyhow::Result<Outcome> {
    Ok(if bench::check(root, is_strict())? { Outcome::Passed } else { Outcome::Failed })
}

fn browser(root: &Path) -> anyhow::Result<Outcome> {
    let lacking: Vec<&str> = [
        (!answers("node", &["--version"]), "node"),
        (chromium().is_none(), "chromium"),
        (!modules(root).join("playwright-core").is_dir(), "playwright-core (cargo xtask assets)"),
    ]
    .into_iter()
    .filter_map(|(lacks, name)| lacks.then_some(name))
    .collect();
    if !lacking.is_empty() {
        return Ok(Outcome::Lacks(format!("lacking {}", lacking.join(", "))));
    }
    let binaries = ["build", "--locked", "--package", "minhchung", "--package", "verifier"];
    if !succeeds(&mut cargo(root, &binaries))? {
        return Ok(Outcome::Failed);
    }
    let suites = suites(root)?;
    outcome(Command::new("node").current_dir(root).args(["--test", "--test-reporter=spec"]).args(suites))
}

/// Where `npm ci` put the packages.
fn modules(root: &Path) -> PathBuf {
    target(root).join("npm/node_modules")
}

/// Files `e2e/*.test.mjs`, in order.
fn suites(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let folder = root.join("e2e");
    let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_what_passed_failed_and_was_skipped() {
        let second = Duration::from_secs(1);
        let results = [
            ("fmt", Outcome::Passed, second),
            ("test", Outcome::Failed, 2 * second),
            ("e2e", Outcome::Lacks("lacking chromium".to_owned()), Duration::ZERO),
        ];
        let text = summary(&results);
        assert!(text.ends_with("\n1 passed, 1 failed, 1 skipped\n"), "{text}");
        assert!(text.contains("e2e          0.0 s  skipped: lacking chromium\n"), "{text}");
    }

    #[test]
    fn the_browser_suites_are_found() {
        // By rule and not by name, so that a new suite needs no change here; the helpers beside
        // them (`e2e/lib`, `e2e/pages.json`) are no suites.
        let found = suites(&crate::root()).expect("e2e can be read");
        assert!(found.iter().any(|path| path.ends_with("e2e/product.test.mjs")), "{found:?}");
        assert!(
            found.iter().all(|path| path.is_file() && path.to_string_lossy().ends_with(".test.mjs")),
            "{found:?}"
        );
        assert!(found.is_sorted(), "{found:?}");
    }

    #[test]
    fn an_unknown_step_is_refused() {
        let error = run(Path::new("."), &["fnt"]).expect_err("there is no such step");
        assert!(error.to_string().contains("`fnt`"));
    }
}
