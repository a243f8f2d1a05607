package dev.tarry.admin;

import dev.tarry.config.ALabels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// How accepted and remote domains are named. Pure; any thread.
final class DomainIdentity {
    private DomainIdentity() {}

    /// @param bag      a domain's properties
    /// @param identity its name, its domain in any script, or its GUID, in any case
    static boolean means(Map<String, Object> bag, String identity) {
        return ALabels.canonical(identity).equals(bag.get("DomainName"))
                || List.of("Identity", "Guid").stream()
                        .anyMatch(property -> identity.equalsIgnoreCase((String) bag.get(property)));
    }

    /// The same at every start.
    ///
    /// @param kind   `accepted domain`, `remote domain`
    /// @param values its settings, `domainName` among them
    static String guid(String kind, Map<String, String> values) {
        return UUID.nameUUIDFromBytes((kind + " " + values.get("domainName")).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
