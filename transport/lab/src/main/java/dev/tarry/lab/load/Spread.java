package dev.tarry.lab.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A whole number that differs from message to message, as a distribution says: sizes, numbers of recipients.
///
/// | text | what is drawn |
/// | --- | --- |
/// | `10KiB`, `constant:10KiB` | always that |
/// | `uniform:1KiB..1MiB` | any in that range, both ends included, all alike |
/// | `exponential:10KiB` | exponentially distributed with that mean |
/// | `lognormal:10KiB:2` | log-normally distributed with that median; the 2 is σ, the spread of the logarithm |
/// | `choice:1KiB=90,1MiB=10` | one of these, by weight; without `=` the weight is 1 |
/// | `zipf:100`, `zipf:100:1.2` | 1 to 100, n with weight 1/n^s; s is 1 if not given |
/// | `file:PATH` | any line of a file, one value a line; blank lines and `#` lines say nothing |
///
/// What is drawn is held within the bounds of the thing.
public final class Spread {
    /// What is spread, and within which bounds.
    public enum Of {
        /// octets of a message, header included; a message is never smaller than its header
        SIZES(1, 1L << 30, "a size such as 10KiB"),
        /// recipients of a message
        RECIPIENTS(1, 1_000, "a whole number");

        final long min;
        final long max;
        private final String right;

        Of(long min, long max, String right) {
            this.min = min;
            this.max = max;
            this.right = right;
        }

        private String bounds() {
            return right + " from " + min + " to " + max + " is needed";
        }
    }

    private sealed interface Shape {}

    private record Constant(long value) implements Shape {}

    private record Uniform(long low, long high) implements Shape {}

    private record Exponential(long mean) implements Shape {}

    private record LogNormal(long median, double sigma) implements Shape {}

    private record Choice(long[] values, Weights weights) implements Shape {}

    private record Ranks(Weights weights) implements Shape {}

    private static final String FORMS = "10KiB, uniform:LOW..HIGH, exponential:MEAN, lognormal:MEDIAN:SIGMA,"
            + " choice:VALUE=WEIGHT,…, zipf:HIGHEST[:S] or file:PATH is needed";
    private static final Pattern VALUE = Pattern.compile("(\\d{1,15})(B|[KMG]i?B?)?", Pattern.CASE_INSENSITIVE);
    private static final double SIGMA_MAX = 10;
    private static final double ZIPF_MAX = 10;

    private final String text;
    private final Of of;
    private final Shape shape;

    private Spread(String text, Of of, Shape shape) {
        this.text = text;
        this.of = of;
        this.shape = shape;
    }

    /// @param what how the text is called, for errors
    /// @throws BadLoad if it is none of the above
    public static Spread parse(String what, String text, Of of) {
        return new Spread(text, of, new Reading(what, text, of).shape());
    }

    long draw(Dice dice) {
        double drawn = switch (shape) {
            case Constant(long value) -> value;
            case Uniform(long low, long high) -> low + dice.below(high - low + 1);
            case Exponential(long mean) -> StrictMath.rint(mean * dice.exponential());
            case LogNormal(long median, double sigma) ->
                StrictMath.rint(median * StrictMath.exp(sigma * dice.gaussian()));
            case Choice(long[] values, Weights weights) -> values[weights.draw(dice)];
            case Ranks(Weights weights) -> weights.draw(dice) + 1;
        };
        return (long) Math.clamp(drawn, (double) of.min, (double) of.max);
    }

    /// As it was written.
    @Override
    public String toString() {
        return text;
    }

    /// One text on its way to a shape.
    private record Reading(String what, String text, Of of) {
        Shape shape() {
            int colon = text.indexOf(':');
            if (colon < 0) {
                return new Constant(value(text));
            }
            var rest = text.substring(colon + 1);
            return switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "constant" -> new Constant(value(rest));
                case "uniform" -> uniform(rest);
                case "exponential" -> new Exponential(value(rest));
                case "lognormal" -> logNormal(rest);
                case "choice" -> choice(List.of(rest.split(",", -1)));
                case "zipf" -> ranks(rest);
                case "file" -> choice(lines(Path.of(rest)));
                default -> throw bad(text, FORMS);
            };
        }

