package dev.tarry.lab.fault;

import java.time.Duration;
import java.util.Objects;

/// One thing that goes wrong: where, for whom, what, and for how long. Each place has its own words for whom and
/// what, so a fault that makes no sense cannot be said.
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
    ///
    /// @param host the name of the host at that address, where one is known (a mail host's name; for a DNS server
    ///     its address)
    /// @param address the address dialled
    /// @param port the port dialled
    /// @param protocol `udp` or `tcp`
    record Connect(Glob host, Glob address, Glob port, Glob protocol, ConnectEffect what, When when) implements Fault {
        public Connect {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(port, "port");
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
        }
    }

    /// A mail host misbehaves at one stage.
    ///
    /// @param host its name
    /// @param sender the reverse-path without brackets, empty for the null sender; known from stage `mail` on
    /// @param recipient a forward-path without brackets; known from stage `rcpt` on. At `data` and `eod` one match
    ///     among the accepted ones is enough
    record Smtp(Glob host, Glob sender, Glob recipient, SmtpStage stage, SmtpEffect what, When when) implements Fault {
        public Smtp {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(sender, "sender");
            Objects.requireNonNull(recipient, "recipient");
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(what, "what");
            Objects.requireNonNull(when, "when");
            if (!sender.anything() && !stage.knowsSender()) {
                throw new BadFault(
                        "sender",
                        "no sender is known at stage " + stage.word(),
                        "use stage mail, rcpt, data or eod, or leave the sender out");
            }
            if (!recipient.anything() && !stage.knowsRecipient()) {
                throw new BadFault(
                        "recipient",
                        "no recipient is known at stage " + stage.word(),
                        "use stage rcpt, data or eod, or leave the recipient out");
            }
        }
    }

    /// What a DNS server does instead of answering.
    sealed interface DnsEffect {
        record NoAnswer() implements DnsEffect {}

        record ServFail() implements DnsEffect {}

        record Refused() implements DnsEffect {}

        record NxDomain() implements DnsEffect {}

        /// Answers truly, but later, in lab time.
        record Delay(Duration by) implements DnsEffect {
            /// More than any asker waits.
            static final Duration MAX = Duration.ofHours(1);

            public Delay {
                if (by.isNegative() || by.isZero() || by.compareTo(MAX) > 0) {
                    throw new BadFault("delay", "is " + by, "more than nothing and at most " + MAX + " is needed");
                }
            }
        }
    }

    /// Where a dial leads instead.
    sealed interface ConnectEffect {
        record Refuse() implements ConnectEffect {}

        record BlackHole() implements ConnectEffect {}
    }

    /// What a mail host does instead of going on.
    sealed interface SmtpEffect {
        /// Says no.
        ///
        /// @param code 400 to 599; 421 also ends the session (RFC 5321 §3.8)
        /// @param text what follows the code, an enhanced status code included; one line
        record Reply(int code, String text) implements SmtpEffect {
            /// With code, space and line end within the 512 octets of a reply line (RFC 5321 §4.5.3.1.5), if it is
            /// ASCII.
            static final int TEXT_MAX = 500;

            public Reply {
                if (code < 400 || code > 599) {
                    throw new BadFault("code", "is " + code, "a refusal from 400 to 599 is needed");
                }
                if (text.length() > TEXT_MAX) {
                    throw new BadFault(
                            "text", "has " + text.length() + " characters", "at most " + TEXT_MAX + " are allowed");
                }
                if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                    throw new BadFault("text", "holds a control character", "one line of printable text is needed");
                }
            }
        }

        /// Closes the connection without a word.
        record Close() implements SmtpEffect {}
    }
}
