package dev.tarry.lab.load;

import java.util.List;

/// One message to be sent.
///
/// @param number from 0, in the order of giving out
/// @param sender the reverse-path without brackets; empty: the null sender
/// @param recipients at least one, each once
/// @param head the header with the empty line behind it, ASCII, lines ended by CRLF
/// @param bodyBytes octets of the body
record Letter(long number, String sender, List<String> recipients, String head, long bodyBytes) {
    Letter {
        recipients = List.copyOf(recipients);
    }

    /// Octets of the content as SIZE counts them (RFC 1870 §5): line ends included, dot-stuffing left out.
    long sizeBytes() {
        return head.length() + bodyBytes;
    }
}
