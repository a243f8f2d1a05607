package dev.tarry.smtp;

/// Hears each command line as it was read, for a protocol log.
@FunctionalInterface
public interface LineTap {
    /// Nobody listens; no text is made of the lines then.
    LineTap NONE = _ -> {};

    /// @param line printable characters, `?` for everything else; at most [CommandReader#MAX_LINE_OCTETS]
    /// characters; what was overlong is cut
    void heard(String line);
}
