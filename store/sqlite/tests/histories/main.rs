//! After any history of inserting, correcting, changing, retiring, totals, covers, erasing, mergers and new
//! definitions: the cells equal a recount of the versions by the reference evaluator at every earlier
//! position, children add up to their parent, the versions are those of a model in memory, and `verify` finds
//! nothing.

mod acts;
mod checks;
mod model;
mod oracle;

use mc_base::Instant;
use mc_stories::{Stage, small};
use mc_testkit::SmallInstance;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use crate::acts::Act;
use crate::model::Model;

const HOUR: i64 = 3_600_000;

/// What is told of a history: the instance and the model of it.
pub(crate) struct Told {
    pub(crate) instance: SmallInstance,
    pub(crate) model: Model,
    now: Instant,
}

impl Told {
    fn new() -> Self {
        let instance = SmallInstance::new(11);
        let founded = instance.reader(&mc_access::Actor::public()).head().seq.0;
        Self { instance, model: Model::new(founded), now: small::dawn() }
    }

    fn tell(&mut self, act: &Act) {
        self.now = Instant(self.now.0 + 7 * HOUR);
        self.instance.set_clock(self.now);
        acts::perform(self, act);
    }
}

proptest! {
    #![proptest_config(Config {
        cases: 24,
        max_shrink_iters: 60,
        rng_seed: RngSeed::Fixed(20_251_117),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn cells_equal_a_recount(history in acts::history()) {
        let mut told = Told::new();
        for act in &history {
            told.tell(act);
        }
        checks::versions(&told);
        checks::figures(&told);
        checks::splits(&told);
        checks::listed(&told);
        told.instance.sound();
        told.instance.reopen();
        told.instance.sound();
    }
}
