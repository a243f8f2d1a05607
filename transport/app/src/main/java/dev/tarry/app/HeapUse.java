package dev.tarry.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.List;

/// How full the heap was when it was last collected: what lives long, in the part of the heap that it lives in. What
/// is garbage already does not count, so a busy server is not a full one. Any thread.
final class HeapUse implements ResourceWatch.Heap {
    private final List<MemoryPoolMXBean> old;
    private final List<GarbageCollectorMXBean> collectors;

    HeapUse() {
        old = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
                .filter(pool ->
                        !pool.getName().contains("Eden") && !pool.getName().contains("Survivor"))
                .toList();
        collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(collector -> old.stream()
                        .anyMatch(pool ->
                                Arrays.asList(collector.getMemoryPoolNames()).contains(pool.getName())))
                .toList();
    }

    @Override
    public int percentAfterCollection() {
        return old.stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToInt(HeapUse::percent)
                .max()
                .orElse(0);
    }

    private static int percent(MemoryUsage usage) {
        long most = usage.getMax() > 0 ? usage.getMax() : Runtime.getRuntime().maxMemory();
        return Math.toIntExact(usage.getUsed() * 100 / most);
    }

    @Override
    public long collections() {
        return collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    @Override
    public void collect() {
        System.gc();
    }
}
