//! Search over records, indicators, registers, places and agencies: `/tim?q=`. Marks need not be typed; hits with the
//! same marks come first.

mod agencies;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use askama::Template;
use mc_base::PlaceId;
use mc_base::text::{find_folded, fold_loose, search_key};
use mc_figure::Definition;
use mc_port::{Hit, Place};
use mc_register::{Schema, system};
use mc_ui::{Html, Link, Section, Tab, Tabs};

use crate::context::{PLACE, Page};
use crate::error::PageError;
use crate::figure::INVENTED;
use crate::reply::Reply;
use crate::route::Route;
use crate::said::Said as _;
use crate::words;

pub(crate) const ROUTES: &[Route] = &[Route::get("/tim", page)];

/// Characters of a query.
const QUERY_CHARS_MAX: usize = 200;
/// Records looked at, and shown.
const FOUND_MAX: usize = 100;
const HITS_MAX: usize = 60;
/// What stands behind texts of a generated instance.
const INVENTED_MARK: &str = vietnamese!("(minh họa)");
/// Indicators shown, and places.
const OTHERS_MAX: usize = 20;

#[derive(Template)]
#[template(path = "search/page.html")]
struct Body {
    query: String,
    scope: String,
    scopes: Tabs,
    groups: Vec<Group>,
}

struct Group {
    id: String,
    title: String,
    more: bool,
    hits: Vec<Found>,
}

struct Found {
    href: String,
    title: Html,
    about: String,
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let query = page.query().get("q").unwrap_or_default();
    if query.chars().count() > QUERY_CHARS_MAX {
        return Err(PageError::bad(t!(
            "Câu tìm dài quá {most} ký tự; hãy gõ vài từ chính.",
            most = QUERY_CHARS_MAX
        )));
    }
    let mut groups = Vec::new();
    if !search_key(query).is_empty() {
        groups.extend(indicators(page, query));
        groups.extend(registers(page, query));
        groups.extend(places(page, query));
        groups.extend(agencies::agencies(page, query));
        groups.extend(records(page, query)?);
    }
    let title = if query.is_empty() { t!("Tìm").to_owned() } else { t!("Tìm “{query}”", query) };
    let scope = words::place_within(&page.place_name(page.place()));
    let body = Body { query: query.to_owned(), scope, scopes: scopes(page), groups };
    let mut layout = page.layout(&title, Section::Overview, Html::of(&body));
    layout.query = query.to_owned();
    for item in &mut layout.nav {
        item.current = false;
    }
    Ok(Reply::html(layout.page()))
}

/// The places within which one can search: those above the place of the page, the home province, and on a
/// generated instance the invented one.
fn scopes(page: &Page<'_>) -> Tabs {
    let tree = page.snapshot().places();
    let mut offered = tree.ancestors(page.place());
    let invented = tree.by_code(INVENTED, page.today()).filter(|_| page.snapshot().instance().illustrative);
    for place in [Some(page.snapshot().instance().home), invented.map(|place| place.id)].into_iter().flatten()
    {
        if !offered.contains(&place) {
            offered.push(place);
        }
    }
    offered.retain(|place| !tree.code(*place).is_empty());
    let tab = |place: PlaceId| Tab {
        link: Link::new(page.place_name(place), page.here_with(PLACE, Some(tree.code(place)))),
        current: place == page.place(),
        count: None,
    };
    Tabs { label: t!("Phạm vi tìm").to_owned(), tabs: offered.into_iter().map(tab).collect() }
}

fn records(page: &Page<'_>, query: &str) -> Result<Vec<Group>, PageError> {
    let mut hits = page.snapshot().search(query, Some(page.place()), FOUND_MAX)?;
    // Places, agencies, indicators and their like are groups of their own; the mark of invented texts is no word of
    // theirs.
    let words = query.replace(|c: char| !c.is_alphanumeric(), " ");
    let marked_alone =
        |title: &str| title.contains(INVENTED_MARK) && !contains(&title.replace(INVENTED_MARK, ""), &words);
    hits.retain(|hit| !system::is_system(&hit.register) && !marked_alone(&hit.title));
    hits.sort_by_key(|hit| whole(&hit.title, query).is_empty());
    let full = hits.len() > HITS_MAX;
    hits.truncate(HITS_MAX);
    let mut order: Vec<String> = Vec::new();
    let mut by_register: BTreeMap<String, Vec<Hit>> = BTreeMap::new();
    for hit in hits {
        if !order.contains(&hit.register) {
            order.push(hit.register.clone());
        }
        by_register.entry(hit.register.clone()).or_default().push(hit);
    }
    let group = |register: &String| {
        let schema = page.snapshot().schema(register)?;
        let hits = by_register.remove(register)?;
        let found = |hit: &Hit| {
            let mut key = words::key_said(page.snapshot(), &schema, &hit.key);
            key.retain(|part| !hit.title.contains(part.as_str()));
            Found {
                href: page.record_link(&schema, &hit.key),
                title: marked(&hit.title, query),
                about: key.join(" · "),
            }
        };
        Some(Group {
            id: format!("so-{}", schema.slug),
            title: t!("Sổ {title}", title = schema.title.said()),
            more: full,
            hits: hits.iter().map(found).collect(),
        })
    };
    Ok(order.iter().filter_map(group).collect())
}

