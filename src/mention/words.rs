//! The lexicon → the words that tell what a capitalised name is.

use crate::language::{Language, Phrases, Sentence, Token};
use crate::lookup::HashSet;
use crate::mention::known::fold;
use crate::rule::lexicon::Lexicon;
use crate::rule::vocabulary::{TypeId, Vocabulary};
use std::ops::Range;

/// The word lists whose entries stand before a person's name.
pub(super) const TITLES: [&str; 7] =
    ["top_post", "post", "spokesperson", "honorific", "occupation", "former", "interim"];

/// How many different words of sport an article about it has at least.
const SPORT_WORDS: usize = 4;

/// Word lists that tell what a capitalised name is.
#[derive(Debug, Clone)]
pub(super) struct NameWords {
    /// Types of countries and places.
    pub(super) regions: HashSet<TypeId>,
    /// Types of countries and organisations.
    pub(super) owners: HashSet<TypeId>,
    pub(super) person: TypeId,
    pub(super) organisation: TypeId,
    pub(super) place: TypeId,
    pub(super) country: TypeId,
    pub(super) first_names: HashSet<String>,
    /// First names that are words, months, titles or towns as well: they need a surname behind them.
    pub(super) double_first_names: HashSet<String>,
    pub(super) organisation_words: HashSet<String>,
    pub(super) place_words: HashSet<String>,
    pub(super) particles: HashSet<String>,
    pub(super) not_names: HashSet<String>,
    pub(super) stops: HashSet<String>,
    pub(super) adjectives: HashSet<String>,
    pub(super) things: HashSet<String>,
    pub(super) compounds: HashSet<String>,
    pub(super) portfolio_posts: HashSet<String>,
    pub(super) surnames: HashSet<String>,
    pub(super) locatives: HashSet<String>,
    /// Words that end a name after a comma: "Jr.", "Inc."
    pub(super) suffixes: HashSet<String>,
    pub(super) generic_bodies: HashSet<String>,
    pub(super) school_words: HashSet<String>,
    school_bodies: HashSet<String>,
    school: TypeId,
    party_words: HashSet<String>,
    party: TypeId,
    state_words: HashSet<String>,
    government: TypeId,
    /// Types of towns and of what is governed like one.
    pub(super) town: HashSet<TypeId>,
    /// What stands before a name of which type: "co-founder of", "born in", "wife of".
    before: Vec<(Phrases, TypeId)>,
    /// What follows a name of which type: "was born", "is a subsidiary of".
    after: Vec<(Phrases, TypeId)>,
    /// Bodies that have their name from whose they are: "Chinese foreign ministry".
    bodies: Phrases,
    town_bodies: Phrases,
    pub(super) possessives: HashSet<String>,
    pub(super) numbers: HashSet<String>,
    /// Titles that as often are adjectives: "an official website", "the new Volkswagen".
    pub(super) loose_titles: HashSet<String>,
    titles: Phrases,
    /// The same in small letters, as the lists have them.
    title_words: HashSet<String>,
    /// Behind a place these make the name of an event: "War".
    pub(super) event_words: HashSet<String>,
    /// Nouns for a group right before its name: "the carmaker Zarbo".
    groups: Phrases,
    /// Events and awards, which nobody is: "the Champions League".
    events: Phrases,
    /// Words of names of offices, which many countries have.
    pub(super) offices: HashSet<String>,
    /// What offices are for, of which two may stand side by side: "Competition and Markets Authority".
    pub(super) fields: HashSet<String>,
    /// Of whom a body is: "Farmers' Union".
    pub(super) owners_of_bodies: HashSet<String>,
    /// What parties call themselves before a name that others have, too: "Social Democratic Party".
    pub(super) party_adjectives: HashSet<String>,
    /// First names that are towns, too: "Virginia Poe".
    pub(super) place_first_names: HashSet<String>,
    pub(super) compass: HashSet<String>,
    /// Land and water that has its name from what is there: "Bay of Zarland".
    pub(super) landforms: HashSet<String>,
    pub(super) legal_forms: HashSet<String>,
    /// Words that are surnames, too, though elsewhere a month or a thing: "Theresa May", "Jeremy Hunt".
    pub(super) odd_surnames: HashSet<String>,
    /// Behind one of these such a word is no surname: "the West".
    pub(super) before_no_surname: HashSet<String>,
    /// Only behind one of these such a month is one: "said May".
    pub(super) before_month_surname: HashSet<String>,
    /// Before one of these such a word is no surname: "West of".
    pub(super) after_no_surname: HashSet<String>,
    /// What newspapers call those who lead countries: "Netanyahu".
    pub(super) leaders: HashSet<String>,
    /// Stand in small letters in titles of works.
    pub(super) title_small: HashSet<String>,
    /// What is nobody's name by itself: "the Company", "Hall 9".
    pub(super) bare_bodies: HashSet<String>,
    /// What posts are for, and no body: "Energy", but not "Commission".
    pub(super) portfolios: HashSet<String>,
    /// Things that are called after what stands before them: "the Zarbo pipeline".
    called_things: Phrases,
    sport: HashSet<String>,
}

