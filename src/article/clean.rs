//! A text in, its typed blocks and its date out: divides what was written from what was scraped with it.

use super::phrases::Phrases;
use super::{Block, BlockKind, date, join, label, line};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Divides texts into blocks by the word lists of `rules/lexicon/cleaning.toml`.
///
/// Built once a run. Without any list (`Cleaner::default()`) it still tells lines, paragraphs and
/// headlines apart.
#[derive(Debug, Clone, Default)]
pub struct Cleaner {
    phrases: Phrases,
}

/// What cleaning finds in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Cleaned {
    pub(super) blocks: Vec<Block>,
    pub(super) date: Option<Date>,
}

/// An article says its date in its first lines or not at all; later dates are those of events.
pub(super) const HEAD: usize = 12;

impl Cleaner {
    /// Compiles the word lists, by their names; says which entries are no regular expressions and
    /// which lists cleaning has no use for.
    pub fn new(words: &BTreeMap<String, Vec<String>>) -> (Self, Vec<Diagnostic>) {
        let (phrases, wrong) = Phrases::new(words);
        (Self { phrases }, wrong)
    }

    /// Divides a text of lines. Linear in the length of the text.
    pub(super) fn clean(&self, text: &str) -> Cleaned {
        let lines = line::lines(text);
        let width = line::wrap_width(text, &lines);
        let mut pieces = label::pieces(text, &lines, width, &self.phrases);
        let date = self.dates(text, &mut pieces);
        label::neighbours(text, &mut pieces, &self.phrases);
        Cleaned { blocks: join::blocks(text, pieces, &self.phrases), date }
    }

    /// Types a block whose extent is known, as the paragraphs of a Markdown file: `visible` is its
    /// text with the markup blanked out, so that positions are the same.
    pub(super) fn refine(&self, visible: &str, block: &mut Block) -> Option<Date> {
        let from = visible.len() - visible.trim_start().len();
        let span = Span::new(from, from + visible.trim().len());
        let line = line::Line { span, after_blank: true };
        let mut pieces = label::pieces(visible, &[line], None, &self.phrases);
        let date = self.dates(visible, &mut pieces);
        for piece in pieces {
            block.kind = match piece.label {
                label::Label::Text | label::Label::Bullet => block.kind,
                label::Label::Caption => BlockKind::Caption,
                _ => BlockKind::Noise,
            };
            let start = block.span.start;
            let moved = piece
                .hidden
                .into_iter()
                .map(|span| Span { start: span.start + start, end: span.end + start });
            block.hidden.extend(moved);
        }
        block.hidden = join::tidy(std::mem::take(&mut block.hidden));
        date
    }

    /// The date in the first lines; hides date labels and datelines at the start of paragraphs.
    fn dates(&self, text: &str, pieces: &mut [label::Piece]) -> Option<Date> {
        let mut found = None;
        for piece in pieces.iter_mut().take(HEAD) {
            let written = piece.span.of(text);
            let start = piece.span.start as usize;
            let mut from = 0;
            if let Some((date, end)) = label::stamp(written, &self.phrases) {
                found = found.or(Some(date));
                // A date without a label may be the sentence's own: "4 January 2019 was a Friday."
                if piece.label == label::Label::Text && self.phrases.date_label.is(written) {
                    from = end + (written[end..].len() - written[end..].trim_start().len());
                    piece.hidden.push(Span::new(start, start + end));
                }
            }
            if piece.label == label::Label::Text
                && let Some(end) = self.dateline(&written[from..])
            {
                found = found.or_else(|| date::find(&written[from..from + end]));
                let bare = written[from..from + end].trim_end().len();
                piece.hidden.push(Span::new(start + from, start + from + bare));
            }
        }
        found
    }

