//! What others published about the same thing, and how it compares. Never summed, never an operand.

use mc_base::{Day, Period, Seq};
use mc_figure::Definition;
use mc_ledger::Value;
use mc_port::{Filter, ListRequest, Version};
use mc_register::Schema;
use mc_ui::of_data;
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};
use mc_ui::write;
use mc_ui::{FigureChip, FigureText, Html, Link, NumberStyle, ViNum};

use super::ask::{self, Ask};
use super::lens::{Lens, Reading};
use super::sentence::lower_first;
use super::target::{code, pin, value};
use crate::error::PageError;
use crate::said::Said as _;

const REGISTER: &str = "published_value";
/// Published values shown, the latest first.
const ROWS_MAX: usize = 12;

/// The table and the comparisons it leads to.
pub(super) struct Published {
    /// Values with publisher, document, day, and what the records said.
    pub(super) table: DataTable,
    /// "Từ 4.017 (biết đến 30/07/2025) đến nay: vì sao thay đổi?"
    pub(super) changes: Vec<Link>,
}

/// Published values of the page's indicator at its place; `None` where there are none.
///
/// # Errors
/// When the store fails.
pub(super) fn of(lens: &Lens<'_>, ask: &Ask, whole: &Reading) -> Result<Option<Published>, PageError> {
    let Some(schema) = lens.snapshot.schema(REGISTER) else { return Ok(None) };
    let equals = |field: &str, value: String| Filter { field: field.to_owned(), equals: value };
    let page = lens.snapshot.list(&ListRequest {
        register: REGISTER.to_owned(),
        place: None,
        filters: vec![
            equals("indicator", whole.definition.id.clone()),
            equals("place", lens.place.to_string()),
        ],
        sort: Some("published".to_owned()),
        descending: true,
        after: None,
        limit: ROWS_MAX,
        at: lens.at,
    })?;
    if page.rows.is_empty() {
        return Ok(None);
    }
    let mut table = DataTable::new("so-cong-bo", t!("Số do nơi khác công bố"), columns());
    table.stacks = true;
    table.note = Some(t!("Giữ nguyên như đã nêu; không cộng vào chỉ tiêu nào.").to_owned());
    let mut changes = Vec::new();
    for row in &page.rows {
        let compared = compare(lens, &schema, &whole.definition, row)?;
        changes.extend(compared.as_ref().and_then(|seen| seen.link(lens, ask, whole)));
        table.rows.push(self::row(lens, &schema, row, compared));
    }
    Ok(Some(Published { table, changes }))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new(t!("Nơi công bố"), Kind::Text),
        Column::new(t!("Ngày"), Kind::Date),
        Column::new(t!("Số đã nêu"), Kind::Number),
        Column::new(t!("Kỳ số liệu"), Kind::Text),
        Column::new(t!("Sổ khi đó"), Kind::Number),
        Column::new(t!("Sổ hiện nay"), Kind::Number),
        Column::new(t!("Tài liệu"), Kind::Text),
    ]
}

/// What the records say about a published value.
struct Compared {
    published: Day,
    period: Period,
    /// Position known on the day of publication.
    then_at: Seq,
    /// What the records gave on that day.
    then: Reading,
    /// What they give at the page's position.
    now: Reading,
    /// They agree on the day of publication.
    agreed: bool,
}

impl Compared {
    /// The comparison of what was known then with the page's own figure.
    fn link(&self, lens: &Lens<'_>, ask: &Ask, whole: &Reading) -> Option<Link> {
        let (then, now) = (self.then.number()?, whole.number()?);
        let differs = then.value().compare(now.value()).is_ne();
        (self.agreed && differs && self.then_at < lens.position()).then(|| {
            let day = write::day(self.published);
            let text = t!("Từ {then} (biết đến ngày {day}) đến {now}: vì sao thay đổi?", then, day, now);
            Link::new(text, ask.changes(self.period, Some(self.then_at)))
        })
    }
}

