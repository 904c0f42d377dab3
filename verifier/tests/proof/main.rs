//! Proof files of a small instance: made by the store, judged by the verifier, and every tampering named.

mod command;
mod figures;
mod fixture;
mod records;
mod tampering;
