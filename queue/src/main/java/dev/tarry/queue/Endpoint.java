package dev.tarry.queue;

/// Who was at the other end of an attempt.
///
/// @param connector the send connector's name, empty if none
/// @param host      its name, empty if none was reached
/// @param ip        its address, empty if none was reached
public record Endpoint(String connector, String host, String ip) {
    public static final Endpoint NONE = new Endpoint("", "", "");
}
