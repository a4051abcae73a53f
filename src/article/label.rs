//! Lines in, labelled pieces out: what is each line, seen by itself and beside its neighbours?

use super::date;
use super::line::{Line, ends_sentence, is_full, words};
use super::phrases::Phrases;
use crate::span::Span;
use jiff::civil::Date;

/// A line, or the lines of a hard-wrapped paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) after_blank: bool,
    pub(super) label: Label,
    pub(super) hidden: Vec<Span>,
}

/// What a piece is, before it is known where it stands in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// Text of some kind: a headline, a paragraph, a part of one.
    Text,
    /// A list item or a summary line.
    Bullet,
    Caption,
    /// The running time of a video.
    Time,
    Credit,
    Prompt,
    /// The day of publication.
    Date,
    Footer,
    Noise,
}

impl Piece {
    pub(super) fn of<'a>(&self, text: &'a str) -> &'a str {
        self.span.of(text)
    }

    /// Text that is no sentence: a headline, a link, a part of a broken sentence.
    pub(super) fn is_unfinished(&self, text: &str) -> bool {
        self.label == Label::Text && !ends_sentence(self.of(text))
    }
}

/// Longer lines are text, whatever they contain: expressions would take long to say so.
const LINE: usize = 400;

/// Labels each line by itself and puts the lines of wrapped paragraphs together.
pub(super) fn pieces(text: &str, lines: &[Line], width: Option<usize>, phrases: &Phrases) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut before: &str = "";
    for line in lines {
        let written = line.span.of(text);
        let label = whole(written, phrases);
        if let (Some(width), Some(last)) = (width, pieces.last_mut())
            && label == Label::Text
            && matches!(last.label, Label::Text | Label::Bullet)
            && !line.after_blank
            && is_full(before, written, width)
        {
            last.span = last.span.cover(line.span);
        } else {
            pieces.push(Piece { span: line.span, after_blank: line.after_blank, label, hidden: Vec::new() });
        }
        before = written;
    }
    for piece in &mut pieces {
        inside(text, piece, phrases);
    }
    pieces
}

/// What a line is if it is that as a whole.
fn whole(line: &str, phrases: &Phrases) -> Label {
    if line.len() > LINE {
        return Label::Text;
    }
    if !line.contains(char::is_alphanumeric) {
        return Label::Noise;
    }
    if !line.contains(char::is_alphabetic) {
        return if is_running_time(line) { Label::Time } else { Label::Noise };
    }
    if phrases.advertisement.is(line) || phrases.legend.is(line) || phrases.byline.is(line) {
        return Label::Noise;
    }
    if phrases.prompt.is(line) {
        return Label::Prompt;
    }
    if phrases.footer.is(line) {
        return Label::Footer;
    }
    if phrases.credit_line.is(line) || phrases.credit.find(line).is_some_and(|credit| credit.start == 0) {
        return Label::Credit;
    }
    if stamp(line, phrases).is_some_and(|(_, end)| !line[end..].contains(char::is_alphanumeric)) {
        return Label::Date;
    }
    if phrases.bullet.find(line).is_some() { Label::Bullet } else { Label::Text }
}

/// `02:10`, `1:02:10`.
fn is_running_time(line: &str) -> bool {
    let parts: Vec<&str> = line.split(':').collect();
    let digits = |part: &&str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.len(), 2 | 3) && parts.iter().all(digits)
}

/// The date that a line begins with, with the label before it, and where that ends. "Published …
/// | Updated …" is one stamp with the first of its dates.
pub(super) fn stamp(line: &str, phrases: &Phrases) -> Option<(Date, usize)> {
    let mut found: Option<(Date, usize)> = None;
    loop {
        let from = found.map_or(0, |(_, end)| end);
        let rest = line[from..].trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '|' | '·' | ',' | ';' | '-' | '–')
        });
        let label = phrases.date_label.find(rest).map_or(0, |label| label.end);
        // Without a label, a second date belongs to the text.
        if found.is_some() && label == 0 {
            return found;
        }
        let bare = rest[label..].trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        let Some((date, end)) = date::leading(bare) else { return found };
        let first = found.map_or(date, |(first, _)| first);
        found = Some((first, line.len() - bare.len() + end));
    }
}

/// Finds captions, credits, marks and rubbish inside a piece.
fn inside(text: &str, piece: &mut Piece, phrases: &Phrases) {
    let written = piece.span.of(text);
    let from = piece.span.start as usize;
    let mut hide =
        |range: std::ops::Range<usize>| piece.hidden.push(Span::new(from + range.start, from + range.end));
    if piece.label == Label::Bullet
        && let Some(mark) = phrases.bullet.find(written)
    {
        hide(mark);
    }
    if !matches!(piece.label, Label::Text | Label::Bullet) {
        return;
    }
    for rubbish in phrases.inline.find_all(written) {
        hide(rubbish);
    }
    for mark in phrases.foreign_start.find_all(written) {
        let end = mark.end + foreign(&written[mark.end..], phrases);
        hide(mark.start..end);
    }
    if written.len() > 2 * LINE || piece.label == Label::Bullet {
        return;
    }
    if let Some(credit) = phrases.credit.find(written) {
        hide(credit);
        piece.label = Label::Caption;
    }
    if phrases.caption_start.is(written) {
        piece.label = Label::Caption;
        if let Some(mark) = phrases.caption_mark.find(written) {
            hide(mark);
        }
    }
}

