//! Small bad trees: each rule finds what it forbids and leaves the good twin alone.

mod said;

use std::path::Path;

use super::config::{Config, Ratchet};
use super::tree::Tree;
use super::{Finding, check, read};

/// The house's own configuration, without its exceptions for real files.
fn config() -> Config {
    let mut config: Config = toml::from_str(include_str!("../../tidy.toml")).expect("tidy.toml is readable");
    config.allow.clear();
    config
}

/// Findings of `rule` in a tree of `files`, as `path:line`.
fn found(rule: &str, files: &[(&str, &str)]) -> Vec<String> {
    places(rule, &check(&Tree::of(files), &config(), &Ratchet::default()))
}

fn places(rule: &str, findings: &[Finding]) -> Vec<String> {
    findings.iter().filter(|f| f.rule == rule).map(|f| format!("{}:{}", f.path, f.line)).collect()
}

fn manifest(name: &str, tables: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion.workspace = true\nedition.workspace = true\n\
         rust-version.workspace = true\nlicense.workspace = true\npublish.workspace = true\n\n\
         [lints]\nworkspace = true\n\n{tables}"
    )
}

#[test]
fn the_house_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let tree = Tree::read(&root).expect("the project can be read");
    let config: Config = read(&tree, super::config::PATH).expect("tidy.toml is readable");
    let ratchet: Ratchet = read(&tree, super::config::RATCHET_PATH).expect("ratchet.toml is readable");
    let findings = check(&tree, &config, &ratchet);
    let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} findings:\n{}", list.len(), list.join("\n"));
}

#[test]
fn the_kernel_reads_no_clock_no_file_and_no_environment() {
    let bad = "//! Head.\nuse std::{fs, time::{Duration, SystemTime}};\npub fn now() -> u64 {\n    \
               let _ = std::env::var(\"X\");\n    let _ = std::time::Instant::now();\n    0\n}\n";
    let at = found("kernel-pure", &[("kernel/base/src/now.rs", bad)]);
    assert_eq!(at.len(), 5, "{at:?}");
    assert!(at.contains(&"kernel/base/src/now.rs:2".to_owned()));
    assert!(at.contains(&"kernel/base/src/now.rs:4".to_owned()));
    assert!(at.contains(&"kernel/base/src/now.rs:5".to_owned()));
    let good = "//! Speaks of std::fs.\nuse std::time::Duration;\n// std::env::var\npub const X: &str = \"std::env\";\n";
    assert!(found("kernel-pure", &[("kernel/base/src/now.rs", good)]).is_empty());
    assert!(found("kernel-pure", &[("app/src/now.rs", bad)]).is_empty());
}

#[test]
fn figures_hold_no_floats() {
    let bad = "//! Head.\npub fn half(x: i64) -> f64 {\n    x as f64 * 0.5\n}\n";
    let at = found("no-floats", &[("kernel/figure/src/half.rs", bad), ("web/ui/src/half.rs", bad)]);
    assert_eq!(
        at,
        ["kernel/figure/src/half.rs:2", "kernel/figure/src/half.rs:3", "kernel/figure/src/half.rs:3"]
    );
    let good = "//! Head.\n/// Not an f64.\npub const TEXT: &str = \"1.5 f64\";\n";
    assert!(found("no-floats", &[("kernel/figure/src/half.rs", good)]).is_empty());
}

#[test]
fn libraries_do_not_panic_but_their_tests_may() {
    let body = "pub fn f(x: Option<u8>) -> u8 {\n    x.expect(\"some\")\n}\n";
    let bad =
        format!("//! Head.\n{body}#[cfg(test)]\nmod tests {{\n    fn g() {{ panic!(\"in a test\") }}\n}}\n");
    assert_eq!(found("no-panic", &[("store/sqlite/src/f.rs", &bad)]), ["store/sqlite/src/f.rs:3"]);
    let test_file = format!("//! Head.\n{body}");
    assert!(found("no-panic", &[("store/sqlite/tests/f.rs", &test_file)]).is_empty());
    let named_alike = "//! Head.\n#[expect(dead_code, reason = \"x\")]\nfn expect() {}\n";
    assert!(found("no-panic", &[("store/sqlite/src/f.rs", named_alike)]).is_empty());
}

