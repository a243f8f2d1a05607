package dev.tarry.lab.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/// What comes back from a server that was asked.
sealed interface Reply {
    /// @param authoritative whether the server knows this of itself
    /// @param rcode one of [Rcode]
    /// @param soa says for how long a "no" holds
    /// @param referral NS records: who knows, when the server does not
    /// @param additional addresses of the hosts that the records or the referral name
    /// @param recursive whether the server asks others for those who ask it
    record Answered(
            boolean authoritative,
            int rcode,
            List<Record> records,
            Optional<Record> soa,
            List<? extends Record> referral,
            List<Record> additional,
            boolean recursive)
            implements Reply {
        Answered(boolean authoritative, int rcode, List<Record> records, Optional<Record> soa) {
            this(authoritative, rcode, records, soa, List.of(), List.of(), true);
        }

        /// The same from a server that asks nobody else.
        Answered ofItself() {
            return new Answered(authoritative, rcode, records, soa, referral, additional, false);
        }

        /// The same with these addresses beside it.
        Answered beside(List<Record> addresses) {
            return new Answered(authoritative, rcode, records, soa, referral, addresses, recursive);
        }
    }

    /// Nothing, ever.
    record Silence() implements Reply {}

    static Answered failed(int rcode) {
        return new Answered(false, rcode, List.of(), Optional.empty());
    }

    static Answered of(Finding finding, boolean authoritative) {
        return switch (finding) {
            case Finding.Found(var records) -> new Answered(authoritative, Rcode.NOERROR, records, Optional.empty());
            case Finding.NoSuchRecord(var aliases, var soa) ->
                new Answered(authoritative, Rcode.NOERROR, aliases, Optional.of(RecordText.negative(soa)));
            case Finding.NoSuchName(var aliases, var soa) ->
                new Answered(authoritative, Rcode.NXDOMAIN, aliases, Optional.of(RecordText.negative(soa)));
        };
    }
}
