//! Damage to what is derived: each table of `schema.sql` of that kind, a row too many, one missing, one changed.

use mc_port::FindingKind::{Declaration, Derived, Version};

use crate::cases::{Case, case};
use crate::damage::sql;

/// The spell that breaks the rule `named`.
const LOST: &str = "mast/C-1/2025-09-10, phiên bản 1";

pub(crate) const CASES: &[Case] = &[
    case(
        "a place too many in the tree of places",
        |dir| sql(dir, "INSERT INTO place_ancestor VALUES (3, 999)"),
        Derived,
        "cây địa bàn",
        "có trong bảng",
    ),
    case(
        "a cell of no delta",
        |dir| {
            sql(
                dir,
                "INSERT INTO cell SELECT measure, set_no, place, cut, day + 9, 7, 1, 0 FROM cell WHERE n > 0 LIMIT 1",
            )
        },
        Derived,
        "ô theo ngày: sổ ",
        "tính lại được không có",
    ),
    case(
        "a cell's count of records",
        |dir| sql(dir, "UPDATE cell SET n = n + 1 WHERE place = 3 AND value > 0"),
        Derived,
        "ô theo ngày: sổ outlay, độ đo outlays",
        "khác với tổng",
    ),
    case(
        "two cells changed so that their sum stays",
        |dir| {
            sql(
                dir,
                "UPDATE cell SET value = value + CASE cut WHEN '' THEN 0 WHEN 'st' THEN 5 ELSE -5 END WHERE place = 3",
            )
        },
        Derived,
        "ô theo ngày",
        "khác với tổng",
    ),
    case(
        "a delta and its sums changed together",
        |dir| {
            sql(
                dir,
                "UPDATE cell_delta SET value = value + 7 WHERE seq = 10 AND set_no = 0;
                 UPDATE cell SET value = value + 7 WHERE EXISTS (SELECT 1 FROM cell_delta AS d WHERE d.seq = 10
                     AND d.set_no = 0 AND (d.measure, d.set_no, d.place, d.cut, d.day)
                         = (cell.measure, cell.set_no, cell.place, cell.cut, cell.day));",
            )
        },
        Derived,
        "độ đo outlays, ",
        "biến động khác với bản ghi",
    ),
    case(
        "a delta that changes nothing",
        |dir| {
            sql(
                dir,
                "INSERT INTO cell_delta SELECT measure, set_no, place, cut, seq, day + 1, 0, 0, 0
                 FROM cell_delta WHERE seq = 10 LIMIT 1",
            )
        },
        Derived,
        "lần ghi 10",
        "biến động khác với bản ghi",
    ),
    case(
        "cells of no measure",
        |dir| {
            sql(
                dir,
                "INSERT INTO cell SELECT 999, set_no, place, cut, day, value, n, blank FROM cell
                     WHERE measure = (SELECT MIN(measure) FROM cell);
                 INSERT INTO cell_delta SELECT 999, set_no, place, cut, seq, day, value, n, blank FROM cell_delta
                     WHERE measure = (SELECT MIN(measure) FROM cell)",
            )
        },
        Derived,
        "độ đo số 999",
        "không khai báo",
    ),
    case(
        "a measure under another name",
        |dir| sql(dir, "UPDATE measure SET id = 'khac' WHERE id = 'outlays'"),
        Derived,
        "khac",
        "khác với định nghĩa",
    ),
    case(
        "a measure of no definition",
        |dir| sql(dir, "INSERT INTO measure (id, register, hash, text) VALUES ('x', 1, zeroblob(32), '{}')"),
        Derived,
        "độ đo số",
        "không định nghĩa chỉ tiêu nào dùng",
    ),
    case(
        "a register hidden from a position on",
        |dir| sql(dir, "UPDATE register SET visible_seq = 5 WHERE id = 'outlay'"),
        Derived,
        "sổ outlay",
        "đến lần ghi 5",
    ),
    case(
        "a declaration missing from those in use",
        |dir| {
            sql(
                dir,
                "DELETE FROM schema_version WHERE register = (SELECT no FROM register WHERE id = 'site')",
            )
        },
        Declaration,
        "schema/",
        "không có trong bảng đang dùng",
    ),
    case(
        "a declaration in use since another commit",
        |dir| sql(dir, "UPDATE schema_version SET seq = 7 WHERE text LIKE '%\"outlay\"%'"),
        Declaration,
        "khai báo số",
        "dùng từ lần ghi 7",
    ),
    case(
        "a span of version numbers",
        |dir| sql(dir, "UPDATE register_span SET vid_to = vid_to + 1 WHERE seq = 6"),
        Derived,
        "lần ghi 6, sổ outlay",
        "khoảng số phiên bản",
    ),
    case(
        "a span missing",
        |dir| sql(dir, "DELETE FROM register_span WHERE seq = 8"),
        Derived,
        "lần ghi 8, sổ outlay",
        "không có, tính lại được",
    ),
    case(
        "a span too many",
        |dir| {
            sql(dir, "INSERT INTO register_span SELECT register, 9, 50, 60 FROM register_span WHERE seq = 10")
        },
        Derived,
        "lần ghi 9, sổ outlay",
        "không đụng tới sổ",
    ),
    case(
        "a flag taken off",
        |dir| sql(dir, "DELETE FROM row_flag"),
        Derived,
        LOST,
        "vi phạm quy tắc “named” mà không mang dấu",
    ),
    case(
        "a flag of another rule",
        |dir| sql(dir, "UPDATE row_flag SET rule = 'tall'"),
        Derived,
        LOST,
        "mang dấu quy tắc “tall” mà bản ghi không vi phạm",
    ),
    case(
        "a flag on a record that breaks nothing",
        |dir| sql(dir, "INSERT INTO row_flag SELECT register, 1, rule FROM row_flag"),
        Derived,
        "mast/C-1/2025-01-01, phiên bản 1",
        "mang dấu quy tắc “named”",
    ),
    case(
        "an explanation taken out of a record that needs it",
        |dir| sql(dir, "UPDATE r_mast SET f13 = NULL WHERE key = 'C-8/2025-01-01'"),
        Version,
        "mast/C-8/2025-01-01, phiên bản 1",
        "vi phạm quy tắc “tall” mà không mang giải trình",
    ),
    case(
        "a flag of no record",
        |dir| sql(dir, "INSERT INTO row_flag SELECT register, 77, rule FROM row_flag"),
        Derived,
        "mast, dòng số 77",
        "mà không có bản ghi",
    ),
    case(
        "a flag of no register",
        |dir| sql(dir, "INSERT INTO row_flag VALUES (99, 1, 'named')"),
        Derived,
        "sổ số 99",
        "thuộc một sổ không có",
    ),
    case(
        "what is shown of a record that was searched",
        |dir| sql(dir, "UPDATE search_document SET title = 'C-2' WHERE key = 'C-1/2025-09-10'"),
        Derived,
        LOST,
        "trong bảng “C-2” ở địa bàn số 3, tính lại được “C-1”",
    ),
    case(
        "the place of a record that was searched",
        |dir| sql(dir, "UPDATE search_document SET place = 4 WHERE key = 'C-1/2025-09-10'"),
        Derived,
        LOST,
        "mục tìm kiếm khác với bản ghi",
    ),
    case(
        "a record that search does not find",
        |dir| {
            sql(
                dir,
                "DELETE FROM search_index WHERE rowid = (SELECT id FROM search_document WHERE key = 'C-1/2025-09-10');
                 DELETE FROM search_document WHERE key = 'C-1/2025-09-10'",
            )
        },
        Derived,
        LOST,
        "trong bảng không có",
    ),
    case(
        "a record that search invents",
        |dir| {
            sql(
                dir,
                "INSERT INTO search_document (register, key, place, title)
                 SELECT register, 'C-9/2025-01-01', place, title FROM search_document
                     WHERE key = 'C-1/2025-09-10'",
            )
        },
        Derived,
        "mast/C-9/2025-01-01",
        "không có bản ghi hiện hành",
    ),
    case(
        "a search entry of a register without words",
        |dir| {
            sql(
                dir,
                "INSERT INTO search_document (register, key, title)
                 SELECT no, 'K-1', 'K-1' FROM register WHERE id = 'outlay'",
            )
        },
        Derived,
        "sổ outlay",
        "không có trường nào để tìm",
    ),
    case(
        "the words of a record taken out of the index",
        |dir| {
            sql(
                dir,
                "DELETE FROM search_index WHERE rowid = (SELECT id FROM search_document WHERE key = 'C-1/2025-09-10')",
            )
        },
        Derived,
        "mast/C-1/2025-09-10",
        "các từ trong chỉ mục tìm kiếm khác",
    ),
    case(
        "other words in the index",
        |dir| {
            sql(
                dir,
                "DELETE FROM search_index WHERE rowid = (SELECT id FROM search_document WHERE key = 'C-1/2025-09-10');
                 INSERT INTO search_index (rowid, exact, folded)
                     SELECT id, 'c-1 khác', 'c-1 khac' FROM search_document WHERE key = 'C-1/2025-09-10'",
            )
        },
        Derived,
        "mast/C-1/2025-09-10",
        "các từ trong chỉ mục tìm kiếm khác",
    ),
    case(
        "words of no record",
        |dir| sql(dir, "INSERT INTO search_index (rowid, exact, folded) VALUES (4711, 'ma', 'ma')"),
        Derived,
        "mục tìm kiếm số 4711",
        "các từ trong chỉ mục tìm kiếm khác",
    ),
    case(
        "words cut otherwise",
        |dir| {
            sql(
                dir,
                "DROP TABLE search_index;
                 CREATE VIRTUAL TABLE search_index USING fts5 (exact, folded, content = '', contentless_delete = 1)",
            )
        },
        Derived,
        "chỉ mục tìm kiếm",
        "khai báo khác với chương trình",
    ),
];
