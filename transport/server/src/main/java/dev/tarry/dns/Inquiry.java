package dev.tarry.dns;

import java.util.List;

/// What an operator's question came to: the same walk through the same servers that a delivery makes,
/// told step by step. It reads the cache, and leaves nothing in it.
///
/// @param attempts every query that was made, in order; none where the cache had it all
public sealed interface Inquiry {
    List<ServerAttempt> attempts();

    /// A question for a domain's hosts.
    record Hosts(MxAnswer answer, List<ServerAttempt> attempts) implements Inquiry {
        public Hosts {
            attempts = List.copyOf(attempts);
        }
    }

    /// A question for one record set.
    ///
    /// @param status `NOERROR`, `NXDOMAIN`, `NODATA`, or why nobody could say: a [DnsStatus]
    /// @param owner the name that the records have: another than was asked for where aliases led to it
    /// @param records as zone files write their data
    /// @param detail for people, printable; empty where there is nothing to add
    record Records(String status, String owner, List<String> records, String detail, List<ServerAttempt> attempts)
            implements Inquiry {
        public Records {
            records = List.copyOf(records);
            attempts = List.copyOf(attempts);
        }
    }
}
