package dev.tarry.lab.dns;

import java.util.List;
import java.util.Optional;

/// Everything that DNS knows in the lab's world: plain values, checked as a whole.
///
/// @param outside what the public servers answer, and the internal ones through their forwarders
/// @param inside what only the internal servers answer, of their own knowledge; hides the same domain outside
/// @param nonexistent names that do not exist, with all below them, though nobody defined them
/// @param catchAll who gets the mail of all domains that nobody defined; empty: such domains do not exist
public record Zones(List<Zone> outside, List<Zone> inside, List<String> nonexistent, Optional<CatchAll> catchAll) {
    /// The host of all undefined domains: their MX, and the address of every undefined name.
    ///
    /// @param host its name
    /// @param address its IPv4 address
    public record CatchAll(String host, String address) {
        public CatchAll {
            BadZone.present(host, "catch-all", "host");
            BadZone.present(address, "catch-all", "address");
        }
    }

    /// @throws BadZone naming the first zone or record that is wrong
    public Zones(List<Zone> outside, List<Zone> inside, List<String> nonexistent, Optional<CatchAll> catchAll) {
        this.outside = List.copyOf(BadZone.present(outside, "zones", "outside"));
        this.inside = List.copyOf(BadZone.present(inside, "zones", "inside"));
        this.nonexistent = List.copyOf(BadZone.present(nonexistent, "zones", "nonexistent"));
        this.catchAll = BadZone.present(catchAll, "zones", "catchAll");
        ZoneIndex.check(this);
    }

    /// The world one starts with.
    public static Zones standard() {
        return StandardWorld.zones();
    }
}
