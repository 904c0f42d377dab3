//! Agencies that a search finds: by name, abbreviation and former names, the ones that exist today first.

use mc_base::text::{collation_key, fold_loose};
use mc_port::{Agency, AgencyTree};

use super::{Found, Group, contains, group, marked};
use crate::agency::href;
use crate::context::Page;

/// The group of agencies within the place of the page.
pub(super) fn agencies(page: &Page<'_>, query: &str) -> Option<Group> {
    let (tree, today) = (page.snapshot().agencies(), page.today());
    let mut found: Vec<(&Agency, String)> = tree
        .all()
        .filter(|agency| is_here(page, agency))
        .filter_map(|agency| Some((agency, about(tree, page, agency, query)?)))
        .collect();
    let whole = fold_loose(query);
    found.sort_by_cached_key(|(agency, _)| {
        let begins = fold_loose(&agency.name).starts_with(&whole);
        (!tree.exists_on(&agency.id, today), !begins, collation_key(&agency.name))
    });
    let hits = found.into_iter().map(|(agency, about)| Found {
        href: href(page, &agency.id),
        title: marked(&agency.name, query),
        about,
    });
    group("co-quan", t!("Cơ quan"), hits)
}

/// Whether the agency works in the place of the page, or above it.
fn is_here(page: &Page<'_>, agency: &Agency) -> bool {
    let places = page.snapshot().places();
    agency.place.is_none_or(|place| {
        places.ancestors(place).contains(&page.place()) || places.ancestors(page.place()).contains(&place)
    })
}

/// What stands beside a hit, which says why it is one; `None` where the agency is none.
fn about(tree: &AgencyTree, page: &Page<'_>, agency: &Agency, query: &str) -> Option<String> {
    let today = page.today();
    let predecessors = tree.predecessors(&agency.id);
    let merged = || -> Option<String> {
        let names: Vec<&str> = predecessors.iter().map(|edge| tree.name(&edge.old)).collect();
        (!names.is_empty()).then(|| t!("hợp nhất từ {names}", names = names.join("; ")))
    };
    let place = || agency.place.map(|place| page.place_name(place));
    if contains(&agency.name, query) {
        let now = tree.successors(&agency.id).iter().filter(|edge| edge.day <= today);
        let now: Vec<&str> = now.map(|edge| tree.name(&edge.new)).collect();
        let now = (!now.is_empty()).then(|| t!("nay nhập vào {names}", names = now.join("; ")));
        return Some([now, merged(), place()].into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
    let old = predecessors.iter().find(|edge| contains(tree.name(&edge.old), query));
    if old.is_some() {
        return Some([merged(), place()].into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
    let other = agency.other_names.iter().find(|name| contains(name, query));
    let called = other.map(|name| t!("tên gọi khác, tên cũ: {name}", name));
    let short = [&agency.abbreviation, &agency.id.0].into_iter().find(|name| contains(name, query));
    let why = called.or_else(|| short.cloned())?;
    Some([Some(why), place()].into_iter().flatten().collect::<Vec<_>>().join(" · "))
}
