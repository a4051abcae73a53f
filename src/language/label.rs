//! The labels of Universal Dependencies in one byte each, with their names.

/// An enum of labels with the names that treebanks write.
macro_rules! labels {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $label:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each label is described at universaldependencies.org under its name")]
        pub enum $name { $($(#[$of])* $label),+ }

        impl $name {
            /// All labels.
            pub const ALL: &'static [Self] = &[$(Self::$label),+];

            /// As treebanks write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$label => $text),+ }
            }

            /// The label that treebanks write like this.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$label),)+ _ => None }
            }
        }
    };
}

labels! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// English part of speech, as in the Penn Treebank and its successors.
    Xpos {
        Open = "-LRB-", Close = "-RRB-", Comma = ",", Colon = ":", Period = ".", OpenQuote = "``",
        CloseQuote = "''", Dollar = "$", Number = "#", Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT",
        Ex = "EX", Fw = "FW", Gw = "GW", Hyph = "HYPH", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS",
        Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS", Pdt = "PDT", Pos = "POS",
        Prp = "PRP", PrpS = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO",
        Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT",
        Wp = "WP", WpS = "WP$", Wrb = "WRB", Xx = "XX",
    }
}

labels! {
    /// Relation of a word to its head: the universal ones and the subtypes that English treebanks use.
    Relation {
        Acl = "acl", AclRelcl = "acl:relcl", AclCleft = "acl:cleft", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
        Advmod = "advmod", AdvmodEmph = "advmod:emph", Amod = "amod", Appos = "appos", Aux = "aux",
        AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Clf = "clf",
        Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        FlatForeign = "flat:foreign", FlatName = "flat:name", Goeswith = "goeswith", Iobj = "iobj", List = "list",
        Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodTmod = "nmod:tmod",
        NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer",
        Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblArg = "obl:arg",
        OblTmod = "obl:tmod", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

labels! {
    /// What a name that the model found names.
    NameKind { Person = "PER", Organisation = "ORG", Place = "LOC" }
}

impl Relation {
    /// The relation of that name or, for a subtype that is not known here, the relation that it refines.
    pub fn nearest(name: &str) -> Self {
        let universal = || Self::from_name(name.split(':').next().unwrap_or_default());
        Self::from_name(name).or_else(universal).unwrap_or(Self::Dep)
    }

    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn universal(self) -> Self {
        Self::from_name(self.name().split(':').next().unwrap_or_default()).unwrap_or(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_labels() {
        for label in Relation::ALL {
            assert_eq!(Relation::from_name(label.name()), Some(*label));
        }
        for label in Xpos::ALL {
            assert_eq!(Xpos::from_name(label.name()), Some(*label));
        }
        assert_eq!(Upos::ALL.len(), 17);
        assert_eq!(Relation::nearest("nsubj:caus"), Relation::Nsubj);
        assert_eq!(Relation::NsubjPass.universal(), Relation::Nsubj);
        assert_eq!(size_of::<Option<Relation>>(), 1);
    }
}
