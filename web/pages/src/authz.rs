//! The authorisation matrix: what each role may do at each route. The file
//! `docs/reference/authorisation.csv` is this text; a test compares them, so a route that is missing from
//! the file fails.

use mc_access::{Act, Actor, Denied, Object, Role, decide};

use crate::route::Run;
use crate::routes;

/// The matrix as CSV: `allow`, `deny`, or `own` where it depends on the record's agency or place.
#[must_use]
pub fn matrix() -> String {
    let mut lines: Vec<String> = routes::all()
        .map(|route| {
            let (act, cells): (&str, Vec<&str>) = match route.run {
                Run::Open(_) => ("open", Role::ALL.iter().map(|_| "allow").collect()),
                Run::For(act, _) => (act.id(), Role::ALL.iter().map(|role| cell(*role, act)).collect()),
            };
            format!("{},{},{act},{}", route.method.word(), route.path, cells.join(","))
        })
        .collect();
    lines.sort();
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.id()).collect();
    format!("method,path,act,{}\n{}\n", roles.join(","), lines.join("\n"))
}

/// Whether `viewer` may do the act to no record whatever.
pub(crate) fn never(viewer: &Actor, act: Act) -> bool {
    matches!(decide(viewer, act, &Object::default()), Err(Denied::Role))
}

fn cell(role: Role, act: Act) -> &'static str {
    let actor = Actor { role, ..Actor::public() };
    match decide(&actor, act, &Object::default()) {
        Ok(()) | Err(Denied::Unconfirmed) => "allow",
        Err(Denied::Role) => "deny",
        Err(Denied::Agency | Denied::Place) => "own",
    }
}
