package dev.tarry.pickup;

import dev.tarry.mail.EmailAddress;
import dev.tarry.smtp.Command;
import dev.tarry.smtp.CommandParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads addresses as SMTP does, by its own parser: what no client could send, no file can.
final class Paths {
    private Paths() {}

    /// @param path  as behind MAIL FROM, parameters included
    /// @param field where it stands
    static Command.Mail sender(String path, String field) throws BadFile {
        if (parse("MAIL FROM:", path) instanceof Command.Mail mail) {
            allowed(mail.sender().address(), mail.smtpUtf8(), field);
            return mail;
        }
        throw notUnderstood(field);
    }

    /// @param path     as behind RCPT TO, parameters included
    /// @param smtpUtf8 whether the sender said SMTPUTF8
    static Command.Rcpt recipient(String path, boolean smtpUtf8, String field) throws BadFile {
        if (parse("RCPT TO:", path) instanceof Command.Rcpt rcpt) {
            allowed(rcpt.address(), smtpUtf8, field);
            return rcpt;
        }
        throw notUnderstood(field);
    }

    private static BadFile notUnderstood(String field) {
        return new BadFile(
                field + " is not understood: it wants an address as SMTP has it, such as <user@example.com>");
    }

    private static void allowed(Optional<EmailAddress> address, boolean smtpUtf8, String field) throws BadFile {
        if (!smtpUtf8 && address.filter(a -> !a.ascii()).isPresent()) {
            throw new BadFile(field + " holds an address that is not ASCII, and no SMTPUTF8 is said");
        }
    }

    private static Command parse(String verb, String path) {
        ByteBuf line = Unpooled.copiedBuffer(verb + path, StandardCharsets.UTF_8);
        try {
            return CommandParser.parse(line, line.readerIndex(), line.writerIndex());
        } finally {
            line.release();
        }
    }
}
