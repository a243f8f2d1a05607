package dev.tarry.client.planted;

import dev.tarry.shell.planted.LooksAtTheQueue;

public record LooksAtTheShell(LooksAtTheQueue shell) {}
