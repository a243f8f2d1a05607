package dev.tarry.lab.dns;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a server lets out for one question, true or not.
///
/// @param reply what the octets are written from
/// @param spoiling what becomes of the octets on their way out; absent: nothing
/// @param heard what a careful server makes of it that has passed the question on
record Sending(Reply reply, Optional<Spoiling> spoiling, Heard heard) {
    /// @param outcome for the journal
    /// @param octets what goes out instead of these octets, in this order
    record Spoiling(String outcome, Function<byte[], List<Parcel>> octets) {}

    /// One datagram, or one message on a connection.
    ///
    /// @param elsewhere from another port, where it is a datagram; on a connection there is no such thing
    record Parcel(byte[] octets, boolean elsewhere) {
        static Parcel here(byte[] octets) {
            return new Parcel(octets, false);
        }
    }

    /// A server that passes questions on is careful (RFC 5452): what is not the answer to its question it ignores,
    /// and waits on.
    sealed interface Heard {
        /// Silence: nothing that is worth listening to.
        record As(Reply reply) implements Heard {}

        /// It asks once more, over TCP.
        record AskOverTcp() implements Heard {}

        /// It asks once more, without EDNS (RFC 6891 §7).
        record AskWithoutEdns() implements Heard {}
    }

    /// In good order.
    static Sending of(Reply reply) {
        return new Sending(reply, Optional.empty(), new Heard.As(reply));
    }

    /// Believed only by who is not careful.
    static Sending of(Reply reply, Heard heard) {
        return new Sending(reply, Optional.empty(), heard);
    }

    static Sending spoilt(Reply reply, String outcome, Function<byte[], List<Parcel>> octets, Heard heard) {
        return new Sending(reply, Optional.of(new Spoiling(outcome, octets)), heard);
    }
}
