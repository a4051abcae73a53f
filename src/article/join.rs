//! Labelled pieces in, typed blocks out: broken sentences are put together, and each block gets its kind.

use super::label::{Label, Piece};
use super::line::{ends_sentence, has_sentence, is_closing, is_opening, words};
use super::phrases::Phrases;
use super::{Block, BlockKind};
use crate::span::Span;
use std::collections::HashSet;

/// Pieces that belong to one block.
#[derive(Debug)]
struct Group {
    span: Span,
    label: Label,
    hidden: Vec<Span>,
    /// Number of pieces, and the last of them.
    parts: usize,
    last: Span,
}

/// Words of a line that is a paragraph even without a full stop.
const LONG: usize = 25;
/// Words of a headline; a shorter line between paragraphs is a heading.
const HEADLINE: usize = 8;
/// Lines of noise that may stand in the middle of a sentence.
const BETWEEN: usize = 4;

/// Makes blocks of pieces.
pub(super) fn blocks(text: &str, pieces: Vec<Piece>, phrases: &Phrases) -> Vec<Block> {
    let groups = join(text, pieces, phrases);
    let kinds = kinds(text, &groups);
    let block =
        |(group, kind): (Group, BlockKind)| Block { kind, span: group.span, hidden: tidy(group.hidden) };
    groups.into_iter().zip(kinds).map(block).collect()
}

/// Joins the parts of broken sentences, with the noise between them hidden.
///
/// A link in a scraped page becomes a line of its own, so the line before it breaks off, and the line
/// after it begins in mid-sentence.
fn join(text: &str, pieces: Vec<Piece>, phrases: &Phrases) -> Vec<Group> {
    let follows = broken_ends(text, &pieces);
    let mut groups: Vec<Group> = Vec::with_capacity(pieces.len());
    let mut open: Option<usize> = None;
    let mut is_first = true;
    for (piece, is_broken) in pieces.into_iter().zip(follows) {
        if piece.label == Label::Text
            && let Some(at) = open
            && groups.len() - at <= BETWEEN + 1
            && goes_on(text, &groups[at], &piece, is_first, is_broken, phrases)
        {
            let between: Vec<Group> = groups.drain(at + 1..).collect();
            let group = &mut groups[at];
            group.hidden.extend(between.into_iter().map(|between| between.span));
            group.hidden.extend(piece.hidden);
            group.span = group.span.cover(piece.span);
            group.last = piece.span;
            group.parts += 1;
            continue;
        }
        match piece.label {
            Label::Text => {
                is_first = open.is_none();
                open = Some(groups.len());
            }
            // A list or a date ends whatever came before it.
            Label::Bullet | Label::Date => {
                is_first = false;
                open = None;
            }
            _ => {}
        }
        let Piece { span, label, hidden, .. } = piece;
        groups.push(Group { span, label, hidden, parts: 1, last: span });
    }
    groups
}

/// For each piece: is it a short scrap that the next text goes on from in mid-sentence?
fn broken_ends(text: &str, pieces: &[Piece]) -> Vec<bool> {
    let mut next_is_low = false;
    let mut broken = vec![false; pieces.len()];
    for (at, piece) in pieces.iter().enumerate().rev() {
        if piece.label == Label::Text {
            let written = piece.of(text);
            broken[at] = next_is_low && !ends_sentence(written) && words(written, HEADLINE + 1) <= HEADLINE;
            next_is_low = is_low(written);
        }
    }
    broken
}

/// Whether `piece` goes on with the sentence that `group` breaks off.
fn goes_on(
    text: &str,
    group: &Group,
    piece: &Piece,
    is_first: bool,
    is_broken: bool,
    phrases: &Phrases,
) -> bool {
    let before = group.last.of(text);
    if ends_sentence(before) {
        return false;
    }
    let end = tail(before);
    let is_open = end.ends_with([',', '–', '—', '-']) || phrases.open_end.is(end);
    let written = piece.of(text);
    let begins = words(group.span.of(text), HEADLINE) >= HEADLINE;
    if is_first && group.parts == 1 && words(before, LONG) < LONG && !is_open {
        // The first line is a headline more often than not: only a mark can belong to nothing else.
        return written.starts_with([',', ';', ')']);
    }
    // A headline may end in a post ("…, says spokesman"), so a post has to break off something longer.
    let is_running = group.parts > 1 || words(group.span.of(text), LONG) >= LONG;
    is_open
        || is_low(written)
        || (begins && is_broken)
        || ((is_running || is_broken) && phrases.open_post.is(end))
}

/// Whether a text begins in mid-sentence.
fn is_low(text: &str) -> bool {
    let bare =
        text.trim_start_matches(|mark: char| is_opening(mark) || matches!(mark, '–' | '—' | '-' | ' '));
    text.starts_with([',', ';', ')', '.']) || bare.starts_with(char::is_lowercase)
}

/// The last words of a text, for expressions about its end.
fn tail(text: &str) -> &str {
    const REACH: usize = 60;
    let from = text.len().saturating_sub(REACH);
    (from..=text.len()).find_map(|from| text.get(from..)).unwrap_or_default()
}

