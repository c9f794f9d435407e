//! Bytes as `swml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| presszero_fuzz::read("swml", bytes));