/// How far words of a foreign language go on: to a mark of punctuation, or to an English word.
///
/// A comma between foreign words belongs to them; one before a capital letter is the sentence's.
fn foreign(text: &str, phrases: &Phrases) -> usize {
    const LONGEST: usize = 300;
    let mut end = 0;
    while end < LONGEST {
        let rest = &text[end..];
        let start = rest.len() - rest.trim_start().len();
        let length = rest[start..].find(char::is_whitespace).unwrap_or(rest.len() - start);
        let word = &rest[start..start + length];
        let bare = word.trim_end_matches(|mark: char| !mark.is_alphanumeric());
        if bare.is_empty() || phrases.foreign_end.is(bare) {
            break;
        }
        let goes_on = rest[start + length..].trim_start().starts_with(char::is_lowercase);
        if bare.len() < word.len() && !(word.len() == bare.len() + 1 && word.ends_with(',') && goes_on) {
            return end + start + bare.len();
        }
        end += start + length;
    }
    end
}

/// Labels what only the neighbours tell.
pub(super) fn neighbours(text: &str, pieces: &mut [Piece], phrases: &Phrases) {
    links(text, pieces, phrases);
    prompts(text, pieces);
    videos(text, pieces);
    credits(text, pieces);
    footers(text, pieces);
}

/// Links to other articles. The first line is never one: "Analysis: why they met" may be its headline.
fn links(text: &str, pieces: &mut [Piece], phrases: &Phrases) {
    let first = pieces.iter().position(|piece| piece.label == Label::Text).unwrap_or(pieces.len());
    for piece in pieces.iter_mut().skip(first + 1) {
        if piece.span.len() <= LINE && piece.is_unfinished(text) && phrases.link_label.is(piece.of(text)) {
            piece.label = Label::Noise;
        }
    }
}

/// The explanation between the title of a prompt and its button.
fn prompts(text: &str, pieces: &mut [Piece]) {
    for at in 1..pieces.len().saturating_sub(1) {
        let between = pieces[at - 1].label == Label::Prompt && pieces[at + 1].label == Label::Prompt;
        let close = !pieces[at].after_blank && !pieces[at + 1].after_blank;
        if between && close && pieces[at].is_unfinished(text) {
            pieces[at].label = Label::Prompt;
        }
    }
}

/// A running time with the title of its video, which scraping often gives twice, once for the
/// picture and once for the player.
///
/// The title is kept once, as a caption: like one, it says in a sentence what is to be seen.
fn videos(text: &str, pieces: &mut [Piece]) {
    const TITLE: usize = 30;
    for at in 0..pieces.len() {
        if at > 0 && pieces[at].is_unfinished(text) && pieces[at - 1].of(text) == pieces[at].of(text) {
            pieces[at].label = Label::Noise;
        }
        if pieces[at].label != Label::Time {
            continue;
        }
        pieces[at].label = Label::Noise;
        if let Some(title) = pieces.get_mut(at + 1)
            && title.is_unfinished(text)
            && words(title.of(text), TITLE) < TITLE
        {
            title.label = Label::Caption;
        }
    }
}

/// A credit on a line of its own, with the caption after it or before it.
fn credits(text: &str, pieces: &mut [Piece]) {
    let first = pieces.iter().position(|piece| piece.label == Label::Text).unwrap_or(pieces.len());
    for at in 0..pieces.len() {
        if pieces[at].label != Label::Credit {
            continue;
        }
        pieces[at].label = Label::Noise;
        let is_caption = |at: usize| {
            at > first
                && pieces.get(at).is_some_and(|piece| {
                    piece.is_unfinished(text)
                        && piece.of(text).starts_with(|c: char| c.is_uppercase() || c == '(')
                })
                && !pieces
                    .get(at + 1)
                    .is_some_and(|next| next.of(text).starts_with(|c: char| c.is_lowercase() || c == ','))
        };
        if is_caption(at + 1) && words(pieces[at + 1].of(text), 4) >= 4 {
            pieces[at + 1].label = Label::Caption;
        } else if at > 0 && !pieces[at].after_blank && is_caption(at - 1) {
            pieces[at - 1].label = Label::Caption;
        }
    }
}

/// Everything below a footer's first line, if that is only short lines without a full stop.
fn footers(text: &str, pieces: &mut [Piece]) {
    const LINES: usize = 40;
    const SHORT: usize = 160;
    let is_rest = |piece: &Piece| {
        !matches!(piece.label, Label::Text | Label::Caption | Label::Bullet)
            || (piece.span.len() <= SHORT && !ends_sentence(piece.of(text)))
    };
    let rest = pieces.iter().rev().take(LINES).take_while(|piece| is_rest(piece)).count();
    let tail = pieces.len() - rest;
    let begin = pieces[tail..].iter().position(|piece| piece.label == Label::Footer);
    if let Some(begin) = begin {
        pieces[tail + begin..].iter_mut().for_each(|piece| piece.label = Label::Noise);
    }
}
