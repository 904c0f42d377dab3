//! The stories, each a function over a founded [`Stage`].

mod accounts;
mod agencies;
mod checks;
mod clocks;
mod commits;
mod covers;
mod evolution;
mod explained;
mod figures;
mod marked;
mod personal;
mod saved;
mod spells;

use crate::Stage;

/// A story: its name and what happens.
pub type Story = (&'static str, fn(&mut dyn Stage));

/// Every story; each wants a small world of its own.
pub const STORIES: &[Story] = &[
    ("a correction of a stale version names both", commits::stale),
    ("a correction that corrects nothing makes no commit", commits::unchanged),
    ("the same key and body get the stored reply", commits::repeated),
    ("the same key with another body is refused", commits::key_reused),
    ("a thing is edited once in a commit", commits::duplicate),
    ("a refused commit of a group leaves the others", commits::group),
    ("a refused commit writes nothing", commits::refused_whole),
    ("who may not write is refused", commits::denied),
    ("a retired record comes back with the next version", commits::comes_back),
    ("entries say whether the instance is illustrative", commits::illustrative),
    ("a change closes the spell and opens the next", spells::changed),
    ("spells of a thing share no day", spells::disjoint),
    ("a change keeps what its author could not see", spells::keeps_unseen),
    ("known on a day ends at midnight in UTC+7", clocks::known_on),
    ("a clock that goes backwards does not turn the ledger", clocks::backwards),
    ("personal values are shown to those who may see them", personal::masked),
    ("an erased value is nowhere", personal::erased),
    ("one erased field leaves the other", personal::one_field),
    ("texts of commits are erased when asked", personal::texts),
    ("an erasure needs a right and something to erase", personal::refused),
    ("a request is forgotten with the values it held", personal::idempotency),
    ("erasing the values of one of many persons leaves no copy", personal::among_many),
    ("a saved check is kept with its text", saved::kept),
    ("a saved check ends when its time is over", saved::ended),
    ("a saved check that is deleted is nowhere", saved::forgotten),
    ("saved checks have a limit of number and of size", saved::full),
    ("a password and a session are kept", accounts::kept),
    ("sessions end one by one, all others, and beyond a number", accounts::ended),
    ("failures are counted by who tries", accounts::failed),
    ("a second factor is taken once a code, and goes with a slip", accounts::confirmed),
    ("a field marked personal later is personal in every version", marked::everywhere),
    ("a value in clear leaves its version as a leaf hash when it is erased", marked::erased),
    ("what is written after a field was marked is committed to", marked::afterwards),
    ("what relies on a field stands in the way of marking it", marked::refused),
    ("search takes up its words when a schema changes them", marked::searched),
    ("rules refuse, ask to explain, or warn", checks::severities),
    ("explained records are listed and counted behind a figure", explained::found),
    ("a rule that becomes milder leaves what was explained as it was", explained::under_its_own_schema),
    ("references must point somewhere", checks::references),
    ("a look-up copies what is known at the time of the commit", checks::look_up),
    ("a text that is not NFC is refused", checks::normal_form),
    ("keys hold every letter", checks::keys),
    ("search finds with and without marks", checks::search),
    ("a register and a field may be added", evolution::added),
    ("a field may be retitled", evolution::retitled),
    ("a new version of an indicator leaves the old one", evolution::redefined),
    ("what would change stored bytes is refused with a reason", evolution::refused),
    ("what nobody counted is not zero", figures::nothing),
    ("totals and records make a mixed figure", figures::totals),
    ("a total of one value of a cut counts there", figures::totals_by_cut),
    ("lists take the place of a total when a person says so", covers::replaced),
    ("a cover says what its own commit does", covers::unmatched),
    ("who gave a total may cover it", covers::rights),
    ("a cover that begins later leaves the days before it", covers::earlier),
    ("one change of a total answers one cover", covers::doubled),
    ("a flow is covered on its own day", covers::of_a_flow),
    ("children add up to their parent", figures::children),
    ("a place that gets children keeps its own records apart", figures::first_child),
    ("a merger moves no record", figures::merger),
    ("a partial merger is not converted", figures::partial),
    ("a partial merger is converted where records carry a finer place", figures::partial_finer),
    ("a chain of mergers adds up", figures::chain),
    ("places then are places as they were", figures::then),
    ("a future day already counts", figures::future),
    ("agencies with those below them add up", agencies::tree),
    ("records of an agency taken over whole count at the one that has it", agencies::whole),
    ("what only a part of an agency went into has no number", agencies::partial),
    ("an officer writes for the own agency, its units and what it took over", agencies::rights),
];
