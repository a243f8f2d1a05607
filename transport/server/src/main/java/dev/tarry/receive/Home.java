package dev.tarry.receive;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The server that a receive connector belongs to.
///
/// @param server        its name, which the fields for its organization bear
/// @param names         all that its Received fields may bear, in lower case: its own and those of its connectors
/// @param defaultDomain what is put behind addresses that have no domain; absent: such addresses are refused
public record Home(String server, Set<String> names, Optional<String> defaultDomain) {
    public Home {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// One that has a single name.
    public static Home of(String server) {
        return new Home(server, Set.of(server), Optional.empty());
    }
}
