package dev.tarry.queue;

import dev.tarry.mail.Recipient;
import dev.tarry.store.ContentRef;
import dev.tarry.store.NetItem;
import dev.tarry.store.RecipientRecord;
import dev.tarry.store.StoreException;
import dev.tarry.store.Write;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps delivered mail for a while, so that it can be sent once more (reference §9.5): what went into mailboxes here,
/// and, if the operator says so, what another server took. The content is shared with the mailboxes and goes with its
/// last owner; the record goes into the batch that settles the delivery, so keeping costs no sync and copies no body.
///
/// What is over is looked for now and then, and dropped in slices. Queue loop only.
final class SafetyNet {
    private static final Logger LOG = LoggerFactory.getLogger(SafetyNet.class);

    /// Deliveries that are dropped in one turn.
    private static final int SLICE = 256;

    /// Between two looks for what is over, at least; less where the hold time is.
    private static final Duration SPACING = Duration.ofMinutes(15);

    private static final Duration LEAST_SPACING = Duration.ofSeconds(1);

    private final Room room;
    private final EarliestAlarm alarm;
    private NetItem.Place dropped = NetItem.Place.FIRST;
    private boolean sweeping;
    /// whether anything was kept since the sweep began
    private boolean keptMeanwhile;

    SafetyNet(Room room) {
        this.room = room;
        this.alarm = new EarliestAlarm(room, this::ring);
    }

    private Duration holdTime() {
        return room.settings().keeping().safetyNetHoldTime();
    }

    /// Keeps those of whom the verdicts say that they have it now, in the turn that settles this.
    void keep(Leased leased, List<Verdict> verdicts, long now) {
        if (holdTime().isZero()) {
            return;
        }
        List<RecipientRecord> kept = verdicts.stream()
                .map(this::kept)
                .filter(Objects::nonNull)
                .map(RecipientRecord::of)
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        NetItem item = new NetItem(
                room.shelves().newPlace(now, leased.message().id()),
                leased.queue().connector(),
                leased.message(),
                kept);
        room.journal().write(new Write.PutNetItem(item));
        room.shelves().addItem(leased.message().content());
        keptMeanwhile = true;
        if (!sweeping) {
            alarm.at(now + holdTime().toMillis() + spacing().toMillis());
        }
    }

    /// Null if it is not kept.
    private Recipient kept(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Stored stored -> stored.recipient();
            case Verdict.Delivered delivered when room.settings().keeping().relayedToo() -> delivered.recipient();
            case Verdict.Delivered _, Verdict.Deferred _, Verdict.Failed _ -> null;
        };
    }

    /// After the store was opened.
    void resume() {
        sweeping = false;
        dropped = NetItem.Place.FIRST;
        alarm.cancel();
        rearm(room.shelves().oldestKeptMillis());
    }

    /// What is kept already is held for as long as is said now.
    void settingsChanged() {
        if (!sweeping) {
            ring(); // the first that is kept says when
        }
    }

    private void rearm(long oldestMillis) {
        if (oldestMillis != Long.MAX_VALUE) {
            alarm.at(Math.max(
                    oldestMillis + holdTime().toMillis(), room.now() + spacing().toMillis()));
        }
    }

    private Duration spacing() {
        Duration least = holdTime().compareTo(LEAST_SPACING) < 0 ? LEAST_SPACING : holdTime();
        return least.compareTo(SPACING) < 0 ? least : SPACING;
    }

    private void ring() {
        alarm.cancel();
        if (room.open() && !sweeping) {
            sweeping = true;
            keptMeanwhile = false;
            slice(room.shelves());
        }
    }

    private void slice(Shelves shelves) {
        NetItem.Place from = dropped.next();
        room.reads().read(() -> read(shelves.shard(), from), found -> {
            if (room.shelves() == shelves) {
                drop(shelves, found);
            }
        });
    }

    private Optional<List<NetItem>> read(int shard, NetItem.Place from) {
        try {
            return Optional.of(room.store().kept(shard, from, Long.MAX_VALUE, SLICE));
        } catch (StoreException | RuntimeException e) {
            LOG.error("what Safety Net keeps cannot be read; it is looked at again later", e);
            return Optional.empty();
        }
    }

    /// @param found empty if it could not be read
    private void drop(Shelves shelves, Optional<List<NetItem>> found) {
        long over = room.now() - holdTime().toMillis();
        long oldest = found.isEmpty() ? room.now() : Long.MAX_VALUE;
        int count = 0;
        for (NetItem item : found.orElse(List.of())) {
            if (item.place().deliveredMillis() > over) {
                oldest = item.place().deliveredMillis();
                break;
            }
            count++;
            dropped = item.place();
            room.journal().write(new Write.DropNetItem(item.place()));
            ContentRef content = item.message().content();
            if (shelves.removeItem(content)
                    && shelves.nodes().first(item.place().messageId()) == null) {
                room.tidying().stir(content.bytes());
                room.journal().write(new Write.DropContent(content));
            }
        }
        long next = oldest;
        boolean more = count == SLICE;
        room.journal().then(() -> {
            if (room.shelves() != shelves) {
                return;
            }
            if (more) {
                slice(shelves);
            } else {
                sweeping = false;
                rearm(next == Long.MAX_VALUE && keptMeanwhile ? room.now() : next);
            }
        });
    }
}
