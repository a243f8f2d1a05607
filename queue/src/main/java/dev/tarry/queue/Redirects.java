package dev.tarry.queue;

import dev.tarry.queue.Administration.Outcome;
import dev.tarry.queue.Administration.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Redirect-Message: everything in the delivery queues goes to another server instead (reference §2.4). Queue loop
/// only, but for [#target].
///
/// Copies move, in slices, into the queue of that server (SmtpRelayToServers), whatever waits for a retry included.
/// What is in flight goes on, and moves if it comes back. Suspended messages and what suspended queues hold stay. The
/// server takes no new mail meanwhile. All that ends when nothing is left to move and the other server has taken
/// everything, or has failed to: what is left then waits in its queue, in Retry, as in any other. What cannot be moved
/// (its record cannot be read, or another part of the message is in the way) stays, and is tried once only. An
/// administrator may end it earlier.
final class Redirects {
    /// Copies that are read at once.
    private static final int SLICE = 64;

    private static final Pattern FQDN = Pattern.compile(
            "(?=.{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private final Room room;
    private final Leases leases;
    private final Moves moves;
    private final Tracks tracks;
    private volatile Redirect current;

    Redirects(Room room, Attempts attempts, Leases leases, Moves moves, Tracks tracks) {
        this.room = room;
        this.leases = leases;
        this.moves = moves;
        this.tracks = tracks;
        attempts.onChange(queue -> {
            if (current != null) {
                current.changed(queue);
            }
        });
    }

    /// Where mail is being redirected to now. Any thread.
    Optional<String> target() {
        return Optional.ofNullable(current).map(redirect -> redirect.key.nextHopDomain());
    }

    /// What was under way counts no more: what has not moved yet stays where it is.
    void storeClosed() {
        current = null;
    }

    void redirect(String target, Consumer<Outcome> answer) {
        String fqdn = target.strip().toLowerCase(Locale.ROOT);
        if (!FQDN.matcher(fqdn).matches()) {
            answer.accept(new Outcome.Refused(Refusal.TARGET_NOT_FQDN));
        } else if (fqdn.equalsIgnoreCase(room.settings().fqdn())) {
            answer.accept(new Outcome.Refused(Refusal.TARGET_IS_THIS_SERVER));
        } else if (current != null) {
            answer.accept(new Outcome.Refused(Refusal.REDIRECT_UNDER_WAY));
        } else {
            current = new Redirect(
                    new NextHopKey(DeliveryType.SMTP_RELAY_TO_SERVERS, fqdn, NextHopKey.NO_CONNECTOR), answer);
            current.begin();
        }
    }

    /// Nothing more is moved, and new mail is taken again; what has been moved stays where it is.
    void cancel(Consumer<Outcome> answer) {
        if (current == null) {
            answer.accept(new Outcome.Unchanged());
            return;
        }
        Redirect cancelled = current;
        cancelled.end();
        answer.accept(new Outcome.Done(cancelled.moved));
    }

    private final class Redirect {
        private final Shelves shelves = room.shelves();
        private final NextHopKey key;
        private final Consumer<Outcome> answer;
        /// queues that hold what is to move, in flight or not
        private final Set<NextHopQueue> sources = new LinkedHashSet<>();
        /// what it has had in hand and has not moved, by the queue that it is in: that is not tried again
        private final Map<NextHopQueue, Set<Node>> tried = new LinkedHashMap<>();
        private boolean underWay;
        private boolean allSeen;
        private int moved;

        Redirect(NextHopKey key, Consumer<Outcome> answer) {
            this.key = key;
            this.answer = answer;
        }

        void begin() {
            room.eachQueue(this::look, () -> {
                allSeen = true;
                next();
            });
        }

        private void look(NextHopQueue queue) {
            boolean source = Administration.delivers(queue)
                    && !queue.key().equals(key)
                    && !queue.suspended()
                    && queue.mayLeaveCount() > leftOut(queue);
            if (source) {
                sources.add(queue);
            } else {
                sources.remove(queue);
            }
        }

        void changed(NextHopQueue queue) {
            look(queue);
            next();
        }

        /// Copies that could not be moved, and may leave by their own way.
        private int leftOut(NextHopQueue queue) {
            Set<Node> all = tried.get(queue);
            if (all == null) {
                return 0;
            }
            all.removeIf(node -> node.queue != queue);
            int back = 0;
            for (Node node : all) {
                back += node.state == Node.State.READY || node.state == Node.State.WAITING ? 1 : 0;
            }
            return back;
        }

        private boolean untried(Node node) {
            Set<Node> all = tried.get(node.queue);
            return all == null || !all.contains(node);
        }

        /// Behind what is being done just now.
        private void next() {
            if (!underWay) {
                underWay = true;
                room.world().loops().queue().execute(this::slice);
            }
        }

        private boolean over() {
            return current != this || room.shelves() != shelves;
        }

        private void slice() {
            if (over()) {
                return;
            }
            underWay = false;
            for (NextHopQueue queue : sources) {
                List<Node> slice = new ArrayList<>(SLICE);
                if (!queue.suspended()) {
                    queue.first(SLICE, this::untried, slice::add);
                }
                if (!slice.isEmpty()) {
                    underWay = true;
                    tried.computeIfAbsent(queue, _ -> new LinkedHashSet<>()).addAll(slice);
                    leases.these(queue, slice, this::move);
                    return;
                }
            }
            if (allSeen && sources.isEmpty() && settled(shelves.queue(key))) {
                end();
            }
            // else a queue that changes has it looked at again
        }

        /// Whether the other server has taken everything, or nothing goes there for now: what is left has been refused
        /// for now, or waits for a host that cannot be reached.
        private boolean settled(NextHopQueue there) {
            return there == null
                    || there.mayLeaveCount() == 0
                    || there.waitsForRetry()
                    || there.suspended()
                    || there.readyCount() + there.leasedCount() == 0;
        }

        /// What is on its way into the other server's queue gets there.
        void end() {
            current = null;
            answer.accept(new Outcome.Done(moved));
        }

        private void move(List<Leased> found) {
            if (over()) {
                found.stream().filter(leases::valid).forEach(leased -> leases.putBack(leased.node()));
                return;
            }
            for (Leased leased : found) {
                NextHopKey from = leased.queue();
                moves.move(
                        leased, List.of(new Placement.Shelf(key, leased.copy().recipients())), () -> {
                            moved++;
                            tracks.redirected(
                                    leased.message(),
                                    leased.copy().recipients(),
                                    from,
                                    key.nextHopDomain(),
                                    room.now());
                        });
            }
            room.journal().then(() -> {
                underWay = false;
                next();
            });
        }
    }
}
