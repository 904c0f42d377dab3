//! The cases on the rows of commits, the values that can be erased, and files.

use mc_port::FindingKind;

use crate::cases::{Case, case};
use crate::damage::{
    add_row, erase_text, evidence, flip, forged_redaction, page, put_value_back, reuse_commitment, sql,
    swap_persons,
};

use FindingKind::{Declaration, Derived, Entry, File, Personal, Row, Version};

const K1: &str = "outlay/K-1, phiên bản 2";

pub(crate) const CASES: &[Case] = &[
    case(
        "T38 a row moved to another place",
        |dir| sql(dir, "UPDATE r_mast SET f6 = 4 WHERE key = 'C-1/2025-09-10'"),
        Version,
        "mast/C-1/2025-09-10, phiên bản 1",
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 a value taken away",
        |dir| sql(dir, "UPDATE r_outlay SET f5 = NULL WHERE key = 'K-1' AND ord = 1"),
        Version,
        "outlay/K-1, phiên bản 1",
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 a value that is no value",
        |dir| sql(dir, "UPDATE r_outlay SET f2 = 9000000000 WHERE key = 'K-1' AND ord = 2"),
        Version,
        "outlay, lần ghi 6, dòng 1",
        "không đọc được",
    ),
    case(
        "T38 the nonce of a row",
        |dir| flip(dir, "r_outlay", "nonce", "key = 'K-1' AND ord = 2"),
        Version,
        K1,
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 the key of a row",
        |dir| sql(dir, "UPDATE r_outlay SET key = 'K-7' WHERE key = 'K-9'"),
        Version,
        "outlay/K-7, phiên bản 1",
        "khác với giá trị đã ghi",
    ),
    case(
        "T38 the order of versions",
        |dir| sql(dir, "UPDATE r_outlay SET ord = ord + 5 WHERE key = 'K-1'"),
        Version,
        "outlay/K-1, phiên bản 7",
        "khác với giá trị đã ghi",
    ),
    case(
        "T39 a row deleted",
        |dir| sql(dir, "DELETE FROM r_outlay WHERE key = 'K-9'"),
        Version,
        "lần ghi 10, dòng 1",
        "bị xóa khỏi bảng",
    ),
    case("T40 a row without entry", add_row, Version, "outlay/K-X, phiên bản 1", "không có lần ghi nào"),
    case(
        "T39 and T40 one row for another",
        |dir| {
            add_row(dir);
            sql(dir, "DELETE FROM r_outlay WHERE key = 'K-9'");
        },
        Version,
        "outlay/K-X, phiên bản 1",
        "không có lần ghi nào",
    ),
    case(
        "a retired row brought back",
        |dir| sql(dir, "UPDATE r_outlay SET seq_to = NULL WHERE key = 'K-2'"),
        Version,
        "outlay/K-2, phiên bản 1",
        "được khép ở lần ghi 8",
    ),
    case(
        "a row retired without entry",
        |dir| sql(dir, "UPDATE r_outlay SET seq_to = 9 WHERE key = 'K-9'"),
        Version,
        "outlay/K-9, phiên bản 1",
        "bị khép trong bảng",
    ),
    case(
        "a row known earlier than it was",
        |dir| sql(dir, "UPDATE r_outlay SET seq_from = 5 WHERE key = 'K-9'"),
        Version,
        "outlay/K-9, phiên bản 1",
        "không chỉ về",
    ),
    case(
        "the hash of a row",
        |dir| flip(dir, "row_leaf", "hash", "seq = 10"),
        Row,
        "lần ghi 10",
        "mã gốc của các dòng",
    ),
    case(
        "a row leaf deleted",
        |dir| sql(dir, "DELETE FROM row_leaf WHERE seq = 4 AND idx = 1"),
        Row,
        "lần ghi 4",
        "trong bảng có 4",
    ),
    case(
        "a row leaf added",
        |dir| {
            sql(
                dir,
                "INSERT INTO row_leaf SELECT 11, idx, register, act, vid, field, nonce, hash FROM row_leaf WHERE seq = 10",
            )
        },
        Row,
        "lá dòng",
        "không thuộc lần ghi nào",
    ),
    case(
        "a leaf that stands for another row",
        |dir| sql(dir, "UPDATE row_leaf SET vid = 1 WHERE seq = 10"),
        Version,
        "outlay/K-1, phiên bản 1",
        "",
    ),
    case(
        "the reason of an entry",
        |dir| sql(dir, "UPDATE entry_text SET text = 'khác' WHERE seq = 6 AND kind = 2"),
        Entry,
        "lần ghi 6",
        "lý do đã bị sửa",
    ),
    case(
        "the source of an entry deleted",
        |dir| sql(dir, "DELETE FROM entry_text WHERE seq = 6 AND kind = 1"),
        Entry,
        "lần ghi 6",
        "thiếu nguồn mà không có lệnh xóa",
    ),
    case("a text erased without erasure", erase_text, Entry, "lần ghi 6", "không có lệnh xóa"),
    case(
        "T41 two persons swapped",
        swap_persons,
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "khác với giá trị đã cam kết",
    ),
    case(
        "T41 a personal value",
        |dir| flip(dir, "personal", "value", "vid = (SELECT vid FROM r_plot WHERE f2 = 7) AND field = 8"),
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "trường 8",
    ),
    case(
        "T42 a salt",
        |dir| {
            sql(
                dir,
                "UPDATE personal SET salt = zeroblob(32) WHERE vid = (SELECT vid FROM r_plot WHERE f2 = 9)",
            )
        },
        Personal,
        "plot/1/9/2025-01-01, phiên bản 1",
        "khác với giá trị đã cam kết",
    ),
    case(
        "T42 a value gone without erasure",
        |dir| {
            sql(dir, "DELETE FROM personal WHERE vid = (SELECT vid FROM r_plot WHERE f2 = 7) AND field = 8")
        },
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "không có lệnh xóa",
    ),
    case(
        "T42 a value gone with a forged redaction",
        forged_redaction,
        Personal,
        "plot/1/7/2025-01-01, phiên bản 1",
        "lần ghi 9 không có lệnh xóa",
    ),
    case(
        "T42 an erased value put back",
        put_value_back,
        Personal,
        "plot/1/8/2025-01-01, phiên bản 1",
        "vẫn còn",
    ),
    case(
        "T42 the record of an erasure deleted",
        |dir| sql(dir, "DELETE FROM r_erasure WHERE f4 = 8"),
        Personal,
        "plot/1/8/2025-01-01, phiên bản 1",
        "nêu căn cứ",
    ),
    case(
        "T43 a commitment of another person",
        reuse_commitment,
        Personal,
        "plot/1/9/2025-01-01, phiên bản 1",
        "khác với giá trị đã cam kết",
    ),
    case(
        "a person at a record that names none",
        |dir| {
            sql(
                dir,
                "INSERT INTO personal SELECT register, vid, 200, salt, value FROM personal LIMIT 1; UPDATE personal SET vid = 99 WHERE field = 200",
            )
        },
        Personal,
        "plot",
        "không cam kết",
    ),
    case(
        "T44 a byte of an evidence file",
        |dir| evidence(dir, |bytes| bytes[0] ^= 1),
        File,
        "tệp minh chứng",
        "khác với mã băm",
    ),
    case(
        "T45 an evidence file of the same size",
        |dir| evidence(dir, |bytes| bytes.fill(b'x')),
        File,
        "tệp minh chứng",
        "khác với mã băm",
    ),
    case(
        "a declaration in use",
        |dir| {
            sql(
                dir,
                "UPDATE schema_version SET text = replace(text, 'Số tiền', 'Số khác') WHERE text LIKE '%\"outlay\"%'",
            )
        },
        Declaration,
        "outlay",
        "",
    ),
    case(
        "a declaration in the ledger",
        |dir| sql(dir, "UPDATE r_schema SET f4 = replace(f4, 'Số tiền', 'Số khác') WHERE f1 = 'outlay'"),
        Declaration,
        "khai báo số",
        "không lần ghi nào khai báo",
    ),
    case(
        "the flag of an illustrative instance",
        |dir| sql(dir, "UPDATE meta SET value = 'no' WHERE name = 'illustrative'"),
        Entry,
        "lần ghi 1",
        "minh họa",
    ),
    case(
        "a cell",
        |dir| sql(dir, "UPDATE cell SET value = value + 1 WHERE place = 3 AND value > 0"),
        Derived,
        "ô theo ngày",
        "khác với tổng",
    ),
    case(
        "a month",
        |dir| sql(dir, "DELETE FROM cell_month WHERE place = 3"),
        Derived,
        "ô theo tháng",
        "khác với tổng",
    ),
    case(
        "a delta",
        |dir| sql(dir, "UPDATE cell_delta SET seq = 5 WHERE seq = 6"),
        Derived,
        "độ đo outlays",
        "biến động khác với bản ghi",
    ),
    case(
        "a block of deltas",
        |dir| sql(dir, "UPDATE cell_delta_sum SET n = n + 1 WHERE place = 3"),
        Derived,
        "tổng từng đoạn biến động",
        "khác với tổng",
    ),
    case(
        "the tree of places",
        |dir| sql(dir, "DELETE FROM place_ancestor WHERE place = 3 AND ancestor = 2"),
        Derived,
        "cây địa bàn",
        "thiếu trong bảng",
    ),
    case("a page of the file", page, File, "", ""),
];
