//! The same file into PostgreSQL: alone, with a history, with sums.

use std::fs::File;
use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use postgres::Client;

use crate::data::{COMMUNES, FIRST_COMMUNE};
use crate::measure::timed;

const TABLES: &str = include_str!("tables.sql");

/// What PostgreSQL does beside storing the row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Load {
    /// Nothing: table, key, two indexes, five checks.
    Copy,
    /// A history row for each row, by row trigger; no sums.
    RowHistory,
    /// A history row for each row by statement trigger; no sums.
    StatementHistory,
    /// History by row trigger, five measures kept by statement trigger: the content that ours has.
    RowHistorySums,
}

fn triggers(load: Load, table: &str) -> String {
    let row = format!(
        "CREATE TRIGGER history AFTER INSERT OR UPDATE ON {table} FOR EACH ROW
         EXECUTE FUNCTION {table}_row_history();"
    );
    let statement = format!(
        "CREATE TRIGGER history AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT
         EXECUTE FUNCTION {table}_statement_history();"
    );
    let sums = format!(
        "CREATE TRIGGER sums_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT
         EXECUTE FUNCTION {table}_sum_insert();
         CREATE TRIGGER sums_update AFTER UPDATE ON {table} REFERENCING NEW TABLE AS added OLD TABLE AS gone
         FOR EACH STATEMENT EXECUTE FUNCTION {table}_sum_update();"
    );
    match load {
        Load::Copy => String::new(),
        Load::RowHistory => row,
        Load::StatementHistory => statement,
        Load::RowHistorySums => format!("{row}\n{sums}"),
    }
}

/// Makes table `table` anew, empty.
///
/// # Errors
/// When the server refuses.
pub fn make(client: &mut Client, load: Load, table: &str) -> anyhow::Result<()> {
    let (first, last) = (FIRST_COMMUNE.to_string(), (FIRST_COMMUNE + COMMUNES - 1).to_string());
    let sql = TABLES.replace("{t}", table).replace("{first}", &first).replace("{last}", &last);
    client.batch_execute(&sql)?;
    client.batch_execute(&triggers(load, table))?;
    client.batch_execute("CHECKPOINT")?;
    Ok(())
}

/// Copies `file` into `table` in one transaction; from the file opened to the rows committed.
///
/// # Errors
/// When the server refuses, or a row is missing afterwards.
pub fn copy(client: &mut Client, table: &str, file: &Path) -> anyhow::Result<(u64, Duration)> {
    let (rows, took) = timed(|| copy_in(client, table, file));
    let rows = rows?;
    Ok((rows, took))
}

fn copy_in(client: &mut Client, table: &str, file: &Path) -> anyhow::Result<u64> {
    let mut from = BufReader::with_capacity(1 << 20, File::open(file)?);
    let mut to = client.copy_in(&format!("COPY {table} FROM STDIN WITH (FORMAT csv, HEADER true)"))?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        to.write_all(buffer.get(..count).unwrap_or_default())?;
    }
    Ok(to.finish()?)
}
