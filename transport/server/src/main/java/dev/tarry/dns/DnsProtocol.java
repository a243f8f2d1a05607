package dev.tarry.dns;

/// What carries a query.
public enum DnsProtocol {
    UDP,
    TCP
}
