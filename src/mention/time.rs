//! A sentence and the article's date → the days and months that the sentence names.
//!
//! Only what has one meaning is resolved: "on Wednesday" in past tense news is the last Wednesday up to
//! the article's date. Whatever would have to be guessed has no value.

use crate::language::Sentence;
use crate::mention::{Time, word};
use crate::rule::lexicon::Lexicon;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::HashMap;

/// Weekdays and months by name, from the lexicon.
#[derive(Debug, Clone)]
pub(super) struct TimeWords {
    weekdays: HashMap<String, i8>,
    months: HashMap<String, i8>,
    prepositions: Vec<String>,
    relative: HashMap<String, Relative>,
}

/// What an expression without a number means, counted from the article's date.
#[derive(Debug, Clone, Copy)]
enum Relative {
    SameDay,
    DayBefore,
    MonthBefore,
    /// Several days: no single value.
    Vague,
}

impl TimeWords {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let number = |list: &str, cycle: usize| -> HashMap<String, i8> {
            let words = lexicon.words(list).iter().enumerate();
            words
                .filter_map(|(at, word)| Some((word.to_lowercase(), i8::try_from(at % cycle + 1).ok()?)))
                .collect()
        };
        let lists = [
            ("same_day", Relative::SameDay),
            ("day_before", Relative::DayBefore),
            ("month_before", Relative::MonthBefore),
            ("vague_time", Relative::Vague),
        ];
        let relative = lists.into_iter().flat_map(|(list, meaning)| {
            lexicon.words(list).iter().map(move |words| (words.to_lowercase(), meaning))
        });
        Self {
            relative: relative.collect(),
            weekdays: number("weekday", 7),
            months: number("month", 12),
            prepositions: lexicon.words("time_preposition").to_vec(),
        }
    }

    /// All expressions of time in a sentence.
    pub(super) fn find(
        &self,
        number: usize,
        sentence: &Sentence,
        text: &str,
        today: Option<Date>,
    ) -> Vec<Time> {
        let words: Vec<String> =
            (0..sentence.tokens.len()).map(|at| word(sentence, at, text).to_lowercase()).collect();
        let mut times = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let after_preposition = at > 0 && self.prepositions.contains(&words[at - 1]);
            // "in 2015" is no day, but it makes any other day of the sentence unsure.
            let bare_year = (after_preposition && year(&words[at]).is_some()).then_some((1, None));
            let Some((length, value)) = self.at(&words[at..], today).or(bare_year) else {
                at += 1;
                continue;
            };
            let start = if after_preposition { at - 1 } else { at };
            let past = self.weekdays.contains_key(&words[at]);
            times.push(Time { sentence: number, tokens: start..at + length, value, past });
            at += length;
        }
        times
    }

    /// The expression at the start of `words`: its length and, where it is fixed, its value.
    fn at(&self, words: &[String], today: Option<Date>) -> Option<(usize, Option<String>)> {
        let first = words.first()?.as_str();
        if let Some(day) = self.weekdays.get(first) {
            return Some((1, today.and_then(|today| last_weekday(today, *day)).map(|date| date.to_string())));
        }
        let second = words.get(1).map_or("", String::as_str);
        let two = format!("{first} {second}");
        let (length, relative) = match (self.relative.get(two.as_str()), self.relative.get(first)) {
            (Some(relative), _) => (2, relative),
            (None, Some(relative)) => (1, relative),
            (None, None) => return self.calendar(words, today),
        };
        let value = today.and_then(|today| match relative {
            Relative::SameDay => Some(today.to_string()),
            Relative::DayBefore => Some(today.checked_sub(1.day()).ok()?.to_string()),
            Relative::MonthBefore => {
                today.checked_sub(1.month()).ok().map(|date| month(date.year(), date.month()))
            }
            Relative::Vague => None,
        });
        Some((length, value))
    }

    /// "August 31", "31 August 2021", "August 31, 2021", "August 2021"; a year that is not written is
    /// the one that brings the day nearest before the article.
    fn calendar(&self, words: &[String], today: Option<Date>) -> Option<(usize, Option<String>)> {
        let day_first =
            words.first().and_then(|word| day(word)).zip(words.get(1).and_then(|word| self.months.get(word)));
        let (day, month_number, mut length) =
            match (day_first, words.first().and_then(|word| self.months.get(word))) {
                (Some((day, month)), _) => (Some(day), *month, 2),
                (None, Some(month)) => match words.get(1).and_then(|word| day(word)) {
                    Some(day) => (Some(day), *month, 2),
                    None => (None, *month, 1),
                },
                (None, None) => return None,
            };
        let comma = usize::from(words.get(length).is_some_and(|word| word == ","));
        let year =
            words.get(length + comma).and_then(|word| year(word)).filter(|_| comma == 0 || day.is_some());
        if year.is_some() {
            length += comma + 1;
        }
        let value = match (day, year) {
            (Some(day), Some(year)) => Date::new(year, month_number, day).ok().map(|date| date.to_string()),
            (Some(day), None) => today.and_then(|today| nearest_before(today, month_number, day)),
            (None, Some(year)) => Some(month(year, month_number)),
            // "May" alone is a name or a verb as often as a month.
            (None, None) => return None,
        };
        Some((length, value))
    }
}