#[test]
fn a_module_declared_under_cfg_test_is_test_code_with_all_below_it() {
    let outer = "//! Head.\n#[cfg(test)]\nmod oracle;\nmod table;\n";
    let body = "//! Head.\nfn f(x: Option<f64>) -> f64 {\n    x.unwrap()\n}\n";
    let files = [
        ("kernel/base/src/lunar/mod.rs", outer),
        ("kernel/base/src/lunar/oracle.rs", body),
        ("kernel/base/src/lunar/oracle/moon.rs", body),
        ("kernel/base/src/lunar/table.rs", body),
    ];
    assert_eq!(found("no-panic", &files), ["kernel/base/src/lunar/table.rs:3"]);
}

#[test]
fn unsafe_code_is_found_in_tests_too() {
    let bad = "//! Head.\n#[test]\nfn f() {\n    unsafe { g() }\n}\n";
    assert_eq!(found("no-unsafe", &[("testkit/src/f.rs", bad)]), ["testkit/src/f.rs:4"]);
}

#[test]
fn allow_attributes_and_left_overs_are_found_everywhere() {
    let bad = "//! Head.\n#[allow(dead_code)]\nfn f() {\n    todo!()\n}\n// FIXME later\n";
    assert_eq!(found("expect-not-allow", &[("web/ui/src/f.rs", bad)]), ["web/ui/src/f.rs:2"]);
    assert_eq!(found("left-over", &[("web/ui/src/f.rs", bad)]), ["web/ui/src/f.rs:4", "web/ui/src/f.rs:6"]);
    assert_eq!(found("left-over", &[("e2e/a.mjs", "test.only('x')\n")]), ["e2e/a.mjs:1"]);
    assert!(found("left-over", &[("Cargo.toml", "todo = \"warn\"\n")]).is_empty());
}

#[test]
fn layers_hold() {
    let on = |folder: &str, name: &str, dependency: &str| {
        let text = manifest(name, &format!("[dependencies]\n{dependency}.workspace = true\n"));
        let path = format!("{folder}/Cargo.toml");
        found("layer", &[(path.as_str(), text.as_str())]).len()
    };
    assert_eq!(on("kernel/ledger", "mc-ledger", "mc-register"), 1, "the ledger knows no registers");
    assert_eq!(on("kernel/register", "mc-register", "mc-figure"), 1, "registers know no figures");
    assert_eq!(on("kernel/figure", "mc-figure", "axum"), 1, "figures know no web");
    assert_eq!(on("kernel/figure", "mc-figure", "mc-port"), 1, "figures know no storage");
    assert_eq!(on("programmes/land", "mc-land", "mc-gate"), 1, "programmes know not each other");
    assert_eq!(on("programmes/all", "mc-programmes", "mc-gate"), 0);
    assert_eq!(on("web/pages", "mc-pages", "mc-sqlite"), 1, "pages use the port");
    assert_eq!(on("verifier", "verifier", "mc-sqlite"), 1, "the verifier is small");
    assert_eq!(on("kernel/figure", "mc-figure", "mc-register"), 0);
    assert_eq!(on("new-folder", "mc-new", "anyhow"), 1, "a new crate states its layer");
}

#[test]
fn drivers_stay_behind_their_door() {
    let drivers =
        manifest("mc-x", "[dev-dependencies]\nrusqlite.workspace = true\ncalamine.workspace = true\n");
    let at = found("confined", &[("web/pages/Cargo.toml", &drivers), ("store/sqlite/Cargo.toml", &drivers)]);
    assert_eq!(at, ["store/sqlite/Cargo.toml:14", "web/pages/Cargo.toml:13", "web/pages/Cargo.toml:14"]);
}

#[test]
fn manifests_inherit_from_the_workspace() {
    let bare = "[package]\nname = \"mc-x\"\n\n[dependencies]\nserde = \"1\"\n";
    assert_eq!(found("manifest", &[("intake/Cargo.toml", bare)]).len(), 7);
    let good = manifest("mc-x", "[dependencies]\nserde = { workspace = true, features = [\"rc\"] }\n");
    assert!(found("manifest", &[("intake/Cargo.toml", &good)]).is_empty());
}

