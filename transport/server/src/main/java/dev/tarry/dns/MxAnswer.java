package dev.tarry.dns;

import java.util.List;

/// What looking for a domain's hosts came to: one case for each class of reference §3.2. [DnsFailureTable] says
/// what each means for the mail.
public sealed interface MxAnswer {
    /// Hosts to try.
    ///
    /// @param hosts at least one; lower preference first, equal preference shuffled anew for each attempt
    record Hosts(List<MxHost> hosts) implements MxAnswer {
        public Hosts {
            hosts = List.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("no hosts is another answer");
            }
        }
    }

    /// NXDOMAIN (D1), or a domain that DNS cannot hold.
    record NoSuchDomain(String domain) implements MxAnswer {}

    /// The name exists, but has neither MX nor address records (D6).
    record NoRecords(String domain) implements MxAnswer {}

    /// The domain says that it takes no mail (RFC 7505, D16).
    record NullMx(String domain) implements MxAnswer {}

    /// The best host is this server (D12).
    record Loop(String domain) implements MxAnswer {}

    /// There are MX records, and all of them are of no use: hosts that do not exist (D14), or nothing that could be a
    /// host's name, such as addresses (D18).
    ///
    /// @param detail       which, for logs
    /// @param nothingNamed whether it is D18
    record NoUsableHost(String domain, String detail, boolean nothingNamed) implements MxAnswer {
        /// D14.
        public NoUsableHost(String domain, String detail) {
            this(domain, detail, false);
        }
    }

    /// It could not be found out: nothing is known about the domain.
    ///
    /// @param status   why
    /// @param detail   for logs, printable
    /// @param attempts every query that was made, in order
    record QueryFailed(DnsStatus status, String detail, List<ServerAttempt> attempts) implements MxAnswer {
        public QueryFailed {
            attempts = List.copyOf(attempts);
        }
    }
}
