package dev.tarry.planted;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Breaks each rule on what is given, once a method.
public final class AsksTheSystem {
    public static int mutable = 1;

    public Object asksInstant() {
        return Instant.now();
    }

    public Supplier<Instant> asksByReference() {
        return Instant::now;
    }

    public Object asksLocal() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    public Object asksZoned() {
        return ZonedDateTime.now();
    }

    public Object asksClock() {
        return Clock.systemUTC();
    }

    public Object asksSource() {
        return InstantSource.system();
    }

    public Object asksDate() {
        return new Date();
    }

    public Object asksCalendar() {
        return Calendar.getInstance();
    }

    public long asksMillis() {
        return System.currentTimeMillis();
    }

    public long asksNanos() {
        return System.nanoTime();
    }

    public void asksSleep() throws InterruptedException {
        Thread.sleep(1);
    }

    public void asksUnitSleep() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    public double asksMath() {
        return Math.random();
    }

    public Object asksRandom() {
        return new Random();
    }

    public Object asksSplittable() {
        return new SplittableRandom();
    }

    public Object asksThreadLocal() {
        return ThreadLocalRandom.current();
    }

    public Object asksSecure() {
        return new SecureRandom();
    }

    public Object asksGenerator() {
        return RandomGenerator.getDefault();
    }

    public Object asksFactory() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create();
    }

    public Object asksUuid() {
        return UUID.randomUUID();
    }

    public void asksShuffle(List<String> list) {
        Collections.shuffle(list);
    }

    public void asksOrTimeout(CompletableFuture<String> future) {
        future.orTimeout(1, TimeUnit.SECONDS);
    }

    public void asksSchedule(ScheduledExecutorService executor) {
        executor.schedule(() -> {}, 1, TimeUnit.SECONDS);
    }

    public void schedules(EventLoop loop) {
        loop.schedule(() -> {}, 1, TimeUnit.SECONDS);
    }

    public Object timesOut() {
        return new ReadTimeoutHandler(1);
    }

    public void timesOutConnecting(Bootstrap bootstrap) {
        bootstrap.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1);
    }

    public void prints() {
        System.out.println("hello");
    }

    public void ends() {
        System.exit(1);
    }
}