#[test]
fn unused_dependencies_are_found() {
    let text = manifest("mc-x", "[dependencies]\nserde.workspace = true\nserde_json.workspace = true\n");
    let source = "//! Uses serde_json in words only.\nuse serde::Serialize;\n";
    let at = found("unused-dependency", &[("intake/Cargo.toml", &text), ("intake/src/lib.rs", source)]);
    assert_eq!(at, ["intake/Cargo.toml:14"]);
}

#[test]
fn version_rows_change_in_one_file() {
    let bad = "//! Head.\npub const A: &str = \"update \\\"r_station\\\"\\n  SET f1 = 2\";\n\
               pub const B: &str = \"UPDATE cell SET value = 1\";\n\
               pub const C: &str = \"DELETE FROM r_{id}\";\n";
    let files = [
        ("store/sqlite/src/a.rs", bad),
        ("store/sqlite/src/rows.rs", bad),
        ("web/x.sql", "delete from r_a;\n"),
    ];
    let at = found("version-rows", &files);
    assert_eq!(at, ["store/sqlite/src/a.rs:2", "store/sqlite/src/a.rs:4", "web/x.sql:1"]);
}

#[test]
fn templates_compute_nothing() {
    let page = "{% extends \"base.html\" %}\n{# a - b #}\n{% if due < today %}late{% endif %}\n{{ a * 2 }}\n\
                {%- for x in rows -%}{{ *x.name }}{% if *x %}{% endif %}{{ f(-1) }}\
                {%~ endfor ~%}\n{{ \"a-b\" }} {{ html|safe }}\n\
                {% match x %}{% when Some with (y) %}{{ y }}{% endmatch %}\n\
                {% if a == b && !c %}{% endif %}\n";
    let files = [("web/ui/templates/p.html", page)];
    assert_eq!(
        found("template-computes", &files),
        ["web/ui/templates/p.html:3", "web/ui/templates/p.html:4"]
    );
    assert_eq!(found("template-unescaped", &files), ["web/ui/templates/p.html:6"]);
}

#[test]
fn templates_carry_no_style_and_no_script() {
    let page = "<p class=\"x\" style=\"a\">a</p>\n<a\n  onclick=\"x()\" href=\"/\">b</a>\n<script>x()</script>\n\
                <script type=\"module\" src=\"{{ js }}\"></script>\n<a title=\"style=on onclick=1\">c</a>\n\
                <style>p{}</style>\n<a href=\"javascript:x\">d</a>\n";
    let at = found("template-inline", &[("web/ui/templates/p.html", page)]);
    let lines: Vec<&str> = at.iter().filter_map(|place| place.rsplit(':').next()).collect();
    assert_eq!(lines, ["1", "2", "4", "7", "8"]);
}

#[test]
fn dead_templates_are_found() {
    let page = "//! Head.\n#[template(path = \"pages/start.html\")]\nstruct Start;\n";
    let files = [
        ("web/pages/src/start.rs", page),
        ("web/pages/templates/pages/start.html", "{% include \"part.html\" %}"),
        ("web/pages/templates/part.html", ""),
        ("web/pages/templates/old.html", ""),
    ];
    assert_eq!(found("dead-template", &files), ["web/pages/templates/old.html:0"]);
}

#[test]
fn long_files_and_functions_are_held_by_the_ratchet() {
    let function = format!("pub fn long() {{\n{}}}\n", "    let _ = 1;\n".repeat(75));
    let file = format!("//! Head.\n{function}{}", "pub const A: u8 = 1;\n".repeat(330));
    let tree = Tree::of(&[("web/ui/src/a.rs", file.as_str())]);
    let config = config();
    let limits = |files: usize, functions: usize| Ratchet {
        files: [("web/ui/src/a.rs".to_owned(), files)].into(),
        functions: [("web/ui/src/a.rs::long".to_owned(), functions)].into(),
    };
    let findings = check(&tree, &config, &Ratchet::default());
    assert_eq!(places("file-length", &findings), ["web/ui/src/a.rs:0"]);
    assert_eq!(places("function-length", &findings), ["web/ui/src/a.rs:2"]);
    let findings = check(&tree, &config, &limits(408, 77));
    assert!(
        findings.iter().all(|f| !["file-length", "function-length", "ratchet"].contains(&f.rule.as_str()))
    );
    assert_eq!(places("ratchet", &check(&tree, &config, &limits(409, 78))).len(), 2, "numbers only fall");
    assert_eq!(places("file-length", &check(&tree, &config, &limits(407, 77))).len(), 1, "and hold");
}

