package dev.tarry.config;

/// How DNS servers are asked (reference §4.1).
public enum DnsProtocolOption {
    /// UDP, and TCP when an answer was cut short.
    ANY("Any"),
    USE_TCP_ONLY("UseTcpOnly"),
    USE_UDP_ONLY("UseUdpOnly");

    private final String word;

    DnsProtocolOption(String word) {
        this.word = word;
    }

    /// As Exchange writes it.
    public String word() {
        return word;
    }
}
