//! The places of the country as a text may name them, those from before 1/7/2025 too.

use std::collections::BTreeMap;

use crate::agency::agency_names;
use crate::error::ReferenceError;
use crate::place::{PlaceKind, PlaceRow, places};
use mc_claims::{Gazetteer, PlaceName};

/// Fields of work of the agencies of a province, as texts name them.
const FIELDS: [&str; 47] = [
    "an ninh trật tự",
    "an ninh, trật tự",
    "an toàn giao thông",
    "bảo hiểm xã hội",
    "bảo hiểm y tế",
    "bảo trợ xã hội",
    "chuyển đổi số",
    "công an",
    "công nghiệp",
    "công thương",
    "dân tộc",
    "dân tộc, tôn giáo",
    "du lịch",
    "đất đai",
    "đầu tư",
    "đầu tư công",
    "đối ngoại",
    "giáo dục",
    "giáo dục và đào tạo",
    "giao thông",
    "giao thông vận tải",
    "hải quan",
    "hộ tịch",
    "khoa học công nghệ",
    "khoa học và công nghệ",
    "khoa học, công nghệ",
    "kiểm lâm",
    "lao động",
    "lao động, việc làm",
    "lâm nghiệp",
    "môi trường",
    "ngân sách",
    "nội vụ",
    "nông nghiệp",
    "nông nghiệp và môi trường",
    "quốc phòng",
    "tài chính",
    "tài nguyên và môi trường",
    "thể thao",
    "thuế",
    "thương mại",
    "tư pháp",
    "văn hóa",
    "văn hóa, thể thao và du lịch",
    "viễn thông",
    "xây dựng",
    "y tế",
];

/// All places that have a code and a word for what they are.
///
/// # Errors
/// When the table of places cannot be read.
pub fn gazetteer() -> Result<Gazetteer, ReferenceError> {
    let all = places()?;
    let code_of: BTreeMap<_, _> = all.iter().map(|row| (row.place, row.code)).collect();
    let name = |row: &PlaceRow| {
        let province = match row.kind {
            PlaceKind::Province | PlaceKind::OldProvince => None,
            PlaceKind::Commune | PlaceKind::OldDistrict | PlaceKind::OldCommune => {
                let parent = row.parent.and_then(|parent| code_of.get(&parent).copied().flatten());
                Some(parent.unwrap_or_default().to_owned())
            }
            _ => return None,
        };
        Some(PlaceName {
            code: row.code?.to_owned(),
            type_word: row.type_word.map(|word| word.word().to_owned())?,
            name: row.name.to_owned(),
            province,
            merged: row.valid_until.is_some(),
        })
    };
    let fields: Vec<String> = FIELDS.map(str::to_owned).to_vec();
    Ok(Gazetteer::of(all.iter().filter_map(name).collect()).with_bodies(&agency_names()?, &fields))
}