#[test]
fn the_ratchet_is_lowered_never_raised() {
    let file = format!("//! Head.\n{}", "pub const A: u8 = 1;\n".repeat(420));
    let tree = Tree::of(&[("web/ui/src/a.rs", file.as_str()), ("web/ui/src/b.rs", file.as_str())]);
    let sources: Vec<_> = tree
        .files
        .iter()
        .map(|file| super::rust::RustFile::parse(&file.path, &file.text).expect("it parses"))
        .collect();
    let lengths = super::size::measure(&tree, &sources);
    let old = |lines| Ratchet { files: [("web/ui/src/a.rs".to_owned(), lines)].into(), ..Ratchet::default() };
    assert_eq!(super::size::lowered(&old(500), &lengths).files, old(421).files);
    assert_eq!(super::size::lowered(&old(410), &lengths).files, old(410).files);
}

#[test]
fn test_modules_do_not_lengthen_a_file() {
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "    const A: u8 = 1;\n".repeat(500));
    let file = format!("//! Head.\n{tests}");
    assert!(found("file-length", &[("web/ui/src/a.rs", &file)]).is_empty());
}

#[test]
fn long_lines_are_found_where_people_read_code() {
    let long = format!("//! Head.\n// {}\npub const A: &str = \"{}\";\n", "á".repeat(130), "câu ".repeat(30));
    let files = [("web/ui/src/a.rs", long.as_str()), ("programmes/x/registers/a.toml", long.as_str())];
    assert_eq!(found("line-length", &files), ["web/ui/src/a.rs:2"]);
}

#[test]
fn modules_have_a_head_and_files_parse() {
    assert_eq!(found("module-head", &[("web/ui/src/a.rs", "pub fn f() {}\n")]), ["web/ui/src/a.rs:1"]);
    assert_eq!(found("syntax", &[("web/ui/src/a.rs", "//! Head.\npub fn f( {}\n")]).len(), 1);
}

#[test]
fn old_spellings_are_found_in_what_people_read() {
    let source = "//! Head: số hoá.\npub const A: &str = \"Số hoá, uỷ ban, quý III, hoàn thành, 5 tỉ đồng\";\n\
                  #[cfg(test)]\nmod tests {\n    const B: &str = \"hoà\";\n}\n";
    let declaration =
        "title = \"Ủy ban\"\naliases = [\"Uỷ ban\",\n  \"số hoá\"]\nhelp = \"Thuỷ lợi 84.2%\"\n# thuỷ\n";
    let findings = check(
        &Tree::of(&[("web/ui/src/a.rs", source), ("programmes/x/registers/a.toml", declaration)]),
        &config(),
        &Ratchet::default(),
    );
    let said: Vec<&str> =
        findings.iter().filter(|f| f.rule == "vietnamese-spelling").map(|f| f.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "“84.2%” is written “84,2%”",
            "“thuỷ” is written “thủy”",
            "“hoá” is written “hóa”",
            "“tỉ đồng” is written “tỷ đồng”",
            "“uỷ” is written “ủy”",
        ]
    );
}

#[test]
fn decomposed_text_is_found() {
    assert_eq!(found("text-nfc", &[("web/ui/src/a.rs", "//! Head.\n// so\u{302}\n")]), ["web/ui/src/a.rs:2"]);
}

#[test]
fn paths_of_a_machine_are_found() {
    let text = "see /home/me/x\nsee ./x\n";
    assert_eq!(found("machine-path", &[("docs/a.md", text)]), ["docs/a.md:1"]);
}

#[test]
fn lock_files_name_no_mirror() {
    let cargo = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nsource = \"sparse+https://m/x\"\n";
    let npm = "{\n  \"resolved\": \"https://m/x.tgz\"\n}\n";
    let files =
        [("Cargo.lock", cargo), ("package-lock.json", npm), (".npmrc", "registry=https://m/\nfund=false\n")];
    assert_eq!(found("lock-source", &files), [".npmrc:1", "Cargo.lock:2", "package-lock.json:2"]);
}

