package dev.tarry.shell.own;

import static dev.tarry.shell.cmdlet.ParameterType.TEXT;
import static dev.tarry.shell.cmdlet.ParameterType.WHOLE;

import dev.tarry.client.TranscriptClient;
import dev.tarry.client.TranscriptClient.Line;
import dev.tarry.client.TranscriptClient.Session;
import dev.tarry.client.TranscriptClient.Transcript;
import dev.tarry.client.TranscriptClient.Wanted;
import dev.tarry.shell.cmdlet.Call;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.Parameter;
import dev.tarry.shell.value.Row;
import dev.tarry.shell.value.ShellFailure;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What clients say to receive connectors and are answered, kept on demand: New-, Get-, Stop- and
/// Remove-SmtpTranscript, and Get-SmtpTranscriptLine.
public final class TranscriptCmdlets {
    private static final String OURS =
            "tarry's own: Exchange has the protocol log, line by line and connector by connector.";

    private TranscriptCmdlets() {}

    public static List<Cmdlet> all() {
        return List.of(
                shown("New-SmtpTranscript")
                        .takes(
                                Parameter.of("Client", TEXT),
                                Parameter.of("Address", TEXT).alias("EmailAddress"),
                                Parameter.of("Connector", TEXT),
                                Parameter.of("MaxSessions", WHOLE))
                        .acts()
                        .summary("Begins to keep what a client, or everybody who names an address, says from now on.")
                        .remark(OURS)
                        .simply(TranscriptCmdlets::begin),
                shown("Get-SmtpTranscript")
                        .takes(Parameter.of("Identity", TEXT).at(0).pipedBy("Id"))
                        .summary("Shows the transcripts that there are, or one with its sessions.")
                        .remark(OURS)
                        .simply(TranscriptCmdlets::get),
                Cmdlet.named("Get-SmtpTranscriptLine")
                        .takes(Parameter.of("Identity", TEXT).at(0).required().pipedBy("Id"))
                        .shows("SmtpTranscriptLine", "SessionId", "DateTime", "Event", "Data")
                        .summary("Shows what was said in the sessions of a transcript, line by line.")
                        .remark(OURS)
                        .simply(TranscriptCmdlets::lines),
                shown("Stop-SmtpTranscript")
                        .takes(Parameter.of("Identity", TEXT).at(0).required().pipedBy("Id"))
                        .acts()
                        .summary("Keeps nothing more; what was kept can still be read.")
                        .remark(OURS)
                        .simply(TranscriptCmdlets::stop),
                Cmdlet.named("Remove-SmtpTranscript")
                        .takes(Parameter.of("Identity", TEXT).at(0).required().pipedBy("Id"))
                        .acts()
                        .prompts()
                        .summary("Removes a transcript, and what it has kept.")
                        .remark(OURS)
                        .simply(TranscriptCmdlets::remove));
    }

    private static Cmdlet.Draft shown(String name) {
        return Cmdlet.named(name)
                .shows("SmtpTranscript", "Id", "Client", "Address", "Connector", "SessionCount", "Begun", "Stopped");
    }

    private static TranscriptClient transcripts(Call call) {
        return call.client().transcripts();
    }

    private static void begin(Call call) {
        if (call.text("Client").isEmpty() && call.text("Address").isEmpty()) {
            throw ShellFailure.of(
                    ShellFailure.Category.InvalidArgument,
                    "NoClientOrAddress",
                    "ParameterBindingException",
                    "Say whose sessions are to be kept: -Client 192.0.2.7, a range of addresses, or -Address of a sender"
                            + " or recipient.");
        }
        String whose = call.text("Client").or(() -> call.text("Address")).orElseThrow();
        if (call.proceed(whose)) {
            write(
                    call,
                    transcripts(call)
                            .begin(new Wanted(
                                    call.text("Client"),
                                    call.text("Address"),
                                    call.text("Connector"),
                                    call.whole("MaxSessions").map(Long::intValue))));
        }
    }

    private static void get(Call call) {
        call.text("Identity")
                .ifPresentOrElse(
                        id -> write(call, transcripts(call).read(id)),
                        () -> transcripts(call).list().forEach(one -> write(call, one)));
    }

    private static void lines(Call call) {
        for (Session session :
                transcripts(call).read(call.text("Identity").orElseThrow()).sessions()) {
            session.lines().forEach(line -> call.write(line(call, line, Optional.of(session.id()))));
            if (session.linesLeftOut() > 0) {
                call.warn("Of the session " + session.id() + " " + session.linesLeftOut() + " lines were not kept.");
            }
        }
    }

    private static void stop(Call call) {
        String id = call.text("Identity").orElseThrow();
        if (call.proceed(id)) {
            write(call, transcripts(call).stop(id));
        }
    }

    private static void remove(Call call) {
        String id = call.text("Identity").orElseThrow();
        if (call.proceed(id)) {
            transcripts(call).remove(id);
        }
    }

    private static void write(Call call, Transcript one) {
        List<Object> sessions = new ArrayList<>();
        one.sessions().forEach(session -> sessions.add(session(call, session)));
        call.write(new Row("SmtpTranscript")
                .with("Id", one.id())
                .with("Client", one.client().orElse(null))
                .with("Address", one.address().orElse(null))
                .with("Connector", one.connector().orElse(null))
                .with("MaxSessions", one.maxSessions())
                .with("Begun", local(call, one.begun()))
                .with("Stopped", one.stopped().map(at -> local(call, at)).orElse(null))
                .with("SessionCount", one.sessionCount())
                .with("SessionsLeftOut", one.sessionsLeftOut())
                .with("Sessions", sessions));
    }

    private static Row session(Call call, Session session) {
        List<Object> lines = new ArrayList<>();
        session.lines().forEach(line -> lines.add(line(call, line, Optional.empty())));
        return new Row("SmtpTranscriptSession")
                .with("SessionId", session.id())
                .with("Connector", session.connector())
                .with("LocalEndpoint", session.localEndpoint())
                .with("RemoteEndpoint", session.remoteEndpoint())
                .with("Opened", local(call, session.opened()))
                .with("Closed", session.closed().map(at -> local(call, at)).orElse(null))
                .with("Lines", lines)
                .with("LinesLeftOut", session.linesLeftOut());
    }

    private static Row line(Call call, Line line, Optional<String> session) {
        Row row = new Row("SmtpTranscriptLine");
        session.ifPresent(id -> row.with("SessionId", id));
        return row.with("DateTime", local(call, line.time()))
                .with("Event", line.event())
                .with("Data", line.data())
                .with("Context", line.context());
    }

    private static ZonedDateTime local(Call call, Instant moment) {
        return moment.atZone(call.io().zone());
    }
}
