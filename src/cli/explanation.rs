//! A text and what relata makes of it → [`Explanation`]: everything that `relata explain` tells.

use relata::article::Article;
use relata::language::{Analyser, Predicted};
use relata::matcher::{Bound, Judged, Lost, Match, Miss, link_in_words, wanted_words};
use relata::pipeline::{Pipeline, Reading};
use relata::rule::lexicon::Usage;
use relata::span::{CodePoints, Span};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is seen in a text. Keys may be added, none renamed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Explanation {
    text: String,
    date: Option<String>,
    pub(super) sentences: Vec<Seen>,
    pub(super) mentions: Vec<Named>,
    pub(super) times: Vec<When>,
    pub(super) matches: Vec<Matched>,
    /// What became of the rule that was asked for.
    pub(super) rule: Option<Asked>,
}

/// A sentence.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Seen {
    text: String,
    pub(super) tokens: Vec<Word>,
    pub(super) links: Vec<Tie>,
}

/// A token; `start` and `end` count code points of the text, `head` counts tokens from 0.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) lemma: String,
    start: u32,
    end: u32,
    pub(super) upos: Option<&'static str>,
    pub(super) head: Option<usize>,
    pub(super) relation: Option<&'static str>,
}

/// A link between two tokens of a sentence, counted from 0.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tie {
    from: usize,
    label: String,
    to: usize,
    /// Whether it follows from the tree, rather than stands in it.
    pub(super) derived: bool,
    /// The link in words.
    pub(super) words: String,
}

/// A name.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    sentence: usize,
    pub(super) text: String,
    pub(super) phrase: String,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// How it stands for what it names: `name`, `people`, `seat`, `pronoun` or `description`.
    pub(super) usage: &'static str,
    /// Whether it is a place here, and no actor.
    pub(super) place: bool,
}

/// A day, month or year.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct When {
    sentence: usize,
    pub(super) text: String,
    pub(super) value: Option<String>,
}

/// A triple that a pattern finds.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Matched {
    sentence: usize,
    pub(super) relation: String,
    pub(super) subject: String,
    pub(super) object: String,
    pub(super) fact: &'static str,
    /// The words that make it negated or possible.
    pub(super) because: Vec<String>,
    pub(super) when: Option<String>,
    /// Who says so.
    pub(super) attributed_to: Option<String>,
    pub(super) qualifiers: BTreeMap<String, String>,
    pub(super) pattern: PatternSeen,
    /// The words that the pattern's words took.
    pub(super) words: Vec<String>,
    /// The pattern that denies it or takes its place, where one does.
    pub(super) lost: Option<Winner>,
}

/// A pattern of a rule.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PatternSeen {
    pub(super) number: u16,
    pub(super) text: String,
    /// How it is understood, in words.
    pub(super) understood: String,
}

/// A pattern before which another gives way.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Winner {
    pub(super) relation: String,
    pub(super) number: u16,
    pub(super) text: String,
    /// Whether it is a `not` pattern.
    pub(super) denied: bool,
}

/// What became of the rule that was asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Asked {
    pub(super) name: String,
    /// `matched`; `lost` to another pattern; `names`, where no sentence has two; `missed`; or `far`.
    pub(super) outcome: &'static str,
    pub(super) pattern: Option<PatternSeen>,
    pub(super) miss: Option<Miss>,
    /// The `not` pattern that says of two names of the text that it is none.
    pub(super) denied: Option<PatternSeen>,
    /// The words that its patterns look for.
    pub(super) words: Vec<String>,
}

/// An article with all that was read in it.
pub(super) struct Explained<'e> {
    pub(super) article: &'e Article,
    pub(super) reading: &'e Reading,
    pub(super) pipeline: &'e Pipeline,
}

