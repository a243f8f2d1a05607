package dev.tarry.queue.planted;

import dev.tarry.receive.planted.LooksAtTheLab;

public record CallsTransport(LooksAtTheLab transport) {}
