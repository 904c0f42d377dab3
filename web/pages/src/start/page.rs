//! The start page, put together.

use askama::Template;
use mc_ui::table::DataTable;
use mc_ui::{FigureText, FigureTile, Form, Html, Icon, Link, Section, Tab, Tabs};

use super::cards::{self, Card};
use super::conference::{self, Conference, Item, ItemKind};
use super::focus::{self, Focus};
use super::members;
use super::setup::{self, Step};
use super::tasks::{self, Tasks};
use crate::context::Page;
use crate::error::PageError;
use crate::figure::{Lens, address, lower_first, pin};
use crate::reply::Reply;
use crate::said::Said as _;

/// What a product goes through, in order.
const PRODUCTS: [&str; 4] =
    ["products_promised", "products_accepted", "products_in_use", "products_effective"];

#[derive(Template)]
#[template(path = "start/page.html")]
struct Body {
    conference: Conference,
    place: String,
    /// The figures are of another place than the conference.
    elsewhere: Option<String>,
    scopes: Option<Tabs>,
    begin: Option<Begin>,
    /// The box for any text.
    check: Form,
    products: Vec<FigureTile>,
    report: Vec<FigureTile>,
    said: Vec<Item>,
    opinions: Vec<(Item, Option<FigureTile>)>,
    beside: Vec<FigureTile>,
    tasks: Option<Tasks>,
    foci: Vec<Focus>,
    members: Option<DataTable>,
    lists: Vec<Link>,
}

/// Where to press first.
struct Begin {
    figure: FigureText,
    words: String,
}

#[derive(Template)]
#[template(path = "start/setup.html")]
struct Setup {
    place: String,
    steps: Vec<Step>,
    lists: Vec<Link>,
}

/// The page.
pub(super) fn show(page: &Page<'_>) -> Result<Reply, PageError> {
    let lens = Lens::of(page);
    let (title, body) = match conference::latest(&lens)? {
        Some(conference) => {
            (conference.title.clone(), held(&lens, conference, crate::check::short_form(page))?)
        }
        None => {
            let place = lens.place_short();
            let setup = Setup { place, steps: setup::steps(&lens)?, lists: lists(&lens) };
            (t!("Bắt đầu").to_owned(), Html::of(&setup))
        }
    };
    Ok(Reply::html(page.layout(title, Section::Overview, body).page()))
}

fn held(lens: &Lens<'_>, conference: Conference, check: Form) -> Result<Html, PageError> {
    let items = conference::items(lens, &conference)?;
    let mut products = Vec::new();
    for indicator in PRODUCTS {
        products.extend(cards::of_today(lens, indicator)?);
    }
    let (mut report, mut said) = (Vec::new(), Vec::new());
    for item in items.iter().filter(|item| item.kind == ItemKind::Report) {
        match cards::of_item(lens, &conference, item)? {
            Some(card) => report.push(card),
            None => said.push(item.clone()),
        }
    }
    let mut opinions = Vec::new();
    for item in items.iter().filter(|item| item.kind == ItemKind::Opinion) {
        let tile = cards::of_item(lens, &conference, item)?
            .map(|card| FigureTile { stated_by: item.speaker.clone(), ..card.tile });
        opinions.push((item.clone(), tile));
    }
    let other = conference.place != conference::province(lens);
    let name = lens.at_place(conference.place).place_short();
    let body = Body {
        place: lens.place_short(),
        elsewhere: other.then_some(name),
        scopes: scopes(lens),
        begin: begin(&report),
        check,
        products: tiles(products),
        report: tiles(report),
        said,
        opinions,
        beside: tiles(cards::beside(lens, &items)?),
        tasks: tasks::of(lens, &conference, &items)?,
        foci: focus::all(lens)?,
        members: members::table(lens)?,
        lists: lists(lens),
        conference,
    };
    Ok(Html::of(&body))
}

fn tiles(cards: Vec<Card>) -> Vec<FigureTile> {
    cards.into_iter().map(|card| card.tile).collect()
}

/// The figure with the most records: from there the way to a record is seen best.
fn begin(cards: &[Card]) -> Option<Begin> {
    let card = cards.iter().filter(|card| card.figure.is_some()).max_by_key(|card| card.records)?;
    Some(Begin { figure: card.figure.clone()?, words: lower_first(&card.tile.name) })
}

/// The real and the invented province of a generated instance.
fn scopes(lens: &Lens<'_>) -> Option<Tabs> {
    let invented = lens.invented()?;
    let home = lens.snapshot.instance().home;
    let here = conference::province(lens);
    let tab = |place| {
        let there = lens.at_place(place);
        let link = Link::new(there.place_short(), address("/", &pin(&there)));
        Tab { link, current: place == here, count: None }
    };
    (home != invented)
        .then(|| Tabs { label: t!("Xem địa bàn").to_owned(), tabs: vec![tab(home), tab(invented)] })
}

/// The registers behind the page.
fn lists(lens: &Lens<'_>) -> Vec<Link> {
    let registers = ["task", "bottleneck", "member", "product", "conference"];
    let known = registers.into_iter().filter_map(|id| lens.snapshot.schema(id));
    known
        .map(|schema| {
            Link::new(
                t!("Sổ {title}", title = lower_first(schema.title.said())),
                address(&format!("/so/{}", schema.slug), &pin(lens)),
            )
        })
        .collect()
}
