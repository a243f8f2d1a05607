package dev.tarry.lab.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which domains the recipients are at.
///
/// | text | what is drawn |
/// | --- | --- |
/// | `gmail.com,outlook.com` | one of these, all alike |
/// | `gmail.com=90,outlook.com=10` | one of these, by weight |
/// | `uniform:1000:load{n}.example` | load1.example to load1000.example, all alike |
/// | `zipf:1000:load{n}.example`, `zipf:1000:1.2:load{n}.example` | the n-th with weight 1/n^s; s is 1 if not given |
public final class Domains {
    private static final Pattern DOMAIN = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?)*");
    private static final String PLACE = "{n}";
    private static final String FORMS =
            "NAME[=WEIGHT],… or uniform:HOW_MANY:load{n}.example or zipf:HOW_MANY[:S]:load{n}.example is needed";
    private static final double ZIPF_MAX = 10;

    private final String text;
    private final List<String> names;
    /// holds `{n}`; used where there are no names
    private final String template;

    private final Weights weights;

    private Domains(String text, List<String> names, String template, Weights weights) {
        this.text = text;
        this.names = names;
        this.template = template;
        this.weights = weights;
    }

    /// @param what how the text is called, for errors
    /// @throws BadLoad if it is none of the above
    public static Domains parse(String what, String text) {
        return text.contains(":") ? numbered(what, text) : listed(what, text);
    }

    private static Domains listed(String what, String text) {
        var names = new ArrayList<String>();
        var seen = new HashSet<String>();
        var entries = text.split(",", -1);
        var weights = new double[entries.length];
        for (int i = 0; i < entries.length; i++) {
            var entry = entries[i].strip();
            int equals = entry.indexOf('=');
            var name = equals < 0 ? entry : entry.substring(0, equals);
            if (!DOMAIN.matcher(name).matches()) {
                throw new BadLoad(what, BadLoad.quoted(name), "a domain such as gmail.com is needed");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new BadLoad(what, "names " + name + " twice", "give it one weight: " + name + "=2");
            }
            weights[i] = equals < 0 ? 1 : Spread.weight(what, entry, entry.substring(equals + 1));
            names.add(name);
        }
        return new Domains(text, List.copyOf(names), "", Weights.of(weights));
    }

    private static Domains numbered(String what, String text) {
        var parts = Arrays.asList(text.split(":", -1));
        var kind = parts.getFirst().toLowerCase(Locale.ROOT);
        boolean zipf = kind.equals("zipf");
        if (!(zipf && (parts.size() == 3 || parts.size() == 4)) && !(kind.equals("uniform") && parts.size() == 3)) {
            throw new BadLoad(what, BadLoad.quoted(text), FORMS);
        }
        int howMany = (int) number(what, parts.get(1), 1, Weights.THINGS_MAX, "how many is a whole number");
        double exponent = !zipf ? 0 : parts.size() == 3 ? 1 : number(what, parts.get(2), 0, ZIPF_MAX, "s is a number");
        var template = parts.getLast();
        if (!template.contains(PLACE)
                || !DOMAIN.matcher(named(template, howMany)).matches()) {
            throw new BadLoad(
                    what, BadLoad.quoted(template), "a domain with {n} in it is needed, such as load{n}.example");
        }
        return new Domains(text, List.of(), template, Weights.zipf(howMany, exponent));
    }

    private static double number(String what, String given, double min, double max, String right) {
        try {
            double number = min == 0 ? Double.parseDouble(given) : Integer.parseInt(given);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new BadLoad(
                what, BadLoad.quoted(given), String.format(Locale.ROOT, "%s from %.0f to %.0f", right, min, max));
    }

    String draw(Dice dice) {
        int which = weights.draw(dice);
        return names.isEmpty() ? named(template, which + 1) : names.get(which);
    }

    private static String named(String template, int number) {
        return template.replace(PLACE, Integer.toString(number));
    }

    /// As it was written.
    @Override
    public String toString() {
        return text;
    }
}
