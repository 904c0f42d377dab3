//! Damage to a data directory, as somebody with the machine in hand could do it.

use std::path::Path;

use rusqlite::Connection;

/// A connection to the database of `dir` without the guards that the store set up.
#[must_use]
pub fn unguarded(dir: &Path) -> Connection {
    let db = Connection::open(dir.join("minhchung.sqlite")).expect("the database opens");
    let triggers: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .and_then(|mut statement| statement.query_map([], |row| row.get(0))?.collect())
        .expect("the triggers");
    for trigger in triggers {
        db.execute_batch(&format!("DROP TRIGGER \"{trigger}\"")).expect("a dropped trigger");
    }
    db
}
