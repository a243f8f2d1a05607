package dev.tarry.host;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a question came to.
///
/// @param records in the order of the answer; of what does not exist the zone's SOA, if the server sent it
/// @param server  who said so last; absent: nobody was asked
/// @param detail  for people, printable; often empty
public record NameAnswer(Status status, List<NameRecord> records, Optional<InetSocketAddress> server, String detail) {
    /// In the order in which one of two answers is believed.
    public enum Status {
        SUCCESS,
        /// The name exists, such records do not.
        NO_RECORDS,
        /// NXDOMAIN.
        NAME_ERROR,
        /// Nobody was to be asked, and nothing is remembered.
        NOT_CACHED,
        SERVER_FAILURE,
        REFUSED,
        FORMAT_ERROR,
        NOT_IMPLEMENTED,
        /// Another error code.
        OTHER_ERROR,
        /// No DNS message, or none that can be believed.
        BAD_PACKET,
        TIMEOUT,
        /// It could not be asked.
        UNREACHABLE,
        /// There is no server.
        NO_SERVERS
    }

    public NameAnswer {
        records = List.copyOf(records);
    }

    static NameAnswer without(Status status, Optional<InetSocketAddress> server, String detail) {
        return new NameAnswer(status, List.of(), server, detail);
    }

    /// Two questions about one name, as one: what was found of both, or else the more telling of them.
    NameAnswer and(NameAnswer other) {
        if (status == Status.SUCCESS && other.status == Status.SUCCESS) {
            List<NameRecord> both = new ArrayList<>(records);
            other.records.stream().filter(record -> !both.contains(record)).forEach(both::add);
            return new NameAnswer(Status.SUCCESS, both, server, detail);
        }
        return status.compareTo(other.status) <= 0 ? this : other;
    }
}
