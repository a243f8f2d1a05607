package dev.tarry.shell;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.run.Interruption;
import dev.tarry.shell.syntax.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;

/// A shell on a stub server, with everything it says caught.
final class Bench implements AutoCloseable {
    /// What one script said.
    ///
    /// @param err with each message and each category in one line, however long
    /// @param printed the same as it was printed, fitted to the width
    record Said(int code, String out, String err, String printed) {
        private static final int ROOM = ShellIo.DEFAULT_WIDTH_COLUMNS - 1;

        static Said of(int code, String out, String err) {
            String printed = err.replace(System.lineSeparator(), "\n");
            StringBuilder whole = new StringBuilder();
            String last = "";
            for (String line : printed.split("(?<=\n)")) {
                String text = line.stripTrailing();
                boolean cut = last.length() == ROOM && text.matches("   [^ ].*");
                boolean goesOn = !last.startsWith("+ ")
                        && !text.matches("(At .*:\\d+ char:\\d+|\\+ .*| *)")
                        && last.length() <= ROOM
                        && last.length() + 1 + text.split(" ", 2)[0].length() > ROOM;
                if (cut || !text.startsWith(" ") && goesOn) {
                    whole.setLength(whole.length() - 1);
                    whole.append(cut ? "" : " ").append(line.substring(cut ? 3 : 0));
                } else {
                    whole.append(line);
                }
                last = text;
            }
            return new Said(code, out.replace(System.lineSeparator(), "\n"), whole.toString(), printed);
        }

        /// Output with one blank line where there are several: how many there are is PowerShell 5.1's taste.
        String shown() {
            return out.replaceAll("\n{3,}", "\n\n").replaceFirst("^\n+", "\n");
        }

        /// Output without the blank lines around it.
        String text() {
            return out.strip();
        }
    }

    final StubServer server;
    private final TarryClient client;
    private final ZoneId zone;

    Bench() throws IOException {
        this("UTC");
    }

    Bench(String zone) throws IOException {
        this.server = new StubServer();
        this.client = new TarryClient(server.uri());
        this.zone = ZoneId.of(zone);
    }

    Said run(String script) {
        return run(script, false);
    }

    /// @param watched whether somebody looks at the error output
    Said run(String script, boolean watched) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ShellIo io = new ShellIo(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ShellIo.DEFAULT_WIDTH_COLUMNS,
                zone,
                Map.of("COMPUTERNAME", "MAIL", "Path", "/bin"),
                () -> watched);
        int code = Shell.run(Script.typed(script), io, client);
        return Said.of(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Runs a script until it ends, or has turned and put out so often.
    Said runFor(String script, int turns) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Interruption interruption = new Interruption();
        interruption.after(turns);
        ShellIo io = new ShellIo(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                ShellIo.DEFAULT_WIDTH_COLUMNS,
                zone,
                Map.of("COMPUTERNAME", "MAIL", "Path", "/bin"),
                () -> false);
        int code = new Shell(io, client, interruption).run(Script.typed(script));
        return Said.of(code, "", err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    static final String TWO_QUEUES = """
            {"items":[
            {"DeliveryType":"DnsConnectorDelivery","NextHopDomain":"external-company.com","TlsDomain":"",
             "NextHopConnector":"4520e633-d83d-411a-bbe4-6a84648674ee","Status":"Retry","MessageCount":1,
             "LastError":"[{LED=451 4.4.0 DNS query failed. The error was: DNS query failed with error ErrorRetry};{MSG=};{FQDN=external-company.com};{IP=};{LRT=1/2/2026 3:03:05 AM}]",
             "RetryCount":3,"LastRetryTime":"2026-01-02T03:03:05.000Z","NextRetryTime":"2026-01-02T03:04:05.000Z",
             "FirstRetryTime":"2026-01-02T03:00:05.000Z","DeferredMessageCount":1,
             "MessageCountsPerPriority":[0,0,0,0],"DeferredMessageCountsPerPriority":[0,1,0,0],"RiskLevel":"Normal",
             "OutboundIPPool":0,"NextHopCategory":"External","Velocity":0.0,"PriorityDescriptions":["High","Normal","Low","None"],
             "Identity":"MAIL\\\\4","IsValid":true,"ObjectState":"New"},
            {"DeliveryType":"Undefined","NextHopDomain":"Submission","TlsDomain":"",
             "NextHopConnector":"00000000-0000-0000-0000-000000000000","Status":"Ready","MessageCount":0,"LastError":"",
             "RetryCount":0,"LastRetryTime":null,"NextRetryTime":null,"FirstRetryTime":null,"DeferredMessageCount":0,
             "MessageCountsPerPriority":[0,0,0,0],"DeferredMessageCountsPerPriority":[0,0,0,0],"RiskLevel":"Normal",
             "OutboundIPPool":0,"NextHopCategory":"Internal","Velocity":0.0,"PriorityDescriptions":["High","Normal","Low","None"],
             "Identity":"MAIL\\\\Submission","IsValid":true,"ObjectState":"New"}]}""";

    Bench withTwoQueues() {
        server.json("GET /api/v1/queues", 200, TWO_QUEUES);
        return this;
    }
}
