//! Names and dates of a graph → what RDF allows in their place: parts of IRIs, and XML Schema types.

use jiff::civil::Date;
use std::fmt::Write;

/// An id as the last part of an IRI. Letters and digits of any script, `-._~/` stay; all else is
/// percent-encoded. Different ids stay different, and ids of this crate (`person/xi-jinping`) stay
/// what they are.
pub(super) fn part(id: &str) -> String {
    encoded(id, |c| c.is_alphanumeric() || "-._~/".contains(c))
}

/// An IRI that a person wrote, with what no IRI may hold percent-encoded.
pub(super) fn cleaned(iri: &str) -> String {
    encoded(iri, |c| c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c))
}

/// A text as a part of a query or fragment: all but ASCII letters and digits percent-encoded.
pub(super) fn query(text: &str) -> String {
    encoded(text, |c| c.is_ascii_alphanumeric())
}

fn encoded(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut iri = String::with_capacity(text.len());
    for c in text.chars() {
        if stays(c) {
            iri.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a String cannot fail.
                write!(iri, "%{byte:02X}").ok();
            }
        }
    }
    iri
}

/// Whether an IRI names a class, by the convention that all vocabularies used here keep: classes
/// begin with a capital (`schema:CommunicateAction`), properties do not (`schema:knows`). Wikidata's
/// properties are numbers after a `P` (`wdt:P463`).
pub(super) fn is_class(iri: &str) -> bool {
    let name = iri.rsplit(['/', '#', ':']).next().unwrap_or_default();
    let number = name.strip_prefix('P').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    name.starts_with(char::is_uppercase) && !number
}

/// The XML Schema type that says how exact a date is; none for what is no date.
pub(super) fn date_type(when: &str) -> Option<&'static str> {
    let form: String = when.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let day = match form.as_str() {
        "0000" => format!("{when}-01-01"),
        "0000-00" => format!("{when}-01"),
        "0000-00-00" => when.to_owned(),
        _ => return None,
    };
    day.parse::<Date>().ok()?;
    Some(["xsd:gYear", "xsd:gYearMonth", "xsd:date"][when.len() / 3 - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stay_readable_and_different() {
        assert_eq!(part("person/xi-jinping"), "person/xi-jinping");
        assert_eq!(part("person/習近平"), "person/習近平");
        assert_eq!(part("a b\"<c>#?%20\n"), "a%20b%22%3Cc%3E%23%3F%2520%0A");
        assert_eq!(part("\u{202e}🙂"), "%E2%80%AE%F0%9F%99%82");
    }

    #[test]
    fn a_written_iri_loses_only_what_breaks_it() {
        assert_eq!(cleaned("https://x.org/a?b=c%20d#e"), "https://x.org/a?b=c%20d#e");
        assert_eq!(cleaned("https://x.org/a b>"), "https://x.org/a%20b%3E");
    }

    #[test]
    fn classes_begin_with_a_capital() {
        for class in
            ["schema:CommunicateAction", "https://schema.org/Person", "http://www.w3.org/ns/org#Post"]
        {
            assert!(is_class(class), "{class}");
        }
        for property in ["schema:knows", "http://www.w3.org/ns/org#memberOf", "wdt:P463", ""] {
            assert!(!is_class(property), "{property}");
        }
    }

    #[test]
    fn the_form_of_a_date_says_how_exact_it_is() {
        for (when, expected) in [
            ("2021", Some("xsd:gYear")),
            ("2021-08", Some("xsd:gYearMonth")),
            ("2021-08-25", Some("xsd:date")),
            ("2021-13", None),
            ("2021-02-30", None),
            ("2021-W05", None),
            ("20210825", None),
            ("٢٠٢١", None),
            ("", None),
        ] {
            assert_eq!(date_type(when), expected, "{when}");
        }
    }
}
