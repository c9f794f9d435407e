//! Bytes as `twilio-studio`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| presszero_fuzz::read("twilio-studio", bytes));
