package dev.tarry.lab.fault;

import java.util.Objects;

/// One thing that goes wrong: where, for whom, what, and when. Each place has its own words for whom and what, so a
/// fault that makes no sense cannot be said.
public sealed interface Fault {
    When when();

    /// A DNS server misbehaves.
    ///
    /// @param server its address, such as `8.8.8.8` or `192.168.1.*`
    /// @param name the name asked for, without the last dot
    /// @param type the record type asked for, such as `MX`
    /// @param protocol `udp` or `tcp`
    record Dns(Glob server, Glob name, Glob type, Glob protocol, DnsEffect what, When when) implements Fault {
        public Dns {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
        }
    }

    /// A dial fails.
    record Connect(Target target, ConnectEffect what, When when) implements Fault {
        public Connect {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
        }
    }

    /// The way there is bad.
    record Link(Target target, LinkEffect what, When when) implements Fault {
        public Link {
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
        }
    }

    /// A mail host misbehaves at one stage.
    ///
    /// @param host its name
    /// @param sender the reverse-path without brackets, empty for the null sender; known from stage `mail` on
    /// @param recipient a forward-path without brackets; known from stage `rcpt` on. From `data` on one match among
    ///     the accepted ones is enough
    /// @param contentOctets at stage `content`: strikes when so many octets of content have come; else 0
    record Smtp(Glob host, Glob sender, Glob recipient, SmtpStage stage, long contentOctets, SmtpEffect what, When when)
            implements Fault {
        static final long CONTENT_OCTETS_MAX = 1L << 40;

        public Smtp {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(recipient, "recipient");
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
            Bounds.checked("octets", contentOctets, 0, CONTENT_OCTETS_MAX);
            SmtpRules.check(sender, recipient, stage, what);
        }
    }

    /// STARTTLS fails at a mail host.
    ///
    /// @param host its name
    record Tls(Glob host, TlsEffect what, When when) implements Fault {
        public Tls {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
        }
    }

    /// The disk of the server under test misbehaves.
    ///
    /// @param operation `commit`, `read` or `open`
    /// @param family which part of the store is touched: `meta`, `content`, `queue`, `mailbox`
    record Store(Glob operation, Glob family, StoreEffect what, When when) implements Fault {
        public Store {
            Objects.requireNonNull(operation, "operation");
            Objects.requireNonNull(family, "family");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
        }
    }

    /// To whom a dial or a link leads.
    ///
    /// @param host the name of the host at that address, where one is known (a mail host's name; for a DNS server
    ///     its address)
    /// @param address the address dialled
    /// @param port the port dialled
    /// @param protocol `udp` or `tcp`
    record Target(Glob host, Glob address, Glob port, Glob protocol) {
        public Target {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(port, "port");
            Objects.requireNonNull(protocol, "protocol");
        }

        boolean matches(String host, String address, int port, String protocol) {
            return this.host.matches(host)
                    && this.address.matches(address)
                    && this.port.matches(Integer.toString(port))
                    && this.protocol.matches(protocol);
        }
    }
}
