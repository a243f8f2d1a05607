package dev.tarry.host;

import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.Name;

/// What somebody at the machine wants to know.
///
/// @param types     as dnsjava numbers them: one, or AAAA and A
/// @param servers   whom to ask, in order; empty: the adapter's, and what is remembered and what the hosts file has
///                  count too
/// @param hostsFile whether the names that the machine knows by itself count
/// @param cacheOnly whether nobody is to be asked
/// @param recursive whether a server is to ask others on our behalf
/// @param tcpOnly   whether datagrams are left alone
/// @param quick     whether each server is given [NameClient#QUICK] only
public record NameQuestion(
        Name name,
        List<Integer> types,
        List<InetSocketAddress> servers,
        boolean hostsFile,
        boolean cacheOnly,
        boolean recursive,
        boolean tcpOnly,
        boolean quick) {
    public NameQuestion {
        types = List.copyOf(types);
        servers = List.copyOf(servers);
        if (types.isEmpty()) {
            throw new IllegalArgumentException("something must be asked for");
        }
    }

    /// As the machine's programs ask.
    static NameQuestion ordinary(Name name, List<Integer> types) {
        return new NameQuestion(name, types, List.of(), true, false, true, false, false);
    }
}
