//! Positions as the register holds them, and as tables show them.

use mc_access::Role;
use mc_account::Position;
use mc_base::AgencyId;
use mc_ledger::Value;
use mc_port::{Filter, ListRequest, PAGE_MAX, Snapshot, StoreFailure, Version};
use mc_register::{Schema, system};
use mc_ui::{Cell, Column, Kind, write};

use crate::context::Page;
use crate::said::Said as _;

/// The positions of an account, ended ones too; at most [`PAGE_MAX`].
pub(crate) fn positions_of(snapshot: &dyn Snapshot, account: &str) -> Result<Vec<Position>, StoreFailure> {
    let of = Filter { field: "account".to_owned(), equals: account.to_owned() };
    let found = snapshot.list(&request(vec![of], None, PAGE_MAX))?;
    let Some(schema) = snapshot.schema(system::POSITION) else { return Ok(Vec::new()) };
    Ok(found.rows.iter().filter_map(|version| read(&schema, version)).collect())
}

/// Asks for positions.
pub(super) fn request(filters: Vec<Filter>, after: Option<String>, limit: usize) -> ListRequest {
    ListRequest {
        register: system::POSITION.to_owned(),
        place: None,
        filters,
        sort: None,
        descending: false,
        after,
        limit,
        at: None,
    }
}

/// A record of the register. One with a role that this program does not know is nobody's.
pub(super) fn read(schema: &Schema, version: &Version) -> Option<Position> {
    let value = |id: &str| version.values.get(&schema.field(id)?.no);
    let day = |id: &str| match value(id) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    };
    let (Some(Value::Code(account)), Some(Value::Int(number)), Some(Value::Code(role))) =
        (value("account"), value("number"), value("role"))
    else {
        return None;
    };
    let Some(Value::Agency(agency)) = value("agency") else { return None };
    Some(Position {
        number: u32::try_from(*number).ok()?,
        account: account.clone(),
        role: Role::of_id(role)?,
        agency: agency.clone(),
        place: match value("place") {
            Some(Value::Place(place)) => Some(*place),
            _ => None,
        },
        head: matches!(value("head"), Some(Value::Bool(true))),
        from: day("valid_from")?,
        until: day("valid_until"),
    })
}

/// The columns of a table of positions, and one behind them.
pub(crate) fn position_columns<const N: usize>(further: [Column; N]) -> Vec<Column> {
    let own = [
        Column::new(t!("Vai trò"), Kind::Text),
        Column::new(t!("Cơ quan"), Kind::Text),
        Column::new(t!("Địa bàn"), Kind::Text),
        Column::new(t!("Từ ngày"), Kind::Date),
        Column::new(t!("Đến trước ngày"), Kind::Date),
    ];
    own.into_iter().chain(further).collect()
}

/// A position in these columns.
pub(crate) fn position_cells(page: &Page<'_>, position: &Position) -> Vec<Cell> {
    let schema = page.snapshot().schema(system::POSITION);
    let field = schema.as_ref().and_then(|schema| schema.field("role"));
    let role = field.and_then(|field| field.code(position.role.id())).map_or("", |code| code.title.said());
    let role = if position.head { t!("{role}, người đứng đầu", role) } else { role.to_owned() };
    vec![
        Cell::text(role),
        Cell::text(agency_name(page, &position.agency)),
        position.place.map_or_else(|| Cell::missing("–"), |place| Cell::text(page.place_name(place))),
        Cell::text(write::day(position.from)),
        position.until.map_or_else(|| Cell::missing("–"), |until| Cell::text(write::day(until))),
    ]
}

fn agency_name(page: &Page<'_>, agency: &AgencyId) -> String {
    page.snapshot().agency_name(&agency.0).unwrap_or_else(|| agency.0.clone())
}
