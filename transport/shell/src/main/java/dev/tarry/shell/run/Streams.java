package dev.tarry.shell.run;

import dev.tarry.shell.syntax.Redirection.Stream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Where errors, warnings and the like go, where not to the screen. Immutable: a redirection makes another.
final class Streams {
    static final Streams OF_THE_SCREEN = new Streams(Map.of());

    private final Map<Stream, Consumer<Object>> elsewhere;

    private Streams(Map<Stream, Consumer<Object>> elsewhere) {
        this.elsewhere = elsewhere;
    }

    /// The same, with this stream going there: errors as [dev.tarry.shell.value.ShellFailure], the others as
    /// text.
    Streams with(Stream stream, Consumer<Object> sink) {
        Map<Stream, Consumer<Object>> changed = new EnumMap<>(Stream.class);
        changed.putAll(elsewhere);
        if (stream == Stream.ALL) {
            for (Stream each : Stream.values()) {
                changed.put(each, sink);
            }
        } else {
            changed.put(stream, sink);
        }
        return new Streams(changed);
    }

    /// Empty where it goes to the screen.
    Optional<Consumer<Object>> of(Stream stream) {
        return Optional.ofNullable(elsewhere.get(stream));
    }
}
