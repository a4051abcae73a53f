//! The bytes of a file in, its text in UTF-8 out, with a word on what was wrong with them.

use crate::diagnostic::Diagnostic;
use crate::span::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes a file; `Err` if it holds no text at all.
///
/// A byte-order mark decides and is removed. Without one, a file is UTF-8 if its bytes are, or if
/// more of its multi-byte sequences are sound than broken: then it is a UTF-8 file with a fault, and
/// guessing an old encoding would spoil every accent in it. Everything else is guessed.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Option<Diagnostic>), Diagnostic> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes)
        && encoding != UTF_8
    {
        return Ok((encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), None));
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return Ok((encoding.decode_without_bom_handling(&bytes).0.into_owned(), None));
    }
    if is_binary(&bytes) {
        return Err(Diagnostic::error("binary", "this is no text: it holds bytes that no text has")
            .help("convert it to text first; a PDF or a Word document has to be exported"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text), None)),
        Err(error) => Ok(repair(error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// Reads bytes that are not UTF-8; the first fault is at `fault`.
fn repair(bytes: &[u8], fault: usize) -> (String, Option<Diagnostic>) {
    let (sound, broken) = bytes.utf8_chunks().fold((0, 0), |(sound, broken), chunk| {
        let multi_byte = chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        (sound + multi_byte, broken + usize::from(!chunk.invalid().is_empty()))
    });
    if sound > broken {
        let text = String::from_utf8_lossy(bytes);
        let diagnostic = Diagnostic::error(
            "invalid-utf8",
            format!(
                "{broken} {} not UTF-8; read as U+FFFD",
                if broken == 1 { "place is" } else { "places are" }
            ),
        )
        .at(&text, Span::new(fault, fault + '\u{fffd}'.len_utf8()))
        .help("the rest of the file was read; save it again as UTF-8");
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        return (text, Some(diagnostic));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    let at = encoding.decode_without_bom_handling(&bytes[..fault]).0.len();
    let name = encoding.name();
    let diagnostic = Diagnostic::warning("encoding", format!("this file is not UTF-8; read as {name}"))
        .at(&text, Span::new(at, at + text[at..].chars().next().map_or(0, char::len_utf8)))
        .help("save it as UTF-8 if words with accents look wrong");
    (text, Some(diagnostic))
}

/// UTF-16 of a western script without a byte-order mark: every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let many = (sample.len() / 2) * 7 / 10;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many && many > 0 => Some(UTF_16LE),
        (even, 0) if even > many && many > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// A zero byte, or more than one control character in twenty.
fn is_binary(bytes: &[u8]) -> bool {
    let is_control =
        |byte: &&u8| (**byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c)) || **byte == 0x7f;
    bytes.contains(&0) || bytes.iter().filter(is_control).count() * 20 > bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<(&'static str, usize)>) {
        let (text, diagnostic) = decode(bytes.to_vec()).unwrap();
        (text, diagnostic.map(|diagnostic| (diagnostic.code, diagnostic.place.unwrap().line)))
    }

    #[test]
    fn marks_are_removed_and_sixteen_bits_read() {
        assert_eq!(read("\u{feff}Łódź".as_bytes()), ("Łódź".into(), None));
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        assert_eq!(read(&wide("\u{feff}Łódź")), ("Łódź".into(), None));
        assert_eq!(read(&wide("Ada met Bob.")), ("Ada met Bob.".into(), None));
        assert_eq!(read("a\r\nb\r\n".as_bytes()), ("a\r\nb\r\n".into(), None));
    }

    #[test]
    fn an_old_encoding_is_guessed_and_told_with_its_first_line() {
        let (text, told) = read(b"Ada\nmet Jos\xe9 in M\xe1laga\nand left \x93soon\x94.\n");
        assert_eq!(text, "Ada\nmet José in Málaga\nand left “soon”.\n");
        assert_eq!(told, Some(("encoding", 2)));
    }

    #[test]
    fn a_stray_byte_in_utf8_spoils_nothing_else() {
        let (text, told) = read(b"caf\xc3\xa9, J\xc3\xb6rg\n\xff na\xc3\xafve");
        assert_eq!(text, "café, Jörg\n\u{fffd} naïve");
        assert_eq!(told, Some(("invalid-utf8", 2)));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b"PK\x03\x04\0\0\0"[..], b"\x01\x02\x03 text that goes on a bit"] {
            assert_eq!(decode(bytes.to_vec()).unwrap_err().code, "binary");
        }
    }
}
