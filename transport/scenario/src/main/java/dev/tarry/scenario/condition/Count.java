package dev.tarry.scenario.condition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a number must be: `>=1`, `0`, `<5`.
///
/// @param than 0 or above
public record Count(Sign sign, long than) {
    /// How the number is compared.
    public enum Sign {
        AT_LEAST(">="),
        AT_MOST("<="),
        MORE(">"),
        FEWER("<"),
        OTHER("!="),
        SAME("=");

        private final String text;

        Sign(String text) {
            this.text = text;
        }
    }

    static final Count SOME = new Count(Sign.AT_LEAST, 1);
    static final Count ANY = new Count(Sign.AT_LEAST, 0);

    private static final Pattern FORM = Pattern.compile("\\s*(>=|<=|>|<|!=|==?|)\\s*([0-9]{1,18})\\s*");

    /// @return empty if it is none
    static Optional<Count> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String written = form.group(1).replace("==", "=");
        Sign sign = Sign.SAME;
        for (Sign one : Sign.values()) {
            if (one.text.equals(written)) {
                sign = one;
            }
        }
        return Optional.of(new Count(sign, Long.parseLong(form.group(2))));
    }

    public boolean holds(long number) {
        return switch (sign) {
            case AT_LEAST -> number >= than;
            case AT_MOST -> number <= than;
            case MORE -> number > than;
            case FEWER -> number < than;
            case OTHER -> number != than;
            case SAME -> number == than;
        };
    }

    @Override
    public String toString() {
        return sign.text + than;
    }
}
