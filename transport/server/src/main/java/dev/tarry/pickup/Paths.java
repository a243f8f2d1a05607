package dev.tarry.pickup;

import dev.tarry.smtp.Command;
import dev.tarry.smtp.CommandParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Reads addresses as SMTP does, by its own parser: what no client could send, no file can.
final class Paths {
    private Paths() {}

    /// @param path  as behind MAIL FROM, parameters included
    /// @param field where it stands
    static Command.Mail sender(String path, String field) throws BadFile {
        if (parse("MAIL FROM:", path, field) instanceof Command.Mail mail) {
            return mail;
        }
        throw notUnderstood(field);
    }

    /// @param path as behind RCPT TO, parameters included
    static Command.Rcpt recipient(String path, String field) throws BadFile {
        if (parse("RCPT TO:", path, field) instanceof Command.Rcpt rcpt) {
            return rcpt;
        }
        throw notUnderstood(field);
    }

    private static BadFile notUnderstood(String field) {
        return new BadFile(
                field + " is not understood: it wants an address as SMTP has it, such as <user@example.com>");
    }

    private static Command parse(String verb, String path, String field) throws BadFile {
        if (!path.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new BadFile(field + " holds an address that is not ASCII");
        }
        ByteBuf line = Unpooled.copiedBuffer(verb + path, StandardCharsets.US_ASCII);
        try {
            return CommandParser.parse(line, line.readerIndex(), line.writerIndex());
        } finally {
            line.release();
        }
    }
}
