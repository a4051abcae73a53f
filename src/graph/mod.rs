//! Triples → [`KnowledgeGraph`]: how do all the triples hang together?
