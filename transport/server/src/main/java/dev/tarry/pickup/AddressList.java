package dev.tarry.pickup;

import java.util.ArrayList;
import java.util.List;

/// The addresses of a From, Sender, To, Cc or Bcc field (RFC 5322 §3.4): mailboxes with or without a name, groups,
/// comments. What an address itself may look like is not decided here. One pass, no recursion; one per field.
final class AddressList {
    private final String text;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder bare = new StringBuilder();
    private String angle;
    private int at;

    private AddressList(String text) {
        this.text = text;
    }

    /// @param text unfolded
    /// @return what stands in angle brackets, or stands alone, in order; empty for `Undisclosed recipients:;`
    /// @throws BadFile if a quote, comment or bracket is not closed
    static List<String> parse(String text) throws BadFile {
        AddressList list = new AddressList(text);
        list.run();
        return list.found;
    }

    private void run() throws BadFile {
        while (at < text.length()) {
            char c = text.charAt(at++);
            switch (c) {
                case '(' -> comment();
                case '"' -> quoted();
                case '<' -> angle();
                case '[' -> literal();
                case ',', ';' -> end();
                case ':' -> bare.setLength(0); // what stood before was a group's name
                case ' ', '\t' -> {}
                default -> bare.append(c);
            }
        }
        end();
    }

    private void end() {
        String address = angle != null ? angle : bare.toString();
        if (!address.isEmpty()) {
            found.add(address);
        }
        angle = null;
        bare.setLength(0);
    }

    private void comment() throws BadFile {
        for (int depth = 1; depth > 0; ) {
            switch (next("comment")) {
                case '\\' -> next("comment");
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
        }
    }

    private void quoted() throws BadFile {
        bare.append('"');
        while (true) {
            char c = next("quoted string");
            bare.append(c);
            if (c == '\\') {
                bare.append(next("quoted string"));
            } else if (c == '"') {
                return;
            }
        }
    }

    private void literal() throws BadFile {
        bare.append('[');
        char c;
        do {
            c = next("address literal");
            bare.append(c);
        } while (c != ']');
    }

    private void angle() throws BadFile {
        StringBuilder inside = new StringBuilder();
        boolean quoted = false;
        for (char c = next("address"); quoted || c != '>'; c = next("address")) {
            if (c == '"') {
                quoted = !quoted;
            }
            if (quoted || (c != ' ' && c != '\t')) {
                inside.append(c);
            }
            if (quoted && c == '\\') {
                inside.append(next("address"));
            }
        }
        angle = inside.toString();
    }

    private char next(String what) throws BadFile {
        if (at == text.length()) {
            throw new BadFile("a list of addresses ends before its " + what + " does");
        }
        return text.charAt(at++);
    }
}