        private Shape uniform(String rest) {
            var ends = rest.split("\\.\\.", -1);
            if (ends.length != 2) {
                throw bad(text, "uniform:LOW..HIGH is needed");
            }
            long low = value(ends[0]);
            long high = value(ends[1]);
            if (low > high) {
                throw bad(text, "the lower end comes first: uniform:LOW..HIGH");
            }
            return new Uniform(low, high);
        }

        private Shape logNormal(String rest) {
            var parts = rest.split(":", -1);
            if (parts.length != 2) {
                throw bad(text, "lognormal:MEDIAN:SIGMA is needed, such as lognormal:10KiB:1.5");
            }
            return new LogNormal(value(parts[0]), number(parts[1], SIGMA_MAX, "sigma"));
        }

        private Shape ranks(String rest) {
            var parts = rest.split(":", -1);
            if (parts.length > 2) {
                throw bad(text, "zipf:HIGHEST or zipf:HIGHEST:S is needed");
            }
            long highest = value(parts[0]);
            if (highest > Weights.THINGS_MAX) {
                throw bad(text, "with zipf the highest may be " + Weights.THINGS_MAX + " at most");
            }
            return new Ranks(Weights.zipf((int) highest, parts.length == 1 ? 1 : number(parts[1], ZIPF_MAX, "s")));
        }

        private Shape choice(List<String> entries) {
            var values = new long[entries.size()];
            var weights = new double[entries.size()];
            for (int i = 0; i < values.length; i++) {
                var entry = entries.get(i).strip();
                int equals = entry.indexOf('=');
                values[i] = value(equals < 0 ? entry : entry.substring(0, equals));
                weights[i] = equals < 0 ? 1 : weight(what, entry, entry.substring(equals + 1));
            }
            return new Choice(values, Weights.of(weights));
        }

        private List<String> lines(Path file) {
            var lines = new ArrayList<String>();
            try (var all = Files.newBufferedReader(file)) {
                for (var line = all.readLine(); line != null; line = all.readLine()) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        lines.add(line.strip());
                    }
                    if (lines.size() > Weights.THINGS_MAX) {
                        throw bad(text, "a file of at most " + Weights.THINGS_MAX + " values is needed");
                    }
                }
            } catch (IOException unreadable) {
                throw bad(text, "a file that can be read is needed (" + unreadable + ")");
            }
            if (lines.isEmpty()) {
                throw bad(text, "a file with one value a line is needed; there is none in it");
            }
            return lines;
        }

        private long value(String given) {
            Matcher match = VALUE.matcher(given.strip());
            if (!match.matches() || (match.group(2) != null && of != Of.SIZES)) {
                throw bad(given, text.equals(given) && text.contains(":") ? FORMS : of.bounds());
            }
            long value = Long.parseLong(match.group(1));
            if (match.group(2) != null) {
                // As everywhere in tarry, KB is 1,024 bytes.
                int step = "BKMG".indexOf(Character.toUpperCase(match.group(2).charAt(0)));
                value = value > of.max ? Long.MAX_VALUE : value << (10 * step);
            }
            if (value < of.min || value > of.max) {
                throw bad(given, of.bounds());
            }
            return value;
        }

        private double number(String given, double max, String name) {
            try {
                double number = Double.parseDouble(given);
                if (number >= 0 && number <= max) {
                    return number;
                }
            } catch (NumberFormatException _) {
                // told below
            }
            throw bad(given, name + " is a number from 0 to " + max);
        }

        private BadLoad bad(String given, String right) {
            return new BadLoad(what, BadLoad.quoted(given), right);
        }
    }

    /// @throws BadLoad if it is no number above 0
    static double weight(String what, String entry, String given) {
        try {
            double weight = Double.parseDouble(given);
            if (weight > 0 && weight <= 1e12) {
                return weight;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new BadLoad(what, BadLoad.quoted(entry), "a weight is a number above 0");
    }
}
