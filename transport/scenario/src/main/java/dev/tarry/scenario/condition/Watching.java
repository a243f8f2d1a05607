package dev.tarry.scenario.condition;

import dev.tarry.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A condition that is being watched: it is told what happens, and so knows whether it holds without asking anybody.
/// [#holds] and [#standing] are quick and for any thread; while something is in flight, they may say what is true in
/// the middle of a change only.
public final class Watching implements AutoCloseable {
    private final List<Leaf> leaves = new ArrayList<>();
    private final BooleanSupplier holds;

    Watching(Lookout from, Condition condition) {
        this.holds = holding(from, condition);
    }

    private BooleanSupplier holding(Lookout from, Condition condition) {
        return switch (condition) {
            case Condition.Queue queue -> leaf(new QueueLeaf(queue, from));
            case Condition.Mail mail -> leaf(new MailLeaf(mail, from.labFor("mail")));
            case Condition.Mailbox mailbox -> leaf(new MailboxLeaf(mailbox, from));
            case Condition.Tracking tracking -> leaf(new TrackingLeaf(tracking, from));
            case Condition.FaultFired fault -> leaf(new FaultLeaf(fault, from.labFor("fault")));
            case Condition.DnsQuery query -> leaf(new DnsLeaf(query, from.labFor("dnsQuery")));
            case Condition.All(List<Condition> of) -> {
                List<BooleanSupplier> each =
                        of.stream().map(one -> holding(from, one)).toList();
                yield () -> each.stream().allMatch(BooleanSupplier::getAsBoolean);
            }
            case Condition.Any(List<Condition> of) -> {
                List<BooleanSupplier> each =
                        of.stream().map(one -> holding(from, one)).toList();
                yield () -> each.stream().anyMatch(BooleanSupplier::getAsBoolean);
            }
        };
    }

    private BooleanSupplier leaf(Leaf leaf) {
        leaves.add(leaf);
        return leaf::holds;
    }

    /// Blocking.
    void begin() throws StoreException, IOException {
        for (Leaf leaf : leaves) {
            leaf.begin();
        }
    }

    /// Whether the condition holds now.
    public boolean holds() {
        return holds.getAsBoolean();
    }

    /// How each single condition stands, in words, in the order in which they were written.
    public List<String> standing() {
        return leaves.stream().map(Leaf::standing).toList();
    }

    /// Ends the watching; it knows nothing new from then on.
    @Override
    public void close() {
        leaves.forEach(Leaf::end);
    }
}
