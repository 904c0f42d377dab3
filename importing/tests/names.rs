//! Names as offices write them, against a small instance.

use mc_access::Actor;
use mc_base::{AgencyId, PlaceId};
use mc_importing::Names;
use mc_ledger::Value;
use mc_register::{Resolved, Resolver as _};
use mc_stories::{Stage as _, small};
use mc_testkit::SmallInstance;

/// The small world after its mergers, with a site and a mast.
fn instance() -> SmallInstance {
    let mut instance = SmallInstance::new(7);
    let mast = small::mast("A/1", small::COMMUNES[0], "live", "2025-07-01");
    let name = Value::Text("Đồi Hòa Bình".to_owned());
    let edits = vec![
        small::succession(small::OLD_COMMUNE, small::COMMUNES[0], true),
        small::succession(small::OLD_COMMUNE_2, small::COMMUNES[0], false),
        small::succession(small::OLD_COMMUNE_2, small::COMMUNES[1], false),
        small::inserted("mast", small::with(mast, "mast", "name", name)),
        small::insert("site", &[("code", "S-1"), ("tower", "guyed")]),
    ];
    instance.commit(&small::request(edits)).expect("the world is filled");
    instance
}

fn one<T: std::fmt::Debug>(resolved: Resolved<T>) -> T {
    match resolved {
        Resolved::One(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn places_are_found_by_code_by_name_and_by_former_name() {
    let instance = instance();
    let names = Names::new(instance.store(), &Actor::operator(), None).expect("names");
    let cases = [
        ("02647", small::COMMUNES[0]),
        ("Xã Bình An (02647)", small::COMMUNES[0]),
        ("  xã  bình an ", small::COMMUNES[0]),
        ("Binh An", small::COMMUNES[0]),
        ("X. Bình An", small::COMMUNES[0]),
        ("Xã Hoà Lạc", small::COMMUNES[1]),
        ("P.Thuỷ Tú", small::COMMUNES[2]),
        ("thuy tu", small::COMMUNES[2]),
        ("Tỉnh Thử Nghiệm", small::PROVINCE),
        ("Xã Bình Cũ", small::COMMUNES[0]),
    ];
    for (text, place) in cases {
        assert_eq!(one(names.place(text)), place, "{text}");
        assert_eq!(one(names.place(&small::nfd(text))), place, "{text}, decomposed");
    }
}

#[test]
fn what_is_not_one_place_is_asked_back() {
    let instance = instance();
    let names = Names::new(instance.store(), &Actor::operator(), None).expect("names");
    let Resolved::Several(pieces) = names.place("Xã Hòa Cũ") else { panic!("it went into two communes") };
    assert_eq!(pieces, ["Xã Bình An (02647)", "Xã Hòa Lạc (02650)"]);
    let Resolved::Unknown(near) = names.place("Xã Bình Ân Hạ") else {
        panic!("there is no such commune")
    };
    assert!(near.contains(&"Xã Bình An".to_owned()), "{near:?}");
    // Neither the country, nor a commune of a province that went elsewhere, is a place of this file.
    for text in ["Việt Nam", "Xã Xa Xưa", "09901", ""] {
        assert_eq!(names.place(text), Resolved::<PlaceId>::Unknown(Vec::new()), "{text}");
    }
}

#[test]
fn agencies_and_records_are_found_by_id_and_by_name() {
    let instance = instance();
    let names = Names::new(instance.store(), &Actor::operator(), None).expect("names");
    for text in ["so-thu", "Sở Thử nghiệm", "so thu nghiem"] {
        assert_eq!(one(names.agency(text)), AgencyId("so-thu".to_owned()), "{text}");
    }
    assert!(matches!(names.agency("Sở Không Có"), Resolved::Unknown(_)));
    assert_eq!(one(names.reference("site", "S-1")), "S-1");
    for text in ["A/1", "Đồi Hòa Bình", "doi hoa binh"] {
        assert_eq!(one(names.reference("mast", text)), "A%2F1", "{text}");
    }
    for missing in ["S-9", "A%2F1", "A", ""] {
        assert!(matches!(names.reference("site", missing), Resolved::Unknown(_)), "{missing}");
    }
    assert!(matches!(names.reference("no_such_register", "S-1"), Resolved::Unknown(_)));
}

/// What stands in brackets is a key or an id where it follows a name, not where it belongs to one.
#[test]
fn a_name_may_end_in_brackets_of_its_own() {
    let mut instance = instance();
    let mast = |code: &str, name: &str| {
        let mast = small::mast(code, small::COMMUNES[0], "live", "2025-07-01");
        small::inserted("mast", small::with(mast, "mast", "name", Value::Text(name.to_owned())))
    };
    let agency = |id: &str, name: &str| {
        small::insert("agency", &[("agency", id), ("name", name), ("level", "province")])
    };
    instance.must(vec![
        mast("2", "Cột hai"),
        mast("N-1", "Nhà văn hóa (2)"),
        agency("cntt", "Công ty Số"),
        agency("tt-cntt", "Trung tâm (CNTT)"),
    ]);
    let names = Names::new(instance.store(), &Actor::operator(), None).expect("names");
    for (text, key) in [("Nhà văn hóa (2)", "N-1"), ("Cột hai (2)", "2"), ("Cột nào đó (2)", "2")] {
        assert_eq!(one(names.reference("mast", text)), key, "{text}");
    }
    for (text, id) in [("Trung tâm (cntt)", "tt-cntt"), ("Công ty Số (cntt)", "cntt")] {
        assert_eq!(one(names.agency(text)), AgencyId(id.to_owned()), "{text}");
    }
}

#[test]
fn an_old_name_of_an_agency_means_what_took_it_over() {
    let mut instance = instance();
    let agency = |id: &str, name: &str, other: &str, until: &str| {
        let values = [("agency", id), ("name", name), ("level", "province"), ("other_names", other)];
        small::insert("agency", &[&values[..], &[("valid_until", until)]].concat())
    };
    let here = small::PROVINCE.to_string();
    let near = [("agency", "so-ben"), ("name", "Sở Kiểm nghiệm"), ("level", "province"), ("place", &here)];
    let went = |old: &str, new: &str, extent: &str| {
        let values = [("old_agency", old), ("new_agency", new), ("extent", extent), ("day", small::MERGER)];
        small::insert("agency_succession", &values)
    };
    instance.must(vec![
        small::insert("agency", &near),
        agency("so-a", "Sở A", "Sở Một; Sở 1", ""),
        agency("so-b", "Sở B", "", ""),
        agency("so-cu", "Sở Thông tin", "Sở TT", small::MERGER),
        agency("so-tach", "Sở Lao động", "", small::MERGER),
        went("so-cu", "so-a", "whole"),
        went("so-tach", "so-a", "partial"),
        went("so-tach", "so-b", "partial"),
    ]);
    let reader = instance.read(&Actor::operator());
    let file = Names::new(instance.store(), &Actor::operator(), None).expect("names");
    let form = Names::of(reader.as_ref(), small::COMMUNES[0]);
    for names in [&file, &form] {
        for text in ["Sở A", "so mot", "Sở Thông tin", "so thong tin", "Sở TT", "Sở A (so-a)"] {
            assert_eq!(one(names.agency(text)), AgencyId("so-a".to_owned()), "{text}");
        }
        // Whoever writes the id means the old agency itself: its own months are recorded under it.
        for text in ["so-cu", "Sở Thông tin (so-cu)"] {
            assert_eq!(one(names.agency(text)), AgencyId("so-cu".to_owned()), "{text}");
        }
        let Resolved::Several(parts) = names.agency("Sở Lao động") else { panic!("it went into two") };
        assert_eq!(parts, ["Sở A (so-a)", "Sở B (so-b)"]);
    }
    // Only agencies of the province are offered: another's of a name alike is not meant.
    for names in [&file, &form] {
        let Resolved::Unknown(offered) = names.agency("Sở Kiểm nghiem 2") else {
            panic!("there is none")
        };
        assert_eq!(offered, ["Sở Kiểm nghiệm"]);
    }
}
