//! Makes the files under `examples/`: input as offices send it, with every fault put there on purpose.
//!
//! `cargo run -p mc-intake --example make_examples [DIR]` writes them anew, byte for byte the same. All
//! operators, people, parcels and plans are invented; places and agencies are real names, used as addresses
//! only.

mod budget;
mod digitisation;
mod parcels;
mod places;
mod plan;
mod sheet;
mod stations;

use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map_or_else(default_folder, PathBuf::from);
    let files = [
        ("tram-nha-mang-a.xlsx", stations::operator_a()?),
        ("tram-nha-mang-b.xlsx", stations::operator_b()?),
        ("tram-nha-mang-c.csv", stations::operator_c()),
        ("tram-xa-thay-so-tong.xlsx", stations::of_a_commune()?),
        ("so-hoa-theo-co-quan.xlsx", digitisation::by_agency()?),
        ("dong-ngan-sach.xlsx", budget::lines()?),
        ("thua-dat-xa.xlsx", parcels::of_a_commune()?),
        ("phu-luc-ke-hoach.xlsx", plan::annex()?),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), &bytes)?;
        println!("{name}: {} byte", bytes.len());
    }
    Ok(())
}

fn default_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples")
}
