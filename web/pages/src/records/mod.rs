//! The list of a register's records: `/so/{slug}`.

pub(crate) mod filter;
mod person;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::http::StatusCode;
use mc_access::Act;
use mc_port::{Filter, ListRequest, RecordPage, Turn, Version};
use mc_register::{Field, Resolved, Resolver as _, Schema, parse_canonical, parse_key};
use mc_ui::write;
use mc_ui::{
    Cell, Column, Content, DataTable, Form, Html, Kind, Link, Order, Pager, Row, Section, Sort, Tab,
};

use crate::context::{AFTER, PLACE, Page};
use crate::error::PageError;
use crate::figure::INVENTED;
use crate::lookup;
use crate::registers::{Count, counted};
use crate::reply::{Cache, Reply};
use crate::route::Route;
use crate::said::Said as _;
use crate::words::{self, Words};

pub(crate) const ROUTES: &[Route] = &[
    Route::get("/so/{slug}", page),
    Route::get_for("/so/{slug}/tim-ca-nhan", Act::ReadPersonal, person::blank),
    Route::post("/so/{slug}/tim-ca-nhan", Act::ReadPersonal, person::found),
];

/// The parameter that sorts: a field id, with `-` before it the greatest first.
const SORT: &str = "xep";
/// The parameter for how many rows a page has.
const SIZE: &str = "dong";
/// Rows on a page, unless another of the sizes is asked for.
const ROWS: usize = 50;
const SIZES: [usize; 4] = [20, ROWS, 100, 200];
/// Columns of a list.
const COLUMNS_MAX: usize = 12;
/// Between sort value and key in a cursor of the store.
const CURSOR_MARK: char = '\u{1f}';

#[derive(Template)]
#[template(path = "records/page.html")]
struct Body {
    title: String,
    description: String,
    count: Option<Html>,
    unit: String,
    scope: String,
    conditions: Vec<String>,
    drops: Vec<Link>,
    form: Option<Form>,
    person: Option<Form>,
    table: DataTable,
    links: Vec<Link>,
}

