package dev.tarry.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a DNS fault looks like to somebody else's client: dig, of Debian's bind9-dnsutils, and kdig, of knot-dnsutils.
@ExtendWith(SharedServer.class)
final class DigTest {
    /// Long enough for a busy machine: only faults that are silence make dig wait so long.
    private static final String SECONDS = "2";

    private static String ask(TarryProcess server, String client, List<String> words) throws Exception {
        Optional<Path> program = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, client))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), () -> "skipped: there is no " + client + " here");
        String[] at = server.ready("labDns").split(":");
        List<String> command = new ArrayList<>(List.of(program.orElseThrow().toString(), "@" + at[0], "-p", at[1]));
        command.addAll(words);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), said);
        return said;
    }

    private static void fault(TarryProcess server, String words) {
        var fault = new LinkedHashMap<String, Object>(Map.of("where", "dns", "name", "fabrikam.com"));
        String[] all = words.split(" ");
        fault.put("what", all[0]);
        Arrays.stream(all).skip(1).map(word -> word.split("=")).forEach(word -> fault.put(word[0], word[1]));
        server.client().addFault(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noanswer | no servers could be reached",
                "servfail | status: SERVFAIL",
                "refused | status: REFUSED",
                "notimp | status: NOTIMP",
                "formerr | status: FORMERR",
                "nxdomain | status: NXDOMAIN",
                "nodata | ANSWER: 0, AUTHORITY: 1",
                "lame | recursion requested but not available",
                "truncate | Truncated, retrying in TCP mode.",
                "cnameloop | back-to.fabrikam.com.made-up.test.",
                "cnamechain length=3 | ANSWER: 4",
                "ttl seconds=4294967295 | 4294967295",
                "mx to=address | 192.0.2.66.",
                "mx to=null | MX\t0 .",
                "mx to=self | MX\t10 mail.company.com.",
                "many count=500 | ANSWER: 500",
                "poison | ADDITIONAL: 4",
                "edns how=formerr | retry with '+noedns'",
                "edns how=badvers | status: BADVERS",
                "edns how=silent | no servers could be reached",
                "edns how=garbled | malformed message packet",
                "wrongid | ID mismatch",
                "wrongquestion | Question section mismatch: got xabrikam.com/MX/IN",
                "wrongsource | no servers could be reached",
                "stray count=2 | ID mismatch",
                "garbage | Got bad packet",
                "empty | no servers could be reached",
                "counts | malformed message packet",
                "lengths | malformed message packet",
                "compression | Got bad packet",
            })
    void dig_says_what_is_wrong(String fault, String words, TarryProcess server) throws Exception {
        List<String> question = List.of("fabrikam.com", "MX", "+tries=1", "+nocookie", "+time=" + SECONDS);
        fault(server, fault);
        String said = ask(server, "dig", question);
        assertTrue(said.contains(words), said);
        server.client().resetLab();
        String mended = ask(server, "dig", question);
        assertTrue(mended.contains("MX\t10 mail.fabrikam.com."), mended);
        assertFalse(mended.contains("arning"), mended);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wrongsource | unexpected reply source",
                "wrongid | is different from query ID",
                "wrongquestion | query/response question sections are different",
                "truncate | retrying over TCP",
                "compression | malformed reply packet",
            })
    void kdig_says_so_too(String fault, String words, TarryProcess server) throws Exception {
        fault(server, fault);
        String said = ask(server, "kdig", List.of("fabrikam.com", "MX", "+retry=0", "+time=" + SECONDS));
        assertTrue(said.contains(words), said);
    }
}
