package dev.tarry.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ongres.scram.client.ScramClient;
import dev.tarry.time.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConversationTest {
    private static final Instant DAY = Instant.parse("2026-11-22T12:00:00Z");

    private Instant labTime = DAY;
    private final LoginDesk desk = new LoginDesk(Runnable::run, () -> labTime, new Secrets(new SplittableRandom(1)));

    ConversationTest() {
        desk.terms(new LoginDesk.Terms(TestUsers.STAFF, false, 10));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String challenge(Turn turn) {
        return new String(assertInstanceOf(Turn.Challenge.class, turn).octets(), StandardCharsets.UTF_8);
    }

    /// All of it, passwords checked.
    private Verdict verdict(Mechanism mechanism, String... said) {
        Conversation conversation = desk.converse(mechanism);
        Turn turn = conversation.begin(Optional.empty());
        for (String one : said) {
            assertInstanceOf(Turn.Challenge.class, turn);
            turn = conversation.answer(octets(one));
        }
        return verdict(turn);
    }

    private Verdict verdict(Turn turn) {
        Verdict[] verdict = new Verdict[1];
        switch (turn) {
            case Turn.Over(var over) -> verdict[0] = over;
            case Turn.Check check -> desk.check(check, () -> true, judged -> verdict[0] = judged);
            case Turn.Challenge _ -> throw new AssertionError("it goes on");
        }
        return verdict[0];
    }

    private static String who(Verdict verdict) {
        return assertInstanceOf(Verdict.Welcome.class, verdict).login().name();
    }

    @Test
    void login_asks_for_a_name_and_a_password_in_exchanges_words() {
        Conversation conversation = desk.converse(Mechanism.LOGIN);
        assertEquals("Username:", challenge(conversation.begin(Optional.empty())));
        assertEquals("Password:", challenge(conversation.answer(octets("ann"))));
        assertEquals("ann", who(verdict(conversation.answer(octets("Secret-1")))));
    }

    @Test
    void the_name_may_come_with_auth_login_itself() {
        Conversation conversation = desk.converse(Mechanism.LOGIN);
        assertEquals("Password:", challenge(conversation.begin(Optional.of(octets("ann")))));
        assertEquals("ann", who(verdict(conversation.answer(octets("Secret-1")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANN", "COMPANY\\ann", "ann@company.com", "Ann@Company.COM"})
    void a_name_is_known_in_any_case_with_a_domain_and_by_the_first_address(String name) {
        assertEquals("ann", who(verdict(Mechanism.LOGIN, name, "Secret-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret-1", "Secret-1 ", "Secret-", "Secret-12", "", "Secret-2", "\u0000", "(hidden)"})
    void any_other_password_is_refused(String password) {
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, "ann", password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "eve", "ann@team.company.com", "*@team.company.com", "\u0007", "\ufdd0", "ann\\"})
    void nobody_of_another_name_gets_in(String name) {
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, name, "Secret-1"));
    }

    @Test
    void plain_says_it_in_one_line_and_nobody_acts_as_somebody_else() {
        assertEquals("ann", who(verdict(Mechanism.PLAIN, "\0ann\0Secret-1")));
        assertEquals("ann", who(verdict(Mechanism.PLAIN, "ann\0ann\0Secret-1")));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.PLAIN, "bob\0ann\0Secret-1"));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.PLAIN, "\0\0"));
        for (String wrong : List.of("", "ann", "\0ann", "\0ann\0Secret-1\0", "ann Secret-1")) {
            assertEquals(Verdict.MALFORMED, verdict(Mechanism.PLAIN, wrong), wrong);
        }
    }

    @Test
    void who_is_disabled_or_has_no_password_is_refused_like_anybody() {
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, "bob", "Secret-2"));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, "cid", ""));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.XOAUTH2, bearer("bob", "bob-0123456789abcdef")));
    }

    @Test
    void a_password_typed_on_another_keyboard_is_the_same_password() {
        desk.terms(new LoginDesk.Terms(
                TestUsers.of("[{name: eva, password: '"
                        + TestUsers.hash(Prepared.of("pa\u00a0ss\u00e9").orElseThrow()) + "'}]"),
                false,
                10));
        // decomposed, with a soft hyphen and an ordinary blank (RFC 4013 §2)
        assertEquals("eva", who(verdict(Mechanism.LOGIN, "eva", "pa s\u00adse\u0301")));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, "eva", "pa sse"));
    }

    private static String bearer(String user, String token) {
        return "user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001";
    }

    @Test
    void xoauth2_takes_a_users_own_token_until_it_expires_in_lab_time() {
        assertEquals("ann", who(verdict(Mechanism.XOAUTH2, bearer("ann@company.com", "ann-0123456789abcdef"))));
        assertEquals("cid", who(verdict(Mechanism.XOAUTH2, bearer("cid", "cid-0123456789abcdef"))));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.XOAUTH2, bearer("ann", "cid-0123456789abcdef")));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.XOAUTH2, bearer("eve", "ann-0123456789abcdef")));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.XOAUTH2, bearer("ann", "Secret-1")));
        labTime = Instant.parse("2026-11-23T00:00:00Z");
        assertEquals(Verdict.REFUSED, verdict(Mechanism.XOAUTH2, bearer("ann", "ann-0123456789abcdef")));
        assertEquals("cid", who(verdict(Mechanism.XOAUTH2, bearer("cid", "cid-0123456789abcdef"))));
        for (String wrong : List.of("", "user=ann", "user=ann\u0001auth=Basic x\u0001\u0001", bearer("ann", ""))) {
            assertEquals(Verdict.MALFORMED, verdict(Mechanism.XOAUTH2, wrong), wrong);
        }
    }

    // ---- SCRAM, against a client that nobody here wrote

    private static ScramClient client(String user, String password) {
        return ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-256"))
                .username(user)
                .password(password.toCharArray())
                .build();
    }

    private Verdict scram(ScramClient client) throws Exception {
        Conversation server = desk.converse(Mechanism.SCRAM_SHA_256);
        Turn first = server.begin(Optional.of(octets(client.clientFirstMessage().toString())));
        client.serverFirstMessage(challenge(first));
        Turn last = server.answer(octets(client.clientFinalMessage().toString()));
        if (last instanceof Turn.Challenge) {
            client.serverFinalMessage(challenge(last)); // throws if we have not proved who we are
            last = server.answer(new byte[0]);
        }
        return verdict(last);
    }

    @Test
    void a_scram_client_and_we_prove_to_each_other_that_we_know_the_password() throws Exception {
        assertEquals("ann", who(scram(client("ann", "Secret-1"))));
        assertEquals("d=a,v", who(scram(client("d=a,v", "p"))));
        assertEquals(Verdict.REFUSED, scram(client("ann", "Secret-2")));
        assertEquals(Verdict.REFUSED, scram(client("eve", "Secret-1")));
        assertEquals(Verdict.REFUSED, scram(client("bob", "Secret-2")));
        assertEquals(Verdict.REFUSED, scram(client("cid", "cid-0123456789abcdef")));
    }

    @Test
    void scram_as_rfc_7677_shows_it() {
        Users users = TestUsers.of("[{name: user, password: '"
                + Passwords.hash("pencil", java.util.Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4_096)
                        .text()
                + "'}]");
        Conversation server = new ScramConversation(users, new byte[32], "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0");
        assertEquals(
                "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                challenge(server.begin(Optional.of(octets("n,,n=user,r=rOprNGfwEbeRWgbNEkqO")))));
        assertEquals(
                "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                challenge(server.answer(octets("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                        + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="))));
        assertEquals("user", who(verdict(server.answer(new byte[0]))));
    }

    @Test
    void what_one_who_is_not_there_is_asked_does_not_change_when_somebody_elses_password_does() {
        String before = saltAndIterations("eve");
        LoginDesk.Terms later = new LoginDesk.Terms(
                TestUsers.of("[{name: ann, password: '" + TestUsers.hash("Secret-7") + "'}, {name: zoe, password: '"
                        + TestUsers.hash("Secret-8") + "'}, {name: yan, password: '"
                        + Passwords.hash("Secret-9", new byte[16], 8_192).text() + "'}]"),
                false,
                10);
        desk.terms(later);
        assertEquals(before, saltAndIterations("eve"));
        assertEquals("ann", who(verdict(Mechanism.LOGIN, "ann", "Secret-7")));
        desk.decoys("another server's secret");
        String others = saltAndIterations("eve");
        assertFalse(before.equals(others));
        LoginDesk restarted = new LoginDesk(Runnable::run, () -> labTime, new Secrets(new SplittableRandom(99)));
        restarted.decoys("another server's secret");
        restarted.terms(later);
        assertEquals(
                challenge(restarted.converse(Mechanism.SCRAM_SHA_256).begin(Optional.of(octets("n,,n=eve,r=abc"))))
                        .replaceAll("r=[^,]*", ""),
                others);
    }

    @Test
    void one_who_is_not_there_is_asked_the_same_each_time_and_in_no_other_form() {
        String first = saltAndIterations("eve");
        assertEquals(first, saltAndIterations("eve"));
        assertEquals(first, saltAndIterations("EVE"));
        assertFalse(first.equals(saltAndIterations("eva")));
        assertEquals(first.length(), saltAndIterations("ann").length());
        long askedMore = java.util.stream.IntStream.range(0, 200)
                .filter(i -> saltAndIterations("nobody" + i).endsWith("i=8192"))
                .count();
        assertTrue(askedMore > 20 && askedMore < 180, "iterations of real users both: " + askedMore);
    }

    private String saltAndIterations(String name) {
        Conversation server = desk.converse(Mechanism.SCRAM_SHA_256);
        String asked = challenge(server.begin(Optional.of(octets("n,,n=" + name + ",r=abc"))));
        return asked.substring(asked.indexOf(",s="));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n,,n=ann",
                "n,,n=ann,r=",
                "n,,r=abc,n=ann",
                "p=tls-unique,,n=ann,r=abc",
                "x,,n=ann,r=abc",
                "n,,m=x,n=ann,r=abc",
                "n,,n=a=nn,r=abc",
                "n,,n=,r=abc",
                "n,,n=ann,r=a\u0001",
                "n,b=c,n=ann,r=abc"
            })
    void what_breaks_scrams_grammar_ends_it(String first) {
        assertEquals(Verdict.MALFORMED, verdict(Mechanism.SCRAM_SHA_256, first));
    }

    @Test
    void a_scram_client_that_changes_its_mind_on_the_way_is_refused() throws Exception {
        for (String[] change : new String[][] {{"c=biws", "c=eSws"}, {",r=", ",r=x"}, {"n,,n=ann", "n,a=bob,n=ann"}}) {
            ScramClient client = client("ann", "Secret-1");
            Conversation server = desk.converse(Mechanism.SCRAM_SHA_256);
            String first = client.clientFirstMessage().toString().replace(change[0], change[1]);
            String asked = challenge(server.begin(Optional.of(octets(first))));
            // The client looks for its own nonce, which may begin with an x by itself.
            client.serverFirstMessage(change[1].endsWith("r=x") ? asked.replaceFirst("^r=x", "r=") : asked);
            Turn last =
                    server.answer(octets(client.clientFinalMessage().toString().replace(change[0], change[1])));
            assertEquals(Verdict.REFUSED, verdict(last), change[0]);
        }
        Conversation server = desk.converse(Mechanism.SCRAM_SHA_256);
        ScramClient client = client("ann", "Secret-1");
        client.serverFirstMessage(challenge(
                server.begin(Optional.of(octets(client.clientFirstMessage().toString())))));
        String last = client.clientFinalMessage().toString();
        assertEquals(
                Verdict.MALFORMED, verdict(server.answer(octets(last.substring(0, last.indexOf(",p=")) + ",p=AAAA"))));
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void no_octets_at_all_break_anything(Mechanism mechanism) {
        SplittableRandom chance = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            Conversation conversation = desk.converse(mechanism);
            byte[] octets = new byte[chance.nextInt(60)];
            chance.nextBytes(octets);
            Turn turn = conversation.begin(chance.nextBoolean() ? Optional.of(octets) : Optional.empty());
            for (int step = 0; step < 3 && turn instanceof Turn.Challenge; step++) {
                byte[] more = new byte[chance.nextInt(60)];
                chance.nextBytes(more);
                turn = conversation.answer(more);
            }
            assertFalse(turn instanceof Turn.Over(Verdict.Welcome _), () -> "seed 7 let somebody in");
        }
    }

    /// The answer is as long as a line of AUTH may be.
    @Test
    void a_proof_with_thousands_of_extensions_takes_no_stack_and_is_read_as_any_other() {
        Conversation server = desk.converse(Mechanism.SCRAM_SHA_256);
        String asked = challenge(server.begin(Optional.of(octets("n,,n=ann,r=abc,a=b,c="))));
        String nonce = asked.substring(2, asked.indexOf(','));
        String proof = java.util.Base64.getEncoder().encodeToString(new byte[32]);
        String answer = "c=biws,r=" + nonce + ",a=".repeat(3_000) + ",p=" + proof;
        assertEquals(Verdict.REFUSED, verdict(server.answer(octets(answer))));
    }

    @Test
    void nobody_has_much_remembered_before_it_has_proved_anything() {
        String most = "x".repeat(Octets.MAX_REMEMBERED);
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, most, "Secret-1"));
        assertEquals(Verdict.MALFORMED, verdict(Mechanism.LOGIN, most + "x"));
        String first = "n,,n=ann,r=";
        assertInstanceOf(
                Turn.Challenge.class,
                desk.converse(Mechanism.SCRAM_SHA_256)
                        .begin(Optional.of(octets(first + most.substring(first.length())))));
        assertEquals(Verdict.MALFORMED, verdict(Mechanism.SCRAM_SHA_256, first + most.substring(first.length()) + "x"));
    }

    /// A text that counts how often it is looked at.
    private static final class Watched implements CharSequence {
        private final String text;
        private long looks;

        Watched(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }
    }

    @Test
    void no_response_is_made_so_that_reading_it_takes_long() {
        String blanks = " ".repeat(9_000);
        for (String response : List.of(
                "user=\u0001auth=Bearer" + blanks,
                "user=" + blanks,
                "user=\u0001auth=Bearer x" + blanks + "\u0001",
                "n,,n=" + "a".repeat(9_000),
                "n,,n=u,r=" + "a".repeat(9_000) + "\u0001",
                "n,,n=u,r=abc" + ",a=".repeat(3_000) + ",b",
                "c=" + "a".repeat(9_000),
                "c=biws,r=abc" + ",a=".repeat(3_000) + ",p=,")) {
            for (var form :
                    List.of(Xoauth2Conversation.FORM, ScramConversation.CLIENT_FIRST, ScramConversation.CLIENT_FINAL)) {
                Watched watched = new Watched(response);
                assertFalse(form.matcher(watched).matches(), form::pattern);
                assertTrue(watched.looks < 10L * response.length(), () -> watched.looks + " looks with " + form);
            }
        }
    }

    @Test
    void accept_any_takes_every_name_but_those_who_are_disabled() {
        desk.terms(new LoginDesk.Terms(TestUsers.STAFF, true, 10));
        assertEquals("eve", who(verdict(Mechanism.LOGIN, "eve", "whatever")));
        assertEquals("ann", who(verdict(Mechanism.PLAIN, "\0ann\0wrong")));
        assertEquals("eve", who(verdict(Mechanism.XOAUTH2, bearer("eve", "x"))));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, "bob", "Secret-2"));
        assertEquals(Verdict.REFUSED, verdict(Mechanism.LOGIN, " ", "x"));
    }

    @Test
    void nothing_tells_a_secret() {
        Conversation conversation = desk.converse(Mechanism.PLAIN);
        Turn turn = conversation.begin(Optional.of(octets("\0ann\0Secret-1")));
        String told = turn + " " + TestUsers.STAFF + " " + verdict(turn) + " " + conversation;
        assertFalse(told.contains("Secret-1"), told);
        assertFalse(told.contains("0123456789abcdef"), told);
        assertFalse(told.contains(TestUsers.hash("Secret-1").substring(30)), told);
    }
}
