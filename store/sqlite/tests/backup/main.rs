//! Backups at their boundary: an instance in, a file, an instance out. What is restored serves reads and
//! signs nothing until it is unsealed.

mod archive;
mod epoch;
mod erased;
mod ground;
mod load;
mod marked;
mod round;