#[test]
fn the_changelog_speaks_to_both() {
    let good = "# Changelog\n\n## 0.1.0\n\n### Người dùng\n\n- a\n\n### Kỹ sư\n\n- b\n";
    assert!(found("changelog", &[("CHANGELOG.md", good)]).is_empty());
    let swapped = "# Changelog\n\n## 0.1.0\n\n### Kỹ sư\n\n- b\n\n### Người dùng\n\n- a\n";
    assert_eq!(found("changelog", &[("CHANGELOG.md", swapped)]), ["CHANGELOG.md:3"]);
    let empty = "# Changelog\n\n## 0.1.0\n\n### Người dùng\n\n### Kỹ sư\n\n- b\n";
    assert_eq!(found("changelog", &[("CHANGELOG.md", empty)]), ["CHANGELOG.md:3"]);
    assert_eq!(found("changelog", &[("CHANGELOG.md", "# Changelog\n")]), ["CHANGELOG.md:0"]);
}

#[test]
fn decisions_are_numbered_and_whole() {
    let body =
        "\n\nStatus: accepted, 2025-11-17\n\n## Context\n\n## Decision\n\n## Rejected\n\n## Consequences\n";
    let zero = format!("# 0000. Template{body}");
    let two = format!("# 0002. Two{body}");
    let files = [("docs/adr/0000-template.md", zero.as_str()), ("docs/adr/0002-two.md", two.as_str())];
    assert_eq!(found("decision", &files), ["docs/adr/0002-two.md:0"]);
    let thin = "# 0000. Template\n\nStatus: proposed\n\n## Context\n";
    assert_eq!(
        check(&Tree::of(&[("docs/adr/0000-a.md", thin)]), &config(), &Ratchet::default())
            .iter()
            .filter(|f| f.rule == "decision")
            .count(),
        3
    );
}

#[test]
fn glossary_rows_have_both_languages() {
    let text = "| English | Tiếng Việt |\n| --- | --- |\n| place | địa bàn |\n| agency | |\n| a | b | c |\n";
    assert_eq!(found("glossary", &[("GLOSSARY.md", text)]), ["GLOSSARY.md:4", "GLOSSARY.md:5"]);
}

#[test]
fn invariants_name_a_check_that_exists() {
    let text = "**Invariant: pure.** `tidy kernel-pure`\n**Invariant: b.** no check\n**Invariant: c.** `tidy nothing`\n\
                **Invariant: d.** `kernel/gone.rs`\n";
    let at = found("invariant", &[("ARCHITECTURE.md", text)]);
    assert_eq!(at, ["ARCHITECTURE.md:2", "ARCHITECTURE.md:3", "ARCHITECTURE.md:4"]);
}

#[test]
fn links_lead_somewhere() {
    let files = [
        ("docs/a.md", "[x](../README.md#part) [y](b.md) [z](https://example.org) [w](../../out.md)\n"),
        ("README.md", "[docs](docs/) [gone](gone.md)\n"),
    ];
    assert_eq!(found("dead-link", &files), ["README.md:1", "docs/a.md:1", "docs/a.md:1"]);
}

#[test]
fn exceptions_lift_and_must_be_needed() {
    let mut config = config();
    let text = "[[allow]]\nrule = \"module-head\"\npath = \"web/ui/src/a.rs\"\nreason = \"generated by the build\"\n\
                [[allow]]\nrule = \"module-head\"\npath = \"web/gone.rs\"\nreason = \"short\"\n";
    let parsed: toml::Table = text.parse().expect("TOML");
    config.allow = parsed["allow"].clone().try_into().expect("exceptions");
    let findings = check(&Tree::of(&[("web/ui/src/a.rs", "pub fn f() {}\n")]), &config, &Ratchet::default());
    assert!(places("module-head", &findings).is_empty());
    assert_eq!(places("exception", &findings).len(), 2, "unneeded, and without a reason");
}

#[test]
fn every_rule_of_the_code_is_named_once() {
    let mut names: Vec<&str> = super::RULES.iter().map(|(name, _)| *name).collect();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(names.is_sorted());
}