fn indicators(page: &Page<'_>, query: &str) -> Option<Group> {
    let mut definitions = page.snapshot().indicators();
    // In either language, whichever the reader sees.
    let titles = |definition: &Definition| [definition.title.vi.clone(), definition.title.en.clone()];
    definitions.retain(|definition| titles(definition).iter().any(|title| contains(title, query)));
    // Titles that hold the query as it stands come first.
    definitions.sort_by_cached_key(|definition| {
        titles(definition).iter().all(|title| whole(title, query).is_empty())
    });
    let hits = definitions.iter().map(|definition| Found {
        href: page.indicator_link(definition),
        title: marked(definition.title.said(), query),
        about: page.app().programme_title(&definition.programme),
    });
    group("chi-tieu", t!("Chỉ tiêu"), hits)
}

fn registers(page: &Page<'_>, query: &str) -> Option<Group> {
    let mut schemas = page.snapshot().schemas();
    let titles = |schema: &Schema| [schema.title.vi.clone(), schema.title.en.clone(), schema.id.clone()];
    schemas.retain(|schema| {
        !system::is_system(&schema.id) && titles(schema).iter().any(|title| contains(title, query))
    });
    schemas.sort_by_cached_key(|schema| titles(schema).iter().all(|title| whole(title, query).is_empty()));
    let hits = schemas.iter().map(|schema| Found {
        href: page.register_link(schema),
        title: marked(schema.title.said(), query),
        about: page.app().programme_title(&schema.programme),
    });
    group("cac-so", t!("Các sổ"), hits)
}

fn places(page: &Page<'_>, query: &str) -> Option<Group> {
    let tree = page.snapshot().places();
    let today = page.today();
    let mut found: Vec<_> = tree.all().filter(|place| contains(&place.name, query)).collect();
    // Those that exist today first.
    found.sort_by_key(|place| (!place.exists_on(today), place.id));
    let hits = found.into_iter().filter_map(|place| {
        let living = if place.exists_on(today) {
            Some(place)
        } else {
            tree.successors(place.id).first().map(|(new, _)| *new)
        };
        let inside = |target: &&Place| tree.ancestors(target.id).contains(&page.place());
        let target = living.filter(|target| !tree.code(target.id).is_empty()).filter(inside)?;
        let above = target.parent.map_or_else(String::new, |parent| page.place_name(parent));
        let about = if target.id == place.id {
            above
        } else {
            t!("nay thuộc {name}, {above}", name = page.place_name(target.id), above)
        };
        let href = page.kept().with(PLACE, Some(tree.code(target.id))).address("/chi-tieu");
        Some(Found { href, title: marked(&place.name, query), about })
    });
    group("dia-ban", t!("Địa bàn"), hits)
}

fn group(id: &str, title: &str, mut hits: impl Iterator<Item = Found>) -> Option<Group> {
    let found: Vec<Found> = hits.by_ref().take(OTHERS_MAX).collect();
    let more = hits.next().is_some();
    (!found.is_empty()).then(|| Group { id: id.to_owned(), title: title.to_owned(), more, hits: found })
}

/// Whether every word of the query begins a word of the name, marks aside.
fn contains(name: &str, query: &str) -> bool {
    let folded = fold_loose(name);
    let begins = |word: &str| folded.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word));
    fold_loose(query).split_whitespace().all(begins)
}

/// Where the query stands as a whole, from the beginning of a word.
fn whole(title: &str, query: &str) -> Vec<Range<usize>> {
    let mut hits = find_folded(title, query);
    hits.retain(|hit| {
        let before = title.get(..hit.start).and_then(|text| text.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    });
    hits
}

/// The title with the query marked: as a whole where it stands so, or else word by word.
fn marked(title: &str, query: &str) -> Html {
    let mut hits = whole(title, query);
    if hits.is_empty() {
        hits = query.split_whitespace().flat_map(|word| whole(title, word)).collect();
        hits.sort_by_key(|hit: &Range<usize>| (hit.start, hit.end));
    }
    Html::marked(title, &hits)
}