fn compare(
    lens: &Lens<'_>,
    schema: &Schema,
    definition: &std::sync::Arc<Definition>,
    row: &Version,
) -> Result<Option<Compared>, PageError> {
    let Some(Value::Day(published)) = value(schema, row, "published").cloned() else { return Ok(None) };
    let as_of = match value(schema, row, "as_of") {
        Some(Value::Day(day)) => *day,
        _ => published,
    };
    let stated = code(schema, row, "period").and_then(|period| Period::parse(period).ok());
    let period = stated.unwrap_or(Period::of_day(as_of));
    let then_at = lens.snapshot.known_on(published)?.min(lens.position());
    let then_lens = Lens { today: published.min(lens.today), ..lens.at_position(then_at) };
    let then = then_lens.read(definition, period)?;
    let now = lens.read(definition, period)?;
    let agreed = match (stated_value(schema, row), then.number()) {
        (Some((stated, _)), Some(then)) => same(&stated, then),
        _ => false,
    };
    Ok(Some(Compared { published, period, then_at, then, now, agreed }))
}

fn row(lens: &Lens<'_>, schema: &Schema, row: &Version, compared: Option<Compared>) -> Row {
    let href = ask::record(&schema.slug, &row.key, &pin(lens));
    let text = |field: &str| code(schema, row, field).unwrap_or_default().to_owned();
    let day = match value(schema, row, "published") {
        Some(Value::Day(day)) => write::day(*day),
        _ => String::new(),
    };
    let qualifier = schema
        .field("qualifier")
        .and_then(|field| field.code(code(schema, row, "qualifier")?))
        .filter(|code| code.id != "exact")
        .map(|code| lower_first(code.title.said()));
    let stated = stated_value(schema, row).map_or_else(
        || Cell::missing(t!("không đọc được")),
        |(number, unit)| {
            let handle = lens.list_handle(REGISTER, format!("key={}", row.key));
            let stated =
                FigureChip::new(FigureText::linked(number, handle, href.clone()), of_data(&unit)).html();
            Cell::html(match &qualifier {
                Some(qualifier) => {
                    t_html!("{qualifier} {stated}", qualifier = Html::text(qualifier), stated)
                }
                None => stated,
            })
        },
    );
    let period = Period::parse(&text("period")).map_or_else(|_| text("period"), write::period_title);
    let records = |reading: Option<&Reading>| {
        let kept_back = reading.filter(|reading| reading.outcome.is_kept_back());
        let missing = kept_back.map_or(t!("chưa có"), |reading| reading.outcome.words());
        reading.and_then(Reading::text).map_or_else(|| Cell::missing(missing), Cell::figure)
    };
    let document = [text("title"), text("document")].into_iter().find(|text| !text.is_empty());
    Row {
        cells: vec![
            Cell::link(text("publisher"), href),
            Cell::text(day),
            stated,
            Cell::text(period),
            records(compared.as_ref().map(|seen| &seen.then)),
            records(compared.as_ref().map(|seen| &seen.now)),
            document.map_or_else(|| Cell::missing(t!("không nêu")), Cell::text),
        ],
        flag: None,
    }
}

/// The number as it was published, with the unit to stand beside it.
fn stated_value(schema: &Schema, row: &Version) -> Option<(ViNum, String)> {
    let Some(Value::Scaled(stated)) = value(schema, row, "value") else { return None };
    let stated = stated.trimmed();
    let unit = code(schema, row, "unit")?;
    let dong = |zeros: u8| {
        let amount =
            stated.mantissa.checked_mul(10_i64.checked_pow(u32::from(zeros.checked_sub(stated.scale)?))?)?;
        Some((ViNum::new(mc_base::Scaled::whole(amount), NumberStyle::Dong), String::new()))
    };
    match unit {
        "%" => {
            let share = mc_base::Scaled::new(stated.mantissa, stated.scale + 2)?;
            Some((ViNum::new(share, NumberStyle::Percent(stated.scale)), String::new()))
        }
        vietnamese!("tỷ đồng") => dong(9),
        vietnamese!("triệu đồng") => dong(6),
        vietnamese!("đồng") => dong(0),
        _ => Some((ViNum::new(stated, NumberStyle::Plain(stated.scale)), unit.to_owned())),
    }
}

/// Whether both are written alike, or are one value.
fn same(stated: &ViNum, ours: &ViNum) -> bool {
    stated.text() == ours.text() || stated.value().compare(ours.value()).is_eq()
}
