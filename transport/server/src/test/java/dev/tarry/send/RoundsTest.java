package dev.tarry.send;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundsTest {
    private static final UUID ONE = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Target A = target("a", 1);
    private static final Target B = target("b", 2);
    private static final Target C = target("c", 3);
    private static final Target D = target("d", 4);
    private static final List<Target> ALL = List.of(A, B, C, D);

    private final Rounds rounds = new Rounds();

    private static Target target(String host, int number) {
        byte[] ip = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        try {
            return new Target(host, new InetSocketAddress(InetAddress.getByAddress(ip), 25));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private String order(UUID connector, List<Target> targets) {
        return String.join(
                "",
                rounds.inOrder(connector, targets).stream().map(Target::host).toList());
    }

    @Test
    void the_next_attempt_goes_on_where_the_last_one_ended() {
        assertEquals("abcd", order(ONE, ALL));
        rounds.leftOff(ONE, List.of(A, B, C));
        assertEquals("dabc", order(ONE, ALL));
        rounds.leftOff(ONE, List.of(D, A, B));
        assertEquals("cdab", order(ONE, ALL));
        assertEquals("abcd", order(OTHER, ALL), "what befell one connector's mail says nothing of another's");
    }

    @Test
    void a_round_that_is_over_begins_at_the_front_again() {
        rounds.leftOff(ONE, List.of(A, B));
        rounds.leftOff(OTHER, List.of(A));
        rounds.over(ONE, ALL);
        assertEquals("abcd", order(ONE, ALL));
        assertEquals("bcda", order(OTHER, ALL));
        rounds.forget();
        assertEquals("abcd", order(OTHER, ALL));
    }

    @Test
    void no_more_than_the_bound_are_remembered_and_those_tried_longest_ago_go() {
        List<Target> many = IntStream.rangeClosed(0, Rounds.MAX_TRIED)
                .mapToObj(i -> target("h" + i, i))
                .toList();
        rounds.leftOff(ONE, many);
        List<Target> ends = List.of(many.get(1), many.getFirst());
        assertEquals("h0h1", order(ONE, ends), "the first is as good as new");
    }
}
