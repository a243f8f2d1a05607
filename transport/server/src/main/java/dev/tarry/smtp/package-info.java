/// SMTP as octets (RFC 5321): what comes off the wire becomes commands, replies and data, and the other
/// way round. Both ends use it: the server's listeners and the client that sends to the next hop.
///
/// Doors in: [CommandDecoder] and [ReplyEncoder] for a server, [ReplyDecoder] and [DotStuffing] for a
/// client; [CommandParser] alone for what stands on one line. Each Netty handler is a thin skin around a
/// plain class that is tested without a channel.
///
/// May import: `mail`, `config` (its [dev.tarry.config.ALabels]), Netty's buffers and channels. Never
/// here: what a command means (`receive`, `send`), queues, time-outs, connections.
package dev.tarry.smtp;
