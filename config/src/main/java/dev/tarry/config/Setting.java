package dev.tarry.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One row of the table of settings.
///
/// @param key            dotted; within a list of connectors or domains, the key within an element
/// @param kind           what values look like
/// @param builtIn        the default, as text; where `required`, a stand-in that is never used
/// @param networkBuiltIn the default where `world` is `network`, if it is another
/// @param required       whether somebody must write it (only within elements of lists)
/// @param least          the smallest value allowed, if bounded
/// @param most           the largest value allowed, if bounded
/// @param exchangeName   what Exchange calls it, if it has it
/// @param effect         from when on a change holds
/// @param secret         whether its value is shown to nobody
/// @param says           one sentence for people
public record Setting<T>(
        String key,
        Kind<T> kind,
        String builtIn,
        Optional<String> networkBuiltIn,
        boolean required,
        Optional<T> least,
        Optional<T> most,
        Optional<String> exchangeName,
        Effect effect,
        boolean secret,
        String says) {
    /// What stands in the place of a secret.
    public static final String HIDDEN = "(hidden)";

    private static final Optional<String> NO_NAME = Optional.empty();

    /// Changes hold at once.
    static <T> Setting<T> of(String key, Kind<T> kind, String builtIn, String says) {
        return new Setting<>(
                key,
                kind,
                builtIn,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                NO_NAME,
                Effect.AT_ONCE,
                false,
                says);
    }

    /// A row that must be written wherever its element is.
    static <T> Setting<T> required(String key, Kind<T> kind, String standIn, String says) {
        return new Setting<>(
                key,
                kind,
                standIn,
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                NO_NAME,
                Effect.AT_ONCE,
                false,
                says);
    }

    /// The same with bounds, both included.
    Setting<T> between(String from, String to) {
        return new Setting<>(
                key,
                kind,
                builtIn,
                networkBuiltIn,
                required,
                Optional.of(kind.parse().apply(from)),
                Optional.of(kind.parse().apply(to)),
                exchangeName,
                effect,
                secret,
                says);
    }

    /// The same with Exchange's name for it.
    Setting<T> exchange(String name) {
        return new Setting<>(
                key, kind, builtIn, networkBuiltIn, required, least, most, Optional.of(name), effect, secret, says);
    }

    /// The same with another default where `world` is `network`.
    Setting<T> inNetwork(String otherDefault) {
        return new Setting<>(
                key,
                kind,
                builtIn,
                Optional.of(otherDefault),
                required,
                least,
                most,
                exchangeName,
                effect,
                secret,
                says);
    }

    /// The same where changes hold from another moment on.
    Setting<T> holds(Effect from) {
        return new Setting<>(
                key, kind, builtIn, networkBuiltIn, required, least, most, exchangeName, from, secret, says);
    }

    /// The same as a secret: its value is never shown.
    Setting<T> hidden() {
        return new Setting<>(
                key, kind, builtIn, networkBuiltIn, required, least, most, exchangeName, effect, true, says);
    }

    /// The variable that sets it: `TARRY_TRANSPORT_QUEUEMAXIDLETIME`.
    public String variable() {
        return variable(key);
    }

    static String variable(String key) {
        return "TARRY_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// The unit of a bare number, or empty.
    public String unit() {
        return kind.unit();
    }

    /// The bounds for people, such as `00:00:01 to 1.00:00:00`; empty if there are none.
    public String bounds() {
        return least.isEmpty()
                ? ""
                : kind.print().apply(least.orElseThrow()) + " to "
                        + kind.print().apply(most.orElseThrow());
    }

    /// A value in the form that values are printed in, so that two texts for one value become one text.
    ///
    /// @throws IllegalArgumentException if the text is no such value
    public String printed(String text) {
        return kind.print().apply(kind.parse().apply(text));
    }

    /// The default in the form that values are printed in; empty for nothing.
    public String defaultIn(WorldKind world) {
        String text = world == WorldKind.NETWORK ? networkBuiltIn.orElse(builtIn) : builtIn;
        return kind.print().apply(kind.parse().apply(text));
    }

    /// What would be right, for people.
    public String form() {
        return kind.form();
    }

    /// The words that it takes, case aside; empty where they are not few.
    public List<String> words() {
        return kind.shape().words();
    }

    /// Whether a value is within the bounds.
    boolean allows(T value) {
        return least.map(bound -> kind.order().compare(bound, value) <= 0).orElse(true)
                && most.map(bound -> kind.order().compare(value, bound) <= 0).orElse(true);
    }
}
