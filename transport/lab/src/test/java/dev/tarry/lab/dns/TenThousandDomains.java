package dev.tarry.lab.dns;

import dev.tarry.lab.Queries;
import dev.tarry.lab.fault.Faults;
import dev.tarry.lab.net.Protocol;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Measures, rather than tests, what ten thousand domains cost: processor time to take them in, heap, one change,
/// one question. Run by hand: `java -cp … dev.tarry.lab.dns.TenThousandDomains`.
final class TenThousandDomains {
    private static final int DOMAINS = 10_000;

    private TenThousandDomains() {}

    public static void main(String[] arguments) {
        var servers = new NameServers(
                () -> Instant.EPOCH, (_, _, _) -> () -> {}, new Faults(() -> Instant.EPOCH, () -> {}), Set.of(), 10);
        for (int round = 0; round < 5; round++) {
            servers.replaceZones(Zones.standard());
            long before = heap();
            var zones = new ArrayList<Zone>();
            for (int i = 0; i < DOMAINS; i++) {
                zones.add(zone(i, "10"));
            }
            long start = cpu();
            var all = new Zones(zones, List.of(), List.of(), Optional.empty());
            long checked = cpu();
            servers.replaceZones(all);
            long built = cpu();
            for (int i = 0; i < DOMAINS; i++) {
                servers.putZone(View.OUTSIDE, zone(i, "20"));
            }
            long put = cpu();
            for (int i = 0; i < DOMAINS; i++) {
                servers.serve(
                        "8.8.8.8",
                        Queries.query("domain" + i + ".example", "MX"),
                        Protocol.UDP,
                        ImmediateEventExecutor.INSTANCE,
                        _ -> {});
            }
            long asked = cpu();
            all = null;
            zones = null;
            System.out.printf(
                    "CPU time: check %d ms, build %d ms, %,d single changes %d ms, as many questions %d ms, heap %.1f MB%n",
                    (checked - start) / 1_000_000,
                    (built - checked) / 1_000_000,
                    DOMAINS,
                    (put - built) / 1_000_000,
                    (asked - put) / 1_000_000,
                    (heap() - before) / 1e6);
        }
    }

    private static Zone zone(int i, String preference) {
        var domain = "domain" + i + ".example";
        return new Zone(
                domain,
                List.of(
                        new ZoneRecord("@", "MX", 3_600, preference + " mail." + domain),
                        new ZoneRecord(
                                "mail." + domain,
                                "A",
                                3_600,
                                "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255))));
    }

    /// Of this thread: what else the machine does is not the zones' fault.
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