    /// Where the dateline at the start of a paragraph ends: a sentence begins after it.
    fn dateline(&self, paragraph: &str) -> Option<usize> {
        const REACH: usize = 160;
        let reach = (0..=REACH.min(paragraph.len())).rev().find_map(|end| paragraph.get(..end))?;
        let end = self.phrases.dateline.find(reach)?.end;
        let next = paragraph[end..].chars().next()?;
        (next.is_uppercase() || next.is_numeric() || line::is_opening(next)).then_some(end)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The cleaner with the lists that everyone has.
    pub(in super::super) fn built_in() -> Cleaner {
        #[derive(serde::Deserialize)]
        struct File {
            cleaning: BTreeMap<String, Vec<String>>,
        }
        let file: File = toml::from_str(include_str!("../../rules/lexicon/cleaning.toml")).unwrap();
        let (cleaner, wrong) = Cleaner::new(&file.cleaning);
        assert_eq!(wrong, []);
        cleaner
    }

    /// Each block as `kind: text`, with what is hidden as `…` and line ends as spaces.
    fn read(text: &str) -> Vec<String> {
        let shown = |block: &Block| {
            let mut shown = format!("{:?}: ", block.kind);
            let mut from = block.span.start;
            for hidden in &block.hidden {
                shown += Span { start: from, end: hidden.start }.of(text);
                shown += "…";
                from = hidden.end;
            }
            shown += Span { start: from, end: block.span.end }.of(text);
            shown.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        CLEANER.clean(text).blocks.iter().map(shown).collect()
    }

    static CLEANER: std::sync::LazyLock<Cleaner> = std::sync::LazyLock::new(built_in);

    /// A paragraph to stand around what a test is about.
    const SAID: &str = "The harbour of Bergen was closed on Monday, its director said.";

    /// What `lines` become in the middle of an article.
    fn amid(lines: &str) -> Vec<String> {
        let blocks = read(&format!("Harbour closed\n\n{SAID}\n\n{lines}\n\n{SAID}\n"));
        assert_eq!(blocks[0], "Headline: Harbour closed");
        assert_eq!(blocks.last().unwrap(), &format!("Paragraph: {SAID}"));
        blocks[2..blocks.len() - 1].to_vec()
    }

    #[test]
    fn what_is_no_part_of_the_article_is_noise() {
        for line in [
            "Advertisement",
            "Story continues below",
            "17",
            "* * *",
            "Sign up for our newsletter",
            "Share this article on Facebook",
            "By Ada Byron",
            "Interview: ‘We had no choice,’ says Mary Poe",
            "Background:How the harbour was built",
            "Mary Poe: Why it had to close",
            "Read more: Why it had to close",
            "Norway’s ‘last chance’ for herring as fleet returns to port",
            "Back to top",
            "Image: Ada Byron",
            "This article appeared in the Harbour Gazette print edition as: Closed",
            "■ Ships that left",
            "4 January 2019",
        ] {
            assert_eq!(amid(line), [format!("Noise: {line}")]);
        }
    }

    #[test]
    fn short_lines_between_paragraphs_are_headings_and_lists_are_text() {
        assert_eq!(amid("The people’s will"), ["Headline: The people’s will"]);
        assert_eq!(amid("What the ship’s new president"), ["Headline: What the ship’s new president"]);
        assert_eq!(
            amid("• Ada met Bob\n• Eve met Dan"),
            ["Paragraph: … Ada met Bob", "Paragraph: … Eve met Dan"]
        );
        assert_eq!(amid("“It is done.”"), ["Quote: “It is done.”"]);
        assert_eq!(amid("“It is done,” said Ada."), ["Paragraph: “It is done,” said Ada."]);
        assert_eq!(amid("— It is done — said Ada."), ["Paragraph: — It is done — said Ada."]);
        assert_eq!(
            amid("“It is done.” — Ada Byron, the minister of ports and fish"),
            ["Paragraph: “It is done.” — Ada Byron, the minister of ports and fish"]
        );
    }

    #[test]
    fn prompts_take_the_line_between_them_along() {
        let text = format!(
            "Fishing\nGet more with myHarbour\nAll the ships you love\nLearn more\n\nThe harbour is closed\n\n{SAID}"
        );
        let kinds: Vec<BlockKind> = CLEANER.clean(&text).blocks.iter().map(|block| block.kind).collect();
        use BlockKind::{Headline, Noise, Paragraph};
        assert_eq!(kinds, [Noise, Noise, Noise, Noise, Headline, Paragraph]);
    }

    #[test]
    fn a_video_s_title_is_a_caption_once() {
        let title = "Ships leave the harbour of Bergen after a long night";
        assert_eq!(
            amid(&format!("02:10\n\n{title}\n\n{title}")),
            ["Noise: 02:10".to_owned(), format!("Caption: {title}"), format!("Noise: {title}")]
        );
        assert_eq!(amid("02:10"), ["Noise: 02:10"]);
    }

    #[test]
    fn captions_lose_their_credits() {
        assert_eq!(
            amid("Ada Byron (left) meets Mary Poe. Photo: AFP"),
            ["Caption: Ada Byron (left) meets Mary Poe. …"]
        );
        assert_eq!(
            amid("(FILES) In this file photo a ship leaves Bergen"),
            ["Caption: … In this file photo a ship leaves Bergen"]
        );
        assert_eq!(
            amid("AFP 2019 / XYZ\n\nA ship of the fleet leaves Bergen"),
            ["Noise: AFP 2019 / XYZ", "Caption: A ship of the fleet leaves Bergen"]
        );
        assert_eq!(
            amid("A ship of the fleet leaves Bergen\nPhoto: Ada Byron"),
            ["Caption: A ship of the fleet leaves Bergen", "Noise: Photo: Ada Byron"]
        );
        let text =
            format!("Ships leave the harbour\n\n{SAID}\n\nShips leave the harbour. Photo: AFP\n\n{SAID}");
        assert_eq!(read(&text)[2], "Noise: Ships leave the harbour. …");
    }

    #[test]
    fn broken_sentences_are_joined() {
        for (broken, whole) in [
            (
                "Ships left, as reported by the\n\nBergen Post\n\nThe rest stayed.",
                "Ships left, as reported by the Bergen Post|The rest stayed.",
            ),
            (
                "Ships left, the director said\n\nin a letter\n\n, but not all of them.",
                "Ships left, the director said in a letter , but not all of them.",
            ),
            (
                "According to\n\nthe Bergen Post\n\n, all ships left.",
                "According to the Bergen Post , all ships left.",
            ),
            (
                "Ships left Bergen,\n\nOslo, and Hull\n\nand went north.",
                "Ships left Bergen, Oslo, and Hull and went north.",
            ),
            (
                "Earlier, Foreign Minister\n\nAda Byron cautioned\n\nher guest.",
                "Earlier, Foreign Minister Ada Byron cautioned her guest.",
            ),
            (
                "Later that day all of the ships met\n\nMary Poe\n\nin the harbour.",
                "Later that day all of the ships met Mary Poe in the harbour.",
            ),
            ("Ships left by\n\nAdvertisement\n\nthe north gate.", "Ships left by … the north gate."),
        ] {
            let whole: Vec<String> = whole.split('|').map(|block| format!("Paragraph: {block}")).collect();
            assert_eq!(amid(broken), whole);
        }
    }

    #[test]
    fn a_headline_is_never_joined_to_a_paragraph() {
        assert_eq!(
            read(&format!("New captains of the harbour sworn in\n\nFriday, January 4, 2019 \n\n{SAID}"))[..2],
            ["Headline: New captains of the harbour sworn in", "Noise: Friday, January 4, 2019"]
        );
        assert_eq!(
            read(&format!("Who closed the harbour?\n\nNorth Sea\n\n• Ships left\n{SAID}"))[..3],
            ["Headline: Who closed the harbour?", "Noise: North Sea", "Headline: … Ships left"]
        );
        assert_eq!(amid("‘Old friends’ in the harbour of Bergen: ships’ spokesman")[0][..6], *"Noise:");
        assert_eq!(read("Ada met Bob"), ["Headline: Ada met Bob"]);
        assert_eq!(read("Ada left"), ["Paragraph: Ada left"]);
    }

    #[test]
    fn dates_are_found_and_hidden() {
        let day = jiff::civil::date(2019, 1, 4);
        for (text, block) in [
            (" date 2019-01-04 Ships left Bergen.", "Paragraph: … Ships left Bergen."),
            (
                "Published: Jan. 4, 2019 10:15 am EST | Updated: Jan. 5, 2019\nShips left Bergen.",
                "Noise: Published: Jan. 4, 2019 10:15 am EST | Updated: Jan. 5, 2019",
            ),
            ("BERGEN, Jan. 4, 2019 (Agency) — Ships left Bergen.", "Paragraph: … Ships left Bergen."),
            ("BERGEN, January 4 2019 - Ships left Bergen.", "Paragraph: … Ships left Bergen."),
        ] {
            assert_eq!((CLEANER.clean(text).date, read(text)[0].as_str()), (Some(day), block), "{text}");
        }
        for line in
            ["BERGEN AND OSLO — Ships left.", "(Agency) - Ships left.", "Bergen, Norway (AP) – Ships left."]
        {
            assert_eq!(
                (CLEANER.clean(line).date, read(line)),
                (None, vec!["Paragraph: … Ships left.".to_owned()])
            );
        }
        assert_eq!(read("NATO — the alliance — met."), ["Paragraph: NATO — the alliance — met."]);
    }

    #[test]
    fn footers_end_an_article_and_scraps_inside_it_are_hidden() {
        let text =
            format!("{SAID}\n\nMost related links:\nHarbour news Ship news\n\nSource link\nBergen Post");
        assert!(read(&text)[1..].iter().all(|block| block.starts_with("Noise")));
        assert_eq!(
            amid("The Party ((no))Norwegian language: \u{200d}Det store partiet won the vote."),
            ["Paragraph: The Party … won the vote."]
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "Harbour closed\r\n\r\nThe harbour of Bergen was closed on Monday, the\r\ndirector of its fleet said in a letter that was\r\nsent to all captains of the ships that lay in it.\r\n\r\nAdvertisement\r\nNo reason was given.\r\n";
        assert_eq!(
            read(text),
            [
                "Headline: Harbour closed",
                "Paragraph: The harbour of Bergen was closed on Monday, the director of its fleet said in a letter that was sent to all captains of the ships that lay in it.",
                "Noise: Advertisement",
                "Paragraph: No reason was given."
            ]
        );
    }
}
