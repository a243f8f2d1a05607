package dev.tarry.routing;

import java.net.InetAddress;

/// A host that a connector hands all its mail to: an address, or a name that is looked up (reference §4.4).
public sealed interface SmartHost {
    /// @param address used as it is
    record Address(InetAddress address) implements SmartHost {
        @Override
        public String toString() {
            return "[" + address.getHostAddress() + "]";
        }
    }

    /// @param name fully qualified, in lower case
    record Name(String name) implements SmartHost {
        /// @throws IllegalArgumentException if it cannot be a host's name
        public Name {
            name = Domains.canonical(name);
            if (!Domains.valid(name) || Character.isDigit(name.charAt(name.length() - 1))) {
                throw new IllegalArgumentException(
                        "a smart host is a fully qualified name or an IP address, not \"" + name + "\"");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Reads `smart.fabrikam.com`, `10.10.10.100`, `[10.10.10.100]` or `[IPv6:2001:db8::1]`. Nothing is looked up.
    ///
    /// @throws IllegalArgumentException if it is none of these
    static SmartHost of(String text) {
        String host = text.strip();
        return Literals.address(host)
                .or(() -> Literals.bracketed(host))
                .<SmartHost>map(Address::new)
                .orElseGet(() -> new Name(host));
    }
}
