package dev.tarry.host;

import dev.tarry.mail.Reply;
import java.util.List;

/// What became of a [MailErrand].
public sealed interface Handed {
    /// One recipient that the server would not have.
    record Refusal(String recipient, Reply reply) {}

    /// The server has it.
    ///
    /// @param refused recipients that it would not have; the others get it
    /// @param notes   for people: what was wanted and could not be had
    record Taken(Reply reply, List<Refusal> refused, List<String> notes) implements Handed {
        public Taken {
            refused = List.copyOf(refused);
            notes = List.copyOf(notes);
        }
    }

    /// The server would not have it for anybody.
    record NobodyTaken(List<Refusal> refused) implements Handed {
        public NobodyTaken {
            refused = List.copyOf(refused);
        }
    }

    /// The server refused something else than a recipient.
    ///
    /// @param command what it refused, such as `MAIL`; empty: the connection
    record Refused(String command, Reply reply) implements Handed {}

    /// The server's name has no address that can be found.
    record NoAddress(String host) implements Handed {}

    /// It cannot be dialled. @param detail printable
    record NoConnection(String detail) implements Handed {}

    /// It is not on the egress list. @param detail printable
    record NotAllowed(String detail) implements Handed {}

    /// The connection ended too soon, or what came over it was no SMTP. @param detail printable
    record Lost(String detail) implements Handed {}

    /// TLS is a must and the server does not offer it.
    record NoTls() implements Handed {}

    /// TLS could not be begun. @param detail printable
    record TlsFailed(String detail) implements Handed {}

    record TimedOut() implements Handed {}
}
