//! Any file, told as each kind of text: the readers of prose give paragraphs or say why not.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use mc_intake::{Request, read_here};

/// What a sender may call a file; the content decides, the name helps.
const NAMES: [&str; 4] = ["a.txt", "a.html", "a.docx", "a.pdf"];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let name = NAMES[usize::from(choice) % NAMES.len()];
    let request = Request { prose: true, ..Request::default() };
    if let Err(error) = read_here(Cursor::new(bytes), name, &request) {
        assert!(!error.to_string().is_empty());
    }
});
