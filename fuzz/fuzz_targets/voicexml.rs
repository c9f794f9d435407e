//! Bytes as `voicexml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| presszero_fuzz::read("voicexml", bytes));
