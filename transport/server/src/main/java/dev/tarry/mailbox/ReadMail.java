package dev.tarry.mailbox;

import java.util.List;
import java.util.Optional;

/// A message as somebody reads it: its header, its text, and what else it has.
///
/// @param headers in their order
/// @param text the first text that is no attachment, decoded; plain text before others; absent if there is none
/// @param textCut whether the text goes on
/// @param parts what a message of several parts consists of, outer before inner, first to last
/// @param report the groups of fields of its `message/delivery-status` (RFC 3464): of the message first, then of
///     each recipient; none if it is no report
/// @param whole whether all of it was read; false where a bound, or MIME that is none, ended the reading
public record ReadMail(
        List<HeaderField> headers,
        Optional<String> text,
        boolean textCut,
        List<Part> parts,
        List<List<HeaderField>> report,
        boolean whole) {
    /// @param depth 0 for the message itself
    /// @param type media type, lower case
    /// @param charset absent if none is named
    /// @param encoding Content-Transfer-Encoding, lower case
    /// @param sizeBytes octets: decoded for texts and reports that were read, else as they stand there; 0 for
    ///     multiparts
    public record Part(int depth, String type, Optional<String> charset, String encoding, long sizeBytes) {}

    public ReadMail {
        headers = List.copyOf(headers);
        parts = List.copyOf(parts);
        report = report.stream().map(List::copyOf).toList();
    }
}