impl NameWords {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, language: &Language) -> Self {
        let kind = |name| vocabulary.type_id(name).unwrap_or(TypeId(0));
        let set = |lists: &[&str]| -> HashSet<String> {
            lists.iter().flat_map(|list| lexicon.words(list)).map(|word| fold(word)).collect()
        };
        let base = |of| match of {
            "organisation" => kind("Organisation"),
            "place" => kind("Place"),
            _ => kind("Person"),
        };
        let frame = |side, of| (Phrases::new(lexicon.words(&format!("{side}_{of}")), language), base(of));
        let titles = || TITLES.iter().flat_map(|list| lexicon.words(list));
        let regions = (0..vocabulary.types.len()).filter_map(|at| u16::try_from(at).ok()).map(TypeId);
        let regions =
            regions.filter(|id| vocabulary.is_a(*id, kind("Country")) || vocabulary.is_a(*id, kind("Place")));
        let kinds = (0..vocabulary.types.len()).filter_map(|at| u16::try_from(at).ok()).map(TypeId);
        let owners = kinds
            .filter(|id| vocabulary.is_a(*id, kind("Country")) || vocabulary.is_a(*id, kind("Organisation")));
        Self {
            owners: owners.collect(),
            regions: regions.collect(),
            person: kind("Person"),
            organisation: kind("Organisation"),
            place: kind("Place"),
            country: kind("Country"),
            first_names: set(&["female_first_name", "male_first_name", "neutral_first_name"]),
            organisation_words: set(&["organisation_word"]),
            place_words: set(&["place_word"]),
            particles: set(&["name_particle"]),
            not_names: set(&["not_a_name"]),
            stops: set(&["sentence_opener", "weekday", "month"]),
            adjectives: set(&["name_adjective"]),
            things: set(&["thing_word"]),
            compounds: set(&["compound_word"]),
            portfolio_posts: set(&["portfolio_post"]),
            surnames: set(&["surname_place_word"]),
            locatives: set(&["locative"]),
            suffixes: set(&["name_suffix"]),
            generic_bodies: set(&["generic_body"]),
            school_words: set(&["school_word"]),
            school_bodies: set(&["school_body"]),
            school: vocabulary.type_id("School").unwrap_or(kind("Organisation")),
            party_words: set(&["party_word"]),
            party: vocabulary.type_id("Party").unwrap_or(kind("Organisation")),
            state_words: set(&["state_body_word"]),
            government: vocabulary.type_id("Government").unwrap_or(kind("Organisation")),
            town: ["City", "Region"].into_iter().filter_map(|name| vocabulary.type_id(name)).collect(),
            before: ["organisation", "place", "person"].map(|of| frame("before", of)).into(),
            after: ["organisation", "person"].map(|of| frame("after", of)).into(),
            bodies: Phrases::new(lexicon.words("own_body"), language),
            town_bodies: Phrases::new(lexicon.words("town_body"), language),
            possessives: set(&["possessive"]),
            numbers: set(&["number_word"]),
            loose_titles: set(&["adjective_title", "former", "interim"]),
            titles: Phrases::new(titles(), language),
            title_words: titles().map(|title| title.to_lowercase()).collect(),
            event_words: set(&["event_word"]),
            double_first_names: set(&["double_first_name"]),
            groups: Phrases::new(lexicon.words("named_group"), language),
            events: Phrases::new(lexicon.words("event_name"), language),
            offices: set(&["common_office_word"]),
            fields: set(&["office_field", "common_office_word"]),
            owners_of_bodies: set(&["body_owner"]),
            party_adjectives: set(&["party_adjective"]),
            place_first_names: set(&["place_first_name"]),
            compass: set(&["compass_word"]),
            landforms: set(&["landform_word"]),
            legal_forms: set(&["legal_form"]),
            odd_surnames: set(&["odd_surname"]),
            before_no_surname: set(&["before_no_surname"]),
            before_month_surname: set(&["before_month_surname"]),
            after_no_surname: set(&["after_no_surname"]),
            title_small: set(&["title_small_word"]),
            leaders: leaders(lexicon),
            bare_bodies: set(&["bare_body"]),
            portfolios: set(&["office_field"]),
            called_things: Phrases::new(lexicon.words("called_thing"), language),
            sport: set(&["sport_word"]),
        }
    }

    /// Whether a word of a name may stand in any name: "First", "National", "Bank".
    pub(super) fn is_ordinary(&self, lower: &str) -> bool {
        [&self.offices, &self.adjectives, &self.not_names, &self.organisation_words]
            .iter()
            .any(|list| list.contains(lower))
    }

    pub(super) fn is_party(&self, lower: &str) -> bool {
        self.party_words.contains(lower)
    }

    /// The finer type of an organisation, from the words of its name in small letters.
    pub(super) fn organisation_of(&self, words: &[String]) -> TypeId {
        let has = |list: &HashSet<String>| words.iter().any(|word| list.contains(word));
        if has(&self.party_words) {
            self.party
        } else if has(&self.school_words) && !has(&self.school_bodies) {
            self.school
        } else if has(&self.state_words) {
            self.government
        } else {
            self.organisation
        }
    }

    /// The number of tokens of what belongs to a name that ends before `at`: "foreign ministry", 0 where nothing does.
    pub(super) fn body_at(&self, sentence: &Sentence, at: usize) -> usize {
        self.bodies.at(&sentence.tokens, at)
    }

    /// The same for a town, county or region: "police".
    pub(super) fn town_body_at(&self, sentence: &Sentence, at: usize) -> usize {
        self.town_bodies.at(&sentence.tokens, at)
    }

    /// The number of tokens of the event or award that starts at `at`, 0 where none does.
    pub(super) fn event_at(&self, sentence: &Sentence, at: usize) -> usize {
        self.events.at(&sentence.tokens, at)
    }

    /// Whether a noun for a group ends right before `at`: "the carmaker".
    pub(super) fn group_before(&self, sentence: &Sentence, at: usize) -> bool {
        self.groups.before(&sentence.tokens, at) > 0
    }

    /// Whether an article is about sport, so that towns in it are teams.
    pub(super) fn is_sport(&self, sentences: &[Sentence]) -> bool {
        let tokens = sentences.iter().flat_map(|sentence| &sentence.tokens);
        let seen: HashSet<&str> =
            tokens.map(|token| token.lemma.as_str()).filter(|lemma| self.sport.contains(*lemma)).collect();
        seen.len() >= SPORT_WORDS
    }

    /// The number of tokens of the title that starts at `at`, 0 where none does.
    pub(super) fn title_at(&self, sentence: &Sentence, at: usize) -> usize {
        // "Monitoring" is no monitor, and "Fire" of a fire brigade nobody who was fired.
        let verb = |token: &Token| (token.span.end - token.span.start) as usize >= token.lemma.len() + 3;
        let base = |token: &Token| {
            (token.span.end - token.span.start) as usize == token.lemma.len()
                && !self.title_words.contains(&token.lemma)
        };
        match self.titles.at(&sentence.tokens, at) {
            1 if sentence.tokens.get(at).is_some_and(|token| verb(token) || base(token)) => 0,
            length => length,
        }
    }

    /// Whether a thing that has its name from the words before `at` stands there: "pipeline", "supply vessel".
    pub(super) fn thing_at(&self, sentence: &Sentence, at: usize) -> bool {
        self.called_things.at(&sentence.tokens, at) > 0
    }

    /// Whether a title ends right before `at`.
    pub(super) fn title_before(&self, sentence: &Sentence, at: usize) -> bool {
        self.titles.before(&sentence.tokens, at) > 0
    }

    /// The type of a name where the words before it or behind it tell: "co-founder of", "was born".
    pub(super) fn type_beside(&self, sentence: &Sentence, name: &Range<usize>) -> Option<TypeId> {
        let the = name.start > 0 && sentence.tokens[name.start - 1].lemma == "the";
        let start = name.start - usize::from(the);
        let behind = self.after.iter().find(|(phrases, _)| phrases.at(&sentence.tokens, name.end) > 0);
        let before = || self.before.iter().find(|(phrases, _)| phrases.before(&sentence.tokens, start) > 0);
        behind.or_else(before).map(|(_, kind)| *kind)
    }
}

/// The last words of the names of those who lead or led countries, but such as are short, and may be anything.
fn leaders(lexicon: &Lexicon) -> HashSet<String> {
    const SHORT: usize = 5;
    let last = lexicon.leaders().filter_map(|(_, name)| name.rsplit_once(' ')).map(|(_, last)| fold(last));
    last.filter(|last| last.chars().count() > SHORT).collect()
}
