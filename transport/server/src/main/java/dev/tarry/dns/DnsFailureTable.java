package dev.tarry.dns;

import dev.tarry.mail.ExchangeProfile;
import dev.tarry.mail.Reply;
import java.util.Optional;

/// What an answer without hosts means for the mail, in Exchange's words: the rows D1 to D21 of reference §3.2 as
/// data. Immutable; any thread.
public final class DnsFailureTable {
    /// A failure of all recipients that wait for the next hop.
    ///
    /// @param row       which row of reference §3.2
    /// @param permanent true: an NDR now; false: Retry
    /// @param reply     the words, as LastError or the NDR has them
    /// @param note      what tells it from others with the same words, begins with the row: [FailureNote]
    public record Failure(DnsRow row, boolean permanent, Reply reply, String note) {}

    /// Where the mail was to go, which decides how bad it is that the name does not exist.
    ///
    /// @param name  as the queue has it
    /// @param kind  what the name came from
    /// @param downgradeDnsFailures whether the connector makes every DNS error transient (reference §5.4)
    public record NextHop(String name, Kind kind, boolean downgradeDnsFailures) {
        public enum Kind {
            /// The domain of a recipient: that it does not exist is the sender's mistake.
            RECIPIENT_DOMAIN,
            /// A smart host or a server of our own: that it does not exist is the administrator's mistake.
            CONFIGURED_HOST
        }
    }

    private record Row(DnsRow id, boolean permanent, String text) {}

    private static final String NONEXISTENT = "SMTPSEND.DNS.NonExistentDomain; nonexistent domain";
    private static final String LOOPBACK =
            "SMTPSEND.DNS.MxLoopback; DNS records for this domain are configured in a loop";
    private static final String PERMANENT = "554 5.4.4 ";
    private static final String BARE = "451 4.4.0 DNS query failed";
    private static final String WITH_REASON = BARE + ". The error was: ";
    private static final String NULL_MX_RFC_7505 = "556 5.1.10 Recipient address has null MX";

    private final ExchangeProfile profile;
    private final boolean nullMxAsRfc7505;

    /// @param nullMxAsRfc7505 true: `556 5.1.10` for a null MX; false: as a domain that does not exist
    public DnsFailureTable(ExchangeProfile profile, boolean nullMxAsRfc7505) {
        this.profile = profile;
        this.nullMxAsRfc7505 = nullMxAsRfc7505;
    }

    /// @return empty if the answer has hosts
    public Optional<Failure> failure(MxAnswer answer, NextHop hop) {
        Row row = switch (answer) {
            case MxAnswer.Hosts _ -> null;
            case MxAnswer.NoSuchDomain _ -> nonexistent(hop);
            case MxAnswer.NoRecords _ -> permanent(DnsRow.D6, NONEXISTENT, hop);
            case MxAnswer.Loop _ -> permanent(DnsRow.D12, LOOPBACK, hop);
            case MxAnswer.NoUsableHost(var _, var _, boolean nothingNamed) ->
                permanent(nothingNamed ? DnsRow.D18 : DnsRow.D14, NONEXISTENT, hop);
            case MxAnswer.NullMx _ -> nullMx(hop);
            case MxAnswer.QueryFailed(var status, var _, var _) -> failed(status);
        };
        return Optional.ofNullable(row)
                .map(r -> new Failure(r.id(), r.permanent(), Reply.parse(r.text()), FailureNote.text(r.id(), answer)));
    }

    /// The name under which a failed query goes inside Exchange, as the texts quote it.
    public String statusName() {
        return switch (profile) {
            case SEED -> "ErrorDnsQueryFailed";
            case E2010, E2013, E2016, E2019 -> "ErrorRetry";
        };
    }

    private Row nonexistent(NextHop hop) {
        if (hop.kind() == NextHop.Kind.RECIPIENT_DOMAIN) {
            return permanent(DnsRow.D1, NONEXISTENT, hop);
        }
        return switch (profile) {
            case E2010, E2013, SEED -> new Row(DnsRow.D3, false, transientText(NONEXISTENT));
            case E2016, E2019 ->
                new Row(
                        DnsRow.D4,
                        false,
                        WITH_REASON + NONEXISTENT + " " + Printable.text(hop.name())
                                + " -> DnsDomainDoesNotExist: InfoDomainNonexistent");
        };
    }

    private Row permanent(DnsRow id, String reason, NextHop hop) {
        if (hop.downgradeDnsFailures()) {
            return new Row(DnsRow.D2, false, transientText(reason));
        }
        if (hop.kind() == NextHop.Kind.CONFIGURED_HOST) {
            return new Row(DnsRow.D3, false, transientText(reason));
        }
        return new Row(id, true, PERMANENT + reason);
    }

    private Row nullMx(NextHop hop) {
        boolean transientHere = hop.downgradeDnsFailures() || hop.kind() == NextHop.Kind.CONFIGURED_HOST;
        return nullMxAsRfc7505 && !transientHere
                ? new Row(DnsRow.D16, true, NULL_MX_RFC_7505)
                : permanent(DnsRow.D16, NONEXISTENT, hop);
    }

    private Row failed(DnsStatus status) {
        String error = transientText("DNS query failed with error " + statusName());
        return switch (status) {
            case SERVER_FAILURE -> new Row(DnsRow.D7, false, error);
            case REFUSED -> new Row(DnsRow.D8, false, error);
            case TIMEOUT -> new Row(DnsRow.D9, false, error);
            case NO_SERVER -> new Row(DnsRow.D10, false, error);
            case MALFORMED, ALIAS_LOOP -> new Row(DnsRow.D11, false, profile == ExchangeProfile.SEED ? error : BARE);
            case HOSTS_UNRESOLVED -> new Row(DnsRow.D15, false, error);
            case TRUNCATED -> new Row(DnsRow.D19, false, error);
        };
    }

    /// Exchange 2010 gave no reason.
    private String transientText(String reason) {
        return profile == ExchangeProfile.E2010 ? BARE : WITH_REASON + reason;
    }
}
