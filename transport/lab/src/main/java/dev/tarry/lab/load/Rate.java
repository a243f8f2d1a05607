package dev.tarry.lab.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How often a message is due, whether or not the ones before it are through (an open loop).
///
/// @param perSecond messages a second, above 0
/// @param poisson whether they come by chance at that rate, not evenly
public record Rate(double perSecond, boolean poisson) {
    private static final Pattern RATE =
            Pattern.compile("(?<poisson>poisson:)?(?<n>\\d{1,9}(\\.\\d{1,6})?)(/(?<per>s|sec|m|min|h))?");
    private static final double PER_SECOND_MAX = 1_000_000;

    public Rate {
        if (!(perSecond > 0 && perSecond <= PER_SECOND_MAX)) {
            throw new BadLoad("the rate", "is " + perSecond + "/s", "more than 0 and at most 1000000/s is needed");
        }
    }

    /// `500/s`, `30000/min`, `poisson:500/s`; a bare number is messages a second; `unlimited`.
    ///
    /// @param what how the text is called, for errors
    /// @return empty: unlimited, each session sends as fast as it is answered
    /// @throws BadLoad if it is none of these
    public static Optional<Rate> parse(String what, String text) {
        if (text.equalsIgnoreCase("unlimited")) {
            return Optional.empty();
        }
        var match = RATE.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new BadLoad(what, BadLoad.quoted(text), "500/s, 30000/min, poisson:500/s or unlimited is needed");
        }
        double seconds = switch (match.group("per")) {
            case "m", "min" -> 60;
            case "h" -> 3600;
            case null, default -> 1;
        };
        return Optional.of(new Rate(Double.parseDouble(match.group("n")) / seconds, match.group("poisson") != null));
    }

    /// When the message that stands so far along the line is due.
    ///
    /// @param place 1 for the first of evenly spaced ones
    /// @param ramp how long the rate takes to rise evenly from nothing; zero: it is there at once
    /// @return nanoseconds since the beginning
    long nanosAt(double place, Duration ramp) {
        double rampSeconds = ramp.toNanos() / 1e9;
        double duringRamp = perSecond * rampSeconds / 2;
        double seconds = place < duringRamp
                ? StrictMath.sqrt(2 * rampSeconds * place / perSecond)
                : rampSeconds / 2 + place / perSecond;
        return (long) (seconds * 1e9);
    }
}
