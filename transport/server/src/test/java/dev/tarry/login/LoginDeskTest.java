package dev.tarry.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tarry.time.Secrets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class LoginDeskTest {
    private final List<String> work = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private LoginDesk desk(int maxWaiting) {
        LoginDesk desk = new LoginDesk(
                waiting::add,
                () -> Instant.EPOCH,
                new Secrets(new SplittableRandom(1)),
                (password, salt, iterations) -> {
                    work.add(salt.length + " octets, " + iterations + " times");
                    return Keys.Derivation.PBKDF2.salted(password, salt, iterations);
                });
        desk.terms(new LoginDesk.Terms(
                TestUsers.of("[{name: ann, password: '" + TestUsers.hash("Secret-1")
                        + "'}, {name: bob, disabled: true, password: '" + TestUsers.hash("Secret-2")
                        + "'}, {name: cid, accessToken: cid-0123456789abcdef}]"),
                false,
                maxWaiting));
        return desk;
    }

    private static Turn.Check claim(String name, String password) {
        return new Turn.Check(new Claim(name, password, ""));
    }

    @Test
    void everybodys_password_costs_the_same_work_whoever_it_is() {
        LoginDesk desk = desk(100);
        List<Turn.Check> claims = List.of(
                claim("ann", "Secret-1"),
                claim("ann", "wrong"),
                claim("nobody", "wrong"),
                claim("bob", "Secret-2"),
                claim("cid", "x"),
                claim("", ""),
                claim("ann", ""),
                claim("ann", "\u0007"),
                claim("\u0007", "x"));
        List<Verdict> verdicts = new ArrayList<>();
        for (Turn.Check one : claims) {
            desk.check(one, () -> true, verdicts::add);
            waiting.remove().run();
            assertEquals(List.of("16 octets, 4096 times"), work, one.claim().name());
            work.clear();
        }
        assertTrue(verdicts.removeFirst() instanceof Verdict.Welcome);
        assertTrue(verdicts.stream().allMatch(Verdict.REFUSED::equals), verdicts.toString());
    }

    @Test
    void only_so_many_wait_and_the_rest_are_told_so_at_once_and_without_work() {
        LoginDesk desk = desk(2);
        List<Verdict> verdicts = new ArrayList<>();
        desk.check(claim("ann", "Secret-1"), () -> true, verdicts::add);
        desk.check(claim("ann", "Secret-1"), () -> true, verdicts::add);
        assertEquals(List.of(), verdicts);
        desk.check(claim("ann", "Secret-1"), () -> true, verdicts::add);
        assertEquals(List.of(Verdict.BUSY), verdicts);
        assertEquals(List.of(), work);
        waiting.remove().run();
        desk.check(claim("ann", "wrong"), () -> true, verdicts::add); // there is room again
        waiting.remove().run();
        waiting.remove().run();
        assertEquals(4, verdicts.size());
        assertEquals(Verdict.REFUSED, verdicts.getLast());
        assertEquals(3, work.size());
    }

    @Test
    void for_a_client_that_is_gone_nothing_is_worked_out() {
        LoginDesk desk = desk(1);
        List<Verdict> verdicts = new ArrayList<>();
        desk.check(claim("ann", "Secret-1"), () -> false, verdicts::add);
        waiting.remove().run();
        assertEquals(List.of(), work);
        assertEquals(List.of(Verdict.BUSY), verdicts);
        desk.check(claim("ann", "Secret-1"), () -> true, verdicts::add); // its place is free again
        waiting.remove().run();
        assertEquals(1, work.size());
    }

    @Test
    void threads_that_are_gone_or_break_leave_nobody_without_an_answer() {
        LoginDesk closed = new LoginDesk(
                _ -> {
                    throw new RejectedExecutionException("closed");
                },
                () -> Instant.EPOCH,
                new Secrets(new SplittableRandom(1)));
        List<Verdict> verdicts = new ArrayList<>();
        closed.check(claim("ann", "x"), () -> true, verdicts::add);
        assertEquals(List.of(Verdict.BUSY), verdicts);
        LoginDesk broken =
                new LoginDesk(Runnable::run, () -> Instant.EPOCH, new Secrets(new SplittableRandom(1)), (_, _, _) -> {
                    throw new IllegalStateException("planted by a test");
                });
        assertThrows(IllegalStateException.class, () -> broken.check(claim("ann", "x"), () -> true, verdicts::add));
        assertEquals(List.of(Verdict.BUSY, Verdict.BUSY), verdicts);
    }

    @Test
    void two_passwords_that_are_the_same_are_kept_differently() {
        Secrets secrets = new Secrets(new SplittableRandom(1));
        assertTrue(!Passwords.hash("x", 4_096, secrets)
                .text()
                .equals(Passwords.hash("x", 4_096, secrets).text()));
        assertThrows(IllegalArgumentException.class, () -> Passwords.hash("", 4_096, secrets));
        assertThrows(IllegalArgumentException.class, () -> Passwords.hash("a\u0007", 4_096, secrets));
        assertThrows(IllegalArgumentException.class, () -> Passwords.hash("x", 4_095, secrets));
    }
}
