package dev.tarry.lab.dns;

/// One record in plain words, as in a zone file; names need no last dot and are never relative.
///
/// @param name the owner, `@` for the zone's own name
/// @param type such as `MX`
/// @param ttl seconds
/// @param data the rest, such as `10 mail.fabrikam.com`
public record ZoneRecord(String name, String type, long ttl, String data) {
    /// RFC 2181 §8.
    static final long TTL_MAX = Integer.MAX_VALUE;

    public ZoneRecord {
        BadZone.present(name, "a record", "name");
        BadZone.present(type, "record " + name, "type");
        BadZone.present(data, "record " + name + " " + type, "data");
        if (ttl < 0 || ttl > TTL_MAX) {
            throw new BadZone("record " + name + " " + type, "ttl is " + ttl, "0 to " + TTL_MAX + " seconds is needed");
        }
    }
}
