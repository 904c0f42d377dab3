//! The conformance stories on this store.

use mc_stories::STORIES;
use mc_testkit::SmallInstance;

#[test]
fn every_story_is_true_of_sqlite() {
    let mut untrue = Vec::new();
    for (seed, (name, story)) in (1..).zip(STORIES) {
        let told = std::panic::catch_unwind(|| story(&mut SmallInstance::new(seed)));
        if told.is_err() {
            untrue.push(*name);
        }
    }
    assert!(untrue.is_empty(), "{} of {} stories are untrue: {untrue:#?}", untrue.len(), STORIES.len());
}
