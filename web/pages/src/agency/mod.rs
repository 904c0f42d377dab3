//! One agency: `/co-quan/{slug}`, with its place on the tree, what it took over, its figures and its records.

mod behind;
#[cfg(test)]
mod tests;

use askama::Template;
use mc_base::{AgencyId, Day};
use mc_port::{Agency, AgencySuccession, AgencyTree, Seat};
use mc_register::system;
use mc_ui::table::DataTable;
use mc_ui::{Html, Link, Message, Pairs, Section, Tone, write};

use crate::context::Page;
use crate::error::PageError;
use crate::reply::Reply;
use crate::route::Route;

pub(crate) const ROUTES: &[Route] = &[Route::get("/co-quan/{slug}", page)];

#[derive(Template)]
#[template(path = "agency/page.html")]
struct Body {
    function: String,
    title: String,
    messages: Vec<Message>,
    values: Pairs,
    units: Vec<Link>,
    scope: String,
    figures: DataTable,
    records: DataTable,
    links: Vec<Link>,
}

/// Links in one line.
#[derive(Template)]
#[template(path = "agency/links.html")]
struct Links<'a> {
    links: &'a [Link],
}

fn in_line(links: &[Link]) -> Html {
    Html::of(&Links { links })
}

/// The address of an agency's page.
pub(crate) fn href(page: &Page<'_>, id: &AgencyId) -> String {
    page.link(&format!("/co-quan/{id}"))
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let tree = page.snapshot().agencies();
    let known = AgencyId::parse(page.segment(1)).and_then(|id| tree.get(&id));
    let agency = known.ok_or_else(|| PageError::missing(t!("Không có cơ quan này.")))?;
    let today = page.today();
    let name = agency.name.as_str();
    let mut below = vec![Link::new(t!("Danh sách cơ quan"), page.link("/so/co-quan"))];
    if let Some(schema) = page.snapshot().schema(system::AGENCY) {
        let href = page.record_link(&schema, &agency.id.0);
        below.insert(0, Link::new(t!("Bản ghi của cơ quan này và lịch sử sửa"), href));
    }
    let units = tree.units(&agency.id, today);
    let body = Body {
        function: agency.function.clone(),
        title: name.to_owned(),
        messages: ended(page, tree, agency, today).into_iter().collect(),
        values: values(page, tree, agency, today),
        units: units.into_iter().map(|unit| Link::new(&unit.name, href(page, &unit.id))).collect(),
        scope: crate::words::place_within(&page.place_name(page.place())),
        figures: behind::figures(page, agency)?,
        records: behind::records(page, agency)?,
        links: below,
    };
    let above = vec![Link::new(t!("Cơ quan"), page.link("/so/co-quan"))];
    Ok(page.page(Section::Evidence, above, name, Html::of(&body)))
}

/// That the agency is no more, and who has what it was.
fn ended(page: &Page<'_>, tree: &AgencyTree, agency: &Agency, today: Day) -> Option<Message> {
    if tree.exists_on(&agency.id, today) {
        return None;
    }
    let mut message = match tree.seat(&agency.id, today) {
        Seat::At(seat) if seat != agency.id => {
            let mut message = Message::new(Tone::Info, t!("Nay là {name}", name = tree.name(&seat)));
            message.links = vec![Link::new(t!("Xem {name}", name = tree.name(&seat)), href(page, &seat))];
            message
        }
        _ => Message::new(Tone::Info, t!("Cơ quan này không còn hoạt động")),
    };
    message.body = Html::text(t!(
        "Bản ghi cũ giữ nguyên cơ quan đã ghi; số liệu tính chúng ở cơ quan đã nhận trọn nó, nếu có."
    ));
    Some(message)
}

fn values(page: &Page<'_>, tree: &AgencyTree, agency: &Agency, today: Day) -> Pairs {
    let mut pairs: Vec<(String, Html)> = Vec::new();
    let mut say = |term: &str, html: Html| pairs.push((term.to_owned(), html));
    if !agency.abbreviation.is_empty() {
        say(t!("Tên viết tắt"), Html::text(&agency.abbreviation));
    }
    if !agency.other_names.is_empty() {
        say(t!("Tên gọi khác, tên cũ"), Html::text(&agency.other_names.join("; ")));
    }
    if let Some(parent) = tree.parent(&agency.id, today) {
        say(t!("Trực thuộc"), in_line(&[Link::new(tree.name(parent), href(page, parent))]));
    }
    if let Some(place) = agency.place {
        say(t!("Địa bàn"), Html::text(&page.place_name(place)));
    }
    if let Some(from) = agency.valid_from {
        say(t!("Có từ ngày"), Html::text(&write::day(from)));
    }
    if let Some(until) = agency.valid_until {
        say(t!("Đến trước ngày"), Html::text(&write::day(until)));
    }
    let from = tree.predecessors(&agency.id);
    if !from.is_empty() {
        let links: Vec<Link> = from.into_iter().map(|edge| edge_link(page, tree, edge, &edge.old)).collect();
        say(t!("Hợp nhất từ"), in_line(&links));
    }
    let into = tree.successors(&agency.id);
    if !into.is_empty() {
        let links: Vec<Link> = into.iter().map(|edge| edge_link(page, tree, edge, &edge.new)).collect();
        say(t!("Nhập vào"), in_line(&links));
    }
    Pairs { pairs }
}

/// "Sở Giao thông vận tải (toàn bộ, từ ngày 01/03/2025, Nghị quyết …)".
fn edge_link(page: &Page<'_>, tree: &AgencyTree, edge: &AgencySuccession, other: &AgencyId) -> Link {
    let extent = if edge.whole { t!("toàn bộ") } else { t!("một phần") };
    let (name, day) = (tree.name(other), write::day(edge.day));
    let words = match edge.document.as_str() {
        "" => t!("{name} ({extent}, từ ngày {day})", name, extent, day),
        document => t!("{name} ({extent}, từ ngày {day}, {document})", name, extent, day, document),
    };
    Link::new(words, href(page, other))
}
