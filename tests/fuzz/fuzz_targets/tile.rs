#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| travaux_fuzz::run("tile", bytes));
