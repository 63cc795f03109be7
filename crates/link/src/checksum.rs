//! CRC-32 as in gzip and PNG: finds what got lost or changed on the way. It is no protection against intent.

/// The checksum of some bytes, one part after the other.
pub fn crc32<'b>(parts: impl IntoIterator<Item = &'b [u8]>) -> u32 {
    let mut crc = u32::MAX;
    for &byte in parts.into_iter().flatten() {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(super::crc32([&b"123456789"[..]]), 0xcbf4_3926);
        assert_eq!(super::crc32([&b"1234"[..], b"56789"]), 0xcbf4_3926);
    }
}
