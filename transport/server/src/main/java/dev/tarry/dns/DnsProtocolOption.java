package dev.tarry.dns;

import java.util.Optional;

/// ExternalDNSProtocolOption and InternalDNSProtocolOption (reference §4.1).
public enum DnsProtocolOption {
    /// UDP, and TCP where the answer did not fit.
    ANY("Any"),
    /// Never TCP: an answer that does not fit is a failure.
    USE_UDP_ONLY("UseUdpOnly"),
    USE_TCP_ONLY("UseTcpOnly");

    private final String shellName;

    DnsProtocolOption(String shellName) {
        this.shellName = shellName;
    }

    public String shellName() {
        return shellName;
    }

    /// The option of this name, whatever its case.
    public static Optional<DnsProtocolOption> named(String shellName) {
        for (DnsProtocolOption option : values()) {
            if (option.shellName.equalsIgnoreCase(shellName)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    DnsProtocol first() {
        return this == USE_TCP_ONLY ? DnsProtocol.TCP : DnsProtocol.UDP;
    }
}
