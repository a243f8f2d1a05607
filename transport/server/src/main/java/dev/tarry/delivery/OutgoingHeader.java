package dev.tarry.delivery;

import dev.tarry.queue.Leased;
import dev.tarry.smtp.HeaderFirewall;
import io.netty.buffer.ByteBuf;

/// What becomes of a message's header when it leaves: what only servers of our organization may read stays here
/// (reference §6.7), unless it goes to one of them. It may be read several times, each time from its beginning. On the
/// connection's loop.
final class OutgoingHeader {
    private final long filteredBytes;
    private HeaderFirewall firewall;

    private OutgoingHeader(long filteredBytes) {
        this.filteredBytes = filteredBytes;
        this.firewall = new HeaderFirewall(filteredBytes);
    }

    /// @param toOurs whether it goes to a server of our organization
    static OutgoingHeader of(Leased leased, boolean toOurs) {
        return new OutgoingHeader(toOurs ? 0 : leased.message().headerBytes());
    }

    /// Takes a chunk over.
    ///
    /// @return what leaves of it; may be empty
    ByteBuf pass(int chunk, ByteBuf octets) {
        if (chunk == 0) {
            firewall = new HeaderFirewall(filteredBytes);
        }
        return firewall.pass(octets);
    }

    /// Octets that have been taken out, as far as it has been read.
    long dropped() {
        return firewall.dropped();
    }
}
