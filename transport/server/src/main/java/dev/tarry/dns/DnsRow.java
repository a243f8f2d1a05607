package dev.tarry.dns;

/// What DNS can do to mail: the rows of reference §3.2. Counts, the journal and LastError tell them apart by these
/// names, since Exchange's words are the same for many.
///
/// D5, D13 and D17 are no failures, and so is D19 where TCP may be used: mail goes. D20 is met when mail expires of
/// another row; D21 is D7 to D15 and D19 in the words of the profile `seed`.
public enum DnsRow {
    D1("the domain does not exist"),
    D2("known to take no mail, and the connector makes every DNS failure temporary"),
    D3("a smart host, or a server of ours, does not exist"),
    D4("the same, in the words of 2016 and later"),
    D5("no MX records: the domain's own address is its host"),
    D6("neither MX nor address records"),
    D7("every server fails (SERVFAIL)"),
    D8("every server refuses"),
    D9("no answer in time"),
    D10("no server to ask, or none reachable"),
    D11("answers that are none, or aliases that go round"),
    D12("the best host is this server"),
    D13("some MX hosts have no address; the others are used"),
    D14("no MX host has an address"),
    D15("the address of no MX host could be found out"),
    D16("the domain takes no mail (null MX)"),
    D17("an MX host is an alias, which is followed"),
    D18("MX records that name no host: addresses, names that are none"),
    D19("too large for a datagram: asked again over TCP, or not allowed to"),
    D20("expired while DNS failed"),
    D21("the words of the fix guide");

    private final String words;

    DnsRow(String words) {
        this.words = words;
    }

    /// What happened, in a few words.
    public String words() {
        return words;
    }
}
