//! Who may write is decided by the agencies of the moment of writing, not by those of the moment of the trial.

use mc_access::{Actor, Factor, Role};
use mc_base::AgencyId;
use mc_port::{CommitError, EditRequest, ImportRequest, Importer as _, Prepared, Sink as _};
use mc_stories::small::{COMMUNES, agency, insert, mast, request, with};

use crate::instance::{Instance, import_of};

const MOVED: &str = "2025-07-01";

fn named(id: &str) -> EditRequest {
    insert("agency", &[("agency", id), ("name", id), ("level", "province")])
}

fn under(id: &str, parent: &str, from: &str) -> EditRequest {
    insert("agency_parent", &[("agency", id), ("parent", parent), ("valid_from", from)])
}

/// Two departments, of which the first has a unit, and what an officer of the first imports for the unit.
fn tried() -> (Instance, Prepared) {
    let instance = Instance::new();
    let agencies = ["so-a", "so-b", "luu-tru"].map(named);
    instance.queue().commit(request(agencies.to_vec())).expect("agencies");
    let unit = under("luu-tru", "so-a", "1900-01-01");
    instance.queue().commit(request(vec![unit])).expect("a unit");
    let officer = Actor {
        id: "dau-moi".to_owned(),
        role: Role::FocalOfficer,
        agency: Some(AgencyId("so-a".to_owned())),
        place: None,
        factor: Factor::NotAsked,
    };
    let row = with(mast("C-1", COMMUNES[0], "live", "2025-07-02"), "mast", "agency", agency("luu-tru"));
    let import = ImportRequest { actor: officer, ..import_of("mast") };
    let prepared = instance.prepare(&import, vec![row]);
    assert_eq!((prepared.counts.added, prepared.rejected.len()), (1, 0));
    (instance, prepared)
}

fn moves_away(instance: &Instance) {
    let unit = under("luu-tru", "so-b", MOVED);
    instance.queue().commit(request(vec![unit])).expect("the unit moves to the other department");
}

#[test]
fn a_unit_that_moved_since_the_trial_is_not_written_for() {
    let (instance, prepared) = tried();
    moves_away(&instance);
    let refused = instance.queue().apply(prepared, true, &mut |_, _| {});
    let Err(CommitError::Moved(what)) = &refused else { panic!("{refused:?}") };
    assert!(what.contains("danh mục cơ quan"), "{what}");
    instance.sound();
}

#[test]
fn a_claim_asks_who_may_write_too() {
    let (instance, prepared) = tried();
    moves_away(&instance);
    let refused = instance.queue().claim(prepared);
    assert!(matches!(refused, Err(CommitError::Moved(_))), "{refused:?}");
}

#[test]
fn where_no_agency_moved_the_rows_are_written() {
    let (instance, prepared) = tried();
    let written = instance.queue().apply(prepared, true, &mut |_, _| {}).expect("applied");
    assert!(written.is_some());
}
