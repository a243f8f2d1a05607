package dev.tarry.shell.syntax;

import java.util.Optional;

/// `> file`, `2>> file`, `2>&1`.
///
/// @param target the file; absent where the stream is merged into the output
public record Redirection(Stream stream, boolean appends, Optional<Expression> target, Extent extent) {
    /// Which of PowerShell's streams.
    public enum Stream {
        OUTPUT("1"),
        ERROR("2"),
        WARNING("3"),
        VERBOSE("4"),
        DEBUG("5"),
        INFORMATION("6"),
        ALL("*");

        private final String sign;

        Stream(String sign) {
            this.sign = sign;
        }

        static Stream of(String sign) {
            for (Stream stream : values()) {
                if (stream.sign.equals(sign)) {
                    return stream;
                }
            }
            return OUTPUT;
        }
    }

    public Redirection {
        if (target.isEmpty() && stream == Stream.OUTPUT) {
            throw new IllegalArgumentException("output is merged into itself");
        }
    }
}
