//! Any file as a table: the readers of .xlsx, .xls and .csv give rows or say why not.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use mc_intake::{Request, read_here};

/// What a sender may call a file; the content decides.
const NAMES: [&str; 3] = ["a.xlsx", "a.xls", "a.csv"];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let name = NAMES[usize::from(choice) % NAMES.len()];
    if let Err(error) = read_here(Cursor::new(bytes), name, &Request::default()) {
        assert!(!error.to_string().is_empty());
    }
});
