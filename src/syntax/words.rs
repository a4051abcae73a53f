//! The words of the lexicon that normalisation goes by.

use crate::lookup::HashSet;
use crate::rule::lexicon::Lexicon;

/// Verbs and nouns that say who does what in a clause inside a clause; the lists of `clause.toml`.
#[derive(Debug, Clone, Default)]
pub struct ClauseWords {
    control: HashSet<String>,
    naming: HashSet<String>,
    becoming: HashSet<String>,
    leading: HashSet<String>,
    group: HashSet<String>,
    kind_of: HashSet<String>,
    of_owner: HashSet<String>,
    of_owners: HashSet<String>,
    of_group: HashSet<String>,
    belonging: HashSet<String>,
    joining: HashSet<String>,
    carrying: HashSet<String>,
    occasion: HashSet<String>,
    occasion_preposition: HashSet<String>,
}

impl ClauseWords {
    /// Takes the lists.
    pub fn new(lexicon: &Lexicon) -> Self {
        let set = |name| lexicon.words(name).iter().map(|word| word.to_lowercase()).collect();
        Self {
            control: set("control"),
            naming: set("naming"),
            becoming: set("becoming"),
            leading: set("leading"),
            group: set("group"),
            kind_of: set("kind_of"),
            of_owner: set("of_owner"),
            of_owners: set("of_owners"),
            of_group: set("of_group"),
            belonging: set("belonging"),
            joining: set("joining"),
            carrying: set("carrying"),
            occasion: set("occasion"),
            occasion_preposition: set("occasion_preposition"),
        }
    }

    /// Whether its object is the one to do it: "urged Bob to leave".
    pub(super) fn controls(&self, verb: &str) -> bool {
        self.control.contains(verb)
    }

    /// The same of who is named with a preposition: "called on Bob to leave".
    pub(super) fn controls_with(&self, verb: &str, preposition: &str) -> bool {
        self.control.contains(&format!("{verb} {preposition}"))
    }

    /// Whether it makes its object something: "elected Ada president".
    pub(super) fn names(&self, verb: &str) -> bool {
        self.naming.contains(verb)
    }

    /// Whether it says what its subject then is: "became president".
    pub(super) fn becomes(&self, verb: &str) -> bool {
        self.becoming.contains(verb)
    }

    /// Whether who does it belongs to whom it is done: "led by Ada".
    pub(super) fn leads(&self, verb: &str) -> bool {
        self.leading.contains(verb)
    }

    /// Whether its deeds are those of the one who leads it: "delegation".
    pub(super) fn is_group(&self, noun: &str) -> bool {
        self.group.contains(noun)
    }

    /// Whether a noun with "of" stands for who is named behind it, as an owner, a group or a kind: "soldiers of Chile".
    pub(crate) fn stands_for(&self, noun: &str) -> bool {
        self.stands_for_owner(noun)
            || self.stands_for_group(noun)
            || self.is_group(noun)
            || self.is_named_with_of(noun)
    }

    /// Whether what it does, and what is done to it, is its owner's affair: "government", "gunman", "depot".
    pub(super) fn stands_for_owner(&self, noun: &str) -> bool {
        self.of_owner.contains(noun)
    }

    /// The same of several of them: "the presidents of Chile and Peru".
    pub(super) fn several_stand_for_owner(&self, noun: &str) -> bool {
        self.of_owners.contains(noun)
    }

    /// The same, where the owner is a group and no country: "Hamas gunmen".
    pub(super) fn stands_for_group(&self, noun: &str) -> bool {
        self.of_group.contains(noun)
    }

    /// Whether a preposition adds a name to another: "Ada, along with Bob".
    pub(super) fn joins(&self, preposition: &str) -> bool {
        self.joining.contains(preposition)
    }

    /// Whether "to" behind it names the owner: "belonging to Ada".
    pub(super) fn belongs(&self, verb: &str) -> bool {
        self.belonging.contains(verb)
    }

    /// Whether what it does with a noun is the noun's: "made a visit", "called off a visit".
    pub(super) fn carries(&self, verb: &str) -> bool {
        self.carrying.contains(verb)
    }

    /// Whether who does something in it takes part in it: "during talks with Bob, Ada promised".
    pub(super) fn is_occasion(&self, noun: &str) -> bool {
        self.occasion.contains(noun)
    }

    /// Whether an occasion may stand behind it: "during".
    pub(super) fn opens_occasion(&self, preposition: &str) -> bool {
        self.occasion_preposition.contains(preposition)
    }

    /// Whether "of" behind it names it: "the city of Oslo".
    pub(super) fn is_named_with_of(&self, noun: &str) -> bool {
        self.kind_of.contains(noun)
    }
}
