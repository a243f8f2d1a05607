package dev.tarry.lab.dns;

import java.util.List;
import java.util.Optional;

final class ZoneIndex {
    private ZoneIndex() {}

    static void check(
            List<Zone> outside, List<Zone> inside, List<String> nonexistent, Optional<Zones.CatchAll> catchAll) {}
}
