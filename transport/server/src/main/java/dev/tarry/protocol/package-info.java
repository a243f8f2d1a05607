/// The protocol logs: what was said over SMTP, line by line, by clients to us and by us to hosts (reference §8.7).
///
/// Doors in: [ProtocolTranscripts] gives `receive` and `send` somebody to tell; its rows go to a [ProtocolSink];
/// [SessionWatches] keeps transcripts on demand; [ProtocolFormat] is a line of the file, [ProtocolSearch] finds lines.
/// [AuthMask] keeps passwords out; message bodies
/// never come here.
///
/// May import: `config`, `log`, `mail`, `smtp`, `receive`, `routing`, `send`, the JDK. Never here: sockets, who keeps
/// the rows.
package dev.tarry.protocol;
