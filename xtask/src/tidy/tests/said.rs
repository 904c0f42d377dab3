//! What pages say, and its English.

use super::found;

#[test]
fn vietnamese_beside_the_catalogue_is_found() {
    let rust = "//! Head.\nfn f() {\n    a(\"Tổng\");\n    t!(\"Sổ\");\n    vietnamese!(\"Số \");\n}\n\
                #[cfg(test)]\nmod tests {\n    const T: &str = \"Tổng\";\n}\n";
    let page = "<p>{{ t!(\"Sổ\") }}</p>\n<p title=\"Tổng\">Tổng</p>\n<p>{{ a(\"Tổng\") }}</p>";
    let files = [("web/pages/src/a.rs", rust), ("web/pages/templates/a.html", page), ("kernel/a.rs", rust)];
    let expected = ["web/pages/src/a.rs:3", "web/pages/templates/a.html:2", "web/pages/templates/a.html:3"];
    assert_eq!(found("said", &files), expected);
}

#[test]
fn every_key_has_english_with_its_parameters_and_is_said() {
    let rust =
        "//! Head.\nfn f() {\n    t!(\"Sổ {a}\", a);\n    key!(\"Kỳ\");\n    t!(\"{n} ngày\", n);\n}\n";
    let english = "\"Sổ {a}\" = \"Register {b}\"\n\"Năm\" = \"Year\"\n\"{n} ngày\" = \"{n} {n|day|days}\"\n";
    let data = "\"hộ\" = \"households\"\n";
    let files = [
        ("web/ui/src/a.rs", rust),
        ("web/ui/catalogue/en/a.toml", english),
        ("web/ui/catalogue/en/data.toml", data),
    ];
    let expected = ["web/ui/catalogue/en/a.toml:0", "web/ui/catalogue/en/a.toml:0", "web/ui/src/a.rs:4"];
    assert_eq!(found("catalogue", &files), expected);
}
