package dev.tarry.config;

/// From when on a setting holds that is changed while the server runs.
public enum Effect {
    /// What is under way ends as it began; an alarm that is already set moves.
    AT_ONCE("at once"),
    NEW_MESSAGES("for messages received from then on"),
    NEW_SESSIONS("for sessions begun from then on"),
    /// Until then what it was at the last start goes on holding.
    AT_START("at the next start"),
    /// It is kept and shown, since Exchange has it, and nothing here asks for it.
    KEPT("never: it is kept and shown only");

    private final String words;

    Effect(String words) {
        this.words = words;
    }

    /// For people: `at once`.
    public String words() {
        return words;
    }
}