fn page(page: &Page<'_>) -> Result<Reply, PageError> {
    let schema = page.register(page.segment(1))?;
    let place_error = match page.query().get(filter::PLACE_NAME) {
        Some(text) => match named_place(page, text) {
            Ok(address) => return Ok(Reply::see_other(address)),
            Err(sentence) => Some(sentence),
        },
        None => None,
    };
    let sort = Sorting::of(page, &schema)?;
    let asked = filter::asked(page, &schema);
    let wrong = place_error.is_some() || asked.iter().any(|one| one.read.is_err());
    let explained = filter::is_explained(page, &schema);
    let mut filters: Vec<Filter> = asked.iter().filter_map(|one| one.read.as_ref().ok().cloned()).collect();
    filters.extend(explained.then(Filter::explained));
    let filtered = !asked.is_empty() || explained;
    let found = if wrong { None } else { Some(records(page, &schema, &sort, filters.clone())?) };
    let scope = if schema.place.is_some() {
        crate::words::place_within(&page.place_name(page.place()))
    } else {
        String::new()
    };
    let body = Body {
        title: schema.title.said().to_owned(),
        description: description(&schema),
        count: found.as_ref().map(|found| total(page, &schema, &filters, found)),
        unit: unit(&schema),
        scope,
        conditions: asked
            .iter()
            .map(|one| filter::words(page, one))
            .chain(explained.then(|| t!("giải trình").to_owned()))
            .collect(),
        drops: asked
            .iter()
            .map(|one| filter::without(page, one))
            .chain(explained.then(|| filter::without_explained(page)))
            .collect(),
        form: Some(filter::form(page, &schema, &asked, explained, place_error))
            .filter(|form| !form.fields.is_empty()),
        person: person::form(page, &schema),
        table: table(page, &schema, &sort, found.unwrap_or_default(), filtered),
        links: links(page, &schema),
    };
    let mut reply = page.page(
        Section::Evidence,
        vec![Link::new(t!("Các sổ"), page.link("/so"))],
        schema.title.said(),
        Html::of(&body),
    );
    if wrong {
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(reply.cache(cache(&schema)))
}

/// Pages that could show personal values are kept nowhere.
pub(crate) fn cache(schema: &Schema) -> Cache {
    if schema.field.iter().any(|field| field.personal) { Cache::NoStore } else { Cache::Revalidate }
}

/// The same list in the scope of a place given by name.
fn named_place(page: &Page<'_>, text: &str) -> Result<String, String> {
    const NAME_CHARS_MAX: usize = 200;
    let short: String = text.chars().take(NAME_CHARS_MAX).collect();
    let tree = page.snapshot().places();
    match lookup::names(page).place(&short) {
        Resolved::One(id) if !tree.code(id).is_empty() => {
            let query = page.query().clone().with(filter::PLACE_NAME, None).with(AFTER, None);
            Ok(query.with(PLACE, Some(tree.code(id))).address(page.path()))
        }
        Resolved::Several(names) => Err(t!(
            "“{short}” là tên của nhiều địa bàn: {places}. Hãy nhập mã trong ngoặc.",
            short,
            places = names.join("; ")
        )),
        _ => Err(t!("Không có địa bàn “{short}”; cần tên hoặc mã của một xã, phường hoặc tỉnh.", short)),
    }
}

/// How the list is sorted.
struct Sorting {
    field: Option<Field>,
    descending: bool,
}

impl Sorting {
    fn of(page: &Page<'_>, schema: &Schema) -> Result<Self, PageError> {
        let Some(text) = page.query().get(SORT) else { return Ok(Self { field: None, descending: false }) };
        let (id, descending) = text.strip_prefix('-').map_or((text, false), |id| (id, true));
        match schema.field(id).filter(|field| sortable(field)) {
            Some(field) => Ok(Self { field: Some(field.clone()), descending }),
            None => {
                let offered: Vec<&str> = schema
                    .field
                    .iter()
                    .filter(|field| sortable(field))
                    .map(|field| field.title.said())
                    .collect();
                Err(PageError::bad(t!(
                    "Sổ {title} không xếp theo trường này; xếp được theo: {fields}.",
                    title = schema.title.said(),
                    fields = if offered.is_empty() {
                        t!("khóa của bản ghi").to_owned()
                    } else {
                        offered.join("; ")
                    }
                )))
            }
        }
    }

    /// The link of a column's head: sorts by it, or turns the order round.
    fn head(&self, page: &Page<'_>, field: &Field) -> Option<Sort> {
        if !sortable(field) {
            return None;
        }
        let current = self.field.as_ref().is_some_and(|sorted| sorted.id == field.id);
        let order = current.then_some(if self.descending { Order::Descending } else { Order::Ascending });
        let next = if current && !self.descending { format!("-{}", field.id) } else { field.id.clone() };
        Some(Sort { href: page.here_with(SORT, Some(&next)), order })
    }
}

const fn sortable(field: &Field) -> bool {
    field.index && !field.personal
}

fn records(
    page: &Page<'_>,
    schema: &Schema,
    sort: &Sorting,
    filters: Vec<Filter>,
) -> Result<RecordPage, PageError> {
    let after = page.query().raw(AFTER).filter(|cursor| !cursor.is_empty());
    if Turn::of(after).row().is_some_and(|row| !is_cursor(schema, sort, row)) {
        return Err(PageError::bad(t!(
            "Dấu trang trong địa chỉ (“sau”) đã hỏng; hãy mở lại từ trang đầu của sổ."
        )));
    }
    let request = ListRequest {
        register: schema.id.clone(),
        place: schema.place.is_some().then(|| page.place()),
        filters,
        sort: sort.field.as_ref().map(|field| field.id.clone()),
        descending: sort.descending,
        after: after.map(str::to_owned),
        limit: size(page)?,
        at: page.read_at(),
    };
    Ok(page.snapshot().list(&request)?)
}

/// Whether a cursor is one that this list could have written.
fn is_cursor(schema: &Schema, sort: &Sorting, cursor: &str) -> bool {
    let Some(field) = &sort.field else { return parse_key(schema, cursor).is_ok() };
    cursor.split_once(CURSOR_MARK).is_some_and(|(value, key)| {
        parse_key(schema, key).is_ok() && (value.is_empty() || parse_canonical(field, value).is_some())
    })
}

fn table(page: &Page<'_>, schema: &Schema, sort: &Sorting, found: RecordPage, filtered: bool) -> DataTable {
    let fields: Vec<&Field> = schema.field.iter().filter(|field| field.list).take(COLUMNS_MAX).collect();
    let mut columns: Vec<Column> = fields
        .iter()
        .map(|field| Column {
            title: field.title.said().to_owned(),
            unit: words::unit(field),
            kind: words::column_kind(field),
            sort: sort.head(page, field),
        })
        .collect();
    if columns.is_empty() {
        columns.push(Column::new(t!("Bản ghi"), Kind::Text));
    }
    let mut table =
        DataTable::new("ban-ghi", t!("Bản ghi của sổ {title}", title = schema.title.said()), columns);
    let words = Words::new(page);
    table.rows = found.rows.iter().map(|version| row(page, schema, &fields, &words, version)).collect();
    if filtered {
        t!("Không có bản ghi nào khớp các điều kiện lọc.").clone_into(&mut table.empty.text);
        table.empty.links.push(Link::new(t!("Bỏ mọi điều kiện lọc"), page.register_link(schema)));
    } else {
        t!("Sổ này chưa có bản ghi nào trong phạm vi đang xem.").clone_into(&mut table.empty.text);
        if may_add(page, schema) {
            let address = page.link(&format!("/so/{}/them", schema.slug));
            table.empty.links.push(Link::new(t!("Thêm bản ghi đầu tiên"), address));
        }
        table.empty.links.extend(schema.place.as_ref().and_then(|_| elsewhere(page)));
    }
    table.pager = pager(page, &found);
    table
}

/// Ways to the other pages, and how many rows one has.
fn pager(page: &Page<'_>, found: &RecordPage) -> Option<Pager> {
    let paged = page.query().raw(AFTER).is_some_and(|cursor| !cursor.is_empty());
    let longer = usize::try_from(found.count).is_ok_and(|count| count > SIZES[0]);
    if found.next.is_none() && !paged && !longer {
        return None;
    }
    let to = |cursor: &String| page.here_with(AFTER, Some(cursor));
    let here = size(page).unwrap_or(ROWS);
    let sizes = SIZES.iter().map(|rows| Tab {
        link: Link::new(rows.to_string(), page.here_with(SIZE, Some(&rows.to_string()))),
        current: *rows == here,
        count: None,
    });
    Some(Pager {
        summary: t!("{count} dòng trên trang này", count = write::whole(found.rows.len() as u64)),
        first: paged.then(|| page.here_with(AFTER, None)),
        previous: found.previous.as_ref().map(to),
        next: found.next.as_ref().map(to),
        sizes: sizes.collect(),
    })
}

/// Rows on the page.
fn size(page: &Page<'_>) -> Result<usize, PageError> {
    let Some(text) = page.query().get(SIZE) else { return Ok(ROWS) };
    let asked = text.parse().ok().filter(|rows| SIZES.contains(rows));
    asked.ok_or_else(|| {
        let offered: Vec<String> = SIZES.iter().map(ToString::to_string).collect();
        PageError::bad(t!(
            "“{size}” là số dòng của một trang; cần {sizes}.",
            size = SIZE,
            sizes = offered.join(", ")
        ))
    })
}

fn row(page: &Page<'_>, schema: &Schema, fields: &[&Field], words: &Words<'_>, version: &Version) -> Row {
    let address = page.record_link(schema, &version.key);
    let mut cells: Vec<Cell> = fields.iter().map(|field| words.cell(field, version)).collect();
    // The first cell leads to the record, whatever it holds.
    match cells.first_mut() {
        Some(first) if matches!(first.content, Content::Text(_)) => first.href = Some(address),
        Some(first) => *first = Cell::link(words::key_words(schema, &version.key), address),
        None => cells.push(Cell::link(words::key_words(schema, &version.key), address)),
    }
    Row { cells, flag: words::flag(version) }
}

fn links(page: &Page<'_>, schema: &Schema) -> Vec<Link> {
    let under = |path: &str| page.link(&format!("/so/{}/{path}", schema.slug));
    let mut links = vec![Link::new(t!("Từ điển của sổ"), under("tu-dien"))];
    if may_add(page, schema) {
        links.insert(0, Link::new(t!("Thêm bản ghi"), under("them")));
        if crate::grid::is_monthly(schema) {
            links.insert(0, Link::new(t!("Nhập theo tháng trên bảng"), under("bang-nhap")));
        }
    }
    if crate::import::offered(page, schema) {
        links.push(Link::new(t!("Nhập từ tệp"), under("nhap")));
    }
    links
}

/// How many there are in all, with the handle of the list.
fn total(page: &Page<'_>, schema: &Schema, filters: &[Filter], found: &RecordPage) -> Html {
    let filter = filter::canonical(filters, page);
    let figure = counted(page, &schema.id, &filter, found.count, &page.here_with(AFTER, None));
    Html::of(&Count { floor: found.count_is_floor, figure })
}

fn description(schema: &Schema) -> String {
    let text = schema.description.said().trim();
    if schema.has_spells() {
        let unit = schema.unit.said();
        return t!(
            "{text} Mỗi lần {unit} đổi trạng thái mở một bản ghi giai đoạn mới, nên số bản ghi có thể lớn hơn \
             số {unit}.",
            text,
            unit
        );
    }
    text.to_owned()
}

/// What the total counts. A thing with several spells has several records, so there the unit of the thing
/// would promise another number than the indicators show.
fn unit(schema: &Schema) -> String {
    if schema.has_spells() { t!("bản ghi giai đoạn").to_owned() } else { schema.unit.said().to_owned() }
}

/// What was not published of the real province can be seen in the invented one.
fn elsewhere(page: &Page<'_>) -> Option<Link> {
    let tree = page.snapshot().places();
    let place = tree.by_code(INVENTED, page.today()).filter(|_| page.snapshot().instance().illustrative)?;
    let inside = tree.ancestors(page.place()).contains(&place.id);
    (!inside).then(|| {
        Link::new(
            t!("Xem ở {place}", place = words::place_said(&place.name)),
            page.here_with(PLACE, Some(INVENTED)),
        )
    })
}

/// Whether the page offers to add a record: not to who only reads, and not on a pinned page.
fn may_add(page: &Page<'_>, schema: &Schema) -> bool {
    page.sink().is_some() && !page.pinned() && !is_system(schema)
}

/// Registers that only the system itself and packs write.
pub(crate) fn is_system(schema: &Schema) -> bool {
    mc_register::system::is_system(&schema.id)
}
