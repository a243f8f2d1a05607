package dev.tarry.lab.dns;

import dev.tarry.lab.net.Protocol;
import java.time.Instant;

/// A query that a lab DNS server got, written down when its fate was known.
///
/// @param at lab time of asking
/// @param server the address of the server in the lab's world, such as `8.8.8.8`
/// @param askedBy `client`, or the address of the lab server that forwarded the question
/// @param name the name asked for, in presentation form, without the last dot
/// @param type such as `MX`
/// @param outcome `NOERROR 5` (with the number of answers), `NXDOMAIN`, `SERVFAIL`, `REFUSED`, `TRUNCATED`,
///     `SILENCE` …
public record JournaledQuery(
        Instant at, String server, String askedBy, Protocol protocol, String name, String type, String outcome) {}
