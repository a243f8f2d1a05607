package dev.tarry.lab.dns;

import dev.tarry.lab.net.Protocol;
import java.time.Instant;
import java.util.List;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A query that a lab DNS server got, written down when its fate was known.
///
/// @param id counts from 1 since the lab was opened; 0 before the journal has it
/// @param at lab time of asking
/// @param server the address of the server in the lab's world, such as `8.8.8.8`
/// @param askedBy `client`, or the address of the lab server that passed the question on
/// @param name the name asked for, in presentation form, without the last dot
/// @param type such as `MX`
/// @param outcome `NOERROR 5` (with the number of answers), `NXDOMAIN`, `SERVFAIL`, `REFUSED`, `TRUNCATED`, `DROPPED`
/// (overrun),
///     `SILENCE` …
/// @param answers the first records of the answer, such as `MX 10 mail.fabrikam.com.`; long ones are cut
public record JournaledQuery(
        long id,
        Instant at,
        String server,
        String askedBy,
        Protocol protocol,
        String name,
        String type,
        String outcome,
        List<String> answers) {
    private static final int ANSWERS_SHOWN = 8;
    private static final int ANSWER_CHARACTERS = 200;

    public JournaledQuery {
        answers = List.copyOf(answers);
    }

    /// One that the journal does not have yet.
    JournaledQuery(
            Instant at,
            String server,
            String askedBy,
            Protocol protocol,
            String name,
            String type,
            String outcome,
            List<String> answers) {
        this(0, at, server, askedBy, protocol, name, type, outcome, answers);
    }

    /// dnsjava writes what is not printable as `\ddd`.
    static List<String> shown(List<Record> records) {
        return records.stream()
                .limit(ANSWERS_SHOWN)
                .map(record -> Type.string(record.getType()) + " " + record.rdataToString())
                .map(text -> text.length() <= ANSWER_CHARACTERS ? text : text.substring(0, ANSWER_CHARACTERS - 1) + "…")
                .toList();
    }

    JournaledQuery numbered(long number) {
        return new JournaledQuery(number, at, server, askedBy, protocol, name, type, outcome, answers);
    }
}
