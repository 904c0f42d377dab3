//! The files under `examples/` are what the generator makes, byte for byte.

#[path = "../examples/make_examples/budget.rs"]
mod budget;
#[path = "../examples/make_examples/digitisation.rs"]
mod digitisation;
#[path = "../examples/make_examples/parcels.rs"]
mod parcels;
#[path = "../examples/make_examples/places.rs"]
mod places;
#[path = "../examples/make_examples/plan.rs"]
mod plan;
#[path = "../examples/make_examples/sheet.rs"]
mod sheet;
#[path = "../examples/make_examples/stations.rs"]
mod stations;

#[test]
fn committed_examples_are_current() {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../examples");
    for (name, made) in [
        ("tram-nha-mang-a.xlsx", stations::operator_a().expect("made")),
        ("tram-nha-mang-b.xlsx", stations::operator_b().expect("made")),
        ("tram-nha-mang-c.csv", stations::operator_c()),
        ("tram-xa-thay-so-tong.xlsx", stations::of_a_commune().expect("made")),
        ("so-hoa-theo-co-quan.xlsx", digitisation::by_agency().expect("made")),
        ("dong-ngan-sach.xlsx", budget::lines().expect("made")),
        ("thua-dat-xa.xlsx", parcels::of_a_commune().expect("made")),
        ("phu-luc-ke-hoach.xlsx", plan::annex().expect("made")),
    ] {
        let kept = std::fs::read(folder.join(name)).expect("kept");
        assert!(kept == made, "{name}: run `cargo run -p mc-intake --example make_examples`");
    }
}
