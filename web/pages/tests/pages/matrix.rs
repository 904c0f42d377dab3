//! The authorisation matrix is a reviewed file.

use std::path::Path;

#[test]
fn the_file_is_what_the_route_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/authorisation.csv");
    let expected = mc_pages::matrix();
    if std::env::var_os("MINHCHUNG_BLESS").is_some() {
        std::fs::write(&path, &expected).expect("the file is written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "run the test with MINHCHUNG_BLESS=1, then review the difference");
}

#[test]
fn no_route_is_named_twice() {
    let mut all: Vec<(&str, &str)> =
        mc_pages::routes().map(|route| (route.method.word(), route.path)).collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}
