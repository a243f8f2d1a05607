package dev.tarry.routing;

import java.util.Comparator;
import java.util.Optional;

/// What became of one connector when a route was chosen (reference §5.3).
///
/// @param space the best of its address spaces that takes the recipient; absent where none does, or where it was not
/// asked
public record Choice(SendConnector connector, Optional<AddressSpace> space, Verdict verdict) {
    /// Why it was taken or not, in the order in which connectors drop out.
    public enum Verdict {
        CHOSEN("Chosen"),
        /// Enabled is $false.
        DISABLED("Disabled"),
        /// SourceTransportServers names others only.
        OUT_OF_SCOPE("OutOfScope"),
        /// None of its address spaces takes the recipient.
        NO_MATCH("NoMatch"),
        /// The message is larger than its MaxMessageSize.
        TOO_SMALL("TooSmall"),
        /// Another connector's address space says more of the recipient's domain.
        LESS_SPECIFIC("LessSpecific"),
        /// Another is as specific, and costs less.
        HIGHER_COST("HigherCost"),
        /// Another is as good in all, and its name comes first.
        LATER_NAME("LaterName");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /// As answers have it.
        public String word() {
            return word;
        }
    }

    /// Among those that take a message.
    static final Comparator<Choice> BEST_FIRST = Comparator.comparingInt(Choice::vagueness)
            .thenComparingInt(Choice::cost)
            .thenComparing(c -> c.connector().name(), String.CASE_INSENSITIVE_ORDER)
            .thenComparing(c -> c.connector().name());

    private int vagueness() {
        return -space.orElseThrow().specificity();
    }

    private int cost() {
        return space.orElseThrow().cost();
    }

    /// What it lost by, now that another is chosen.
    Choice against(Choice best) {
        if (verdict != Verdict.CHOSEN) {
            return this;
        }
        Verdict lost = Verdict.LATER_NAME;
        if (vagueness() != best.vagueness()) {
            lost = Verdict.LESS_SPECIFIC;
        } else if (cost() != best.cost()) {
            lost = Verdict.HIGHER_COST;
        }
        return new Choice(connector, space, lost);
    }

    /// For people, in half a sentence: `its address space SMTP:*;1 is less specific than SMTP:gmail.com;1 of "x"`.
    ///
    /// @param messageBytes the message's size
    /// @param best         what was chosen, if anything was
    public String words(long messageBytes, Optional<Choice> best) {
        String own = space.map(AddressSpace::toString).orElse("");
        String other = best.map(
                        b -> b.space().orElseThrow() + " of \"" + b.connector().name() + "\"")
                .orElse("");
        return switch (verdict) {
            case CHOSEN -> "its address space " + own + " takes the recipient, and no other is better";
            case DISABLED -> "it is not enabled";
            case OUT_OF_SCOPE -> "its source servers are others: " + String.join(", ", connector.sourceServers());
            case NO_MATCH -> "none of its address spaces takes the recipient";
            case TOO_SMALL ->
                "the message has " + messageBytes + " bytes, and its MaxMessageSize is "
                        + connector.maxMessageSize().orElse(0);
            case LESS_SPECIFIC -> "its address space " + own + " is less specific than " + other;
            case HIGHER_COST -> "its address space " + own + " costs more than " + other;
            case LATER_NAME -> "its address space " + own + " is as good as " + other + ", whose name comes first";
        };
    }
}
