package dev.tarry.client;

/// One field of a message's header.
///
/// @param name    as it stands there
/// @param value   unfolded; octets that are no UTF-8 are one character each
/// @param decoded with its encoded words (RFC 2047) read
public record HeaderLine(String name, String value, String decoded) {
    static HeaderLine of(Answer answer) {
        return new HeaderLine(answer.text("Name"), answer.text("Value"), answer.text("Decoded"));
    }
}
