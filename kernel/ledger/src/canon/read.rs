//! A cursor that never reads past the end.

use super::error::CanonError;

pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], CanonError> {
        let (head, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or(CanonError::Truncated { needed: count, left: self.rest.len() })?;
        self.rest = rest;
        Ok(head)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], CanonError> {
        let (head, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(CanonError::Truncated { needed: N, left: self.rest.len() })?;
        self.rest = rest;
        Ok(*head)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, CanonError> {
        self.array().map(u8::from_be_bytes)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, CanonError> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, CanonError> {
        self.array().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, CanonError> {
        self.array().map(u64::from_be_bytes)
    }

    pub(crate) fn i64(&mut self) -> Result<i64, CanonError> {
        self.array().map(i64::from_be_bytes)
    }

    pub(crate) fn tag(&mut self, tag: &[u8], name: &'static str) -> Result<(), CanonError> {
        let rest = self.rest.strip_prefix(tag).ok_or(CanonError::Tag(name))?;
        self.rest = rest;
        Ok(())
    }

    pub(crate) const fn finish(&self) -> Result<(), CanonError> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(CanonError::Trailing(left)),
        }
    }
}
