//! Limits of what is read. A file beyond them is refused with a sentence; nothing is cut off silently.

/// Rows of one CSV file.
pub const CSV_ROWS_MAX: u32 = 5_000_000;
/// Rows of one worksheet: what Excel itself can hold.
pub const XLSX_ROWS_MAX: u32 = 1_048_576;
/// Columns that hold anything.
pub const COLUMNS_MAX: usize = 500;
/// Characters of one cell: what Excel itself can hold.
pub const CELL_CHARS_MAX: usize = 32_767;
/// Bytes of all texts of one row.
pub const ROW_BYTES_MAX: usize = 1 << 20;
/// Worksheets of one workbook.
pub const SHEETS_MAX: usize = 200;
/// Merged regions of one worksheet that are kept; more are ignored, with a notice.
pub const MERGES_MAX: usize = 20_000;
/// Bytes of a workbook of Excel 97 to 2003, which is read into memory: 65,536 rows of some 1,500 bytes.
pub const XLS_BYTES_MAX: u64 = 96 << 20;
/// Entries of the ZIP container of a workbook.
pub const ZIP_ENTRIES_MAX: u64 = 10_000;
/// Bytes of all entries of the container after decompression.
pub const ZIP_BYTES_MAX: u64 = 1 << 30;
/// Decompressed bytes per compressed byte, for entries of 1 MiB and more.
pub const ZIP_RATIO_MAX: u64 = 100;
/// Entries smaller than this are not judged by their ratio: a short run of blanks is no bomb.
pub const ZIP_RATIO_FROM_BYTES: u64 = 1 << 20;

/// Bytes of a text, as read.
pub const PROSE_BYTES_MAX: usize = 4 << 20;
/// Bytes of one paragraph.
pub const PROSE_PARAGRAPH_BYTES_MAX: usize = 1 << 20;
/// Bytes of a file that holds a text: pictures may be in it.
pub const PROSE_FILE_BYTES_MAX: u64 = 128 << 20;
/// Bytes of a web page with all its tags.
pub const HTML_BYTES_MAX: usize = 16 << 20;
/// Bytes of one XML part of a Word document.
pub const XML_PART_BYTES_MAX: u64 = 64 << 20;
/// Pages of a PDF.
pub const PDF_PAGES_MAX: u32 = 2_000;

/// Address space of the reading process.
pub const CHILD_MEMORY_BYTES: u64 = 512 << 20;
/// Processor time for a workbook.
pub const CHILD_CPU_SECONDS_XLSX: u64 = 10;
/// Processor time for a CSV file, which is read as a stream and may be large.
pub const CHILD_CPU_SECONDS_CSV: u64 = 60;
/// Processor time for a text.
pub const CHILD_CPU_SECONDS_PROSE: u64 = 20;
/// Wall-clock time the reading process may be silent.
pub const CHILD_SILENCE_SECONDS_MAX: u64 = 30;
/// Bytes of one message of the reading process: a row of the greatest size and its frame.
pub const FRAME_BYTES_MAX: usize = 4 << 20;

/// Rows looked at to find the header and to propose a mapping.
pub const PREVIEW_ROWS: u32 = 60;
/// Header rows at most.
pub const HEADER_ROWS_MAX: usize = 4;
