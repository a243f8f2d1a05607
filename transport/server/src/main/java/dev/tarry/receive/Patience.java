package dev.tarry.receive;

import java.time.Duration;
import java.time.Instant;

/// How long one client may still take: for its next command, for the one that it has begun, or for more of its message.
/// Single octets win it no time: what counts is a whole command, or data at the [Pace] there must be. On the channel's
/// loop; moments are of wire time.
final class Patience {
    private final Duration inactivity;
    private final Pace pace;
    private Instant lastActivity;
    /// until when more data must have come; null outside data
    private Instant dataDue;
    /// null between commands
    private Instant commandBegan;
    private long octetsHeard;

    /// @param inactivity how long a client may be silent, or lag behind with data
    Patience(Duration inactivity, Pace pace, Instant now) {
        this.inactivity = inactivity;
        this.pace = pace;
        this.lastActivity = now;
    }

    /// Something was read, or answered.
    ///
    /// @param active     whether a command or a message has come whole, or was answered
    /// @param inData     whether what comes next is data
    /// @param midCommand whether a command has begun
    /// @param octets     that have come on the connection in all
    void heard(Instant now, boolean active, boolean inData, boolean midCommand, long octets) {
        if (active) {
            lastActivity = now;
        }
        commandBegan = midCommand ? active || commandBegan == null ? now : commandBegan : null;
        Instant due = dataDue == null ? lastActivity.plus(inactivity) : dataDue;
        dataDue = inData ? earlier(due.plus(pace.worth(octets - octetsHeard)), now.plus(inactivity)) : null;
        octetsHeard = octets;
    }

    /// It is not the client who keeps anybody waiting.
    void startAnew(Instant now) {
        lastActivity = now;
        commandBegan = commandBegan == null ? null : now;
        dataDue = dataDue == null ? null : now.plus(inactivity);
    }

    boolean over(Instant now) {
        Instant due = dataDue == null ? lastActivity.plus(inactivity) : dataDue;
        return !now.isBefore(due) || commandBegan != null && !now.isBefore(commandBegan.plus(pace.commandTimeout()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