/// The kind of each group, by where it stands.
fn kinds(text: &str, groups: &[Group]) -> Vec<BlockKind> {
    let begin = first_paragraph(text, groups);
    let mut kinds = Vec::with_capacity(groups.len());
    let mut headlines: HashSet<String> = HashSet::new();
    for (at, group) in groups.iter().enumerate() {
        let written = group.span.of(text);
        let kind = match group.label {
            Label::Text if groups.len() == 1 && is_lone_headline(text, group) => BlockKind::Headline,
            Label::Text | Label::Bullet if begin.is_none_or(|begin| at < begin) => head(text, group, begin),
            Label::Text if is_sentence(text, group) => body(written),
            Label::Text if words(written, HEADLINE) < HEADLINE => BlockKind::Headline,
            // A whole headline between paragraphs is another article's.
            Label::Text => BlockKind::Noise,
            Label::Bullet => BlockKind::Paragraph,
            Label::Caption => BlockKind::Caption,
            _ => BlockKind::Noise,
        };
        let repeats = matches!(kind, BlockKind::Headline | BlockKind::Caption)
            && words(written, 3) == 3
            && !headlines.insert(plain(&visible(text, group)));
        kinds.push(if repeats { BlockKind::Noise } else { kind });
    }
    promote_label(text, groups, begin, &mut kinds);
    kinds
}

/// The group where running text begins; everything before it is the article's head.
fn first_paragraph(text: &str, groups: &[Group]) -> Option<usize> {
    let texts = || groups.iter().enumerate().filter(|(_, group)| group.label == Label::Text);
    let is_title = |(at, group): &(usize, &Group)| {
        let written = group.span.of(text);
        let asks = written.trim_end_matches(is_closing).ends_with(['?', '!']) || ends_in_initials(written);
        texts().next().is_some_and(|(first, _)| first == *at)
            && texts().nth(1).is_some()
            && asks
            && group.parts == 1
            && words(written, 21) <= 20
    };
    texts().find(|group| is_sentence(text, group.1) && !is_title(group)).map(|(at, _)| at)
}

/// "Talks on trade open in the U.S." is a headline with full stops that are not final.
fn ends_in_initials(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = last.split_terminator('.');
    last.ends_with('.') && letters.clone().count() > 1 && letters.into_iter().all(|letter| letter.len() == 1)
}

/// Running text: it ends as a sentence does or holds one, was put together, or is too long for
/// anything else.
fn is_sentence(text: &str, group: &Group) -> bool {
    let written = group.span.of(text);
    group.parts > 1 || ends_sentence(written) || words(written, LONG) >= LONG || has_sentence(written)
}

/// A text of one line that is no sentence: of the article only its headline was kept.
fn is_lone_headline(text: &str, group: &Group) -> bool {
    const LABEL: usize = 3;
    let written = group.span.of(text);
    !is_sentence(text, group) && words(written, LABEL) == LABEL && !written.ends_with([':', ',', ';'])
}

/// Lines before the first paragraph: headlines, summaries and the names of sections.
fn head(text: &str, group: &Group, begin: Option<usize>) -> BlockKind {
    const LABEL: usize = 3;
    let written = group.span.of(text);
    match begin {
        None => BlockKind::Paragraph,
        Some(_) if group.label == Label::Text && words(written, LABEL) < LABEL => BlockKind::Noise,
        Some(_) => BlockKind::Headline,
    }
}

/// One or two words over an article name its section; but if there is no other headline, they are it.
fn promote_label(text: &str, groups: &[Group], begin: Option<usize>, kinds: &mut [BlockKind]) {
    let head = begin.unwrap_or(0);
    if kinds[..head].contains(&BlockKind::Headline) {
        return;
    }
    let is_label = |group: &Group| group.label == Label::Text && words(group.span.of(text), 1) > 0;
    if let Some(at) = groups[..head].iter().position(is_label) {
        kinds[at] = BlockKind::Headline;
    }
}

/// A paragraph, or a quotation that fills one.
fn body(written: &str) -> BlockKind {
    let inner = |open: char, close: char| {
        let inner = written.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains(open) && !inner.contains(close)).then_some(())
    };
    let quoted = inner('“', '”').or_else(|| inner('"', '"')).or_else(|| inner('«', '»'));
    if quoted.is_some() { BlockKind::Quote } else { BlockKind::Paragraph }
}

/// A group's text without what is hidden.
fn visible(text: &str, group: &Group) -> String {
    let mut visible = String::new();
    let mut from = group.span.start;
    for hidden in tidy(group.hidden.clone()) {
        visible.push_str(Span { start: from, end: hidden.start }.of(text));
        from = hidden.end;
    }
    visible + Span { start: from, end: group.span.end }.of(text)
}

/// Letters and digits only, so that a headline is known again with other quotes or a full stop.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Hidden stretches in their order, those that touch made one.
pub(super) fn tidy(mut hidden: Vec<Span>) -> Vec<Span> {
    hidden.retain(|span| !span.is_empty());
    hidden.sort_unstable();
    hidden.dedup_by(|next, kept| {
        let touches = next.start <= kept.end;
        if touches {
            *kept = kept.cover(*next);
        }
        touches
    });
    hidden
}
