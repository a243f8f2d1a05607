package dev.tarry.shell.bridge;

import dev.tarry.client.TarryClient;
import dev.tarry.shell.cmdlet.Cmdlet;
import dev.tarry.shell.cmdlet.CmdletTable;
import dev.tarry.shell.print.Person;
import dev.tarry.shell.print.ShellIo;
import dev.tarry.shell.value.ShellFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Answers requests for cmdlets, line by line, until there are no more. Blocks the calling thread.
public final class Bridge {
    /// The longest request.
    static final int MAX_LINE_CHARACTERS = 64 * 1024 * 1024;
    /// Calls that may be under way at once: as deep as a pipeline is long. One more ends the oldest, which whoever
    /// began it has forgotten.
    static final int MAX_CALLS = 100;

    private final CmdletTable cmdlets;
    private final TarryClient client;
    private final ShellIo surroundings;
    private final JsonMapper json = JsonMapper.shared();
    private final SequencedMap<Long, BridgeCall> calls = new LinkedHashMap<>();

    /// A request that cannot be answered as it is.
    private static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    /// @param surroundings zone and environment of the cmdlets; its streams are not touched
    public Bridge(CmdletTable cmdlets, TarryClient client, ShellIo surroundings) {
        this.cmdlets = cmdlets;
        this.client = client;
        this.surroundings = surroundings;
    }

    /// @throws IOException where the streams break
    public void answer(InputStream in, PrintStream out) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(out, false, StandardCharsets.UTF_8);
        try {
            for (String line = line(requests); line != null; line = line(requests)) {
                if (!line.isBlank()) {
                    answers.print(json.writeValueAsString(answered(line)));
                    answers.print('\n');
                    answers.flush();
                }
            }
        } finally {
            calls.values().forEach(BridgeCall::stop);
        }
    }

    /// @return without its end; null after the last
    private static String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        while (c >= 0 && c != '\n') {
            if (line.length() >= MAX_LINE_CHARACTERS) {
                throw new IOException("a request is longer than " + MAX_LINE_CHARACTERS + " characters");
            }
            line.append((char) c);
            c = in.read();
        }
        return line.toString();
    }

    private Map<String, Object> answered(String line) {
        long number = 0;
        try {
            if (!(json.readValue(line, Object.class) instanceof Map<?, ?> request)) {
                throw new Refused("A request is a JSON object.");
            }
            if (!(request.get("call") instanceof Number call)) {
                throw new Refused("A request says which 'call' it is for, a number.");
            }
            number = call.longValue();
            return answered(number, request);
        } catch (JacksonException e) {
            return refusal(number, "InvalidRequest", "A request is a line of JSON: " + e.getOriginalMessage());
        } catch (Refused e) {
            return refusal(number, "InvalidRequest", e.getMessage());
        } catch (ShellFailure e) {
            return refusal(number, e.errorId(), e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return refusal(number, "Stopped", "The bridge was stopped.");
        }
    }

    private Map<String, Object> answered(long number, Map<?, ?> request) throws Refused, InterruptedException {
        BridgeCall call = calls.get(number);
        if (request.containsKey("cmdlet")) {
            if (call != null) {
                throw new Refused("Call " + number + " is still under way.");
            }
            call = begun(number, request);
        } else if (call == null) {
            throw new Refused("There is no call " + number + ".");
        } else if (request.containsKey("stop")) {
            calls.remove(number);
            call.stop();
            return answer(number, Map.of("records", List.of(), "state", "done"));
        } else if (request.get("input") instanceof List<?> objects) {
            expect("input", call);
            call.input(objects);
        } else if (request.containsKey("end")) {
            expect("input", call);
            call.end();
        } else if (request.get("consent") instanceof String word) {
            expect("asks", call);
            call.consent(consent(word));
        } else if (request.containsKey("next")) {
            expect("more", call);
        } else {
            throw new Refused("A request has one of 'cmdlet', 'next', 'input', 'end', 'consent' and 'stop'.");
        }
        Map<String, Object> answer = call.answer();
        if (answer.get("state").equals("done")) {
            calls.remove(number);
        }
        return answer(number, answer);
    }

    /// A call waits for one thing only; anything else would be waited for forever.
    private static void expect(String state, BridgeCall call) throws Refused {
        if (!call.state().equals(state)) {
            throw new Refused(
                    "That can be asked in the state '" + state + "', and this one is '" + call.state() + "'.");
        }
    }

    private BridgeCall begun(long number, Map<?, ?> request) throws Refused {
        String name = String.valueOf(request.get("cmdlet"));
        Optional<Cmdlet> cmdlet = cmdlets.find(name);
        if (cmdlet.isEmpty()) {
            throw new Refused("There is no cmdlet " + name + ".");
        }
        Map<?, ?> parameters = request.get("parameters") instanceof Map<?, ?> given ? given : Map.of();
        boolean piped = Boolean.TRUE.equals(request.get("piped"));
        BridgeCall call = new BridgeCall(cmdlets, client, surroundings, cmdlet.get(), parameters, piped);
        if (calls.size() >= MAX_CALLS) {
            calls.pollFirstEntry().getValue().stop();
        }
        call.begin();
        calls.put(number, call);
        return call;
    }

    private static Person.Consent consent(String word) throws Refused {
        return switch (word) {
            case "yes" -> Person.Consent.YES;
            case "yesToAll" -> Person.Consent.YES_TO_ALL;
            case "no" -> Person.Consent.NO;
            case "noToAll" -> Person.Consent.NO_TO_ALL;
            default -> throw new Refused("A consent is yes, yesToAll, no or noToAll, not '" + word + "'.");
        };
    }

    private static Map<String, Object> answer(long number, Map<String, Object> said) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("call", number);
        answer.putAll(said);
        return answer;
    }

    /// What goes wrong before a cmdlet has a part in it. A call under way stays as it is.
    private Map<String, Object> refusal(long number, String id, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        error.put("category", ShellFailure.Category.InvalidArgument.name());
        error.put("id", id);
        error.put("exception", "BridgeException");
        error.put("target", "");
        BridgeCall call = calls.get(number);
        return answer(
                number,
                Map.of("records", List.of(Map.of("error", error)), "state", call == null ? "done" : call.state()));
    }
}
