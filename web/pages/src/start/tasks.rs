//! The instructions of the conference as tasks: lead, deadline, state, product.

use std::collections::BTreeMap;

use mc_base::Day;
use mc_ledger::Value;
use mc_port::{ListRequest, PAGE_MAX, StoreFailure, Version};
use mc_register::{Schema, thing_of_key};
use mc_ui::table::{Cell, Column, DataTable, Kind, Row};
use mc_ui::write;
use mc_ui::{Status, StatusChip};

use super::conference::{Conference, Item, ItemKind};
use crate::figure::{Lens, code, is_true_on, pin, record, value};
use crate::said::Said as _;

const TASK: &str = "task";
/// Tasks shown where no conference of the place names them.
const SHOWN_MAX: usize = 9;
/// So many days before its deadline a task is due soon.
const SOON_DAYS: i32 = 7;

/// The table and how many it leaves out.
pub(super) struct Tasks {
    pub(super) table: DataTable,
    /// They are the conference's own instructions.
    pub(super) of_conference: bool,
}

/// The tasks given at the conference; of another province its tasks with the nearest deadlines.
///
/// # Errors
/// When the store fails.
pub(super) fn of(
    lens: &Lens<'_>,
    conference: &Conference,
    items: &[Item],
) -> Result<Option<Tasks>, StoreFailure> {
    let Some(schema) = lens.snapshot.schema(TASK) else { return Ok(None) };
    let mut rows = current(lens, &schema)?;
    let own = |row: &Version| match value(&schema, row, "conference") {
        Some(Value::Ref { key, .. }) => *key == conference.key,
        _ => false,
    };
    let of_conference = rows.iter().any(own);
    let order = task_order(items);
    let open = |row: &Version| {
        !matches!(code(&schema, row, "state"), Some("draft" | "pending" | "withdrawn" | "done"))
    };
    rows.retain(|row| own(row) || open(row));
    // The conference's own in its order, then the nearest deadlines.
    rows.sort_by_cached_key(|row| {
        let thing = thing_of_key(&schema, &row.key).to_owned();
        let place = if own(row) { order.get(&thing).copied().unwrap_or(i64::MAX - 1) } else { i64::MAX };
        (place, due(&schema, row).unwrap_or(Day::MAX), thing)
    });
    let given = rows.iter().filter(|row| own(row)).count();
    rows.truncate(given.max(SHOWN_MAX));
    let others = rows.len() > given;
    if rows.is_empty() {
        return Ok(None);
    }
    let caption = match (of_conference, others) {
        (true, true) => t!("{given} việc giao tại hội nghị, sau đó là các việc gần hạn nhất", given),
        (true, false) => t!("Việc được giao, ai chủ trì, hạn và trạng thái hôm nay").to_owned(),
        (false, _) => t!("Các việc gần hạn nhất").to_owned(),
    };
    let mut table = DataTable::new("nhiem-vu", caption, columns());
    table.rows = (1_usize..).zip(&rows).map(|(nth, row)| self::row(lens, &schema, nth, row)).collect();
    Ok(Some(Tasks { table, of_conference }))
}

/// The order in which instructions were given, by task.
fn task_order(items: &[Item]) -> BTreeMap<String, i64> {
    let instructions = items.iter().filter(|item| item.kind == ItemKind::Instruction);
    instructions.filter_map(|item| Some((item.task.clone()?, item.order))).collect()
}

/// The spells of the province's tasks that are true today.
fn current(lens: &Lens<'_>, schema: &Schema) -> Result<Vec<Version>, StoreFailure> {
    let page = lens.snapshot.list(&ListRequest {
        register: TASK.to_owned(),
        place: Some(lens.place),
        filters: Vec::new(),
        sort: None,
        descending: false,
        after: None,
        limit: PAGE_MAX,
        at: lens.at,
    })?;
    Ok(page.rows.into_iter().filter(|row| is_true_on(schema, row, lens.today)).collect())
}

fn columns() -> Vec<Column> {
    vec![
        Column::new(t!("cột|Nhiệm vụ"), Kind::Text),
        Column::new(t!("Chủ trì"), Kind::Text),
        Column::new(t!("Hạn"), Kind::Date),
        Column::new(t!("Trạng thái"), Kind::Text),
        Column::new(t!("Sản phẩm"), Kind::Text),
        Column::new(t!("Ghi chú"), Kind::Text),
    ]
}

fn row(lens: &Lens<'_>, schema: &Schema, nth: usize, row: &Version) -> Row {
    let text = |field: &str| code(schema, row, field).filter(|text| !text.is_empty());
    let or_missing =
        |text: Option<&str>, missing: &str| text.map_or_else(|| Cell::missing(missing), Cell::text);
    let lead = match value(schema, row, "lead") {
        Some(Value::Agency(agency)) => {
            Some(lens.snapshot.agency_name(&agency.0).unwrap_or_else(|| agency.to_string()))
        }
        _ => None,
    };
    let title = text("title").unwrap_or(&row.key);
    Row::new(vec![
        Cell::link(format!("{nth}. {title}"), record(&schema.slug, &row.key, &pin(lens))),
        or_missing(lead.as_deref(), t!("chưa nêu")),
        due(schema, row)
            .map_or_else(|| Cell::missing(t!("chưa nêu ngày")), |day| Cell::text(write::day(day))),
        Cell::status(status(schema, row, lens.today)),
        or_missing(text("product"), t!("chưa nêu")),
        or_missing(text("note"), "–"),
    ])
}

fn due(schema: &Schema, row: &Version) -> Option<Day> {
    ["effective_due", "due"].into_iter().find_map(|field| match value(schema, row, field) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    })
}

/// The state in the register's own words, with the look of how urgent it is.
fn status(schema: &Schema, row: &Version, today: Day) -> StatusChip {
    let state = code(schema, row, "state").unwrap_or_default();
    let word = schema
        .field("state")
        .and_then(|field| field.code(state))
        .map_or_else(|| state.to_owned(), |code| code.title.said().to_owned());
    let left = due(schema, row).map(|due| due.epoch_days() - today.epoch_days());
    let open = matches!(state, "assigned" | "in_progress" | "extension_asked" | "adjusting");
    match (open, left) {
        (true, Some(left)) if left < 0 => StatusChip::new(Status::Overdue { days: left.unsigned_abs() }),
        (true, Some(left)) if left <= SOON_DAYS => {
            StatusChip::worded(Status::DueSoon, t!("{word}, còn {left} ngày", word, left))
        }
        _ => StatusChip::worded(look(state), word),
    }
}

fn look(state: &str) -> Status {
    match state {
        "done" => Status::Done,
        "submitted" => Status::Waiting,
        "paused" => Status::Stuck,
        "in_progress" | "extension_asked" | "adjusting" => Status::Doing,
        _ => Status::NotStarted,
    }
}
