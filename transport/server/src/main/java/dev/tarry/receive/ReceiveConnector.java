package dev.tarry.receive;

import dev.tarry.mail.Reply;
import dev.tarry.smtp.BareLineEnds;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;

/// One receive connector: where it listens, what it says, what it allows (reference §6.1, §6.2).
///
/// @param name              `Default Frontend MAIL`
/// @param serverName        the computer's name, `MAIL`
/// @param doors             where it listens, and for whom
/// @param fqdn              what it calls itself in the banner, EHLO, Received and Message-ID
/// @param banner            instead of Exchange's own; its code is 220
/// @param postmasterDomain  where a bare `<Postmaster>` lives
/// @param zone              whose offset its dates carry
/// @param relay             who may send to domains that aren't ours
/// @param requireEhloDomain whether EHLO and HELO must name somebody
/// @param bareLineEnds      what happens to a bare CR, LF or NUL in a message that is not BINARYMIME
/// @param extensions        what EHLO offers
/// @param limits            its bounds
/// @param rules             what else it looks at
/// @param protocolLogging   whether what is said is written into the protocol log
/// @param signIn            who may use it, and how that is proved
/// @param pace              how fast its clients must be
/// @param home              the server that it belongs to
public record ReceiveConnector(
        String name,
        String serverName,
        Doors doors,
        String fqdn,
        Optional<Reply> banner,
        String postmasterDomain,
        ZoneId zone,
        Relay relay,
        boolean requireEhloDomain,
        BareLineEnds bareLineEnds,
        Extensions extensions,
        Limits limits,
        IntakeRules rules,
        boolean protocolLogging,
        SignInTerms signIn,
        Pace pace,
        Home home) {
    /// Build of Exchange 2019 that Received lines name (reference §6.7).
    public static final String SERVER_VERSION = "15.2.1544.4";

    /// Who may send to domains that aren't ours.
    @FunctionalInterface
    public interface Relay {
        Relay NOBODY = _ -> false;

        /// whoever connects from this machine: the lab's default
        Relay LOOPBACK = Peer::loopback;

        /// Asked for each recipient that isn't ours; any thread.
        boolean allows(Peer peer);
    }

    /// How SIZE stands in EHLO.
    public enum SizeKeyword {
        ENABLED,
        ENABLED_WITHOUT_VALUE,
        DISABLED
    }

    /// The keywords that EHLO offers; one that is off disappears, and its parameters and commands are refused.
    ///
    /// @param binaryMime only together with chunking: it has no other way in (RFC 3030 §3)
    /// @param smtpUtf8   only together with 8BITMIME: whoever offers it must offer that as well (RFC 6531 §3.1)
    public record Extensions(
            SizeKeyword size,
            boolean pipelining,
            boolean dsn,
            boolean enhancedStatusCodes,
            boolean eightBitMime,
            boolean binaryMime,
            boolean chunking,
            boolean smtpUtf8) {
        public static final Extensions ALL =
                new Extensions(SizeKeyword.ENABLED, true, true, true, true, true, true, true);

        public Extensions {
            binaryMime &= chunking;
            smtpUtf8 &= eightBitMime;
        }
    }

    /// Bounds (reference §6.2). Time-outs and the tarpit run on wire time.
    ///
    /// @param maxMessageBytes           of the message as the client sends it, dots removed
    /// @param maxHeaderBytes            of its header, the empty line included
    /// @param maxRecipients             per message
    /// @param maxHopCount               Received fields that a message may have when it comes
    /// @param maxConnections            open at once
    /// @param maxConnectionsPerSource   open at once from one address; loopback is not bound by it
    /// @param maxConnectionPercentagePerSource of the connections still free that one
    ///                                  address may have; likewise
    /// @param maxProtocolErrors         the error that reaches this number ends the session
    /// @param connectionTimeout         from connect to the end, however busy the session is
    /// @param connectionInactivityTimeout from one complete command, or step of data, to the next
    /// @param tarpitInterval            how long a 5xx is held back; loopback is never tarpitted
    public record Limits(
            long maxMessageBytes,
            int maxHeaderBytes,
            int maxRecipients,
            int maxHopCount,
            int maxConnections,
            int maxConnectionsPerSource,
            int maxConnectionPercentagePerSource,
            int maxProtocolErrors,
            Duration connectionTimeout,
            Duration connectionInactivityTimeout,
            Duration tarpitInterval) {
        /// Of Exchange's Default Frontend connector.
        public static final Limits DEFAULT_FRONTEND = new Limits(
                37_748_736,
                262_144,
                200,
                60,
                5_000,
                20,
                2,
                5,
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5));

        public Limits {
            if (maxMessageBytes < 1
                    || maxHeaderBytes < 1
                    || maxRecipients < 1
                    || maxHopCount < 1
                    || maxConnections < 1
                    || maxConnectionsPerSource < 1
                    || maxConnectionPercentagePerSource < 1
                    || maxProtocolErrors < 1) {
                throw new IllegalArgumentException("every limit of a receive connector is at least 1");
            }
            if (!connectionTimeout.isPositive()
                    || !connectionInactivityTimeout.isPositive()
                    || tarpitInterval.isNegative()) {
                throw new IllegalArgumentException("time-outs are positive and the tarpit interval is not negative");
            }
        }

        public Limits withMaxMessageBytes(long bytes) {
            return new Limits(
                    bytes,
                    maxHeaderBytes,
                    maxRecipients,
                    maxHopCount,
                    maxConnections,
                    maxConnectionsPerSource,
                    maxConnectionPercentagePerSource,
                    maxProtocolErrors,
                    connectionTimeout,
                    connectionInactivityTimeout,
                    tarpitInterval);
        }

        public Limits withConnectionTimeout(Duration timeout) {
            return new Limits(
                    maxMessageBytes,
                    maxHeaderBytes,
                    maxRecipients,
                    maxHopCount,
                    maxConnections,
                    maxConnectionsPerSource,
                    maxConnectionPercentagePerSource,
                    maxProtocolErrors,
                    timeout,
                    connectionInactivityTimeout,
                    tarpitInterval);
        }

        public Limits withConnections(int total, int perSource, int percentagePerSource) {
            return new Limits(
                    maxMessageBytes,
                    maxHeaderBytes,
                    maxRecipients,
                    maxHopCount,
                    total,
                    perSource,
                    percentagePerSource,
                    maxProtocolErrors,
                    connectionTimeout,
                    connectionInactivityTimeout,
                    tarpitInterval);
        }
    }

    public ReceiveConnector {
        if (name.isBlank() || serverName.isBlank() || fqdn.isBlank() || postmasterDomain.isBlank()) {
            throw new IllegalArgumentException(
                    "a receive connector needs a name, a server name, an FQDN and a postmaster domain");
        }
        if (banner.isPresent() && banner.get().code() != 220) {
            throw new IllegalArgumentException("a banner begins with 220, not " + banner.get());
        }
    }

    /// The port that clients know it by: Exchange's own two connectors have 25 and 587 (reference §6.1), any
    /// other the one where it is bound.
    public int knownAs() {
        if (name.startsWith("Default Frontend ")) {
            return 25;
        }
        return name.startsWith("Client Frontend ")
                ? 587
                : doors.bindings().getFirst().getPort();
    }

    /// The connector `Default Frontend <serverName>` with Exchange's settings; this machine may relay.
    ///
    /// @param fqdn such as `mail.company.com`; the part behind its first dot is the postmaster's domain
    public static ReceiveConnector defaultFrontend(String serverName, String fqdn, InetSocketAddress bind) {
        return new ReceiveConnector(
                "Default Frontend " + serverName,
                serverName,
                Doors.at(bind),
                fqdn,
                Optional.empty(),
                fqdn.indexOf('.') < 0 ? fqdn : fqdn.substring(fqdn.indexOf('.') + 1),
                ZoneOffset.UTC,
                Relay.LOOPBACK,
                false,
                BareLineEnds.REJECT,
                Extensions.ALL,
                Limits.DEFAULT_FRONTEND,
                IntakeRules.DEFAULT_FRONTEND,
                false,
                SignInTerms.DEFAULT_FRONTEND,
                Pace.USUAL,
                Home.of(fqdn));
    }

    /// `MAIL\Default Frontend MAIL`, as logs name it.
    public String identity() {
        return serverName + "\\" + name;
    }

    public ReceiveConnector withBind(InetSocketAddress newBind) {
        return but(like -> like.doors = Doors.at(newBind));
    }

    public ReceiveConnector withRelay(Relay newRelay) {
        return but(like -> like.relay = newRelay);
    }

    public ReceiveConnector withBareLineEnds(BareLineEnds policy) {
        return but(like -> like.bareLineEnds = policy);
    }

    public ReceiveConnector withExtensions(Extensions offered) {
        return but(like -> like.extensions = offered);
    }

    public ReceiveConnector withLimits(Limits newLimits) {
        return but(like -> like.limits = newLimits);
    }

    public ReceiveConnector withProtocolLogging(boolean logged) {
        return but(like -> like.protocolLogging = logged);
    }

    public ReceiveConnector withSignIn(SignInTerms terms) {
        return but(like -> like.signIn = terms);
    }

    public ReceiveConnector withDoors(Doors newDoors) {
        return but(like -> like.doors = newDoors);
    }

    public ReceiveConnector withRules(IntakeRules newRules) {
        return but(like -> like.rules = newRules);
    }

    public ReceiveConnector withName(String newName) {
        return but(like -> like.name = newName);
    }

    public ReceiveConnector withBanner(Reply newBanner) {
        return but(like -> like.banner = Optional.of(newBanner));
    }

    public ReceiveConnector withEhloDomain(boolean required) {
        return but(like -> like.requireEhloDomain = required);
    }

    public ReceiveConnector withPace(Pace newPace) {
        return but(like -> like.pace = newPace);
    }

    public ReceiveConnector withHome(Home newHome) {
        return but(like -> like.home = newHome);
    }

    private ReceiveConnector but(Consumer<Likeness> change) {
        Likeness likeness = new Likeness(this);
        change.accept(likeness);
        return likeness.whole(this);
    }

    /// What of a connector may be another in one that is like it.
    private static final class Likeness {
        private String name;
        private Doors doors;
        private Optional<Reply> banner;
        private Relay relay;
        private boolean requireEhloDomain;
        private BareLineEnds bareLineEnds;
        private Extensions extensions;
        private Limits limits;
        private IntakeRules rules;
        private boolean protocolLogging;
        private SignInTerms signIn;
        private Pace pace;
        private Home home;

        Likeness(ReceiveConnector of) {
            name = of.name;
            doors = of.doors;
            banner = of.banner;
            relay = of.relay;
            requireEhloDomain = of.requireEhloDomain;
            bareLineEnds = of.bareLineEnds;
            extensions = of.extensions;
            limits = of.limits;
            rules = of.rules;
            protocolLogging = of.protocolLogging;
            signIn = of.signIn;
            pace = of.pace;
            home = of.home;
        }

        ReceiveConnector whole(ReceiveConnector of) {
            return new ReceiveConnector(
                    name,
                    of.serverName,
                    doors,
                    of.fqdn,
                    banner,
                    of.postmasterDomain,
                    of.zone,
                    relay,
                    requireEhloDomain,
                    bareLineEnds,
                    extensions,
                    limits,
                    rules,
                    protocolLogging,
                    signIn,
                    pace,
                    home);
        }
    }
}
