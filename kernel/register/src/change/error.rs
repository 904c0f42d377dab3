//! Why an edit is refused.

use mc_base::Day;

use crate::key::KeyError;
use crate::record::Record;

/// Why an edit is refused. Days in the sentences are printed `dd/mm/yyyy`.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ChangeError {
    /// The values make no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Somebody else was faster. A page shows both versions side by side.
    #[error(
        "Bản ghi “{key}” đã sang phiên bản {current} trong khi bạn sửa phiên bản {expected}; cần xem cả hai rồi chọn."
    )]
    Stale {
        /// Record key.
        key: String,
        /// Version the author was looking at.
        expected: u32,
        /// Version there is.
        current: u32,
        /// Values there are, `None` where the record has been retired meanwhile.
        theirs: Option<Box<Record>>,
        /// Values the author wants, `None` for a retirement.
        yours: Option<Box<Record>>,
    },
    /// There is no record with this key.
    #[error("Không có bản ghi “{key}” trong sổ “{register}”.")]
    Unknown {
        /// Register id.
        register: String,
        /// Record key.
        key: String,
    },
    /// The record has been retired.
    #[error("Bản ghi “{key}” đã được rút khỏi sổ ở phiên bản {ordinal}; muốn dùng lại thì thêm mới.")]
    Retired {
        /// Record key.
        key: String,
        /// Its last version.
        ordinal: u32,
    },
    /// A record with this key is there already.
    #[error("Bản ghi “{key}” đã có (phiên bản {ordinal}); cần sửa bản ghi ấy thay vì thêm mới.")]
    Exists {
        /// Record key.
        key: String,
        /// Its version.
        ordinal: u32,
    },
    /// The record belongs to another thing.
    #[error("Bản ghi “{found}” thuộc đối tượng khác; cần đối tượng “{expected}”.")]
    OtherThing {
        /// Key of the thing found.
        found: String,
        /// Key of the thing expected.
        expected: String,
    },
    /// A correction or change may not alter the key.
    #[error("Khóa không được đổi từ “{from}” thành “{to}”; khóa sai thì rút bản ghi cũ và thêm bản ghi mới.")]
    KeyChanged {
        /// Key of the record.
        from: String,
        /// Key the new values would have.
        to: String,
    },
    /// A correction that corrects nothing.
    #[error("Không có gì khác với phiên bản {ordinal} của bản ghi “{key}”; không ghi.")]
    NothingChanged {
        /// Record key.
        key: String,
        /// Its version.
        ordinal: u32,
    },
    /// The register keeps no spells.
    #[error("Sổ “{register}” không theo giai đoạn; chỉ sửa sai được, không “thay đổi từ ngày”.")]
    NoSpells {
        /// Register id.
        register: String,
    },
    /// The change is on or before the first day of the spell.
    #[error(
        "Ngày thay đổi {} không sau ngày đầu giai đoạn {}; nếu giai đoạn này ghi sai thì chọn “sửa sai”.",
        vi(.since), vi(.begins)
    )]
    NotAfter {
        /// Day of the change.
        since: Day,
        /// First day of the spell.
        begins: Day,
    },
    /// The spell ends on or before the day of the change.
    #[error("Ngày thay đổi {} không nằm trong giai đoạn từ {} đến trước {}.", vi(.since), vi(.begins), vi(.ends))]
    AfterEnd {
        /// Day of the change.
        since: Day,
        /// First day of the spell.
        begins: Day,
        /// First day after it.
        ends: Day,
    },
    /// None of the fields kept as spells differs.
    #[error("Thay đổi từ {} không đổi trường nào trong: {fields}; các trường khác thì chọn “sửa sai”.", vi(.since))]
    SpellUnchanged {
        /// Day of the change.
        since: Day,
        /// Titles of the fields kept as spells.
        fields: String,
    },
    /// The first day is missing or no day.
    #[error("Giai đoạn không có ngày bắt đầu.")]
    NoSince,
    /// The spell would be empty.
    #[error("Giai đoạn từ {} đến trước {} không có ngày nào; ngày kết thúc cần sau ngày bắt đầu.", vi(.since), vi(.until))]
    EmptySpell {
        /// First day.
        since: Day,
        /// First day after it.
        until: Day,
    },
    /// Two spells of a thing would hold the same day.
    #[error(
        "Giai đoạn từ {} {} chồng lên giai đoạn “{other}” đã có; mỗi ngày chỉ thuộc một giai đoạn.",
        vi(.since), end(.until.as_ref())
    )]
    Overlap {
        /// First day.
        since: Day,
        /// First day after it, `None` for an open end.
        until: Option<Day>,
        /// Key of the other spell.
        other: String,
    },
    /// The record has 4,294,967,295 versions.
    #[error("Bản ghi “{key}” đã hết số phiên bản.")]
    TooManyVersions {
        /// Record key.
        key: String,
    },
}

fn vi(day: &Day) -> String {
    mc_base::date::short(*day)
}

fn end(until: Option<&Day>) -> String {
    until.map_or("trở đi".to_owned(), |day| format!("đến trước {}", vi(day)))
}