fn last_weekday(today: Date, day: i8) -> Option<Date> {
    let day = Weekday::from_monday_one_offset(day).ok()?;
    if today.weekday() == day { Some(today) } else { today.nth_weekday(-1, day).ok() }
}

fn nearest_before(today: Date, month: i8, day: i8) -> Option<String> {
    let this_year = Date::new(today.year(), month, day).ok()?;
    let date = if this_year <= today { this_year } else { Date::new(today.year() - 1, month, day).ok()? };
    // A day shortly ahead is a plan ("by August 31"), not the one a year ago.
    let ahead = this_year > today && (this_year - today).get_days() < 180;
    Some(if ahead { this_year } else { date }.to_string())
}

fn month(year: i16, month: i8) -> String {
    format!("{year:04}-{month:02}")
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1800..2100).contains(year) && word.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::article::{Block, BlockKind};
    use crate::language::Language;
    use crate::rule::RuleSet;
    use crate::span::Span;

    fn values(text: &str, today: Option<Date>) -> Vec<(String, Option<String>)> {
        let rules = RuleSet::built_in();
        let language = Language::new(&rules.lexicon);
        let block = Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), hidden: Vec::new() };
        let article = Article { text: text.to_owned(), blocks: vec![block], ..Article::default() };
        let sentence = &language.sentences(&article)[0];
        let times = TimeWords::new(&rules.lexicon).find(0, sentence, text, today);
        times
            .into_iter()
            .map(|time| (sentence.span_of(time.tokens).of(text).to_owned(), time.value))
            .collect()
    }

    #[test]
    fn days_are_resolved_against_the_date_of_the_article() {
        let today = Date::new(2021, 8, 26).ok();
        let cases = [
            ("They met on Wednesday.", "on Wednesday", Some("2021-08-25")),
            ("They met on Thursday.", "on Thursday", Some("2021-08-26")),
            ("They met yesterday.", "yesterday", Some("2021-08-25")),
            ("They met last month.", "last month", Some("2021-07")),
            ("They met on August 15.", "on August 15", Some("2021-08-15")),
            ("They met on 3 December 2019.", "on 3 December 2019", Some("2019-12-03")),
            ("They met in March 2020.", "in March 2020", Some("2020-03")),
            ("They leave by August 31.", "by August 31", Some("2021-08-31")),
            ("They met last week.", "last week", None),
        ];
        for (text, words, value) in cases {
            assert_eq!(values(text, today), [(words.to_owned(), value.map(str::to_owned))], "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed_without_a_date() {
        assert_eq!(values("They met on Wednesday.", None), [("on Wednesday".to_owned(), None)]);
        assert_eq!(values("They may meet.", Date::new(2021, 8, 26).ok()), []);
    }
}
