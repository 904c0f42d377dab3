//! The laws of the old encodings: what is written in one is known by its bytes and read back.

use proptest::prelude::*;

use super::*;

#[expect(dead_code, reason = "the tests of files use the rest")]
#[path = "../../tests/common/old_text.rs"]
mod old_text;

use old_text::{tcvn3, tcvn3_capitals, vni, windows1258};

fn judged(text: &str) -> Charset {
    choose(Evidence::of(text), &[], None, true)
}

const SENTENCES: [&str; 6] = [
    "Tổng thu ngân sách nhà nước trên địa bàn huyện",
    "Danh mục máy móc, thiết bị đã sản xuất được trong nước",
    "Ủy ban nhân dân xã Bát Xát, tỉnh Lào Cai",
    "Trạm thu phát sóng di động (BTS) số 12",
    "Diện tích đất ở của hộ gia đình",
    "Kèm theo Quyết định số 38/2005/QĐ-UBND ngày 23 tháng 9",
];

#[test]
fn sentences_are_known_by_their_bytes() {
    for sentence in SENTENCES {
        assert_eq!(judged(sentence), Charset::Unicode, "{sentence}");
        assert_eq!(judged(&tcvn3(sentence)), Charset::Tcvn3, "{sentence}");
        assert_eq!(judged(&vni(sentence)), Charset::Vni, "{sentence}");
        assert_eq!(judged(&windows1258(sentence)), Charset::Windows1258, "{sentence}");
        assert_eq!(decode(&vni(sentence), Charset::Vni), sentence);
        assert_eq!(decode(&windows1258(sentence), Charset::Windows1258), sentence);
        let small = sentence.replace('Ủ', "ủ");
        assert_eq!(decode(&tcvn3(&small), Charset::Tcvn3), small);
    }
    let title = tcvn3_capitals("TÊN TỔ CHỨC TÍN DỤNG, SỐ TÀI KHOẢN");
    assert_eq!(decode(&title, judged(&title)), "TÊN TỔ CHỨC TÍN DỤNG, SỐ TÀI KHOẢN");
    let title = vni("CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH HUYỆN NĂM 2004");
    assert_eq!(decode(&title, judged(&title)), "CÂN ĐỐI QUYẾT TOÁN NGÂN SÁCH HUYỆN NĂM 2004");
}

#[test]
fn what_is_no_vietnamese_stays() {
    for text in
        ["Café", "m² × 3 °C ±0,5", "© 2005 «Société Générale»", "Nuñez", "500 kV – §3", "São Paulo", "ß"]
    {
        assert_eq!(judged(text), Charset::Unicode, "{text}");
        assert_eq!(decode(text, Charset::Unicode), text);
    }
    // Letters and marks apart are Unicode too.
    assert_eq!(judged("So\u{302}\u{301} ho\u{323}\u{302} nghe\u{300}o"), Charset::Unicode);
    assert_eq!(judged("5 µm, ®, «ông»"), Charset::Unicode);
}

#[test]
fn a_word_of_unicode_in_a_run_of_tcvn3_stays() {
    let text = format!("{} thiết {}, phụ {}", tcvn3("Máy móc"), tcvn3("bị"), tcvn3("tùng"));
    assert_eq!(judged(&text), Charset::Tcvn3);
    assert_eq!(decode(&text, Charset::Tcvn3), "Máy móc thiết bị, phụ tùng");
}

#[test]
fn a_short_run_follows_its_neighbours_and_at_last_its_font() {
    let word = tcvn3("Hộ");
    let own = Evidence::of(&word);
    let around = |text: &str| [Support { evidence: Evidence::of(text), weight: 2 }];
    assert_eq!(choose(own, &around(&tcvn3(SENTENCES[0])), None, true), Charset::Tcvn3);
    // "cụng" and "công" are one byte string.
    let own = Evidence::of("c\u{F4}ng");
    assert_eq!(choose(own, &around(SENTENCES[0]), None, true), Charset::Unicode);
    assert_eq!(choose(own, &around(&tcvn3(&SENTENCES.join(" "))), None, true), Charset::Tcvn3);
    let nothing = Evidence::default();
    assert_eq!(choose(nothing, &[], Charset::of_font(".VnTimeH"), false), Charset::Tcvn3);
    assert_eq!(choose(nothing, &[], Charset::of_font("VNI-Times"), false), Charset::Vni);
    assert_eq!(choose(Evidence::of(SENTENCES[0]), &[], Charset::of_font(".VnTime"), true), Charset::Unicode);
}

fn sentence() -> impl Strategy<Value = String> {
    let syllables: Vec<&'static str> = include_str!("common.txt").split_ascii_whitespace().collect();
    prop::collection::vec(prop::sample::select(syllables), 1..12).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(text in sentence()) {
        let back = |encoded: String, charset| decode(&encoded, charset).into_owned();
        prop_assert_eq!(&back(tcvn3(&text), Charset::Tcvn3), &text);
        prop_assert_eq!(&back(vni(&text), Charset::Vni), &text);
        prop_assert_eq!(back(vni(&text.to_uppercase()), Charset::Vni), text.to_uppercase());
        prop_assert_eq!(&back(windows1258(&text), Charset::Windows1258), &text);
    }

    #[test]
    fn any_text_is_judged_without_panic(text in ".{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        for text in [text, from_bytes(&bytes)] {
            for charset in Charset::ALL {
                let _decoded = decode(&text, charset);
            }
            let _charset = judged(&text);
        }
    }
}

/// Names of communes: two words in a cell, with many of their like around them or with nothing.
#[test]
fn names_of_communes_are_read_alone_and_better_in_a_column() {
    let places = mc_reference::places().expect("the places of the country");
    let names: Vec<&str> = places.iter().map(|place| place.name).collect();
    assert!(names.len() > 3_000);
    let right = |encode: fn(&str) -> String| {
        let encoded: Vec<String> = names.iter().map(|name| encode(name)).collect();
        let mut column = Evidence::default();
        encoded.iter().for_each(|text| column.add(Evidence::of(text)));
        let around = [Support { evidence: column, weight: 2 }];
        let count = |around: &[Support]| {
            let read =
                |text: &String| decode(text, choose(Evidence::of(text), around, None, true)).to_lowercase();
            encoded.iter().zip(&names).filter(|(text, name)| read(text) == name.to_lowercase()).count()
        };
        (count(&[]) * 100 / names.len(), count(&around) * 1000 / names.len())
    };
    assert_eq!(right(str::to_owned), (100, 1000));
    for encode in [tcvn3_capitals, vni, windows1258] {
        let (alone, together) = right(encode);
        assert!(alone >= 90 && together >= 995, "{alone}% and {together}‰");
    }
}
