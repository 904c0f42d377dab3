//! Containers of Office files up to 2003, written by hand, so that they can be wrong in any way.

pub const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;
/// A stream below this lies in small sectors; ours are filled up to it.
const SMALL: usize = 4096;

/// A container with these streams in its root, in sectors of 512 bytes.
pub fn ole(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let sectors = |bytes: usize| bytes.div_ceil(SECTOR);
    let padded: Vec<usize> = streams.iter().map(|(_, bytes)| bytes.len().max(SMALL)).collect();
    let directory = sectors((streams.len() + 1) * 128);
    let data: usize = padded.iter().map(|bytes| sectors(*bytes)).sum();
    let mut tables = 1;
    while tables * (SECTOR / 4) < tables + directory + data {
        tables += 1;
    }
    assert!(tables <= 109, "the header lists the tables");
    let mut fat: Vec<u32> = vec![TABLE; tables];
    let mut chain = |count: usize| {
        let first = fat.len() as u32;
        fat.extend((1..count as u32).map(|next| first + next));
        fat.push(END);
        first
    };
    let directory_at = chain(directory);
    let starts: Vec<u32> = padded.iter().map(|bytes| chain(sectors(*bytes))).collect();
    fat.resize(tables * (SECTOR / 4), FREE);

    let mut file = header(tables as u32, directory_at);
    file.extend(fat.iter().flat_map(|entry| entry.to_le_bytes()));
    file.extend(entry("Root Entry", 5, FREE, if streams.is_empty() { FREE } else { 1 }, END, 0));
    for (at, (((name, bytes), start), padded)) in (2..).zip(streams.iter().zip(&starts).zip(&padded)) {
        let right = if at > streams.len() as u32 { FREE } else { at };
        let size = if bytes.is_empty() { 0 } else { *padded as u32 };
        file.extend(entry(name, 2, right, FREE, *start, size));
    }
    file.resize(SECTOR + (tables + directory) * SECTOR, 0);
    for ((_, bytes), padded) in streams.iter().zip(&padded) {
        let end = file.len() + sectors(*padded) * SECTOR;
        file.extend_from_slice(bytes);
        file.resize(end, 0);
    }
    file
}

fn header(tables: u32, directory: u32) -> Vec<u8> {
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.resize(24, 0);
    for number in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        header.extend(number.to_le_bytes());
    }
    for number in [0, tables, directory, 0, SMALL as u32, END, 0, END, 0] {
        header.extend(number.to_le_bytes());
    }
    header.extend((0..109).flat_map(|at| if at < tables { at } else { FREE }.to_le_bytes()));
    header
}

fn entry(name: &str, kind: u8, right: u32, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name_bytes = entry.len() as u16 + 2;
    entry.resize(64, 0);
    entry.extend(name_bytes.to_le_bytes());
    entry.extend([kind, 1]);
    for link in [FREE, right, child] {
        entry.extend(link.to_le_bytes());
    }
    entry.resize(116, 0);
    entry.extend(start.to_le_bytes());
    entry.extend(size.to_le_bytes());
    entry.resize(128, 0);
    entry
}

/// Where the allocation table begins.
pub const FAT: usize = SECTOR;

/// Sets an entry of the allocation table.
pub fn link(file: &mut [u8], sector: u32, next: u32) {
    let at = FAT + sector as usize * 4;
    file[at..at + 4].copy_from_slice(&next.to_le_bytes());
}

/// In a small container the table is sector 0, then come the directory and the first stream.
pub const DIRECTORY: u32 = 1;
/// The first sector of the first stream.
pub const STREAM: u32 = 2;
