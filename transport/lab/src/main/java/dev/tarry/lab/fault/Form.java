package dev.tarry.lab.fault;

import java.util.List;

/// One thing that can be said in the grammar: at this place, this goes wrong.
///
/// @param where the place
/// @param what the word for what goes wrong
/// @param meaning for people, one sentence
/// @param words what belongs to it, beside whom and when
/// @param example a whole line
public record Form(Place where, String what, String meaning, List<Word> words, String example) {
    public Form {
        words = List.copyOf(words);
    }

    /// @param needed whether it must be given
    /// @param meaning for people
    public record Word(String name, boolean needed, String meaning) {}

    private static final Word[] TARGET = {
        new Word("host", false, "the host's name, a pattern"),
        new Word("address", false, "the address, a pattern"),
        new Word("port", false, "the port, a pattern"),
        new Word("protocol", false, "udp or tcp")
    };

    /// Where something can go wrong, with the words that say for whom.
    public enum Place implements Worded {
        DNS(
                new Word("server", false, "the DNS server's address, a pattern"),
                new Word("name", false, "the name asked for, a pattern"),
                new Word("type", false, "the record type asked for, a pattern"),
                new Word("protocol", false, "udp or tcp")),
        CONNECT(TARGET),
        LINK(TARGET),
        SMTP(
                new Word("stage", true, "where in the session: banner, ehlo, … quit"),
                new Word("host", false, "the mail host's name, a pattern"),
                new Word("sender", false, "whose mail, a pattern; <> is the null sender"),
                new Word("recipient", false, "mail for whom, a pattern"),
                new Word("octets", false, "at stage content: when so many octets have come")),
        TLS(new Word("host", false, "the mail host's name, a pattern")),
        STORE(
                new Word("operation", false, "commit, read or open, a pattern"),
                new Word("family", false, "meta, content, queue or mailbox, a pattern"));

        private final List<Word> whom;

        Place(Word... whom) {
            this.whom = List.of(whom);
        }

        /// The words that say for whom; a pattern not given matches all.
        public List<Word> whom() {
            return whom;
        }
    }

    /// The words that say when, the same at every place.
    public static final List<Word> WHEN = List.of(
            new Word("first", false, "not more often than this"),
            new Word("every", false, "each nth of those it matches"),
            new Word("from", false, "from this moment of lab time on; +10m counts from now"),
            new Word("until", false, "until this moment of lab time; +1h counts from now"),
            new Word("on", false, "with off: by turns, so long open"),
            new Word("off", false, "with on: so long closed"),
            new Word("probability", false, "by chance, 0 to 1"),
            new Word("seed", false, "with probability: other draws; 1 if not given"));
}