impl Explained<'_> {
    /// Everything, in the order of the flow.
    pub(super) fn all(&self, rule: Option<&str>) -> Explanation {
        let analyser = Analyser::built_in().ok().map(|it| it.with_inflection(self.pipeline.language()));
        let judged = self.pipeline.judged(self.article, self.reading);
        let mut matches: Vec<Matched> =
            self.reading.matches.iter().flat_map(|found| self.kept(found)).collect();
        for lost in judged.iter().flat_map(|judged| self.lost(judged)) {
            // What another pattern of the same rule finds, too, is not left out.
            let same = |found: &Matched| {
                (&found.relation, &found.subject, &found.object)
                    == (&lost.relation, &lost.subject, &lost.object)
            };
            if !matches.iter().any(same) {
                matches.push(lost);
            }
        }
        Explanation {
            text: self.article.text.clone(),
            date: self.article.date.map(|date| date.to_string()),
            sentences: (0..self.reading.sentences.len())
                .map(|at| self.sentence(at, analyser.as_ref()))
                .collect(),
            mentions: self.mentions(),
            times: self.times(),
            rule: rule.and_then(|name| self.asked(name, &matches, &judged)),
            matches,
        }
    }

    fn sentence(&self, number: usize, analyser: Option<&Analyser>) -> Seen {
        let sentence = &self.reading.sentences[number];
        let text = self.article.text.as_str();
        let points = CodePoints::new(text);
        let forms: Vec<&str> = sentence.tokens.iter().map(|token| token.span.of(text)).collect();
        let predicted: Vec<Predicted> = analyser.map(|it| it.predict(&forms).0).unwrap_or_default();
        let word = |(at, token): (usize, &relata::language::Token)| {
            let predicted = predicted.get(at);
            Word {
                text: forms[at].to_owned(),
                lemma: token.lemma.clone(),
                start: points.at(token.span.start),
                end: points.at(token.span.end),
                upos: predicted.and_then(|word| Some(word.upos?.name())),
                head: predicted.and_then(|word| word.head.checked_sub(1)),
                relation: predicted.map(|word| word.relation.name()),
            }
        };
        let syntax = self.pipeline.links(self.article, self.reading, number);
        let links = (0..forms.len()).flat_map(|at| syntax.iter().flat_map(move |syntax| syntax.from(at)));
        let names = &self.reading.mentions.names;
        let shown = |at: usize| {
            let name = names.iter().find(|name| name.sentence == number && name.tokens.contains(&at));
            name.map_or(forms[at].to_owned(), |name| self.text_of(number, &name.tokens))
        };
        let tie = |link: &relata::syntax::Link| Tie {
            from: link.from,
            label: link.label.to_string(),
            to: link.to,
            derived: link.derived,
            words: link_in_words(&link.label, &shown(link.from), &shown(link.to)),
        };
        Seen {
            text: sentence.text_of(0..forms.len(), text),
            tokens: sentence.tokens.iter().enumerate().map(word).collect(),
            links: links.map(tie).collect(),
        }
    }

    fn text_of(&self, sentence: usize, tokens: &Range<usize>) -> String {
        let span: Span = self.reading.sentences[sentence].span_of(tokens.clone());
        span.of(&self.article.text).to_owned()
    }

    fn mentions(&self) -> Vec<Named> {
        let named = |(at, mention): (usize, &relata::mention::Mention)| Named {
            sentence: mention.sentence,
            text: self.text_of(mention.sentence, &mention.tokens),
            phrase: self.text_of(mention.sentence, &mention.phrase),
            name: self.entity(&Bound { mention: at, stands_for: None }),
            kind: self.pipeline.rules.vocabulary.entity_type(mention.kind).name.clone(),
            usage: match mention.usage {
                Usage::Demonym => "people",
                Usage::Seat => "seat",
                Usage::Pronoun => "pronoun",
                Usage::Description => "description",
                Usage::Name | Usage::Acronym => "name",
            },
            place: mention.located,
        };
        self.reading.mentions.names.iter().enumerate().map(named).collect()
    }

    fn times(&self) -> Vec<When> {
        let times = self.reading.mentions.times.iter();
        times
            .map(|time| When {
                sentence: time.sentence,
                text: self.text_of(time.sentence, &time.tokens),
                value: time.value.clone(),
            })
            .collect()
    }

    fn entity(&self, bound: &Bound) -> String {
        let names = &self.reading.names;
        names.of(bound).map(|entity| names.name(entity).to_owned()).unwrap_or_default()
    }

    fn kept(&self, found: &Match) -> Vec<Matched> {
        found.pairs.iter().map(|pair| self.matched(found, pair, None)).collect()
    }

    /// What a pattern found and another took.
    fn lost(&self, judged: &Judged) -> Vec<Matched> {
        let mut seen = Vec::new();
        let mut lost = Vec::new();
        for one in &judged.lost {
            if !seen.contains(&one.pair) {
                seen.push(one.pair);
                lost.push(self.matched(&judged.found, &one.pair, Some(self.winner(one))));
            }
        }
        lost
    }

    fn winner(&self, lost: &Lost) -> Winner {
        let rules = &self.pipeline.rules;
        let rule = &rules.rules[lost.rule];
        let pattern = match lost.denied {
            true => rule.not.iter().find(|pattern| pattern.number == lost.pattern),
            false => rule.pattern(lost.pattern),
        };
        Winner {
            relation: rules.relation(rule.relation).name.clone(),
            number: lost.pattern,
            text: pattern.map(|pattern| pattern.text.clone()).unwrap_or_default(),
            denied: lost.denied,
        }
    }

    fn matched(&self, found: &Match, pair: &(Bound, Bound), lost: Option<Winner>) -> Matched {
        let rules = &self.pipeline.rules;
        let whole = Match { pairs: vec![*pair], ..found.clone() };
        let why = self.pipeline.why(self.article, self.reading, &whole);
        let form = |at: &usize| {
            let token = &self.reading.sentences[found.sentence].tokens[*at];
            token.span.of(&self.article.text).to_owned()
        };
        Matched {
            sentence: found.sentence,
            relation: rules.relation(rules.rules[found.rule].relation).name.clone(),
            subject: self.entity(&pair.0),
            object: self.entity(&pair.1),
            fact: found.fact.name(),
            because: why.because.iter().map(form).collect(),
            when: found.when.clone(),
            attributed_to: found.source.as_ref().map(|source| self.entity(source)),
            qualifiers: found.qualifiers.clone(),
            pattern: PatternSeen { understood: why.understood, ..self.pattern(found.rule, found.pattern) },
            words: found.words.iter().map(form).collect(),
            lost,
        }
    }

    fn pattern(&self, rule: usize, number: u16) -> PatternSeen {
        let pattern = self.pipeline.rules.rules[rule].pattern(number);
        PatternSeen {
            number,
            text: pattern.map(|pattern| pattern.text.clone()).unwrap_or_default(),
            understood: self.pipeline.understood(rule, number).into_iter().next().unwrap_or_default(),
        }
    }

    fn asked(&self, name: &str, matches: &[Matched], judged: &[Judged]) -> Option<Asked> {
        let rule = usize::from(self.pipeline.rules.relation_id(name)?.0);
        let mut own = matches.iter().filter(|found| found.relation == name).peekable();
        let denies = judged.iter().find(|judged| judged.veto && judged.found.rule == rule);
        let not = |number: u16| {
            let patterns = &self.pipeline.rules.rules[rule].not;
            patterns.iter().find(|pattern| pattern.number == number).map(|pattern| pattern.text.clone())
        };
        let denied = denies.map(|judged| PatternSeen {
            number: judged.found.pattern,
            text: not(judged.found.pattern).unwrap_or_default(),
            understood: String::new(),
        });
        let mut asked = Asked {
            name: name.to_owned(),
            outcome: "far",
            pattern: None,
            miss: None,
            denied,
            words: wanted_words(&self.pipeline.rules, rule),
        };
        let names = |sentence: usize| {
            let names = self.reading.mentions.names.iter();
            names.filter(|mention| mention.sentence == sentence).count()
        };
        if own.peek().is_some() {
            asked.outcome = if own.any(|found| found.lost.is_none()) { "matched" } else { "lost" };
            return Some(asked);
        }
        asked.miss = self.pipeline.nearest_miss(self.article, self.reading, rule);
        if let Some(miss) = &mut asked.miss {
            asked.outcome = "missed";
            let pattern = self.pattern(rule, miss.pattern);
            if miss.understood.is_empty() {
                miss.understood.clone_from(&pattern.understood);
            }
            asked.pattern = Some(PatternSeen { understood: miss.understood.clone(), ..pattern });
        } else if (0..self.reading.sentences.len()).all(|sentence| names(sentence) < 2) {
            asked.outcome = "names";
        }
        Some(asked)
    }
}
