//! A date as rows hold it → its first and its last day: a month is thirty days of time, not one.

use jiff::civil::Date;

/// A first and a last day.
pub(super) type Days = (Date, Date);

/// The first and the last day (ISO) of a day, month or year; none for what is no date.
pub(super) fn span(when: &str) -> Option<Days> {
    let form: String = when.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let day = |text: String| text.parse::<Date>().ok();
    match form.as_str() {
        "0000" => Some((day(format!("{when}-01-01"))?, day(format!("{when}-12-31"))?)),
        "0000-00" => day(format!("{when}-01")).map(|first| (first, first.last_of_month())),
        "0000-00-00" => day(when.to_owned()).map(|only| (only, only)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_lasts_as_long_as_it_is_vague() {
        let ends = |when: &str| span(when).map(|(first, last)| format!("{first} {last}"));
        assert_eq!(ends("2024").as_deref(), Some("2024-01-01 2024-12-31"));
        assert_eq!(ends("2024-02").as_deref(), Some("2024-02-01 2024-02-29"));
        assert_eq!(ends("2024-02-29").as_deref(), Some("2024-02-29 2024-02-29"));
        for no_date in ["2023-02-29", "2024-13", "2024-W05", "٢٠٢١", "", "soon"] {
            assert_eq!(ends(no_date), None, "{no_date}");
        }
    }
}
