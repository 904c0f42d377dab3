//! Any text: the reader does not break, and each claim stands where its span says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mc_base::Day;
use mc_claims::{Context, Gazetteer, check};

static PLACES: LazyLock<Gazetteer> = LazyLock::new(|| mc_reference::gazetteer().expect("places"));

fuzz_target!(|text: &str| {
    let date = Day::new(2025, 11, 17).expect("a day");
    let checked = check(text, &Context { date, places: &PLACES });
    let points = text.chars().count();
    for claim in &checked.claims {
        assert!(claim.span.start < claim.span.end && claim.span.end <= points);
        assert_eq!(&text[claim.bytes.clone()], claim.text.as_str());
        assert!(claim.value_to.is_none_or(|to| to.exact() > claim.value.exact()));
    }
    for relation in &checked.relations {
        assert!(relation.claims.iter().all(|at| *at < checked.claims.len()));
    }
});
